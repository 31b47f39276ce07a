"""Beside a call on a real screen: the bar never takes the keyboard, the field gives it back."""

from collections.abc import Iterator
from subprocess import CalledProcessError

import pytest
from Xlib import X
from Xlib import display as xlib

from tests.desktop import touch
from tests.desktop.hand import active
from tests.desktop.reader import until

pytestmark = pytest.mark.desktop


@pytest.fixture
def eyes(screen) -> Iterator[xlib.Display]:
    """A look at the screen by X11's own means."""
    opened = xlib.Display(f"unix/{screen.name}")
    yield opened
    opened.close()


def focused(screen) -> str:
    """The name of the window that keys go to, as the X server says; empty while they go over to another."""
    try:
        return screen.run("xdotool", "getwindowfocus", "-f", "getwindowname")
    except CalledProcessError:
        return ""


def picture(eyes, x: int, y: int, width: int, height: int) -> bytes:
    """What is on the screen there."""
    return eyes.screen().root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data


def press_button(screen, beside, name: str) -> None:
    """Click on a button of the bar with the mouse."""
    x, y = (int(word) for word in beside.asked(f"where {name}", "at"))
    touch.press(screen, (x, y))


def test_the_bar_comes_and_grows_and_the_call_keeps_the_keyboard(screen, call, beside):
    assert ("CALL", "CALL") == (active(screen), focused(screen))
    assert "mark,promise" in beside.asked("press bar", "bar")[5]
    assert ("CALL", "CALL") == (active(screen), focused(screen))
    screen.run("xdotool", "type", "hello")
    while call.hear("typed") != ["hello"]:
        pass


def test_the_bar_stands_at_the_top_centre_and_is_called_coachdesk(screen, beside):
    window, x, y, width, height = beside.asked("press bar", "bar")[:5]
    assert ("0", "CoachDesk") == (y, screen.run("xdotool", "getwindowname", window))
    assert abs(720 - (int(x) + int(width) / 2)) <= 1
    assert "44" == height


def test_the_pointer_opens_it_and_leaves_the_keyboard_alone(screen, call, beside):
    screen.run("xdotool", "mousemove", "720", "20")
    screen.run("xdotool", "search", "--sync", "--name", "^CoachDesk$")
    while "mark" not in beside.asked("advance 0", "bar")[5]:
        pass
    assert ("CALL", "CALL") == (active(screen), focused(screen))


def test_a_button_is_pressed_with_the_call_keeping_the_keyboard(screen, call, beside):
    beside.asked("press bar", "bar")
    press_button(screen, beside, "mark")
    assert ["Mark"] == beside.hear("changed")
    assert ("CALL", "CALL") == (active(screen), focused(screen))


def test_a_cue_comes_and_the_call_keeps_the_keyboard(screen, call, beside):
    assert "asked,later,not_today" == beside.asked("advance 1500", "bar")[5]
    assert ("CALL", "CALL") == (active(screen), focused(screen))


def test_a_call_in_full_screen_does_not_cover_it(screen, call, beside, eyes):
    before = picture(eyes, 642, 2, 156, 36)
    call.asked("fill", "full screen")
    screen.run("xdotool", "search", "--sync", "--name", "^CALL$", "windowactivate", "--sync")
    while picture(eyes, 10, 850, 4, 4)[:3] != bytes([0x40, 0x20, 0x10]):
        pass
    assert before == picture(eyes, 642, 2, 156, 36)
    beside.asked("press bar", "bar")
    press_button(screen, beside, "mark")
    assert ["Mark"] == beside.hear("changed")
    assert "CALL" == active(screen)


def test_a_key_marks_while_the_call_has_the_keyboard(screen, call, beside):
    screen.run("xdotool", "key", "ctrl+alt+shift+m")
    assert ["Mark"] == beside.hear("changed")
    assert "CALL" == active(screen)


def test_the_field_takes_the_keyboard_and_gives_it_back(screen, call, beside):
    screen.run("xdotool", "key", "ctrl+alt+shift+p")
    until(lambda: "CoachDesk" == active(screen), lambda: f"{active(screen)} has the keyboard")
    screen.run("xdotool", "type", "Send it")
    screen.run("xdotool", "key", "Return")
    while beside.hear("changed") != ["Commitment"]:
        pass
    until(lambda: ("CALL", "CALL") == (active(screen), focused(screen)), lambda: f"{active(screen)} has the keyboard")


def test_esc_gives_the_keyboard_back(screen, call, beside):
    screen.run("xdotool", "key", "ctrl+alt+shift+j")
    until(lambda: "CoachDesk" == active(screen), lambda: f"{active(screen)} has the keyboard")
    screen.run("xdotool", "key", "Escape")
    until(lambda: ("CALL", "CALL") == (active(screen), focused(screen)), lambda: f"{active(screen)} has the keyboard")


def test_dragged_to_the_left_it_stays_there(screen, call, beside):
    screen.run("xdotool", "mousemove", "650", "20", "mousedown", "1")
    screen.run("xdotool", "mousemove", "400", "200", "mousemove", "30", "450", "mouseup", "1")
    assert ["Settings"] == beside.hear("changed")
    assert "0" == beside.asked("advance 0", "bar")[1]
    assert "CALL" == active(screen)
