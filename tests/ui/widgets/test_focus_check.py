"""Check this computer: findings in words and shapes, and a try that always puts everything back."""

import threading
from datetime import timedelta

import pytest

from coachdesk.errors import Refused
from coachdesk.focus import check
from coachdesk.focus.blockers import FakeSystem, Support
from coachdesk.focus.mode import FakeFocus, State
from coachdesk.practice import clients, sessions
from coachdesk.ui.widgets.focus_check import SHAPES, FindingRow, FocusCheck
from tests.ui.hands import press, words_on

LOOK, TRY = "Check this computer", "Try it for ten seconds"


class Time:
    """Time that passes at once, or, once it is held, not before it is let go."""

    def __init__(self) -> None:
        self.waited = 0.0
        self.held = False
        self._steps = threading.Semaphore(0)

    def wait(self, seconds: float) -> None:
        self.waited += seconds
        if self.held:
            assert self._steps.acquire(timeout=10)

    def step(self) -> None:
        """Let one wait come to its end."""
        self._steps.release()

    def go(self) -> None:
        """Let all of them."""
        self.held = False
        self._steps.release()


@pytest.fixture
def passing():
    made = Time()
    yield made
    made.go()


@pytest.fixture
def card(qtbot, desk, quiet_shell, passing):
    quiet_shell.system = FakeSystem(
        {"banners": "on"},
        {"sites": Support("partly", "Firefox has a proxy of its own."), "apps": Support("no", "This is Wayland.")},
    )
    made = FocusCheck(desk, quiet_shell, quiet_shell.system, passing.wait)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def checked(card, settle):
    press(card, LOOK)
    settle()
    return card


def test_before_anything_is_asked_nothing_is_looked_at(card):
    assert [] == card.findChildren(FindingRow)
    assert not card.attempt.isVisible()


def test_each_finding_is_a_row_with_a_word_and_a_sentence(checked):
    words = words_on(checked)
    assert 5 == len(checked.findChildren(FindingRow))
    for expected in ("Works", "Works in part", "Does not work", "This is Wayland."):
        assert expected in words


def test_each_verdict_has_a_shape_of_its_own():
    assert set(check.VERDICTS) == set(SHAPES)
    assert 3 == len(set(SHAPES.values()))


def test_checking_again_shows_the_present(checked, quiet_shell, settle):
    quiet_shell.system.supports = {}
    press(checked, "Check again")
    settle()
    rows = [row for row in checked.findChildren(FindingRow) if row.isVisible()]
    assert ["yes"] * 5 == [row.finding.support.level for row in rows]


def test_looking_twice_at_once_looks_once(card, settle):
    card.look.click()
    card.look.click()
    settle()
    assert 5 == len(card.findChildren(FindingRow))


def test_a_bug_while_looking_reaches_the_crash_screen_and_one_can_look_again(qtbot, card, quiet_shell, settle):
    quiet_shell.system.blockers = None  # a computer that is not one
    with qtbot.captureExceptions() as caught:
        press(card, LOOK)
        settle()
    assert [TypeError] == [kind for kind, _error, _trace in caught]
    del quiet_shell.system.blockers
    press(card, LOOK)
    settle()
    assert 5 == len(card.findChildren(FindingRow))


def test_without_focus_mode_nothing_can_be_tried(card, quiet_shell, settle):
    quiet_shell.focus = None
    press(card, LOOK)
    settle()
    assert not card.attempt.isVisible()


# --- the try


def test_a_try_lasts_ten_seconds_and_says_what_it_showed(desk, checked, quiet_shell, passing, settle):
    states = []
    quiet_shell.focus.listeners.append(states.append)
    press(checked, TRY)
    settle()
    assert ["on", "off"] == [state.phase for state in states]
    assert desk.now().at + timedelta(seconds=10) == states[0].ends_at
    assert 10 == pytest.approx(passing.waited)
    words = words_on(checked)
    assert "Worked: Notifications, Keeping the screen on." in words
    assert "Everything is exactly as it was before." in words
    assert checked.attempt.isVisible()
    assert not checked.progress.isVisible()


