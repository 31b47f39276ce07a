"""A person with the frozen program, on a screen of their own where they need one."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display import Display
from tests.frozen.person import FOLDER, Person


@pytest.fixture(scope="session", autouse=True)
def frozen() -> Path:
    """The frozen folder."""
    assert (FOLDER / "coachdesk").is_file(), f"{FOLDER} is not there; make frozen makes it"
    return FOLDER


@pytest.fixture
def person() -> Iterator[Person]:
    """Somebody without a screen."""
    root = Path(tempfile.mkdtemp(prefix="frozen-", dir="/tmp"))
    someone = Person(root)
    yield someone
    someone.go()
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen with a window manager."""
    with Display() as own:
        yield own


@pytest.fixture
def seated(person: Person, screen: Display) -> Person:
    """Somebody in front of that screen."""
    person.screen = screen.name
    return person


@pytest.fixture
def coach(person: Person) -> Person:
    """Somebody with records in which a session with Ada was held."""
    person.told("init", "--coach", "Noor")
    person.told("client", "add", "Ada")
    person.told("session", "start", "Ada")
    person.told("session", "finish", "--what-mattered", "The two questions")
    person.told("session", "log", "Ada", "--minutes", "60", "--start", "2026-03-02T10:00", "--paid")
    return person
