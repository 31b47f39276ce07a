"""Every word the window says about focus mode, made from how it stands and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachdesk.focus.plan import NAMES, Outcome, Quiet
from coachdesk.ui.widgets.dates import clock_words
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.focus.mode import State

THINGS = {
    "notifications": N_("notifications"),
    "awake": N_("the screen"),
    "sites": N_("websites"),
    "apps": N_("programs"),
}
"""The blockers as they are called within a sentence."""


def dot(state: State | None) -> str:
    """How its dot is drawn: ``on`` filled, ``partly`` a ring because something wanted stays loud, else none."""
    if state is None or state.phase != "on" or not state.told:
        return ""
    return "partly" if state.loud else "on"


def about(state: State | None) -> str:
    """What its dot stands for, in names with one reason at most; empty where there is no dot."""
    if state is None or not dot(state):
        return ""
    quiet = (_("Quiet: {things}.").format(things=_listed(state.quiet)),) if state.quiet else ()
    told = (*(_why(one) for one in state.loud if one.sentence), *_remarks(state))
    return " ".join((*quiet, *_not_quiet(state), *told[:1]))


def now(state: State) -> str:
    """What is and what is not quiet, in whole sentences."""
    if state.phase == "entering":
        return _("Becoming quiet …")
    if state.phase == "leaving":
        return _("Everything is being put back …")
    if state.phase == "off":
        return state.sentence or _("Nothing is kept quiet.")
    return " ".join((*_said_quiet(state), *map(_why, state.loud), *_remarks(state)))


def at_a_glance(state: State) -> str:
    """What is and what is not quiet, by name; the rest is told by ``reasons``."""
    return " ".join((*_said_quiet(state), *_not_quiet(state))) if state.phase == "on" else now(state)


def reasons(state: State) -> str:
    """Why something is not quiet, and what is to be known of what is; one line each."""
    return "\n".join((*map(_why, state.loud), *_remarks(state))) if state.phase == "on" else ""


def until(state: State) -> str:
    """How long it lasts; empty while it is off."""
    if not state.is_on:
        return ""
    if state.told and not state.quiet:
        return _("Nothing could be made quiet")
    if state.ends_at is None:
        return _("Quiet during this session")
    return _("Quiet until {time}").format(time=clock_words(state.ends_at))


def lasting(state: State | None) -> str:
    """Until when it is quiet, to stand beside other words; empty while no end is known."""
    if state is None or not dot(state) or not state.quiet or state.ends_at is None:
        return ""
    return _("quiet until {time}").format(time=clock_words(state.ends_at))


def until_closed(state: State) -> str:
    """How long it lasts while a session is being closed; empty once everything is put back."""
    if not state.is_on or state.ends_at is None or (state.told and not state.quiet):
        return ""
    return _("Quiet until {time} at the latest").format(time=clock_words(state.ends_at))


def after(outcome: Outcome) -> str:
    """What came of putting everything back at the coach's word."""
    from coachdesk.focus.mode import told_of

    told = told_of(outcome)
    return " ".join(told) if told else _("Everything is as it was before.")


def recovered(outcome: Outcome | None) -> str:
    """What the first screen says of the last time; empty where nothing had been left."""
    if outcome is None or outcome == Outcome():
        return ""
    from coachdesk.focus.mode import told_of

    things = [name for name in outcome.put_back if name in THINGS and name != "awake"]
    sentence = _("CoachDesk stopped unexpectedly; {things} are as they were before.").format(things=_listed(things))
    if not things:
        sentence = _("CoachDesk stopped unexpectedly; everything that could be is as it was before.")
    return " ".join((sentence, *told_of(outcome)))


def _said_quiet(state: State) -> tuple[str, ...]:
    """What is quiet; the screen is not quiet, it stays on."""
    if not state.told:
        return (_("Nothing is chosen to be kept quiet."),)
    things = _listed([name for name in state.quiet if name != "awake"])
    quiet = (_beginning(_("{things} are quiet.").format(things=things)),) if things else ()
    return (*quiet, _("The screen stays on.")) if "awake" in state.quiet else quiet


def _not_quiet(state: State) -> tuple[str, ...]:
    """What stays loud although it was wanted, by name."""
    things = _listed([one.blocker for one in state.loud])
    return (_("Not quiet: {things}.").format(things=things),) if things else ()


def _why(one: Quiet) -> str:
    """Why one stays loud, as a sentence that says which."""
    thing = _beginning(_(THINGS[one.blocker]))
    why = _reason(one) or _("could not be made quiet.")
    if _names(why, thing):
        return why
    return _("{thing}: {why}").format(thing=thing, why=why)


def _reason(one: Quiet) -> str:
    """The sentence without the name that some blockers put before it."""
    return one.sentence.removeprefix(f"{_(NAMES[one.blocker])}:").strip()


def _names(sentence: str, thing: str) -> bool:
    """Whether the sentence begins with the thing itself."""
    return sentence.casefold().startswith(thing.casefold())


def _remarks(state: State) -> tuple[str, ...]:
    """What is to be known of the quiet ones."""
    return tuple(one.sentence for one in state.told if one.quiet and one.sentence)


def _listed(names: Sequence[str]) -> str:
    words = [_(THINGS[name]) for name in names]
    if len(words) < 2:
        return "".join(words)
    return _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])


def _beginning(words: str) -> str:
    return words[:1].upper() + words[1:]
