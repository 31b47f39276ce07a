"""``coachdesk rehearse``"""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import NOUNS
from coachdesk.cli.wording import call_of
from coachdesk.errors import Refused
from coachdesk.words import _, ngettext

SPEED = 24.0
"""Sixty minutes in two and a half."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("rehearse", help=_(NOUNS["rehearse"]))(rehearse)


def rehearse(
    context: typer.Context,
    minutes: Annotated[int, typer.Option(min=5, max=480, help=_("The length of the session."))] = 60,
    speed: Annotated[float, typer.Option(min=1, max=1000, help=_("How many times faster than life."))] = SPEED,
    no_window: Annotated[
        bool, typer.Option("--no-window", help=_("In no time, without a window: print what happens and when."))
    ] = False,
) -> None:
    """Hold a rehearsal."""
    call = call_of(context)
    if not no_window:
        raise typer.Exit(call.rehearse(call.given.home, minutes, speed))
    from coachdesk.machine.here import here
    from coachdesk.rehearse import play

    machine = here()
    events, missing = play.play(machine.now(), minutes, machine.time_zone())
    call.tell({"timeline": [asdict(event) for event in events], "missing": missing}, _describe)
    if missing:
        raise Refused(_("This should have happened and did not: {names}.").format(names=", ".join(missing)))


def _describe(played: dict[str, Any]) -> str:
    return "\n".join(f"{_minute(event['minute'])}  {printing.line(event['what'])}" for event in played["timeline"])


def _minute(minute: float) -> str:
    whole = round(minute)
    if abs(whole) >= 1440:
        days = round(minute / 1440)
        return ngettext("{n} day later", "{n} days later", days).format(n=days)
    return f"{whole:>4}′"
