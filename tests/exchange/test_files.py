"""What is handed out is written whole or not at all, and never over another by accident."""

import errno
import stat
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.exchange import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_a_file_is_written_for_this_person_alone(folder: Path):
    files.write(folder / "a.txt", b"words")
    assert b"words" == (folder / "a.txt").read_bytes()
    assert 0o600 == stat.S_IMODE((folder / "a.txt").stat().st_mode)
    assert ["a.txt"] == [each.name for each in folder.iterdir()]


def test_work_that_stops_leaves_the_file_as_it_was(folder: Path):
    files.write(folder / "a.txt", b"old")

    def stopped() -> None:
        with files.in_place_of(folder / "a.txt") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert b"old" == (folder / "a.txt").read_bytes()
    assert ["a.txt"] == [each.name for each in folder.iterdir()]


def test_the_coach_s_own_files_of_whatever_name_stay(folder: Path):
    own = [folder / name for name in ("a.txt.new", "a.txt.unfinished", "a.new")]
    for path in own:
        path.write_text("mine")
    files.write(folder / "a.txt", b"words")
    assert {"mine"} == {path.read_text() for path in own}
    assert 4 == len(list(folder.iterdir()))


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "whether you may write"), (errno.ENAMETOOLONG, "too long")],
)
def test_why_it_could_not_be_written_is_said(folder: Path, code: int, words: str):
    def written() -> None:
        with files.in_place_of(folder / "a.txt"):
            raise OSError(code, "no")

    with pytest.raises(Refused, match=words):
        written()
    assert [] == list(folder.iterdir())


def test_a_folder_that_is_not_there_is_said(folder: Path):
    with pytest.raises(Refused, match="no such folder"):
        files.write(folder / "none" / "a.txt", b"")


def test_a_file_that_is_there_is_replaced_only_when_allowed(folder: Path):
    path = folder / "a.txt"
    files.refuse_taken(path, force=False)
    path.touch()
    with pytest.raises(Refused, match="There is a file already"):
        files.refuse_taken(path, force=False)
    files.refuse_taken(path, force=True)


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_is_no_file(folder: Path, force: bool):
    with pytest.raises(Refused, match="is a folder"):
        files.refuse_taken(folder, force=force)
