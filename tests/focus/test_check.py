"""Check this computer says what will and will not work, and a rehearsal proves that everything is put back."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from coachdesk.errors import Refused
from coachdesk.focus import check
from coachdesk.focus.blockers import Before, Failed, FakeSystem, Support
from coachdesk.focus.mode import FakeFocus, State
from coachdesk.focus.plan import App, Outcome, Plan, Quiet
from coachdesk.machine.login import FakeAtLogin

PLAN = Plan(60, ("notifications", "awake"), nonce="n1")


@dataclass
class Acting(FakeFocus):
    """Focus mode that really changes a computer of plain values, and puts back what it is not told to forget."""

    system: FakeSystem = field(default_factory=FakeSystem)
    forgets: str = ""
    """A blocker it does not put back."""
    held: dict[str, Before] = field(default_factory=dict)

    def enter(self, plan, ends_at=None):
        for blocker in self.system.blockers():
            if blocker.name in plan.wanted and blocker.name not in self.loud:
                self.held[blocker.name] = blocker.capture(plan)
                blocker.apply(plan, self.held[blocker.name])
        super().enter(plan, ends_at)

    def leave(self):
        for blocker in self.system.blockers():
            if blocker.name in self.held and blocker.name != self.forgets:
                blocker.restore(self.held.pop(blocker.name))
        super().leave()


@dataclass
class Time:
    """Time that passes only by being waited for; something may happen in it."""

    passed: float = 0
    happens: dict[float, object] = field(default_factory=dict)
    """Seconds → what to call then."""

    def wait(self, seconds: float) -> None:
        self.passed = round(self.passed + seconds, 3)
        for at in [at for at in self.happens if at <= self.passed]:
            self.happens.pop(at)()


class Broken:
    """A blocker in which everything goes wrong."""

    name = "notifications"
    way = "broken"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def available(self):
        raise self.error

    def observe(self):
        raise self.error


class OneBroken(FakeSystem):
    """A computer on which one blocker is broken."""

    error: Exception = RuntimeError()

    def blockers(self):
        return (Broken(self.error), *super().blockers()[1:])


def never() -> bool:
    return False


def rehearsed(focus, system, plan=PLAN, time=None, cancelled=never):
    return check.rehearse(focus, system, plan, (time or Time()).wait, cancelled)


# --- what works


def test_the_findings_come_in_the_order_in_which_the_blockers_begin_and_then_the_login():
    found = check.check(FakeSystem())
    assert ["notifications", "awake", "sites", "apps", "at_login"] == [one.blocker for one in found]
    assert "After the computer stopped" == found[-1].title


def test_what_works_is_told_in_one_sentence():
    first = check.check(FakeSystem())[0]
    assert ("Notifications", "Works") == (first.title, first.verdict)
    assert "The pop-ups of other programs wait until afterwards." == first.sentence


def test_what_works_in_part_is_told_with_the_reason():
    system = FakeSystem(supports={"sites": Support("partly", "Firefox has a proxy of its own.")})
    sites = check.check(system)[2]
    assert "Works in part" == sites.verdict
    assert sites.sentence.startswith("Websites you choose stay away")
    assert sites.sentence.endswith(" Firefox has a proxy of its own.")


def test_what_does_not_work_is_told_with_what_happens_then_and_why():
    system = FakeSystem(supports={"awake": Support("no", "There is no session bus.")})
    awake = check.check(system)[1]
    assert "Does not work" == awake.verdict
    assert "The screen cannot be kept on. There is no session bus." == awake.sentence


@pytest.mark.parametrize(
    ("error", "words"), [(Failed("The bus is silent."), "The bus is silent."), (RuntimeError(), "(RuntimeError)")]
)
def test_a_blocker_that_raises_becomes_a_sentence(error, words):
    system = OneBroken()
    system.error = error
    first, *others = check.check(system)
    assert "no" == first.support.level
    assert words in first.sentence
    assert 4 == len(others)


def test_the_login_entry_that_is_not_there_yet_is_told_of():
    assert check.check(FakeSystem())[-1].sentence.endswith("This is set up when focus mode first begins.")


def test_the_login_entry_that_is_there_needs_no_more_words():
    there = check.check(FakeSystem(login=FakeAtLogin(("coachdesk",))))[-1]
    assert "Should the computer stop in the middle, everything is put back at the next login." == there.sentence


def test_a_login_that_cannot_be_asked_becomes_a_sentence():
    class Unknown(FakeSystem):
        def at_login(self):
            raise Failed("There is no folder for it.")

    there = check.check(Unknown())[-1]
    assert "Does not work" == there.verdict
    assert there.sentence.endswith("when CoachDesk is next started. There is no folder for it.")


# --- before and after


def test_everything_that_could_change_is_looked_at():
    assert {
        "notifications": {"banners": "on"}, "awake": {"screen": None}, "apps": {"windows": None},
        "sites": {"proxy url": None, "proxy mode": "none"},
    } == check.observe(FakeSystem({"banners": "on", "proxy mode": "none"}))  # fmt: skip


def test_a_blocker_that_cannot_be_looked_at_is_known_as_such():
    assert check.observe(OneBroken())["notifications"] is None


def test_the_same_state_has_no_differences():
    system = FakeSystem({"banners": "on"})
    assert () == check.differences(check.observe(system), check.observe(system))


def test_a_difference_names_what_was_and_what_is():
    before = check.observe(FakeSystem({"banners": "on"}))
    after = check.observe(FakeSystem({"proxy url": "pac " + "x" * 100}))
    assert (
        "Notifications: banners was “on” and is not set now.",
        f"Websites: proxy url was not set and is “pac {'x' * 55}…” now.",
    ) == check.differences(before, after)


def test_values_are_compared_byte_for_byte():
    assert 1 == len(check.differences({"apps": {"windows": 1}}, {"apps": {"windows": True}}))
    assert 1 == len(check.differences({"apps": {}}, {"apps": {"windows": None}}))
    assert () == check.differences({"apps": {"windows": {"a": 1, "b": 2}}}, {"apps": {"windows": {"b": 2, "a": 1}}})


def test_what_could_not_be_looked_at_is_no_difference():
    assert () == check.differences({"apps": None}, {"apps": {"windows": "1"}})


# --- the rehearsal


def test_a_rehearsal_is_quiet_for_ten_seconds_and_puts_everything_back():
    system, time = FakeSystem({"banners": "on", "screen": "dims"}), Time()
    seen = []
    time.happens = {5.0: lambda: seen.append(dict(system.settings))}
    result = rehearsed(Acting(system=system), system, time=time)
    assert [{"banners": "off", "screen": "stays on"}] == seen
    assert {"banners": "on", "screen": "dims"} == system.settings
    assert 10.0 == time.passed
    assert result.as_before
    assert (
        "Worked: Notifications, Keeping the screen on.",
        "Everything is exactly as it was before.",
    ) == result.sentences


def test_what_stayed_loud_is_told_with_the_reason():
    system = FakeSystem()
    result = rehearsed(Acting(system=system, loud={"awake": "There is no session bus."}), system)
    assert (
        "Worked: Notifications.",
        "Did not work: Keeping the screen on. There is no session bus.",
        "Everything is exactly as it was before.",
    ) == result.sentences


def test_a_remark_on_what_was_quiet_is_told():
    result = check.Rehearsed((Quiet("sites", True, "Open pages may keep updating."),))
    assert "Websites: Open pages may keep updating." in result.sentences


def test_what_is_not_as_before_is_told_with_how_to_put_it_back():
    system = FakeSystem({"banners": "on"})
    focus = Acting(system=system, forgets="notifications", outcome=Outcome(by_hand=("Switch the banners on.",)))
    result = rehearsed(focus, system)
    assert not result.as_before
    assert (
        "Notifications: banners was “on” and is “off” now.",
        "Switch the banners on.",
    ) == result.sentences[1:]


def test_what_somebody_else_changed_meanwhile_is_told():
    system, time = FakeSystem(), Time()
    time.happens = {5.0: lambda: system.settings.update(windows="a game")}
    result = rehearsed(Acting(system=system), system, time=time)
    assert "Programs: windows was not set and is “a game” now." == result.sentences[1]
    assert result.sentences[2].startswith("If it was not you who changed this")


def test_programs_that_take_a_moment_are_given_one():
    system, time = FakeSystem(), Time()
    focus = Acting(system=system, forgets="awake")
    time.happens = {10.9: lambda: system.settings.clear()}
    assert rehearsed(focus, system, time=time).as_before
    assert 11.0 == time.passed


def test_it_can_be_ended_early_and_everything_is_still_compared():
    system, time = FakeSystem({"banners": "on"}), Time()
    result = rehearsed(Acting(system=system), system, time=time, cancelled=lambda: time.passed >= 3)
    assert 3.0 == time.passed
    assert {"banners": "on"} == system.settings
    assert ("You ended it early.", "Everything is exactly as it was before.") == (
        result.sentences[0],
        result.sentences[-1],
    )


def test_it_ends_when_focus_mode_ends_by_itself():
    focus, time = Acting(), Time()
    time.happens = {2.0: focus.leave}
    rehearsed(focus, FakeSystem(), time=time)
    assert 2.0 == time.passed


def test_focus_mode_that_refuses_is_told():
    time = Time()
    result = rehearsed(FakeFocus(refuses="The folder cannot be written."), FakeSystem(), time=time)
    assert 0 == time.passed
    assert ("The folder cannot be written.", "Everything is exactly as it was before.") == result.sentences


def test_it_is_refused_while_focus_mode_is_on():
    focus = FakeFocus(State("on"))
    with pytest.raises(Refused, match="Focus mode is on; end it first"):
        rehearsed(focus, FakeSystem())
    assert "on" == focus.state.phase


def test_with_nothing_switched_on_there_is_nothing_to_try():
    focus = FakeFocus()
    result = rehearsed(focus, FakeSystem(), Plan(60, ()))
    assert focus.plan is None
    assert "Nothing is switched on that could be tried." == result.sentences[0]


@dataclass
class Slow(FakeFocus):
    """Focus mode that takes its time: it comes on, or goes off, only when told to."""

    comes: bool = True
    goes: bool = True

    def enter(self, _plan, ends_at=None):
        self._become(State("entering", ends_at))
        if self.comes:
            self._become(State("on"))

    def leave(self):
        self._become(State("off" if self.goes else "leaving"))


def test_focus_mode_that_does_not_begin_in_time_is_told_and_left():
    focus, time = Slow(comes=False), Time()
    result = rehearsed(focus, FakeSystem(), time=time)
    assert "Focus mode did not begin in time." == result.sentences[0]
    assert ("off", 10.0) == (focus.state.phase, time.passed)


def test_focus_mode_that_does_not_end_in_time_is_told():
    result = rehearsed(Slow(goes=False), FakeSystem())
    assert "Focus mode did not end in time. Choose “Put everything back now”." == result.sentences[0]


def test_it_is_left_even_when_waiting_breaks():
    focus = FakeFocus()

    def broken(_seconds):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check.rehearse(focus, FakeSystem(), PLAN, broken, never)
    assert "off" == focus.state.phase


def test_what_could_not_be_looked_at_is_told():
    result = rehearsed(FakeFocus(), OneBroken())
    assert ("notifications",) == result.unseen
    assert "Could not be looked at: Notifications." == result.sentences[-1]


def test_a_journal_that_cannot_be_read_is_told():
    class Unreadable(FakeFocus):
        def outstanding(self):
            raise Refused("The folder cannot be read.")

    assert "The folder cannot be read." in rehearsed(Unreadable(), FakeSystem()).sentences


def test_the_plan_and_the_end_are_handed_on(clock):
    focus, plan = FakeFocus(), Plan(60, ("apps",), apps=(App("game", "Game"),))
    ends = []
    focus.listeners.append(lambda state: ends.append(state.ends_at))
    check.rehearse(focus, FakeSystem(), plan, Time().wait, never, clock.now().at)
    assert (replace(plan, at_login=False), clock.now().at) == (focus.plan, ends[0])  # a try leaves nothing behind


def test_a_session_that_begins_meanwhile_keeps_focus_mode() -> None:
    """As the sitting does it: what is on is made to last, without an end to show."""
    focus, planned = FakeFocus(), datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    begun = iter([False] * 20 + [True])

    def wait(_seconds: float) -> None:
        if next(begun, False):
            focus.last(3000)

    with pytest.raises(Refused, match="A session has begun meanwhile"):
        check.rehearse(focus, FakeSystem(), PLAN, wait, never, planned)
    assert (True, 3000) == (focus.state.is_on, focus.lasts)
