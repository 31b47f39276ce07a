"""The archive for Linux holds one folder that runs wherever it is unpacked."""

import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from coachdesk import __version__
from coachdesk.focus.linux import Linux as FocusOnLinux
from coachdesk.machine.linux import Linux
from coachdesk.machine.linux_login import Entry
from coachdesk.settings import Settings
from installer import origin, tar
from tests.installer import stand_in

TOP = f"coachdesk-{__version__}"


@pytest.fixture(autouse=True)
def date_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """2026-03-02 12:00 UTC."""
    monkeypatch.setenv(origin.EPOCH, "1772452800")


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The archive of a stand-in."""
    return tar.make(stand_in.frozen(tmp_path / "frozen"), tmp_path / "dist")[0]


@pytest.fixture
def archive(packed: Path) -> Iterator[tarfile.TarFile]:
    """The same, opened."""
    with tarfile.open(packed) as opened:
        yield opened


def test_all_of_it_lies_in_one_folder_named_after_the_version(archive: tarfile.TarFile) -> None:
    assert {TOP} == {entry.name.split("/")[0] for entry in archive}
    assert {"coachdesk", "_internal", "NOTICES.txt", "README.txt"} == {
        entry.name.split("/")[1] for entry in archive if "/" in entry.name
    }


def test_the_program_runs_where_it_is_unpacked(packed: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", str(packed), "-C", str(tmp_path)], check=True)
    assert 0 == subprocess.run([str(tmp_path / TOP / "coachdesk")]).returncode


def test_no_link_is_in_it_as_sticks_can_hold_none(archive: tarfile.TarFile) -> None:
    assert all(entry.isreg() or entry.isdir() for entry in archive)


def test_nobody_and_no_other_day_is_in_it(archive: tarfile.TarFile) -> None:
    assert {(0, 0, "", "", 1772452800)} == {(e.uid, e.gid, e.uname, e.gname, e.mtime) for e in archive}


def test_rights_are_those_of_programs_and_of_files(archive: tarfile.TarFile) -> None:
    assert {0o755} == {entry.mode for entry in archive if entry.isdir() or entry.name == f"{TOP}/coachdesk"}
    assert {0o644} == {entry.mode for entry in archive if entry.isreg() and entry.name != f"{TOP}/coachdesk"}


def test_the_same_folder_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    again = tar.make(stand_in.frozen(tmp_path / "frozen again"), tmp_path / "dist again")[0]
    assert packed.read_bytes() == again.read_bytes()


@pytest.fixture
def readme(archive: tarfile.TarFile) -> str:
    """What it tells whoever unpacks it."""
    file = archive.extractfile(f"{TOP}/README.txt")
    assert file is not None
    return file.read().decode()


def test_it_tells_how_records_travel_with_it(readme: str) -> None:
    assert '"CoachDesk records"' in readme
    assert "exFAT" in readme


def test_it_tells_what_to_do_when_it_is_moved_in_the_words_of_the_settings(readme: str) -> None:
    for group, name in (("reminders", "autostart"), ("focus", "at_login")):
        said = next(each.metadata["setting"].label for each in fields(getattr(Settings(), group)) if each.name == name)
        assert f'"{said}"' in readme


def test_it_tells_of_every_entry_at_login(readme: str) -> None:
    for entry in (Linux({}).at_login(), FocusOnLinux({}).at_login()):
        assert isinstance(entry, Entry)
        assert f" {entry.name}" in readme
