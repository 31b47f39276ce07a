"""``coachdesk commitment …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, CommitmentId, Text, call_of, day, text_of
from coachdesk.words import _

Due = Annotated[str | None, typer.Option(metavar="DATE", help=_("By when."))]
Cue = Annotated[str | None, typer.Option(metavar="TEXT", help=_("The line “when …, I will …”."))]
Evidence = Annotated[str | None, typer.Option(metavar="TEXT", help=_("How one will know."))]
Obstacle = Annotated[str | None, typer.Option(metavar="TEXT", help=_("What may stand in the way."))]
Confidence = Annotated[int | None, typer.Option(metavar="N", help=_("From 1 to 10."))]
OWNERS = _("Whose it is: client, coach or both.")


def register(app: typer.Typer) -> None:
    """Add the noun."""
    commitments = group(app, "commitment")
    commitments.command("add", help=_("Keep a promise or a next step."))(add)
    commitments.command("list", help=_("Promises and next steps, the newest first; open ones soonest first."))(listing)
    commitments.command("review", help=_("Say what became of one: kept, partly, carried or released."))(review)
    commitments.command("withdraw", help=_("Take the last review back; it is open again."))(withdraw)
    commitments.command("carry", help=_("Carry on the rest of one partly done."))(carry)
    commitments.command("edit", help=_("Change the wording or the details."))(edit)
    commitments.command("remove", help=_("Remove one with its history."))(remove)


def add(
    context: typer.Context,
    client: Client,
    text: Text,
    owner: Annotated[str, typer.Option(help=OWNERS)],
    due: Due = None,
    cue: Cue = None,
    evidence: Evidence = None,
    confidence: Confidence = None,
    obstacle: Obstacle = None,
) -> None:
    """Keep a promise or a next step."""
    call_of(context).carry(
        "commitment.add", printing.only_id, client=client, text=text_of(text), owner=owner, due_on=day(due), cue=cue,
        evidence=evidence, confidence=confidence, obstacle=obstacle,
    )  # fmt: skip


def edit(
    context: typer.Context,
    commitment: CommitmentId,
    text: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    owner: Annotated[str | None, typer.Option(help=OWNERS)] = None,
    due: Due = None,
    cue: Cue = None,
    evidence: Evidence = None,
    confidence: Confidence = None,
    obstacle: Obstacle = None,
) -> None:
    """Change the wording or the details."""
    call_of(context).carry(
        "commitment.edit", describe, commitment=commitment, text=None if text is None else text_of(text), owner=owner,
        due_on=day(due), cue=cue, evidence=evidence, confidence=confidence, obstacle=obstacle,
    )  # fmt: skip


def listing(
    context: typer.Context,
    client: Annotated[str | None, typer.Option(help=_("Only those with one client."))] = None,
    only_open: Annotated[bool, typer.Option("--open", help=_("Only those still open."))] = False,
) -> None:
    """List promises and next steps."""
    call_of(context).carry("commitment.list", _list, client=client, only_open=only_open)


def review(
    context: typer.Context,
    commitment: CommitmentId,
    outcome: Annotated[str, typer.Argument(help=_("kept, partly, carried or released"))],
    note: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help=_("The new date of what is carried on."))] = None,
) -> None:
    """Say what became of one."""
    call_of(context).carry(
        "commitment.review", describe, commitment=commitment, outcome=outcome, note=note, due_on=day(due)
    )


def withdraw(context: typer.Context, commitment: CommitmentId) -> None:
    """Take the last review back."""
    call_of(context).carry("commitment.withdraw", describe, commitment=commitment)


def carry(
    context: typer.Context,
    commitment: CommitmentId,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help=_("The rest; else in the same words."))] = None,
    due: Due = None,
) -> None:
    """Carry on the rest."""
    words = None if text is None else text_of(text)
    call_of(context).carry("commitment.carry", printing.only_id, commitment=commitment, text=words, due_on=day(due))


def remove(context: typer.Context, commitment: CommitmentId) -> None:
    """Remove one with its history."""
    call_of(context).carry("commitment.remove", _removed, commitment=commitment)


def describe(commitment: dict[str, Any]) -> str:
    """A promise in words; after carrying it on, its successor's id."""
    successor = commitment.get("successor") or {}
    return printing.sheet([
        (_owner(commitment["owner"]), commitment["text"]), (_("State"), _state(commitment["state"])),
        (_("By"), commitment["due_on"]), (_("When"), commitment["cue"]), (_("Id"), commitment["id"]),
        (_("Carried on as"), successor.get("id")),
    ])  # fmt: skip


def _removed(commitment: dict[str, Any]) -> str:
    return _("Removed: {text}").format(text=printing.line(commitment["text"]))


def _list(commitments: list[dict[str, Any]]) -> str:
    rows = [{**each, "state": _state(each["state"]), "owner": _owner(each["owner"])} for each in commitments]
    columns = {
        "id": _("Id"), "state": _("State"), "due_on": _("By"), "client": _("Client"), "owner": _("Whose"),
        "text": _("What"),
    }  # fmt: skip
    return printing.table(rows, columns, _("Nothing is promised."))


def _owner(owner: str) -> str:
    return {"coach": _("my promise"), "client": _("next step"), "both": _("promise of both")}[owner]


def _state(state: str) -> str:
    words = {
        "open": _("open"), "kept": _("kept"), "partly": _("partly"), "carried": _("carried on"),
        "released": _("let go"),
    }  # fmt: skip
    return words[state]
