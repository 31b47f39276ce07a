"""A bus and a screen of a test's own, on which real desktop services run with the test's private folders."""

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.display import Display
from tests.real.apart import Apart
from tests.real.bus import Bus

Begin = Callable[..., "subprocess.Popen[bytes]"]
Desktop = Callable[[str], dict[str, str]]


@pytest.fixture
def bus(private_environment: None) -> Iterator[Bus]:
    """A session bus that can be ended in the middle of a test."""
    with Bus() as bus:
        yield bus


@pytest.fixture
def session_bus(bus: Bus) -> str:
    """The address of a session bus on which installed services such as dconf and xfconf start when asked."""
    return bus.address


@pytest.fixture
def screen(private_environment: None) -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def desktop(session_bus: str) -> Desktop:
    """By name, such as "GNOME" or "X-Cinnamon": the environment of programs on that desktop.

    It has the test's private folders and bus, but no screen; ``screen.environment`` adds one.
    """

    def environment(name: str) -> dict[str, str]:
        return {**os.environ, "XDG_CURRENT_DESKTOP": name, "DBUS_SESSION_BUS_ADDRESS": session_bus}

    return environment


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts a program with an environment; it ends with the test."""
    begun: list[subprocess.Popen[bytes]] = []

    def start(environment: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
        begun.append(
            subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        return begun[-1]

    yield start
    for process in reversed(begun):
        process.kill()
        process.wait()


@pytest.fixture
def apart() -> Iterator[Callable[[dict[str, str]], Apart]]:
    """Starts a process that works blockers in an environment of its own; it ends with the test."""
    begun: list[Apart] = []

    def start(environment: dict[str, str]) -> Apart:
        begun.append(Apart(environment))
        return begun[-1]

    yield start
    for one in begun:
        one.kill()
