"""A screen with a call on it, the windows beside that call, each a program of its own, and a coach who looks on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.paths import Home
from tests.desktop.keyboard import Keyboard
from tests.desktop.reader import Bus, Reader
from tests.desktop.talking import Program
from tests.display import Display


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def call(screen: Display) -> Iterator[Program]:
    """A call that has the keyboard."""
    program = Program(screen.environment, "call")
    screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^CALL$", "windowactivate", "--sync")
    yield program
    program.end()


@pytest.fixture
def beside(screen: Display, call: Program, tmp_path: Path) -> Iterator[Program]:
    """A session with its bar, begun while the call has the keyboard."""
    folder = tmp_path / "practice"
    folder.mkdir()
    program = Program(screen.environment, "beside", str(folder))
    assert ["{}"] == program.hear("running")
    program.hear("bar")
    yield program
    program.end()


@pytest.fixture
def bus() -> Iterator[Bus]:
    """A session bus on which the screen can be read."""
    with Bus() as own:
        yield own


@pytest.fixture
def folder(home: Home) -> Path:
    """Where the program keeps its records; there are none yet."""
    return home.root


@pytest.fixture
def environment(screen: Display, bus: Bus) -> dict[str, str]:
    """What the program finds: this screen, this bus, and nothing of the person who runs the tests."""
    return {**screen.environment, **bus.environment}


@pytest.fixture
def coach(screen: Display, bus: Bus, tmp_path: Path) -> Iterator[Keyboard]:
    """Whoever sits at the screen, with mouse and keyboard; the last they see is kept for who looks at a failure."""
    reader = Reader(bus.address)
    hand = Keyboard(screen, reader, Path(os.environ.get("COACHDESK_PICTURES", tmp_path / "pictures")))
    try:
        yield hand
    finally:
        reader.close()
        hand.keeps_picture("last")
