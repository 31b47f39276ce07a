"""A screen for the tests that need a real one."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.display import Display
from tests.machine.bus import Bus


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """A bus of the test's own."""
    made = Bus(tmp_path / "bus.conf")
    yield made
    made.end()


_opened: list[int] | None = None


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and _opened is not None:
        _opened.append(int(arguments[1]))


@pytest.fixture
def no_network() -> Iterator[list[int]]:
    """The address families of all sockets made during the test, as Python's audit events tell them."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


sys.addaudithook(_note)
