"""The journal gives back what it was told, however torn, foreign or full the disk is."""

import errno
import itertools
import os
from pathlib import Path

import pytest

from coachdesk.focus.blockers import Failed
from coachdesk.focus.journal import LATER, Entry, Journal
from tests.focus import later_version

BANNERS = Entry("notifications", "gnome", {"show-banners": [None, "false"]}, "Switch notifications on in Settings.")
PROXY = Entry("sites", "gnome", {"url": ["''", "'data:…'"], "mode": ["'none'", "'auto'"]}, "Set the proxy to none.")
SLEEP = Entry("awake", "gnome", {"idle": ["300", "0"]}, "Set the screen's time in Settings.")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "focus")


def test_an_empty_one_has_no_file_and_nothing_to_put_back(journal: Journal) -> None:
    assert not journal.is_there
    assert () == journal.read()
    journal.write(())
    assert not journal.folder.exists()


def test_what_was_noted_is_read_again_in_another_process(journal: Journal) -> None:
    journal.write((BANNERS, PROXY))
    assert (BANNERS, PROXY) == Journal(journal.folder).read()


def test_when_all_is_put_back_nothing_is_left_on_the_disk(journal: Journal) -> None:
    journal.write((BANNERS,))
    journal.write(())
    assert [] == list(journal.folder.iterdir())


def test_nobody_else_can_read_it(journal: Journal) -> None:
    journal.write((BANNERS,))
    assert {0o600} == {path.stat().st_mode & 0o777 for path in journal.folder.iterdir()}
    assert 0o700 == journal.folder.stat().st_mode & 0o777


@pytest.mark.parametrize("torn", [0, 1])
def test_one_copy_torn_at_any_byte_loses_nothing(journal: Journal, torn: int) -> None:
    journal.write((BANNERS, PROXY))
    whole = journal.copies[torn].read_bytes()
    for length in range(len(whole)):
        journal.copies[torn].write_bytes(whole[:length])
        assert (BANNERS, PROXY) == journal.read(), f"torn after {length} bytes"


@pytest.mark.parametrize("torn", [0, 1])
def test_one_copy_with_any_byte_changed_loses_nothing(journal: Journal, torn: int) -> None:
    journal.write((BANNERS, PROXY))
    whole = journal.copies[torn].read_bytes()
    for place in range(len(whole)):
        journal.copies[torn].write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        assert (BANNERS, PROXY) == journal.read(), f"byte {place} changed"


def test_with_both_copies_torn_every_whole_line_still_counts_and_both_are_kept(journal: Journal) -> None:
    journal.write((BANNERS, PROXY))
    whole = journal.copies[0].read_bytes()
    for path, length in zip(journal.copies, (-10, -20), strict=True):
        path.write_bytes(whole[:length])
    assert (BANNERS,) == journal.read()
    assert whole[:-10] == (journal.folder / "journal.bad").read_bytes()
    assert whole[:-20] == (journal.folder / "journal.spare.bad").read_bytes()


def test_the_later_of_two_whole_copies_counts(journal: Journal) -> None:
    journal.write((BANNERS, PROXY))
    older = journal.copies[1].read_bytes()
    journal.write((BANNERS,))
    journal.copies[1].write_bytes(older)  # as if the power had gone between the two
    assert (BANNERS,) == journal.read()


@pytest.fixture
def of_later_version(journal: Journal) -> Journal:
    journal.write((BANNERS, PROXY))
    later_version.took(journal)
    return journal


def test_a_journal_of_a_later_version_gives_every_entry_it_shares_with_ours_and_says_there_is_more(
    of_later_version: Journal,
) -> None:
    *shared, more = of_later_version.read()
    assert ([BANNERS, PROXY], "", LATER) == (shared, more.blocker, more.by_hand)


