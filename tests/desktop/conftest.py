"""A screen with a call on it, and the windows beside that call, each a program of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
