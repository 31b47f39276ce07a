"""The frozen program with its records beside it, as on a stick that has another letter next time."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from coachdesk.paths import PORTABLE
from tests.frozen.person import FOLDER, PATIENCE, Person

pytestmark = pytest.mark.frozen


@pytest.fixture
def stick(person: Person) -> Path:
    """A folder with the whole program in it, and an empty one for the records."""
    folder = person.root / "D"
    shutil.copytree(FOLDER, folder / "coachdesk", symlinks=True, copy_function=os.link)
    (folder / PORTABLE).mkdir()
    return folder


def told(person: Person, stick: Path, *words: str) -> Any:
    """The JSON that the program on the stick answers with."""
    secret = ("--passphrase-file", str(person.secret), "--json")
    process = person.start(*words, *secret, program=str(stick / "coachdesk" / "coachdesk"))
    out, err = process.communicate(timeout=PATIENCE)
    assert (0, "") == (process.returncode, err), words
    return json.loads(out)


def test_it_works_with_the_records_beside_it_and_leaves_none_on_the_computer(person: Person, stick: Path) -> None:
    assert str(stick / PORTABLE) == told(person, stick, "init")["home"]
    told(person, stick, "client", "add", "Ada")
    told(person, stick, "backup", "now")
    places = told(person, stick, "doctor")["paths"]
    on_the_stick = {name for name, place in places.items() if Path(place).is_relative_to(stick)}
    assert {"home", "records", "settings", "backups", "logs"} == on_the_stick
    assert not person.home.records.exists()


def test_under_another_letter_it_goes_on(person: Person, stick: Path) -> None:
    told(person, stick, "init")
    told(person, stick, "client", "add", "Ada")
    again = stick.rename(stick.with_name("E"))
    assert ["Ada"] == [each["name"] for each in told(person, again, "client", "list")]
    assert str(again / PORTABLE) == told(person, again, "doctor")["paths"]["home"]


def test_a_home_asked_for_comes_first(person: Person, stick: Path) -> None:
    asked = person.root / "asked"
    assert str(asked) == told(person, stick, "--home", str(asked), "init")["home"]
    assert [] == list((stick / PORTABLE).iterdir())
