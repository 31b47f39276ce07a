"""``coachdesk search``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import NOUNS
from coachdesk.cli.wording import call_of
from coachdesk.words import N_, _

_WORDS = {
    "client": N_("client"), "commitment": N_("promise"), "review": N_("review"), "note": N_("note"),
    "canvas": N_("canvas"), "session": N_("session"), "mark": N_("mark"), "agreement": N_("agreement"),
    "reflection": N_("reflection"), "answer": N_("reflection"), "prompt": N_("prompt"),
    "private_canvas": N_("for me alone"), "self_check": N_("for me alone"),
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("search", help=_(NOUNS["search"]))(find)


def find(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help=_("Words in any order; the last may be begun."))],
    client: Annotated[str | None, typer.Option("--client", help=_("Only what belongs to this client."))] = None,
    private: Annotated[bool, typer.Option("--private", help=_("Also what is for me alone."))] = False,
) -> None:
    """Find records by their words."""
    only = {} if client is None else {"client": client}
    call_of(context).carry("search", _listed, words=" ".join(text), private=private, **only)


def _listed(found: list[dict[str, Any]]) -> str:
    rows = [
        {**one, "kind": _(_WORDS[one["what"]]), "at": printing.when(one["when"]), "with": one["name"]} for one in found
    ]
    heads = {"kind": _("What"), "at": _("Written"), "with": _("Client"), "id": _("Id"), "snippet": _("Words")}
    return printing.table(rows, heads, _("Nothing was found."))
