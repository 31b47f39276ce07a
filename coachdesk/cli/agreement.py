"""``coachdesk agreement …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, Minutes, call_of, day
from coachdesk.words import _

Word = Annotated[str | None, typer.Option(metavar="TEXT")]
Day = Annotated[str | None, typer.Option(metavar="DATE")]


def register(app: typer.Typer) -> None:
    """Add the noun."""
    agreements = group(app, "agreement")
    agreements.command("set", help=_("Settle an agreement; what is not named stays as it was, the old one is kept."))(
        settle
    )
    agreements.command("show", help=_("The agreement in force."))(show)


def settle(
    context: typer.Context,
    client: Client,
    minutes: Minutes = None,
    rescheduling: Word = None,
    between_sessions: Word = None,
    feedback: Word = None,
    confidentiality: Word = None,
    exceptions: Word = None,
    fee_note: Word = None,
    review_on: Day = None,
    agreed_on: Day = None,
) -> None:
    """Settle an agreement."""
    call_of(context).carry(
        "agreement.set", describe, client=client, session_minutes=minutes, rescheduling=rescheduling,
        between_sessions=between_sessions, feedback=feedback, confidentiality=confidentiality, exceptions=exceptions,
        fee_note=fee_note, review_on=day(review_on), agreed_on=day(agreed_on),
    )  # fmt: skip


def show(context: typer.Context, client: Client) -> None:
    """Show the agreement in force."""
    call_of(context).carry("agreement.show", describe, client=client)


def describe(agreement: dict[str, Any] | None) -> str:
    """An agreement in words."""
    if agreement is None:
        return _("Nothing is agreed yet.")
    return printing.sheet([
        (_("Agreed on"), agreement["agreed_on"]), (_("Minutes of a session"), agreement["session_minutes"]),
        (_("Rescheduling"), agreement["rescheduling"]), (_("Between sessions"), agreement["between_sessions"]),
        (_("Feedback"), agreement["feedback"]), (_("Confidentiality"), agreement["confidentiality"]),
        (_("Its exceptions"), agreement["exceptions"]), (_("Fee"), agreement["fee_note"]),
        (_("To be looked at again on"), agreement["review_on"]),
    ])  # fmt: skip
