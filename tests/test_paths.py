"""Every file has its place, in the source tree, frozen, and on a computer that lets one write hardly anywhere."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from coachdesk import paths
from tests import owners


def test_the_folder_asked_for_comes_before_the_environment_and_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "named"))
    assert tmp_path / "given" == paths.home(tmp_path / "given").root
    assert tmp_path / "named" == paths.home().root

    monkeypatch.delenv("COACHDESK_HOME")
    assert platformdirs.user_data_path("CoachDesk", appauthor=False) == paths.home().root


def test_a_folder_may_be_named_from_where_one_is_or_from_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert tmp_path / "here" == paths.home("here").root
    assert Path.home() / "mine" == paths.home("~/mine").root


def test_all_files_lie_in_the_home(tmp_path: Path) -> None:
    home = paths.Home(tmp_path)

    names = {"records.db", "keys.json", "settings.toml", "backups", "logs"}
    assert names == {p.name for p in (home.records, home.keys, home.settings, home.backups, home.logs)}
    assert {tmp_path} == {p.parent for p in (home.records, home.keys, home.settings, home.backups, home.logs)}


def test_the_runtime_folder_is_ones_own() -> None:
    folder = paths.runtime()

    assert (True, 0o700) == (folder.is_dir(), folder.stat().st_mode & 0o777)


def test_where_the_runtime_folder_cannot_be_made_another_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(blocked))
    monkeypatch.setattr(platformdirs, "user_runtime_path", lambda *_, **__: blocked / "CoachDesk")

    folder = paths.runtime()

    assert (True, "run", 0o700) == (folder.is_dir(), folder.name, folder.stat().st_mode & 0o777)


def test_resources_are_beside_the_source_in_the_package_or_in_the_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (paths.resources() / "prompts" / "en.toml").is_file()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.py"))
    (tmp_path / "resources").mkdir()
    assert tmp_path / "resources" == paths.resources()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert tmp_path / "frozen" / "resources" == paths.resources()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with the frozen program in a folder of its own, from which it runs."""
    monkeypatch.delenv("COACHDESK_HOME")
    (tmp_path / "stick" / "coachdesk").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "stick" / "coachdesk" / "coachdesk"))
    return tmp_path / "stick"


def test_records_beside_an_installed_program_travel_with_it(stick: Path) -> None:
    assert (platformdirs.user_data_path("CoachDesk", appauthor=False), False) == (
        paths.home().root,
        paths.home().portable,
    )
    (stick / "CoachDesk records").mkdir()
    assert paths.Home(stick / "CoachDesk records", portable=True) == paths.home()


def test_a_file_of_that_name_is_no_folder_of_records(stick: Path) -> None:
    (stick / "CoachDesk records").touch()
    assert not paths.home().portable


Give = Callable[..., None]


@pytest.fixture
def give(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Give:
    """A folder of records on the stick, which with the program and the stick itself is given to users."""
    folder = stick / "CoachDesk records"
    folder.mkdir()

    def give(*, records: int, program: int, place: int, to: int) -> None:
        owners.tell(monkeypatch, {folder: records, stick / "coachdesk": program, stick: place})
        monkeypatch.setattr(os, "getuid", lambda: to)

    return give


ANA, ANA_ELSEWHERE, BEN, ROOT = 1000, 1001, 1002, 0


@pytest.mark.parametrize(("records", "me"), [(ANA, ANA), (ROOT, ANA), (ROOT, ROOT)])
def test_a_folder_that_is_the_persons_or_the_computers_is_taken(give: Give, records: int, me: int) -> None:
    give(records=records, program=BEN, place=BEN, to=me)
    assert paths.home().portable


@pytest.mark.parametrize(("program", "place"), [(ANA, ROOT), (ROOT, ROOT), (ANA, ANA)])
@pytest.mark.parametrize("me", [ANA, ROOT])
def test_a_folder_that_somebody_else_put_there_is_left_alone(give: Give, program: int, place: int, me: int) -> None:
    give(records=BEN, program=program, place=place, to=me)
    assert not paths.home().portable


@pytest.mark.parametrize(("program", "place"), [(ANA, ANA), (ANA, ROOT), (ROOT, ANA)])
@pytest.mark.parametrize("me", [ANA_ELSEWHERE, ROOT])
def test_ones_own_folder_from_a_computer_with_other_numbers_is_not_passed_over(
    give: Give, stick: Path, program: int, place: int, me: int
) -> None:
    give(records=ANA, program=program, place=place, to=me)
    with pytest.raises(PermissionError) as refused:
        paths.home()
    assert str(stick / "CoachDesk records") == refused.value.filename
    assert not paths.home(stick / "asked for").portable


def test_a_folder_asked_for_comes_before_the_one_beside_the_program(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "CoachDesk records").mkdir()
    assert paths.Home(tmp_path / "given") == paths.home(tmp_path / "given")
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "named"))
    assert paths.Home(tmp_path / "named") == paths.home()


