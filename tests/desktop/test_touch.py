"""A click of the tests' hand has come to the program when the hand is back."""

import threading

import psutil
import pytest

from tests.desktop import touch
from tests.desktop.talking import Program
from tests.display import Display

pytestmark = pytest.mark.desktop


def test_a_click_comes_before_whatever_is_asked_after_it_however_long_the_window_manager_holds_it(
    screen: Display, call: Program
) -> None:
    (manager,) = (one for one in psutil.Process().children() if one.name() == "openbox")
    x, y, width, height = (int(word) for word in call.asked("where", "at"))
    manager.suspend()
    later = threading.Timer(0.5, manager.resume)
    later.start()
    try:
        touch.press(screen, (x + width // 2, y + height // 2))
        call.tell("fill")
        assert ["clicked"] == call.hear("")
    finally:
        later.join()
