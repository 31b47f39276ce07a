"""Keeping the screen on, over holders of the test's own."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from coachdesk.focus.awake import Awake, by_wakepy
from coachdesk.focus.blockers import Failed, Support
from coachdesk.focus.plan import Plan

PLAN = Plan(60)


@dataclass
class Screen:
    """A screen that stays on while somebody holds it on."""

    holders: list[str] = field(default_factory=list)
    stuck: bool = False

    def hold(self) -> Callable[[], None]:
        """Stay on until the answer is called."""
        self.holders.append("held")
        return self.let_go

    def let_go(self) -> None:
        """One holder less, unless stuck."""
        if self.stuck:
            raise RuntimeError("no")
        self.holders.pop()


@pytest.fixture
def screen() -> Screen:
    """A screen nobody holds on."""
    return Screen()


@pytest.fixture
def awake(screen: Screen) -> Awake:
    """The blocker, for that screen."""
    return Awake(hold=screen.hold)


def test_the_screen_is_held_on_until_it_is_put_back(screen: Screen, awake: Awake) -> None:
    assert {} == awake.capture(PLAN)
    awake.apply(PLAN, {})
    assert (["held"], True) == (screen.holders, awake.is_ours({}))
    awake.restore({})
    assert ([], False) == (screen.holders, awake.is_ours({}))


def test_twice_is_once(screen: Screen, awake: Awake) -> None:
    awake.apply(PLAN, {})
    awake.apply(PLAN, {})
    assert ["held"] == screen.holders
    awake.restore({})
    awake.restore({})
    assert [] == screen.holders


def test_it_can_be_held_again(screen: Screen, awake: Awake) -> None:
    for _round in range(2):
        awake.apply(PLAN, {})
        assert ["held"] == screen.holders
        awake.restore({})
    assert [] == screen.holders


def test_in_another_process_there_is_nothing_to_let_go(screen: Screen, awake: Awake) -> None:
    awake.apply(PLAN, {})
    another = Awake(hold=screen.hold)
    assert not another.is_ours({})
    another.restore({})
    assert ["held"] == screen.holders
    assert "" == another.by_hand({})


def test_what_is_observed_is_the_same_before_and_after(awake: Awake) -> None:
    before = awake.observe()
    awake.apply(PLAN, {})
    assert before != awake.observe()
    awake.restore({})
    assert before == awake.observe()


def test_a_screen_that_does_not_let_go_is_told_of_and_not_asked_again(screen: Screen, awake: Awake) -> None:
    awake.apply(PLAN, {})
    screen.stuck = True
    with pytest.raises(Failed, match="stays on until CoachDesk ends"):
        awake.restore({})
    awake.restore({})


def test_the_system_says_whether_it_works() -> None:
    assert Awake().available()
    assert "It cannot." == Awake(lambda: Support("no", "It cannot.")).available().why


def test_where_wakepy_finds_nothing_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FORCE_FAILURE", "1")  # wakepy's own seam for tests
    with pytest.raises(Failed, match="may go dark by itself"):
        by_wakepy()


def test_what_wakepy_holds_is_held_until_released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    from wakepy import global_modes

    before = set(global_modes())
    release = by_wakepy()
    (held,) = set(global_modes()) - before
    assert held.active
    release()
    assert not held.active
