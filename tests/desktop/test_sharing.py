"""On a real screen: one key takes every window of ours off it, and brings them back without taking the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import X
from Xlib import display as xlib
from Xlib.error import BadWindow

from tests.desktop.hand import active
from tests.desktop.reader import until
from tests.desktop.talking import Program
from tests.display import Display

pytestmark = pytest.mark.desktop

LINE = (160, 3)


class Seen:
    """The main window and the bar as the X server has them."""

    def __init__(self, display: xlib.Display, window: str, bar: str) -> None:
        self._display = display
        self._window, self._bar = (display.create_resource_object("window", int(one)) for one in (window, bar))

    def now(self) -> tuple[bool, bool]:
        """Whether the window is on screen, and whether the bar is more than its line."""
        try:
            window = self._window.get_attributes().map_state == X.IsViewable
            place = self._bar.get_geometry()
        except BadWindow:
            return False, False
        return window, (place.width, place.height) != LINE

    def becomes(self, window: bool, bar: bool) -> None:
        """Wait until it is so."""
        until(lambda: (window, bar) == self.now(), lambda: f"window and bar are {self.now()}")


@pytest.fixture
def program(screen: Display, call: Program, tmp_path: Path) -> Iterator[Program]:
    """A session with the main window beside the call, which has the keyboard."""
    begun = Program(screen.environment, "beside", str(tmp_path), "window")
    yield begun
    begun.end()


@pytest.fixture
def seen(screen: Display, program: Program) -> Iterator[Seen]:
    (window,) = program.hear("window")
    bar = program.hear("bar")[0]
    display = xlib.Display(f"unix/{screen.name}")
    screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^CALL$", "windowactivate", "--sync")
    made = Seen(display, window, bar)
    made.becomes(True, True)
    yield made
    display.close()


def press(screen: Display, letter: str) -> None:
    """A global key, while the call has the keyboard."""
    screen.run("xdotool", "key", f"ctrl+alt+shift+{letter}")


def test_everything_goes_and_comes_back_while_the_call_has_the_keyboard(screen: Display, seen: Seen) -> None:
    press(screen, "d")
    seen.becomes(False, False)
    assert "CALL" == active(screen)
    press(screen, "d")
    seen.becomes(True, True)
    until(lambda: "CALL" == active(screen), lambda: f"{active(screen)} has the keyboard")
    screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^CALL$")
    assert "CALL" == active(screen)


def test_the_bar_asked_for_alone_leaves_the_window_away(screen: Display, seen: Seen) -> None:
    press(screen, "d")
    seen.becomes(False, False)
    press(screen, "x")
    seen.becomes(False, True)
    assert "CALL" == active(screen)


def test_the_window_opened_by_hand_leaves_the_bar_a_line(screen: Display, seen: Seen, program: Program) -> None:
    press(screen, "d")
    seen.becomes(False, False)
    screen.run("xdotool", "windowactivate", str(seen._window.id))
    seen.becomes(True, False)
    press(screen, "d")
    seen.becomes(False, False)
