"""Focus mode in words for a terminal."""

from typing import Any

from coachdesk.cli import printing
from coachdesk.focus.plan import NAMES
from coachdesk.words import _


def findings(told: dict[str, Any]) -> str:
    """What works on this computer, a line each."""
    from coachdesk.focus.check import VERDICTS

    rows = [{**each, "verdict": _(VERDICTS[each["support"]["level"]])} for each in told["findings"]]
    return "\n".join(_("{title}: {verdict}. {sentence}").format(**each) for each in rows)


def trying(told: dict[str, Any]) -> str:
    """The same, and that it is tried now."""
    return "\n".join([findings(told), "", _("Trying it for ten seconds; Ctrl-C ends it early.")])


def begun(state: dict[str, Any]) -> str:
    """What is quiet and what stays loud, until when."""
    heading = _("Focus mode is on.")
    if state["ends_at"]:
        heading = _("Focus mode is on until {time}.").format(time=printing.clock_time(state["ends_at"]))
    return "\n".join([heading, *_told(state["told"])])


def held(state: dict[str, Any]) -> str:
    """The same, and how it is ended."""
    if not any(each["quiet"] for each in state["told"]):
        return "\n".join(_told(state["told"]))
    return "\n".join([begun(state), _("Ctrl-C ends it and puts everything back.")])


def standing(state: dict[str, Any]) -> str:
    """That it is on, what is quiet and until when at the latest."""
    time = printing.clock_time(state["ends_at"])
    heading = _("Focus mode is on; it ends by itself at {time} at the latest.").format(time=time)
    return "\n".join([heading, *_told(state["told"])])


def off(state: dict[str, Any], outcome: dict[str, Any]) -> str:
    """That it is off, what of an earlier one was put back just now, and what could not be."""
    left = [_("An earlier one left this; coachdesk focus undo tries again:"), *state["by_hand"]]
    return "\n".join([_("Focus mode is off."), *_lines(outcome), *(left if state["by_hand"] else [])])


def ended(outcome: dict[str, Any]) -> str:
    """What became of everything, after an end that was asked for."""
    return "\n".join([_("Focus mode is off."), *_lines(outcome)])


def undone(outcome: dict[str, Any]) -> str:
    """What was put back and what stays."""
    lines = _lines(outcome)
    if not lines and not outcome["by_hand"]:
        return _("There is nothing to put back.")
    return "\n".join(lines)


def _told(told: list[dict[str, Any]]) -> list[str]:
    return [_line(each) for each in told]


def _line(quiet: dict[str, Any]) -> str:
    """One blocker; the remark of a quiet one is to be known although it works."""
    wording = _("Quiet: {name}") if quiet["quiet"] else _("Stays as it is: {name}")
    line = wording.format(name=_(NAMES.get(quiet["blocker"], quiet["blocker"])))
    why = printing.line(quiet["sentence"])
    return _("{what}. {why}").format(what=line, why=why) if why else f"{line}."


def _lines(outcome: dict[str, Any]) -> list[str]:
    named = {name: ", ".join(_(NAMES.get(each, each)) for each in outcome[name]) for name in ("put_back", "left")}
    said = {
        "put_back": _("Put back: {names}."),
        "left": _("Changed meanwhile and left as it is: {names}."),
    }
    return [said[name].format(names=names) for name, names in named.items() if names]
