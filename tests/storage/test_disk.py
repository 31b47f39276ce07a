"""Files written whole or not at all, for this person alone."""

import errno
import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coachdesk.storage import disk
from tests.storage.conftest import everything, killed_at_every_step, no_room, read_only


def mode_of(path: Path) -> int:
    """The permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_moment_in_a_file_name_is_utc_without_colons() -> None:
    at = datetime(2026, 3, 2, 1, 30, 15, tzinfo=timezone(timedelta(hours=2)))
    assert "2026-03-01T23-30-15Z" == disk.stamp(at)


def test_a_folder_is_made_for_this_person_alone(tmp_path: Path) -> None:
    disk.private_folder(tmp_path / "a" / "b")
    assert 0o700 == mode_of(tmp_path / "a" / "b")


@pytest.mark.parametrize(("before", "after"), [(0o755, 0o700), (0o500, 0o500), (0o550, 0o500), (0o1777, 0o1777)])
def test_a_folder_that_is_there_is_closed_to_others_unless_it_is_shared(
    tmp_path: Path, before: int, after: int
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(before)
    disk.private_folder(folder)
    assert after == mode_of(folder)


def test_whether_files_can_be_made_in_a_folder_is_known(tmp_path: Path) -> None:
    assert disk.may_write(tmp_path)
    with read_only(tmp_path):
        assert not disk.may_write(tmp_path)


def test_what_is_written_is_there_for_this_person_alone(tmp_path: Path) -> None:
    disk.write(tmp_path / "file", b"one")
    disk.write(tmp_path / "file", b"two")
    assert {"file": b"two"} == everything(tmp_path)
    assert 0o600 == mode_of(tmp_path / "file")


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    disk.write(tmp_path / "file", b"one")
    with no_room(100), pytest.raises(OSError, match="large"):
        disk.write(tmp_path / "file", b"2" * 1000)
    assert {"file": b"one"} == everything(tmp_path)


@pytest.mark.parametrize("named", [True, False])
def test_what_a_kill_left_beside_a_file_is_cleared_by_the_next_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    if named:
        monkeypatch.delattr(os, "O_TMPFILE")
    documents = tmp_path / "documents"
    documents.mkdir()
    left, theirs, fresh, folder = (
        documents / name
        for name in (
            f".{'0f' * 8}.unfinished",
            ".novel.unfinished",
            f".{'1f' * 8}.unfinished",
            f".{'2f' * 8}.unfinished",
        )
    )
    folder.mkdir()
    for each in (left, theirs, fresh):
        each.write_bytes(b"half")
    for each in (left, theirs, folder):
        os.utime(each, (1_000_000, 1_000_000))
    with disk.in_place_of(documents / "log") as slow:
        slow.write(b"one")
        os.utime(slow.fileno(), (1_000_000, 1_000_000))
        with disk.in_place_of(documents / "page") as quick:
            quick.write(b"two")
    assert {"log", "page", theirs.name, fresh.name, folder.name} == {each.name for each in documents.iterdir()}


def test_a_write_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "file"
    seen = set()
    for _step in killed_at_every_step(lambda: disk.write(path, b"new"), lambda: disk.write(path, b"old")):
        seen.add(path.read_bytes())
    assert {b"old", b"new"} == seen


def test_a_file_for_somebody_else_s_folder_killed_at_any_step_leaves_no_part_of_itself_there(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    seen = set()

    def export() -> None:
        with disk.in_place_of(documents / "export") as file:
            for _part in range(2):
                file.write(b"1" * 100_000)

    def again() -> None:
        for each in documents.iterdir():
            each.unlink()
        (documents / "export").write_bytes(b"old")

    for _step in killed_at_every_step(export, again):
        seen |= {each.read_bytes() for each in documents.iterdir()}
    assert {b"old", b"1" * 200_000} == seen


@pytest.mark.usefixtures("no_rights")
def test_where_a_disk_knows_no_second_names_an_export_is_written_all_the_same(tmp_path: Path) -> None:
    with disk.in_place_of(tmp_path / "export") as file:
        file.write(b"one")
    assert {"export": b"one"} == everything(tmp_path)


def test_where_every_file_has_a_name_an_export_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE")
    with disk.in_place_of(tmp_path / "export") as file:
        file.write(b"one")
        assert 1 == len(list(tmp_path.glob(".*.unfinished")))
    assert {"export": b"one"} == everything(tmp_path)


def test_an_export_is_for_this_person_alone_and_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    with disk.in_place_of(tmp_path / "export") as file:
        file.write(b"one")
    assert 0o600 == mode_of(tmp_path / "export")
    with no_room(100), pytest.raises(OSError, match="large"), disk.in_place_of(tmp_path / "export") as file:
        file.write(b"1" * 1000)
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"), disk.in_place_of(tmp_path / "folder") as file:
        file.write(b"two")
    assert {"export": b"one"} == everything(tmp_path)


def test_a_second_name_outlives_the_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"one")
    disk.twin(tmp_path / "file", tmp_path / "aside")
    disk.write(tmp_path / "file", b"two")
    assert {"aside": b"one", "file": b"two"} == everything(tmp_path)


@pytest.fixture
def no_links(tmp_path: Path) -> Path:
    """A folder on another disk than ``tmp_path``, so that no file of one can have a second name in the other."""
    import shutil
    import tempfile

    other = Path(tempfile.mkdtemp(dir="/dev/shm"))
    yield other
    shutil.rmtree(other)


def test_where_a_disk_knows_no_second_names_it_is_a_copy(tmp_path: Path, no_links: Path) -> None:
    (tmp_path / "file").write_bytes(b"one")
    (tmp_path / "file").chmod(0o644)
    disk.twin(tmp_path / "file", no_links / "aside")
    assert {"aside": b"one"} == everything(no_links)
    assert 0o600 == mode_of(no_links / "aside")


def test_a_copy_is_on_the_disk_with_every_byte_before_it_has_its_name(
    tmp_path: Path, no_links: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe: list[tuple[int, int, bool]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        state = os.fstat(handle)
        safe.append((state.st_ino, state.st_size, (no_links / "aside").exists()))

    (tmp_path / "file").write_bytes(b"1" * 100_000)
    monkeypatch.setattr(os, "fsync", watched)
    disk.twin(tmp_path / "file", no_links / "aside")
    assert ((no_links / "aside").stat().st_ino, 100_000, False) == safe[0]
    assert (no_links.stat().st_ino, True) == (safe[1][0], safe[1][2])


@pytest.fixture
def no_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows neither who may do what nor second names, as the file systems of sticks."""

    def refuse(*_what: object, **_how: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    for name in ("chmod", "link"):
        monkeypatch.setattr(os, name, refuse)


@pytest.mark.usefixtures("no_rights")
def test_where_a_disk_knows_no_rights_things_are_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o755)
    disk.private_folder(tmp_path / "folder")
    disk.write(tmp_path / "folder" / "file", b"one")
    disk.twin(tmp_path / "folder" / "file", tmp_path / "folder" / "aside")
    assert {"aside": b"one", "file": b"one"} == everything(tmp_path / "folder")


