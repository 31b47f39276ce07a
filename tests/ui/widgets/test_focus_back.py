"""One button puts everything back and says what came of it."""

import pytest

from coachdesk.errors import Refused
from coachdesk.focus.mode import FakeFocus, State
from coachdesk.focus.plan import Outcome
from coachdesk.ui.widgets.focus_back import FocusBack, sentences
from tests.ui.hands import press, words_on

NOW = "Put everything back now"


@pytest.fixture
def back(qtbot, quiet_shell):
    made = FocusBack(quiet_shell)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(), ("There was nothing to put back.",)),
        (Outcome(("awake", "sites", "awake")), ("Put back: Keeping the screen on, Websites.",)),
        (
            Outcome(("awake",), ("sites",)),
            ("Put back: Keeping the screen on.", "Changed meanwhile and left as it is: Websites."),
        ),
        (Outcome(by_hand=("Switch the banners on.",)), ("Switch the banners on.",)),
    ],
)
def test_what_came_of_it_is_told(outcome, said):
    assert said == sentences(outcome)


def test_one_click_puts_everything_back(quiet_shell, back, settle):
    quiet_shell.focus.state = State("on")
    quiet_shell.focus.outcome = Outcome(("notifications",))
    press(back, NOW)
    settle()
    assert "off" == quiet_shell.focus.state.phase
    assert "Put back: Notifications." in words_on(back)


def test_it_can_always_be_pressed(back, settle):
    for _again in range(3):
        assert back.now.isEnabled()
        press(back, NOW)
    settle()
    assert back.now.isEnabled()
    assert "There was nothing to put back." in words_on(back)


def test_that_it_is_over_is_made_known(qtbot, back, settle):
    with qtbot.waitSignal(back.ended):
        press(back, NOW)


def test_a_refusal_stands_on_the_card(qtbot, quiet_shell, back, settle):
    class Held(FakeFocus):
        def put_back(self):
            raise Refused("Another CoachDesk holds focus mode and could not be ended.")

    quiet_shell.focus = Held()
    press(back, NOW)
    settle()
    assert "Another CoachDesk holds focus mode" in words_on(back)
    assert not back._under_way


def test_a_bug_reaches_the_crash_screen_and_the_button_can_be_pressed_again(qtbot, quiet_shell, back, settle):
    class Buggy(FakeFocus):
        def put_back(self):
            raise RuntimeError

    quiet_shell.focus = Buggy()
    with qtbot.captureExceptions() as caught:
        press(back, NOW)
        settle()
    assert [RuntimeError] == [kind for kind, _error, _trace in caught]
    quiet_shell.focus = FakeFocus()
    press(back, NOW)
    settle()
    assert "There was nothing to put back." in words_on(back)


def test_a_window_without_focus_mode_says_so(quiet_shell, back):
    quiet_shell.focus = None
    press(back, NOW)
    assert "there is nothing to put back." in words_on(back)
