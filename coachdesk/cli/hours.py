"""``coachdesk hours``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import NOUNS
from coachdesk.cli.wording import call_of, day
from coachdesk.words import _


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("hours", help=_(NOUNS["hours"]))(show)


def show(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=_("Only sessions from this day on."))] = None,
) -> None:
    """Show the figures."""
    call_of(context).carry("hours", describe, since=day(since))


def describe(hours: dict[str, Any]) -> str:
    """The figures in words."""
    rows = [*hours["clients"], {**hours["total"], "name": _("Total")}]
    shown = [
        {**row, "paid": printing.hours(row["paid_seconds"]), "pro_bono": printing.hours(row["pro_bono_seconds"])}
        for row in rows
    ]
    columns = {"sessions": _("Sessions"), "paid": _("Paid hours"), "pro_bono": _("Pro bono hours"), "name": _("Client")}
    return printing.table(shown, columns, "")
