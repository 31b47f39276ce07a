"""``coachdesk doctor``"""

from typing import Any

import typer

from coachdesk.cli import printing, unlocking
from coachdesk.cli.app import NOUNS
from coachdesk.cli.call import Call, desk_for
from coachdesk.cli.wording import call_of
from coachdesk.errors import Refused
from coachdesk.instance import Instance, ask
from coachdesk.words import _


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("doctor", help=_(NOUNS["doctor"]))(show)


def show(context: typer.Context) -> None:
    """Show how CoachDesk is doing; nobody is asked for a passphrase."""
    call = call_of(context)
    call.speak()
    answer = ask(call.given.home, {"verb": "doctor", "arguments": {"ask_keychain": not call.given.json}})
    call.tell(answer["ok"] if answer and "ok" in answer else _here(call), _describe)


def _here(call: Call) -> dict[str, Any]:
    """The same without a running CoachDesk; the records are opened where a key is at hand, and else left alone."""
    from coachdesk.verbs import doctor
    from coachdesk.verbs.values import plain

    desk, problem = desk_for(call.given), ""
    own = Instance.take(call.given.home) if call.given.home.keys.exists() else None
    try:
        if own is not None:
            problem = _opened(call, desk)
        found: dict[str, Any] = plain(doctor.show(desk, ask_keychain=not call.given.json))
        if problem:
            found["records"]["problem"] = problem
        return found
    finally:
        desk.close()
        if own is not None:
            own.close()


def _opened(call: Call, desk: Any) -> str:
    """Open the records without asking anybody; the answer is why that did not go, empty if it did."""
    try:
        desk.open(unlocking.key_for(call.given, ask=False))
    except Refused as why:
        return why.sentence
    return ""


def _describe(found: dict[str, Any]) -> str:
    parts = [printing.sheet(list(found[name].items())) for name in ("versions", "paths", "records")]
    machine = found["machine"]
    can = [(name, ability["why"] or _yes(ability["yes"])) for name, ability in machine["can"].items()]
    system = [
        (_("keychain"), found["keychain"]),
        (_("screen"), machine["kind"]),
        (_("time zone"), machine["time_zone"]),
    ]
    sheets = [*parts, printing.sheet([*system, *can]), printing.sheet(_focus(found["focus"]))]
    return "\n\n".join([*sheets, *found["settings"]["problems"]])


def _focus(focus: dict[str, Any]) -> list[tuple[str, Any]]:
    """Whether it is on, what it left, whether the next login would put that back."""
    left = " ".join([*focus["outstanding"], *([focus["problem"]] if "problem" in focus else [])])
    return [
        (_("focus mode"), _("on") if focus["on"] else _("off")),
        (_("not put back yet"), left or _("nothing")),
        (_("put back at the next login"), _yes(focus["at_login"])),
    ]


def _yes(yes: bool) -> str:
    return _("yes") if yes else _("no")
