"""The archive unpacked on a stick, which is exFAT and so holds neither links nor rights: the program runs there."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import __version__
from coachdesk.paths import PORTABLE
from installer import tar
from tests.display import Display
from tests.frozen.conftest import person  # noqa: F401  # a fixture
from tests.frozen.person import PATIENCE, Person
from tests.frozen.test_portable import told
from tests.frozen.test_window import appears
from tests.installed.conftest import FROZEN
from tests.real.test_stick import Stick

pytestmark = [pytest.mark.installed, pytest.mark.timeout(900)]  # packing takes longest

ROOM = 400 * 1024**2
"""Bytes of the stick; a sparse file."""


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    """A stick with the archive unpacked on it."""
    (archive,) = tar.make(FROZEN, tmp_path / "packed")
    made = Stick(tmp_path, ROOM)
    try:
        subprocess.run(["tar", "--no-same-owner", "-xf", str(archive), "-C", str(made.put_in("D"))], check=True)
        (made.place / f"coachdesk-{__version__}").rename(made.place / "coachdesk")
        yield made
    finally:
        made.close()


def test_the_program_runs_from_a_stick_and_goes_on_in_another_place(
    stick: Stick,
    person: Person,  # noqa: F811
) -> None:
    (stick.place / PORTABLE).mkdir()
    told(person, stick.place, "init", "--coach", "Noor")
    told(person, stick.place, "client", "add", "Ada")
    stick.take_out()

    again = stick.put_in("E")
    assert ["Ada"] == [each["name"] for each in told(person, again, "client", "list")]
    with Display() as screen:
        person.screen = screen.name
        window = person.start(program=str(again / "coachdesk" / "coachdesk"))
        appears(screen)
        screen.run("xdotool", "key", "ctrl+q")
        assert ("", "", 0) == (*window.communicate(timeout=PATIENCE), window.returncode)
    stick.take_out()
