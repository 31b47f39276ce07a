"""``coachdesk import calendar``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.call import absolute
from coachdesk.cli.wording import call_of
from coachdesk.words import N_, _, ngettext

ACTS = {
    "plan": N_("new"),
    "move": N_("moved"),
    "join": N_("planned by hand already"),
    "lengthen": N_("another length"),
    "cancel": N_("called off"),
    "hand": N_("with somebody else"),
}
"""What is done to a session, as it is printed."""


def register(imports: typer.Typer) -> None:
    """Add the kind of file."""
    imports.command("calendar", help=_("Plan sessions from a calendar file (.ics) or a folder of them."))(take)


def take(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FILE_OR_FOLDER")],
    preview: Annotated[bool, typer.Option("--preview", help=N_("Only say what would be done."))] = False,
) -> None:
    """Take a calendar in."""
    call_of(context).carry("calendar.import", _told, path=absolute(source), preview=preview)


def _told(found: dict[str, Any]) -> str:
    heads = {"act": _("What"), "when": _("When"), "client": _("Client")}
    nothing = _("Nothing to do: everything stands as in the calendar.")
    if found["differing"]:
        nothing = _("Nothing to do by itself.")
    parts = [printing.table(_steps(found["steps"]), heads, nothing)]
    parts += [printing.table(_asked(found["unknown"]), _asked_heads(), "")] if found["unknown"] else []
    if found["differing"]:
        told = _("Not as you decided; these stay as they are, unless you follow the calendar in the window:")
        parts.append(f"{told}\n{printing.table(_steps(found['differing']), heads, '')}")
    parts += [printing.harmless("\n".join(found["problems"]))] if found["problems"] else []
    gone = len(found["gone"])
    if gone:
        sentence = ngettext(
            "{n} planned session is no longer in the calendar; look at it in the window.",
            "{n} planned sessions are no longer in the calendar; look at them in the window.",
            gone,
        )
        parts.append(sentence.format(n=gone))
    return "\n\n".join(parts)


def _steps(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**step, "act": _(ACTS[step["act"]]), "when": printing.when(step["start"])} for step in steps]


def _asked_heads() -> dict[str, str]:
    return {"title": _("Whose? Decide in the window"), "when": _("When"), "count": _("How many"), "who": _("Perhaps")}


def _asked(unknown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "when": printing.when(one["start"]), "who": ", ".join(one["suggested"])} for one in unknown]
