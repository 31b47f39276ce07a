"""Windows of chosen programs go down, stay down, and come back, on a screen of plain values."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.focus.blockers import Blocker, Failed, FakeSystem, Running, Support
from coachdesk.focus.journal import Journal
from coachdesk.focus.keeper import Keeper
from coachdesk.focus.kept_down import FakeScreen, KeptDown, Looking, Shown, running
from coachdesk.focus.plan import App, Plan, Quiet

SLACK, NEWS, ZOOM = App("slack.exe", "Slack"), App("news.exe", "News"), App("zoom.exe", "Zoom")
PLAN = Plan(60, apps=(App("Slack.EXE", "Slack"), NEWS, ZOOM))
PATIENCE = 20.0


class ByHand:
    """Looks only when the test does."""

    def __init__(self, _look: Callable[[], None]) -> None:
        self.closed = False

    def close(self) -> None:
        """Note it."""
        self.closed = True


def kept(screen: FakeScreen, looking: Any = ByHand) -> KeptDown:
    """The blocker over this screen."""
    return KeptDown("fake", screen, lambda programs: f"Bring back {programs}.", looking)


@pytest.fixture
def screen() -> FakeScreen:
    """Two windows of Slack, one of them down already, one of the news, one of the call, one of an editor."""
    return FakeScreen(
        [
            Shown("1", SLACK, how="maximised"),
            Shown("2", SLACK, down=True),
            Shown("3", NEWS),
            Shown("4", ZOOM),
            Shown("5", App("editor.exe", "Editor")),
        ]
    )


def down(screen: FakeScreen) -> list[str]:
    """The keys of what is down."""
    return [one.key for one in screen.things if one.down]


def journalled(before: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from the journal."""
    told: dict[str, Any] = json.loads(json.dumps(before))
    return told


def test_it_is_a_blocker(screen: FakeScreen) -> None:
    blocker: Blocker = kept(screen)
    assert ("apps", "fake", True) == (blocker.name, blocker.way, bool(blocker.available()))
    screen.helps = Support("no", "There is no screen here.")
    assert "There is no screen here." == blocker.available().why


def test_chosen_windows_go_down_and_come_back_as_they_were(screen: FakeScreen) -> None:
    blocker = kept(screen)
    earlier, before = blocker.observe(), blocker.capture(PLAN)
    assert ["1", "2", "3"] == (blocker.apply(PLAN, before), down(screen))[1]
    assert blocker.is_ours(before)
    blocker.restore(before)
    assert earlier == blocker.observe()
    assert not blocker.is_ours(before)
    blocker.restore(before)
    assert earlier == blocker.observe()


def test_a_program_of_a_call_is_never_touched_even_when_it_is_chosen(screen: FakeScreen) -> None:
    blocker = kept(screen)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    blocker.look()
    assert "4" not in before
    assert "4" not in down(screen)


def test_what_comes_forward_goes_down_again(screen: FakeScreen) -> None:
    blocker = kept(screen)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    screen.bring_back(screen.things[0])
    blocker.look()
    assert ["1", "2", "3"] == down(screen)


def test_a_window_that_came_later_comes_back_too(screen: FakeScreen) -> None:
    blocker = kept(screen)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    screen.things.append(Shown("6", SLACK))
    blocker.look()
    assert "6" in down(screen)
    blocker.restore(before)
    assert ["2"] == down(screen)


def test_with_nothing_to_take_down_yet_it_still_looks(screen: FakeScreen) -> None:
    screen.things = []
    blocker = kept(screen)
    assert {} == blocker.capture(PLAN)
    blocker.apply(PLAN, {})
    screen.things = [Shown("1", SLACK)]
    blocker.look()
    assert ["1"] == down(screen)
    blocker.restore({})
    assert [] == down(screen)


