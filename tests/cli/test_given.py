"""Options that hold for every verb may stand before or after it."""

from pathlib import Path

import pytest

from coachdesk.cli import given


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "/h", "--json", "client", "list"],
        ["client", "--home=/h", "list", "--json"],
        ["client", "list", "--json", "--home", "/h"],
    ],
)
def test_they_are_found_wherever_they_stand(words: list[str]) -> None:
    read = given.read(words)
    assert (Path("/h"), True, ("client", "list"), "client") == (read.home.root, read.json, read.rest, read.noun)


def test_after_two_dashes_everything_is_left_alone() -> None:
    read = given.read(["session", "note", "--", "--json", "--home"])
    assert (False, ("session", "note", "--", "--json", "--home")) == (read.json, read.rest)


def test_an_option_without_its_value_is_left_for_the_complaint() -> None:
    assert ("client", "--home") == given.read(["client", "--home"]).rest


def test_a_passphrase_file_is_named_from_where_we_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert tmp_path / "secret" == given.read(["--passphrase-file", "secret"]).passphrase_file


def test_nothing_given_is_the_usual_folder(tmp_path: Path) -> None:
    read = given.read([])
    assert (tmp_path / "home", "", ()) == (read.home.root, read.noun, read.rest)