def test_the_settings_decide_what_is_tried(desk, checked, quiet_shell, settle):
    desk.change_setting("focus.awake", False)
    press(checked, TRY)
    settle()
    assert ("notifications",) == quiet_shell.focus.plan.wanted


def test_while_it_is_tried_the_progress_can_be_seen(qtbot, checked, passing, settle):
    passing.held = True
    press(checked, TRY)
    passing.step()
    qtbot.waitUntil(lambda: checked.progress.value() == 2)
    assert checked.stop.isVisible()
    assert not checked.attempt.isVisible()
    passing.go()
    settle()
    assert 100 == checked.progress.value()


def test_a_try_can_be_cancelled_and_everything_is_compared_all_the_same(qtbot, checked, quiet_shell, passing, settle):
    passing.held = True
    press(checked, TRY)
    qtbot.waitUntil(lambda: passing.waited > 0)
    press(checked, "Cancel")
    assert "Everything is being put back…" in words_on(checked)
    passing.go()
    settle()
    assert passing.waited < 1
    assert "off" == quiet_shell.focus.state.phase
    assert "You ended it early.\n" in words_on(checked)
    assert "Everything is exactly as it was before." in words_on(checked)


def test_closing_the_program_ends_a_try(qtbot, checked, quiet_shell, passing):
    passing.held = True
    press(checked, TRY)
    qtbot.waitUntil(lambda: passing.waited > 0)
    for task in quiet_shell.tasks._under_way:
        task.cancel()
    passing.go()
    quiet_shell.tasks.close()
    assert "off" == quiet_shell.focus.state.phase
    assert passing.waited < 1


def test_the_keyboard_stays_on_the_button_that_takes_the_place(qtbot, checked, passing, settle):
    passing.held = True
    checked.activateWindow()
    checked.attempt.setFocus()
    press(checked, TRY)
    assert checked.stop is checked.focusWidget()
    passing.go()
    settle()
    assert checked.attempt is checked.focusWidget()


def test_during_a_session_a_try_is_refused_in_words(desk, checked, quiet_shell):
    client = desk.do(clients.add, "Ada Lovelace")
    desk.do(sessions.start, client.id, time_zone="UTC", minutes=50, template="open", usual_minutes=50)
    press(checked, TRY)
    assert quiet_shell.focus.plan is None
    assert "A session is running. Try it when the session is over." in words_on(checked)


def test_while_the_records_are_locked_it_can_be_tried(desk, checked, quiet_shell, settle):
    desk.close()
    press(checked, TRY)
    settle()
    assert quiet_shell.focus.plan is not None


def test_while_focus_mode_is_on_a_try_is_refused_in_words(checked, quiet_shell, settle):
    quiet_shell.focus.state = State("on")
    press(checked, TRY)
    settle()
    assert "Focus mode is on; end it first." in words_on(checked)
    assert "on" == quiet_shell.focus.state.phase
    assert checked.attempt.isVisible()


def test_a_bug_in_a_try_reaches_the_crash_screen_and_one_can_try_again(qtbot, checked, quiet_shell, settle):
    class Buggy(FakeFocus):
        def enter(self, _plan, _ends_at=None):
            raise RuntimeError

    quiet_shell.focus = Buggy()
    with qtbot.captureExceptions() as caught:
        press(checked, TRY)
        settle()
    assert [RuntimeError] == [kind for kind, _error, _trace in caught]
    assert checked.attempt.isVisible()


def test_a_try_that_is_refused_says_why(checked, quiet_shell, settle):
    class Elsewhere(FakeFocus):
        def enter(self, _plan, _ends_at=None):
            raise Refused("Focus mode is on already; it was begun elsewhere on this computer.")

    quiet_shell.focus = Elsewhere()
    press(checked, TRY)
    settle()
    assert "it was begun elsewhere" in words_on(checked)