def test_after_a_kill_another_process_brings_the_windows_back(screen: FakeScreen) -> None:
    first = kept(screen)
    before = journalled(first.capture(PLAN))
    first.apply(PLAN, before)
    second = kept(screen)
    assert second.is_ours(before)
    second.restore(before)
    assert ["2"] == down(screen)


def test_after_a_restart_a_window_of_another_program_with_the_same_key_is_left_alone(screen: FakeScreen) -> None:
    before = journalled(kept(screen).capture(PLAN))
    screen.things = [Shown("1", App("editor.exe", "Editor"), down=True)]
    blocker = kept(screen)
    assert not blocker.is_ours(before)
    blocker.restore(before)
    assert ["1"] == down(screen)


def test_how_it_was_shown_is_taken_from_before(screen: FakeScreen) -> None:
    told: list[str] = []

    class Asking(FakeScreen):
        def bring_back(self, one: Shown) -> bool:
            told.append(one.how)
            return super().bring_back(one)

    asking = Asking(screen.things)
    blocker = kept(asking)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    asking.things = [Shown(one.key, one.app, one.down) for one in asking.things]
    blocker.restore(before)
    assert ["maximised", ""] == told


def test_windows_that_refuse_are_told_of_and_the_others_go_down(screen: FakeScreen) -> None:
    screen.stiff = {"1"}
    blocker = kept(screen)
    before = blocker.capture(PLAN)
    said = blocker.apply(PLAN, before)
    assert ["2", "3"] == down(screen)
    assert "Slack: the system does not let CoachDesk take these windows down." == said


def test_what_stays_up_is_told_with_what_is_quiet(screen: FakeScreen, tmp_path: Path) -> None:
    class OnlyPrograms(FakeSystem):
        def blockers(self) -> tuple[Blocker, ...]:
            return (kept(screen),)

    screen.stiff = {"1"}
    keeper = Keeper(OnlyPrograms(), Journal(tmp_path), print)
    told = keeper.enter(PLAN)
    keeper.leave()
    assert (Quiet("apps", True, "Slack: the system does not let CoachDesk take these windows down."),) == told


def test_where_every_window_refuses_it_fails(screen: FakeScreen) -> None:
    screen.stiff = {"1", "3"}
    blocker = kept(screen)
    with pytest.raises(Failed, match="Slack, News: the system does not let"):
        blocker.apply(PLAN, blocker.capture(PLAN))


def test_what_cannot_be_brought_back_is_named(screen: FakeScreen) -> None:
    blocker = kept(screen)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    screen.stiff = {"1"}
    with pytest.raises(Failed, match=r"Bring back Slack, News\."):
        blocker.restore(before)


def test_it_looks_once_however_often_it_is_applied(screen: FakeScreen) -> None:
    made: list[ByHand] = []

    def looking(look: Callable[[], None]) -> ByHand:
        made.append(ByHand(look))
        return made[-1]

    blocker = kept(screen, looking)
    before = blocker.capture(PLAN)
    blocker.apply(PLAN, before)
    blocker.apply(PLAN, before)
    blocker.restore(before)
    assert [True] == [one.closed for one in made]


def test_looking_goes_on_after_a_fault_until_it_is_closed() -> None:
    looks: list[int] = []
    third = threading.Event()

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            third.set()
        raise Failed("A window has gone.")

    looking = Looking(look, 0.001)
    assert third.wait(PATIENCE)
    looking.close()
    count = len(looks)
    assert count == len(looks)
    assert not looking._thread.is_alive()


def test_running_programs_are_told_once_by_name_with_what_is_never_kept_down(screen: FakeScreen) -> None:
    assert (
        Running(App("editor.exe", "Editor")),
        Running(NEWS),
        Running(SLACK),
        Running(ZOOM, excluded="It carries calls, so focus mode leaves it alone."),
    ) == running(screen)


def test_where_the_system_does_not_tell_nothing_runs() -> None:
    class Silent(FakeScreen):
        def shown(self) -> list[Shown]:
            raise Failed("No.")

    assert () == running(Silent())
