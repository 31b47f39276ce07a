"""Check this computer: what focus mode can do here, and a rehearsal that proves everything is put back."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from coachdesk.errors import Refused
from coachdesk.focus.blockers import Before, Blocker, Support, System
from coachdesk.focus.mode import Focus, State
from coachdesk.focus.plan import NAMES, Plan, Quiet
from coachdesk.words import N_, _

AT_LOGIN = "at_login"
"""How the entry that puts things back at login is called among the findings."""
VERDICTS = {"yes": N_("Works"), "partly": N_("Works in part"), "no": N_("Does not work")}
"""What a finding is called by the level of its support."""
TITLES = {**NAMES, AT_LOGIN: N_("After the computer stopped")}
"""What is looked at, in the order of the findings, as the screen calls it."""
PROMISES = {
    "notifications": (
        N_("The pop-ups of other programs wait until afterwards."),
        N_("The pop-ups of other programs may still appear."),
    ),
    "awake": (
        N_("The screen neither dims nor locks while you listen."),
        N_("The screen cannot be kept on."),
    ),
    "sites": (
        N_("Websites you choose stay away, in every browser that follows the computer's settings."),
        N_("Websites you choose cannot be kept away."),
    ),
    "apps": (
        N_("Programs you choose are kept down."),
        N_("Programs you choose cannot be kept down."),
    ),
    AT_LOGIN: (
        N_("Should the computer stop in the middle, everything is put back at the next login."),
        N_("Should the computer stop in the middle, everything is put back when CoachDesk is next started."),
    ),
}
"""For each: what happens where it works, and what happens where it does not."""
SECONDS = 10.0
"""How long a rehearsal stays quiet."""
MOMENT = 0.1
"""Seconds between two looks at how focus mode stands."""
PATIENCE = 10.0
"""Seconds for coming on, and again for going off, before the rehearsal gives up."""
SETTLING = 0.5
"""Seconds given to programs that take their time with what was put back, before looking again."""
LOOKS = 4
"""How often to look at most."""
LONGEST = 60
"""Characters of a value that are ever shown."""

Observed = Mapping[str, Before | None]
"""The present state by blocker; None for one that could not be looked at."""


@dataclass(frozen=True)
class Finding:
    """Whether one part of focus mode works on this computer."""

    blocker: str
    """One of ``NAMES``, or ``AT_LOGIN``."""
    support: Support
    title: str
    sentence: str
    """What will and what will not happen, and why."""

    @property
    def verdict(self) -> str:
        """Whether it works, in words."""
        return _(VERDICTS[self.support.level])


@dataclass(frozen=True)
class Rehearsed:
    """What a rehearsal showed."""

    told: tuple[Quiet, ...] = ()
    """What became of each blocker."""
    differences: tuple[str, ...] = ()
    """What is not as it was before, in sentences."""
    unseen: tuple[str, ...] = ()
    """Blockers whose state could not be compared, by name."""
    by_hand: tuple[str, ...] = ()
    """How to put back what could not be put back."""
    trouble: str = ""
    """Why it did not begin, or did not end; empty when it did both."""
    ended_early: bool = False

    @property
    def as_before(self) -> bool:
        """Whether everything that could be compared is byte for byte as it was."""
        return not (self.differences or self.by_hand)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole result for a person."""
        return (*self._course(), *self._end())

    def _course(self) -> tuple[str, ...]:
        quiet = _names(one.blocker for one in self.told if one.quiet)
        said = [self.trouble] if self.trouble else []
        if self.ended_early:
            said.append(_("You ended it early."))
        if quiet:
            said.append(_("Worked: {names}.").format(names=quiet))
        for one in self.told:
            if one.sentence or not one.quiet:
                wording = _("{name}: {why}") if one.quiet else _("Did not work: {name}. {why}")
                why = one.sentence or _("This computer did not say why.")
                said.append(wording.format(name=_(NAMES[one.blocker]), why=why))
        if not self.told and not said:
            said.append(_("Nothing is switched on that could be tried."))
        return tuple(said)

    def _end(self) -> tuple[str, ...]:
        said: list[str] = []
        if self.as_before:
            said.append(_("Everything is exactly as it was before."))
        else:
            advice = _("If it was not you who changed this meanwhile, set it back in the settings of the computer.")
            said += [*self.differences, *(self.by_hand or (advice,))]
        if self.unseen:
            said.append(_("Could not be looked at: {names}.").format(names=_names(self.unseen)))
        return tuple(said)


def check(system: System) -> tuple[Finding, ...]:
    """What works on this computer, in the order of ``TITLES``. Changes nothing; a few seconds at most."""
    return (*(_finding(blocker.name, _support(blocker)) for blocker in system.blockers()), _at_login(system))


def observe(system: System) -> dict[str, Before | None]:
    """Everything of the present state that focus mode could change, by blocker; None where one could not be asked."""
    return {blocker.name: _observed(blocker) for blocker in system.blockers()}


def differences(before: Observed, after: Observed) -> tuple[str, ...]:
    """What is not byte for byte as it was, one sentence each; empty when all is."""
    both = [(name, before.get(name), after.get(name)) for name in NAMES]
    return tuple(
        _difference(name, key, old, new)
        for name, old, new in both
        if old is not None and new is not None
        for key in dict.fromkeys((*old, *new))
        if _written(old, key) != _written(new, key)
    )


