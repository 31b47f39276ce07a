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


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["All of it.coachdesk"], "here/All of it.coachdesk"),
        (["--", "-all.coachdesk"], None),
        (["--home", "/h", "gone.COACHDESK"], "here/gone.COACHDESK"),
        (["session/notes.txt"], "here/session/notes.txt"),
        (["session"], None),
        (["notes.txt"], None),
        (["client/list"], None),
        (["backup", "all.coachdesk"], None),
        (["x" * 300 + "/y"], None),
        ([], None),
    ],
)
def test_one_file_stands_in_the_place_of_a_verb_and_no_verb_is_taken_for_it(
    words: list[str], file: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "session").mkdir(parents=True)
    (tmp_path / "here" / "session" / "notes.txt").touch()
    (tmp_path / "here" / "notes.txt").touch()
    monkeypatch.chdir(tmp_path / "here")
    assert (tmp_path / file if file else None) == given.read(words).file


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///home/ana/All%20of%20it%2C%20f%C3%BCr%20immer.coachdesk", "/home/ana/All of it, für immer.coachdesk"),
        ("file://localhost/all.coachdesk", "/all.coachdesk"),
        ("FILE:/all.coachdesk", "/all.coachdesk"),
        ("file:///C:/Users/Ana/all.coachdesk", "C:/Users/Ana/all.coachdesk"),
        ("file://server/share/all.coachdesk", "//server/share/all.coachdesk"),
        ("file:///a%23b%3Fc.coachdesk", "/a#b?c.coachdesk"),
    ],
)
def test_an_address_of_a_file_manager_is_the_path_it_means(address: str, path: str) -> None:
    assert Path(path) == given.read([address]).file