def test_what_a_kill_left_of_a_copy_is_written_over(tmp_path: Path, no_links: Path) -> None:
    (tmp_path / "file").write_bytes(b"one")
    (no_links / "aside.new").write_bytes(b"half of one")
    disk.twin(tmp_path / "file", no_links / "aside")
    assert {"aside": b"one"} == everything(no_links)


def test_a_full_disk_leaves_no_half_copy(tmp_path: Path, no_links: Path) -> None:
    (tmp_path / "file").write_bytes(b"1" * 10_000)
    with no_room(100), pytest.raises(OSError, match="large"):
        disk.twin(tmp_path / "file", no_links / "aside")
    assert {} == everything(no_links)


@pytest.mark.parametrize(
    ("there", "wanted", "free"),
    [
        ([], "a.db", "a.db"),
        (["a.db"], "a.db", "a-2.db"),
        (["a.db", "a-2.db"], "a.db", "a-3.db"),
        (["a.db.aside-1Z"], "a.db.aside-1Z", "a.db.aside-1Z-2"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(tmp_path: Path, there: list[str], wanted: str, free: str) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert tmp_path / free == disk.free_name(tmp_path / wanted)


def test_a_folder_that_cannot_be_settled_is_no_error(tmp_path: Path) -> None:
    disk.settle(tmp_path / "gone")


def test_when_a_file_was_written_is_a_moment_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    os.utime(path, (0, 86400))
    assert datetime(1970, 1, 2, tzinfo=UTC) == disk.written_at(path)
