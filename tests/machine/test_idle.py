"""How long nobody touched the computer: on a real X11 screen, and on made-up libraries of the other systems."""

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest

from coachdesk.machine import idle_linux, idle_macos, idle_windows
from coachdesk.machine.here import FakeMachine
from coachdesk.machine.linux import Linux
from tests.display import Display


def library(**functions: Any) -> SimpleNamespace:
    """A library whose functions take the types that are declared for them."""

    class Function:
        def __init__(self, act: Any) -> None:
            self.act = act

        def __call__(self, *given: Any) -> Any:
            return self.act(*given)

    return SimpleNamespace(**{name: Function(act) for name, act in functions.items()})


def test_an_x11_screen_counts_from_the_last_touch() -> None:
    with Display() as display:
        machine = Linux({"DISPLAY": display.name})
        display.run("xdotool", "mousemove", "30", "40")
        idle = machine.idle_seconds()
        assert idle is not None
        assert 0 <= idle < 10
    assert machine.idle_seconds() is None


def test_without_a_screen_or_gnome_nothing_is_known() -> None:
    assert Linux({}).idle_seconds() is None
    assert Linux({"WAYLAND_DISPLAY": "wayland-0"}).idle_seconds() is None
    assert idle_linux.on_gnome("unix:path=/nowhere") is None
    assert idle_linux.on_x11(":0 nowhere") is None


@pytest.mark.parametrize(("now", "last", "seconds"), [(5000, 2000, 3.0), (1000, 2**32 - 1000, 2.0)])
def test_windows_counts_ticks_that_begin_anew(now: int, last: int, seconds: float) -> None:
    def told(given: Any) -> int:
        given._obj.tick = last
        assert ctypes.sizeof(idle_windows.LastInput) == given._obj.size
        return 1

    user, kernel = library(GetLastInputInfo=told), library(GetTickCount=lambda: now)
    assert seconds == idle_windows.seconds(user, kernel)


def test_windows_that_does_not_tell_is_unknown() -> None:
    assert idle_windows.seconds(library(GetLastInputInfo=lambda _given: 0), library(GetTickCount=lambda: 1)) is None


def test_a_mac_is_asked_for_any_input_of_the_session() -> None:
    asked: list[tuple[int, int]] = []

    def since(*given: int) -> float:
        asked.append(given)
        return 12.5

    assert 12.5 == idle_macos.seconds(library(CGEventSourceSecondsSinceLastEventType=since))
    assert [(0, 0xFFFFFFFF)] == asked
    assert idle_macos.seconds() is None


def test_the_fake_says_what_it_is_told() -> None:
    assert FakeMachine(idle=None).idle_seconds() is None
    assert 40.0 == FakeMachine(idle=40.0).idle_seconds()
