"""Carries a plan out through the blockers and puts everything back, always the journal first."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coachdesk.errors import Refused
from coachdesk.focus import steps
from coachdesk.focus.blockers import Before, Blocker, Failed, System
from coachdesk.focus.journal import Entry, Journal
from coachdesk.focus.plan import NAMES, Outcome, Plan, Quiet
from coachdesk.words import _

T = TypeVar("T")
Report = Callable[[Exception], object]
"""Told of each fault of ours in a blocker, which becomes one sentence and stops nothing else."""


@dataclass(frozen=True)
class _Held:
    """A blocker that is to be put back, how, and what is to be known of it meanwhile."""

    blocker: Blocker
    before: Before
    remark: str

    @property
    def entry(self) -> Entry:
        """What the journal notes of it."""
        return Entry(self.blocker.name, self.blocker.way, self.before, self.blocker.by_hand(self.before))


class Keeper:
    """One focus mode from entering to leaving, in the process that holds it."""

    def __init__(self, system: System, journal: Journal, report: Report) -> None:
        self._system, self._journal, self._report = system, journal, report
        self._held: list[_Held] = []
        self._stuck: tuple[Entry, ...] = ()
        """What nobody could put back yet; it stays in the journal and its blocker out of use."""
        self._failed: tuple[str, ...] = ()
        """What we ourselves could not put back before the end."""

    def enter(self, plan: Plan) -> tuple[Quiet, ...]:
        """Make quiet what the plan wants and this computer can; what became of each blocker, in their order.

        A blocker that cannot becomes a sentence; the others work. What an earlier focus mode left is put back first.
        """
        _outcome, self._stuck = replay(self._system, self._journal, self._report)
        told: dict[str, Quiet] = {}
        for blocker in self._system.blockers():
            if blocker.name in plan.wanted:
                try:
                    self._held.append(self._captured(blocker, plan))
                except Refused as why:
                    told[blocker.name] = Quiet(blocker.name, False, why.sentence)
        told |= self._noted()
        for held in list(self._held):
            told[held.blocker.name] = self._applied(held, plan)
        return tuple(told[name] for name in NAMES if name in told)

    def changed(self) -> tuple[str, ...]:
        """The blockers that somebody else has changed since, by name: what they are to keep quiet is so no more.

        Windows that the person has brought up again are theirs to bring up; those are not asked after. What cannot be
        asked now counts as unchanged.
        """
        return tuple(held.blocker.name for held in self._held if held.before and self._is_changed(held))

    def _is_changed(self, held: _Held) -> bool:
        if held.blocker.name == "apps":
            return False
        try:
            return not self._safely(held.blocker, lambda: held.blocker.is_ours(held.before))
        except Refused:
            return False

    def give_up(self, name: str) -> Outcome:
        """Put one blocker back before the end."""
        return self._put_back([held for held in self._held if held.blocker.name == name])

    def leave(self) -> Outcome:
        """Put everything back, in the reverse order; what could not be put back before is said again."""
        earlier = Outcome(by_hand=self._failed)
        return earlier.with_more(self._put_back(self._held[::-1]))

    def _captured(self, blocker: Blocker, plan: Plan) -> _Held:
        for entry in self._stuck:
            if entry.blocker == blocker.name:
                raise Failed(entry.by_hand)
        support = self._safely(blocker, blocker.available)
        if not support:
            raise Failed(support.why)
        return _Held(blocker, self._safely(blocker, lambda: blocker.capture(plan)), support.why)

    def _noted(self) -> dict[str, Quiet]:
        """Note down what will be changed; what cannot be noted is not changed, and said to stay loud."""
        try:
            self._note()
        except Failed as why:
            refused = [held for held in self._held if held.before]
            self._held = [held for held in self._held if not held.before]
            return {held.blocker.name: Quiet(held.blocker.name, False, why.sentence) for held in refused}
        return {}

    def _applied(self, held: _Held, plan: Plan) -> Quiet:
        blocker = held.blocker
        steps.reached()
        try:
            remark = self._safely(blocker, lambda: blocker.apply(plan, held.before))
        except Refused as why:
            left = self._put_back([held]).by_hand
            return Quiet(blocker.name, False, " ".join((why.sentence, *left)))
        steps.reached()
        return Quiet(blocker.name, True, remark or held.remark)

    def _put_back(self, wanted: Sequence[_Held]) -> Outcome:
        outcome = Outcome()
        for held in wanted:
            steps.reached()
            outcome = outcome.with_more(self._restored(held))
            self._held.remove(held)
        self._failed = (*self._failed, *outcome.by_hand)
        if wanted:
            with contextlib.suppress(Failed):  # what is noted too much is found put back when it is read again
                self._note()
        return outcome

    def _restored(self, held: _Held) -> Outcome:
        blocker, before = held.blocker, held.before
        try:
            ours = not before or self._safely(blocker, lambda: blocker.is_ours(before))
            self._safely(blocker, lambda: blocker.restore(before))
        except Refused:
            self._stuck = (*self._stuck, held.entry)
            return Outcome(by_hand=(blocker.by_hand(before),))
        return Outcome(put_back=(blocker.name,)) if ours else Outcome(left=(blocker.name,))

    def _note(self) -> None:
        self._journal.write((*self._stuck, *(held.entry for held in self._held if held.before)))

    def _safely(self, blocker: Blocker, call: Callable[[], T]) -> T:
        return _safely(blocker.name, call, self._report)


def replay(system: System, journal: Journal, report: Report) -> tuple[Outcome, tuple[Entry, ...]]:
    """Put back what the journal still holds, and forget what is put back; also the entries that could not be.

    Whether something no longer ours was changed by the person, or never by us before we were killed, cannot be told
    apart here; either way it is left as it is, and nothing is said of it. Raises Failed when the disk does not let go
    of the journal; what it says was put back is put back all the same. Websites come first: a browser may be waiting.
    """
    entries = journal.read()
    sites = [entry for entry in entries[::-1] if entry.blocker == "sites"]
    others = [entry for entry in entries[::-1] if entry.blocker != "sites"]
    outcome, failed = Outcome(), list[Entry]()
    for entry in (*sites, *others):
        steps.reached()
        try:
            if _safely(entry.blocker, lambda: _undone(system, entry), report):  # noqa: B023  # called at once
                outcome = outcome.with_more(Outcome(put_back=(entry.blocker,)))
        except Refused:
            failed.append(entry)
            outcome = outcome.with_more(Outcome(by_hand=(entry.by_hand,)))
    stuck = tuple(entry for entry in entries if entry in failed)
    if journal.is_there and (stuck != entries or not stuck):
        journal.write(stuck)
    return outcome, stuck


def still_left(system: System, entries: Sequence[Entry], report: Report) -> tuple[Entry, ...]:
    """Of what a journal holds that was replayed and not written over: what still has to be put back, or cannot be seen.

    An entry of no blocker says why the journal stands, and is always among them.
    """

    def left(entry: Entry) -> bool:
        try:
            blocker = system.find(entry.blocker, entry.way)
            return blocker is None or _safely(entry.blocker, lambda: blocker.is_ours(entry.before), report)
        except Refused:
            return True

    return tuple(entry for entry in entries if left(entry))


def _undone(system: System, entry: Entry) -> bool:
    """Put one entry back; whether there was anything of ours."""
    blocker = system.find(entry.blocker, entry.way)
    if blocker is None:
        raise Failed(entry.by_hand)
    ours = blocker.is_ours(entry.before)
    if ours:
        blocker.restore(entry.before)
    return ours


def _safely(name: str, call: Callable[[], T], report: Report) -> T:
    """The answer of a blocker; a fault of ours in it is reported and becomes a refusal."""
    try:
        return call()
    except Refused:
        raise
    except Exception as fault:
        report(fault)
        sentence = _("{blocker}: something in CoachDesk went wrong, and it is our mistake.")
        raise Failed(sentence.format(blocker=_(NAMES.get(name, name)))) from fault
