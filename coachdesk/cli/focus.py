"""``coachdesk focus …``: nothing of it needs the records or a passphrase."""

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachdesk import paths
from coachdesk.cli import focus_words
from coachdesk.cli.app import DONE, REFUSED, group
from coachdesk.cli.call import Call, complain
from coachdesk.cli.focus_held import Ending, hold
from coachdesk.cli.wording import call_of
from coachdesk.errors import Refused
from coachdesk.verbs.focus import LONGEST, SHORTEST, wanted
from coachdesk.verbs.values import plain
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.plan import Outcome

LOOK = 0.05
"""Seconds between two questions whether it has begun."""
BEGINNING = 10.0
"""Seconds in which it must have begun, or have been given up; the running CoachDesk itself waits eight."""

Minutes = Annotated[int, typer.Option(metavar="N", min=SHORTEST, max=LONGEST, help=_("How long it is to last."))]
Try = Annotated[bool, typer.Option("--try", help=_("Try it for ten seconds, and compare what is with what was."))]


def register(app: typer.Typer) -> None:
    """Add the noun."""
    focus = group(app, "focus")
    for name, function, sentence in (
        ("check", check, _("What can be kept quiet on this computer, and what cannot.")),
        ("on", on, _("Keep the computer quiet for some minutes.")),
        ("status", status, _("Whether it is on, what is quiet, until when.")),
        ("off", off, _("End it: everything is put back.")),
        ("undo", undo, _("Put everything back now, whatever became of the CoachDesk that changed it.")),
    ):
        focus.command(name, help=sentence)(function)


def check(context: typer.Context, tried: Try = False) -> None:
    """Look at this computer, and try it where that is asked for."""
    from coachdesk.focus import check as checking

    call = _begun(context)
    findings = checking.check(call.system())
    if not tried:
        call.tell(plain({"findings": findings, "rehearsed": None}), focus_words.findings)
        return
    if not call.given.json:
        call.tell(plain({"findings": findings, "rehearsed": None}), focus_words.trying)
    rehearsed = _rehearsed(call)
    told = {"findings": plain(findings), "rehearsed": {**plain(rehearsed), "as_before": rehearsed.as_before}}
    call.tell(told, lambda _told: "\n".join(rehearsed.sentences))
    raise typer.Exit(DONE if rehearsed.as_before and not rehearsed.trouble else REFUSED)


def on(context: typer.Context, minutes: Minutes) -> None:
    """Have the running CoachDesk hold it, or hold it here until its end, Ctrl-C or SIGTERM."""
    call = _begun(context)
    held = call.handed_over({"verb": "focus.on", "arguments": {"minutes": minutes}})
    if held is not None:
        call.tell(_settled(call, held), focus_words.begun)
        return
    from coachdesk.machine.here import here

    lasts = timedelta(minutes=minutes)
    hold(call, _plan(call, lasts.total_seconds()), here().now().at + lasts)


def status(context: typer.Context) -> None:
    """Ask whoever holds it; where nobody does, what a killed one left is put back first."""
    from coachdesk.focus import recovery

    call, folder = _begun(context), paths.focus_folder()
    held = recovery.status(folder)
    if held is not None:
        call.tell(_standing(held), focus_words.standing)
        return
    outcome = recovery.recover(folder, call.system())
    call.tell(_off(recovery.outstanding(folder), outcome), lambda state: focus_words.off(state, plain(outcome)))


def off(context: typer.Context) -> None:
    """Ask whoever holds it to end; where nobody does, put back what a killed one left."""
    from coachdesk.focus import recovery

    call, folder = _begun(context), paths.focus_folder()
    outcome = recovery.end(folder)
    if outcome is not None:
        call.tell(plain(outcome), focus_words.ended)
    else:
        outcome = recovery.recover(folder, call.system())
        told = plain(outcome)
        call.tell(_off(recovery.outstanding(folder), outcome), lambda _state: focus_words.ended(told))
    _leave_to_hands(outcome.by_hand)


def undo(context: typer.Context) -> None:
    """Put back what stands, from whomever."""
    from coachdesk.focus import recovery

    call = _begun(context)
    outcome = recovery.undo(paths.focus_folder(), call.system())
    call.tell(plain(outcome), focus_words.undone)
    _leave_to_hands(outcome.by_hand)


def _begun(context: typer.Context) -> Call:
    call = call_of(context)
    call.speak()
    return call


def _plan(call: Call, lasts: float) -> Any:
    from coachdesk import settings
    from coachdesk.focus.plan import Plan

    return wanted(Plan.of(settings.load(call.given.home.settings), lasts))


def _rehearsed(call: Call) -> Any:
    """Enter for ten seconds and leave; Ctrl-C and SIGTERM end it early."""
    from coachdesk.focus import check as checking

    focus = call.focus()
    with Ending() as ending:
        try:
            plan = _plan(call, checking.SECONDS + 2 * checking.PATIENCE)
            return checking.rehearse(focus, call.system(), plan, ending.wait, lambda: ending.asked)
        finally:
            focus.close()


def _settled(call: Call, state: dict[str, Any]) -> dict[str, Any]:
    """How it stands in the running CoachDesk once it has begun; raises Refused where that failed."""
    deadline = time.monotonic() + BEGINNING
    while state["phase"] == "entering" and time.monotonic() < deadline:
        time.sleep(LOOK)
        state = call.handed_over({"verb": "focus.state", "arguments": {}}) or {"phase": "off", "sentence": ""}
    if state["phase"] != "on":
        raise Refused(state["sentence"] or _("Focus mode did not begin."))
    return state


def _standing(held: dict[str, Any]) -> dict[str, Any]:
    """What the holder answered, in the fields of a state; the end is the latest one."""
    from coachdesk.machine.here import here

    ends_at: datetime = here().now().at + timedelta(seconds=held["left"])
    return {"phase": "on", "ends_at": plain(ends_at), "told": held["on"], "sentence": "", "by_hand": []}


def _off(outstanding: tuple[str, ...], outcome: "Outcome") -> dict[str, Any]:
    """The fields of a state; and what was put back just now, where something was."""
    state = {"phase": "off", "ends_at": None, "told": [], "sentence": "", "by_hand": list(outstanding)}
    return {**state, "put_back": list(outcome.put_back)} if outcome.put_back else state


def _leave_to_hands(sentences: tuple[str, ...]) -> None:
    """Say what the person has to put back; that is no success."""
    for sentence in sentences:
        complain(sentence)
    if sentences:
        raise typer.Exit(REFUSED)
