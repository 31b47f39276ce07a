"""Quiet without a session has an end and shows it; what is left for the person's hands stands until it is done."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from coachdesk.errors import Refused
from coachdesk.focus.mode import FakeFocus, State
from coachdesk.focus.plan import Outcome, Quiet
from coachdesk.ui.widgets.dates import clock_words
from coachdesk.ui.widgets.focus_now import FocusLeft, FocusNow
from tests.ui.hands import press, words_on


@pytest.fixture(autouse=True)
def english_times():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def now(qtbot, desk, quiet_shell):
    made = FocusNow(desk, quiet_shell)
    qtbot.addWidget(made)
    made.show()
    quiet_shell.bridge.focus_changed.connect(lambda _state: made.show_state())
    return made


def test_it_lasts_as_long_as_was_chosen_and_shows_until_when(desk, quiet_shell, now):
    now.minutes.field.setValue(90)
    press(now, "Begin")
    end = desk.now().at + timedelta(minutes=90)
    assert (90 * 60, end) == (quiet_shell.focus.plan.lasts, quiet_shell.focus.state.ends_at)
    assert f"Quiet until {clock_words(end)}" in words_on(now)
    assert not now.begin.isVisible()


@pytest.mark.parametrize("typed", [1, 4, 481])
def test_the_minutes_are_between_5_and_480(now, typed):
    now.minutes.field.setValue(typed)
    assert now.minutes.value in (5, 480)


def test_25_minutes_are_offered(now):
    assert 25 == now.minutes.value


def test_it_ends_with_one_click(quiet_shell, now):
    press(now, "Begin")
    press(now, "End now")
    assert "off" == quiet_shell.focus.state.phase
    assert now.begin.isVisible()
    assert not now.end.isVisible()


def test_the_keyboard_stays_on_the_button_that_takes_the_place(qtbot, now):
    now.activateWindow()
    now.begin.setFocus()
    press(now, "Begin")
    assert now.end is now.focusWidget()
    press(now, "End now")
    assert now.begin is now.focusWidget()


def test_the_settings_decide_what_is_quiet(desk, quiet_shell, now):
    desk.change_setting("focus.awake", False)
    press(now, "Begin")
    assert ("notifications",) == quiet_shell.focus.plan.wanted


def test_with_everything_switched_off_it_says_so(desk, quiet_shell, now):
    for name in ("notifications", "awake", "sites", "apps"):
        desk.change_setting(f"focus.{name}", False)
    press(now, "Begin")
    assert quiet_shell.focus.plan is None
    assert ["Nothing is switched on below, so there is nothing to keep quiet."] == quiet_shell.said


def test_what_stays_loud_is_said(quiet_shell, now):
    quiet_shell.focus.loud = {"awake": "There is no session bus."}
    press(now, "Begin")
    assert "There is no session bus." in words_on(now)


def test_why_it_could_not_begin_is_said(quiet_shell, now):
    quiet_shell.focus.refuses = "The folder cannot be written."
    press(now, "Begin")
    assert "The folder cannot be written." in words_on(now)
    assert now.begin.isVisible()


@pytest.mark.parametrize(
    ("state", "begins", "ends"),
    [
        (State("off"), True, False), (State("entering"), False, True), (State("leaving"), False, False),
        (State("on", None, (Quiet("awake", True),)), False, True),
    ],
)  # fmt: skip
def test_each_state_offers_what_can_be_done(quiet_shell, now, state, begins, ends):
    quiet_shell.focus._become(state)
    assert (begins, ends) == (now.begin.isVisible(), now.end.isVisible())
    assert now.how.text()


def test_a_window_without_focus_mode_says_so(qtbot, desk, quiet_shell):
    quiet_shell.focus = None
    now = FocusNow(desk, quiet_shell)
    qtbot.addWidget(now)
    now.show()
    assert "This window leaves the computer as it is." in words_on(now)
    assert not now.begin.isEnabled()


# --- what is left


@pytest.fixture
def left(qtbot, quiet_shell):
    made = FocusLeft(quiet_shell)
    qtbot.addWidget(made)
    return made


def test_with_nothing_left_there_is_no_card(left):
    assert left.isHidden()


def test_what_is_left_stands_until_the_person_has_done_it(quiet_shell, left):
    quiet_shell.focus.outcome = Outcome(by_hand=("Switch the banners on.",))
    left.refresh()
    assert not left.isHidden()
    assert "Switch the banners on." in words_on(left)
    press(left, "I have done this")
    assert left.isHidden()
    assert () == quiet_shell.focus.outstanding()


def test_a_folder_that_cannot_be_read_is_told(qtbot, quiet_shell):
    class Unreadable(FakeFocus):
        def outstanding(self):
            raise Refused("The folder cannot be read.")

    quiet_shell.focus = Unreadable()
    left = FocusLeft(quiet_shell)
    qtbot.addWidget(left)
    assert left.isHidden()
    assert ["The folder cannot be read."] == quiet_shell.said


def test_what_cannot_be_acknowledged_stays_and_is_told(qtbot, quiet_shell):
    class Full(FakeFocus):
        def acknowledge(self):
            raise Refused("The disk is full.")

    quiet_shell.focus = Full(outcome=Outcome(by_hand=("Switch the banners on.",)))
    left = FocusLeft(quiet_shell)
    qtbot.addWidget(left)
    left.show()
    press(left, "I have done this")
    assert ["The disk is full."] == quiet_shell.said
    assert not left.isHidden()