def test_a_journal_of_a_later_version_is_never_written_over(of_later_version: Journal) -> None:
    before = [path.read_bytes() for path in of_later_version.copies]
    of_later_version.write(of_later_version.read()[1:])  # the first is put back
    with pytest.raises(Failed, match="later version"):
        of_later_version.write((*of_later_version.read(), SLEEP))
    assert before == [path.read_bytes() for path in of_later_version.copies]
    of_later_version.write(())  # somebody has done by hand what was left
    assert not of_later_version.is_there


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The files that cannot be opened, as on a failing disk."""
    shut, opened = set[Path](), Path.read_bytes

    def read(path: Path) -> bytes:
        if path in shut:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return opened(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    return shut


@pytest.mark.parametrize("which", [0, 1])
def test_beside_a_copy_that_cannot_be_opened_the_whole_one_counts_and_it_is_said(
    journal: Journal, which: int, shut: set[Path]
) -> None:
    journal.write((BANNERS, PROXY))
    shut.add(journal.copies[which])
    *entries, said = journal.read()
    assert ([BANNERS, PROXY], "") == (entries, said.blocker)
    assert f"{journal.copies[which]} cannot be read (Input/output error)." in said.by_hand


@pytest.mark.parametrize("which", [0, 1])
def test_while_a_copy_cannot_be_opened_nothing_is_written_over_or_removed(
    journal: Journal, which: int, shut: set[Path]
) -> None:
    journal.write((BANNERS, PROXY))
    before = [path.read_bytes() for path in journal.copies]
    shut.add(journal.copies[which])
    journal.write(journal.read()[1:])  # the first is put back
    for more in ((*journal.read(), SLEEP), ()):
        with pytest.raises(Failed, match=r"cannot be read \(Input/output error\)"):
            journal.write(more)
    shut.clear()
    assert before == [path.read_bytes() for path in journal.copies]
    assert set(journal.copies) == set(journal.folder.iterdir())


def test_a_copy_that_can_be_opened_again_is_no_longer_said_to_be_shut(journal: Journal, shut: set[Path]) -> None:
    journal.write((BANNERS,))
    shut.add(journal.copies[1])
    *_banners, said = journal.read()
    shut.clear()  # whoever held it has let it go
    journal.write((SLEEP, said))
    assert (SLEEP,) == journal.read()
    journal.write((said,))
    assert not journal.is_there


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("other", ["torn", "gone", "shut"])
def test_a_copy_that_cannot_be_opened_stops_everything_where_no_other_is_whole(
    journal: Journal, which: int, other: str, shut: set[Path]
) -> None:
    journal.write((BANNERS,))
    stays = journal.copies[1 - which]
    shut.add(journal.copies[which])
    if other == "gone":
        stays.unlink()
    elif other == "torn":
        stays.write_bytes(stays.read_bytes()[:-9])
    else:
        shut.add(stays)
    with pytest.raises(Failed, match=r"cannot be read \(Input/output error\); nothing was put back\."):
        journal.read()
    with pytest.raises(Failed, match="cannot be read"):
        journal.write((BANNERS,))
    assert journal.copies[which].exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"nonsense", b"\xff\xfe\x00", b"{}\n" * 5, b"0" * 100_000])
def test_foreign_content_is_kept_aside_and_stops_nothing(journal: Journal, content: bytes) -> None:
    journal.folder.mkdir()
    journal.copies[0].write_bytes(content)
    assert () == journal.read()
    assert content == (journal.folder / "journal.bad").read_bytes()


@pytest.mark.parametrize("at", range(4))
def test_a_full_disk_is_said_in_words_before_anything_is_changed(
    journal: Journal, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write((BANNERS,))
    asked = itertools.count()

    def full(descriptor: int) -> None:
        if next(asked) == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", full)
    if at in (1, 3):  # the folder's own entry: a disk that cannot promise it is no reason to do without
        journal.write((BANNERS, PROXY))
    else:
        with pytest.raises(Failed, match=r"No space left on device.*changed nothing"):
            journal.write((BANNERS, PROXY))
    monkeypatch.undo()
    assert BANNERS in journal.read()


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "focus").write_text("not a folder")
    with pytest.raises(Failed, match="changed nothing"):
        Journal(tmp_path / "focus").write((BANNERS,))