def rehearse(
    focus: Focus,
    system: System,
    plan: Plan,
    wait: Callable[[float], object],
    cancelled: Callable[[], bool],
    ends_at: datetime | None = None,
) -> Rehearsed:
    """Enter focus mode for ten seconds, leave it, and compare what is with what was.

    ``wait`` lets so many seconds pass; ``cancelled`` is asked meanwhile, and ends it early. Raises Refused when focus
    mode is on already, and when a session has begun meanwhile, which gives it an end other than ``ends_at``.
    """
    if focus.state.phase != "off":
        raise Refused(_("Focus mode is on; end it first."))
    if not plan.wanted:
        return Rehearsed()
    before, earlier = observe(system), focus.state
    try:
        focus.enter(replace(plan, at_login=False), ends_at)  # a try leaves nothing behind
        state = _until(focus, lambda state: state.phase == "on" or _refused(state, earlier), wait, cancelled)
        if state.phase == "on":
            _last(focus, wait, cancelled)
    finally:
        taken_over = ends_at is not None and focus.state.is_on and focus.state.ends_at != ends_at
        if not taken_over:
            focus.leave()
    if taken_over:
        raise Refused(_("A session has begun meanwhile, so it stays quiet; try again afterwards."))
    left = _until(focus, lambda state: state.phase == "off", wait, lambda: False)
    trouble = _trouble(state, left, cancelled=cancelled())
    after = _settled(before, system, wait)
    unseen = tuple(name for name in plan.wanted if before.get(name) is None or after.get(name) is None)
    return Rehearsed(state.told, differences(before, after), unseen, _by_hand(focus), trouble, cancelled())


def _support(blocker: Blocker) -> Support:
    try:
        return blocker.available()
    except Exception as error:  # whatever is wrong with one blocker is told of it; the others are looked at
        return Support("no", _reason(error))


def _observed(blocker: Blocker) -> Before | None:
    try:
        return blocker.observe()
    except Exception:  # the same; that it could not be looked at is told
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.sentence
    return _("This computer could not be asked about it ({reason}).").format(reason=type(error).__name__)


def _finding(name: str, support: Support) -> Finding:
    works, does_not = PROMISES[name]
    sentence = " ".join(part for part in (_(works if support else does_not), support.why) if part)
    return Finding(name, support, _(TITLES[name]), sentence)


def _at_login(system: System) -> Finding:
    try:
        there = system.at_login().installed()
    except Exception as error:  # as for a blocker
        return _finding(AT_LOGIN, Support("no", _reason(error)))
    later = "" if there else _("This is set up when focus mode first begins.")
    return _finding(AT_LOGIN, Support("yes", later))


def _until(
    focus: Focus,
    reached: Callable[[State], bool],
    wait: Callable[[float], object],
    cancelled: Callable[[], bool],
) -> State:
    """How focus mode stands once this is reached, or it is cancelled, or patience is at its end."""
    for _again in range(round(PATIENCE / MOMENT)):
        state = focus.state
        if reached(state) or cancelled():
            return state
        wait(MOMENT)
    return focus.state


def _refused(state: State, earlier: State) -> bool:
    return state.phase == "off" and state is not earlier


def _last(focus: Focus, wait: Callable[[float], object], cancelled: Callable[[], bool]) -> None:
    """Let the ten seconds pass, unless it is ended before."""
    for _again in range(round(SECONDS / MOMENT)):
        if cancelled() or focus.state.phase != "on":
            return
        wait(MOMENT)


def _trouble(begun: State, ended: State, *, cancelled: bool) -> str:
    """What went wrong with beginning and ending, in a sentence."""
    if ended.phase != "off":
        return _("Focus mode did not end in time. Choose “Put everything back now”.")
    if begun.phase == "on" or cancelled:
        return ""
    return begun.sentence or _("Focus mode did not begin in time.")


def _settled(before: Observed, system: System, wait: Callable[[float], object]) -> Observed:
    """What is afterwards; windows and daemons may take a moment for what they were told."""
    after = observe(system)
    for _again in range(LOOKS - 1):
        if not differences(before, after):
            break
        wait(SETTLING)
        after = observe(system)
    return after


def _by_hand(focus: Focus) -> tuple[str, ...]:
    """What the journal still holds; where it cannot be read, the sentence about that."""
    try:
        return focus.outstanding()
    except Refused as refusal:
        return (refusal.sentence,)


def _written(state: Before, key: str) -> str:
    """A value in bytes to compare; empty where there is none."""
    return json.dumps(state[key], sort_keys=True, default=repr) if key in state else ""


def _difference(name: str, key: str, old: Before, new: Before) -> str:
    return _("{name}: {key} was {old} and is {new} now.").format(
        name=_(NAMES[name]), key=key, old=_shown(old, key), new=_shown(new, key)
    )


def _shown(state: Before, key: str) -> str:
    value = state.get(key)
    if value is None:
        return _("not set")
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}”"


def _names(names: Iterable[str]) -> str:
    return ", ".join(_(NAMES[name]) for name in names)