def test_from_source_no_folder_is_looked_for(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick / "CoachDesk records").mkdir()
    monkeypatch.delattr(sys, "frozen")
    assert not paths.home().portable


def test_on_a_mac_they_lie_beside_the_bundle(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = stick / "CoachDesk.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(inside / "coachdesk"))
    (stick / "CoachDesk records").mkdir()
    assert stick / "CoachDesk records" == paths.home().root


def test_records_moved_on_a_stick_are_found_where_the_stick_is_next_time(stick: Path, tmp_path: Path) -> None:
    (stick / "CoachDesk records").mkdir()
    (stick / "Praxis").mkdir()
    noted = paths.way_between(stick / "CoachDesk records", stick / "Praxis")
    assert "../Praxis" == noted
    (stick / "CoachDesk records" / paths.MOVED).write_text(noted)
    assert (stick / "Praxis", stick / "CoachDesk records", True) == (
        paths.home().root,
        paths.home().moved_from,
        paths.home().portable,
    )
    stick.rename(tmp_path / "another letter")
    found = paths.home(tmp_path / "another letter" / "CoachDesk records")
    assert tmp_path / "another letter" / "Praxis" == found.root


def test_records_moved_to_another_disk_are_noted_by_their_whole_place(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    elsewhere = Path("/dev/shm")
    assert "/dev/shm" == paths.way_between(tmp_path / "old", elsewhere)


def test_the_note_holds_from_wherever_a_link_leads_to_the_old_folder(tmp_path: Path) -> None:
    for name in ("disk/old", "disk/new", "links"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "links" / "records").symlink_to(tmp_path / "disk" / "old")
    noted = paths.way_between(tmp_path / "links" / "records", tmp_path / "disk" / "new")
    (tmp_path / "disk" / "old" / paths.MOVED).write_text(noted)
    assert tmp_path / "disk" / "new" == paths.home(tmp_path / "links" / "records").root


@pytest.mark.parametrize("noted", ["", "somewhere", "a\nb"])
def test_a_note_that_says_no_place_is_not_followed(noted: str, tmp_path: Path) -> None:
    (tmp_path / paths.MOVED).write_text(noted)
    assert paths.Home(tmp_path) == paths.home(tmp_path)


@pytest.mark.parametrize("ending", ["", ".exe"])
def test_frozen_one_program_opens_windows_and_one_talks_whichever_of_them_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / f"coachdesk-window{ending}").touch()
    for own in ("coachdesk", "coachdesk-window", "coachdesk-under-test"):
        monkeypatch.setattr(sys, "executable", str(tmp_path / f"{own}{ending}"))
        assert [str(tmp_path / f"coachdesk-window{ending}")] == paths.program()
        assert [str(tmp_path / f"coachdesk{ending}")] == paths.command()


def test_frozen_where_there_is_one_program_it_does_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for own in ("coachdesk", "coachdesk-under-test"):
        monkeypatch.setattr(sys, "executable", str(tmp_path / own))
        assert [str(tmp_path / "coachdesk")] == paths.program() == paths.command()


def test_from_source_both_are_python_with_this_package() -> None:
    assert paths.program() == paths.command()
    assert [sys.executable, "-P", "-c"] == paths.command()[:3]
