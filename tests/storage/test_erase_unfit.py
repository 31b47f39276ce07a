"""A file that cannot be looked into or replaced stops nothing of what an erasure does about the other copies."""

import contextlib
import os
import resource
import shutil
from pathlib import Path

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import clients, forget
from coachdesk.storage import backup, cipher, erase
from tests.conftest import KEY
from tests.storage.conftest import no_room, read_only, unreadable


def a_copy_in(folder: Path, desk: Desk, clock: Still) -> Path:
    """A backup in a folder that a person made."""
    folder.mkdir(parents=True)
    taken = backup.back_up(desk.store, desk.home.backups, clock.now())
    clock.advance(1)
    return taken.rename(folder / taken.name)


@pytest.fixture
def ada(desk: Desk) -> str:
    """The id of a client."""
    return desk.do(clients.add, "Ada").id


@pytest.fixture
def others(desk: Desk, clock: Still, ada: str) -> tuple[Path, Path]:
    """Copies that can be rewritten, before and after all others by their place; they hold the client."""
    first = a_copy_in(desk.home.backups / "0", desk, clock)
    return first, a_copy_in(desk.home.backups / "z", desk, clock)


def strew(folder: Path) -> set[Path]:
    """Put things there of which none is a file of ours, called as unlucky as can be."""
    before = {*folder.iterdir()}
    for name in ("a.rewriting.odt", "a.rewriting", "a.rewriting-wal", "a.rewriting.new", "-wal", ".rewriting"):
        (folder / name).write_bytes(b"of somebody")
    for name in ("b.db.rewriting", "b.db.new", "b.db"):
        (folder / name).mkdir()
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "pipe.db.rewriting")
    (folder / "to a pipe").symlink_to("pipe")
    (folder / "records.db.to nowhere").symlink_to("nowhere")
    (folder / "round").symlink_to("round")
    return {*folder.iterdir()} - before


def test_what_cannot_be_opened_and_is_called_like_ours_is_left_and_told(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path]
) -> None:
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    desk.do(forget.forget, ada)
    with unreadable(taken):
        assert [(taken, None)] == [
            (kept.path, kept.holds) for kept in erase.look(desk.home, KEY, [ada]) if not kept.holds
        ]
        assert erase.Report(others, (), (taken,)) == erase.finish(desk.home, KEY, clock.now())
    assert [ada] == erase.unfinished(desk.home, KEY)
    assert (taken,) == erase.finish(desk.home, KEY, clock.now()).rewritten
    assert [] == erase.unfinished(desk.home, KEY)


@pytest.mark.parametrize("place", [".", "mine"])
def test_what_cannot_be_opened_and_is_called_otherwise_is_nobody_s_to_ask_about(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path], place: str
) -> None:
    (desk.home.backups / place).mkdir(exist_ok=True)
    letter = desk.home.backups / place / "letter.odt"
    letter.write_bytes(b"of somebody")
    desk.do(forget.forget, ada)
    with unreadable(letter):
        assert erase.Report(others) == erase.finish(desk.home, KEY, clock.now())
    assert [] == erase.unfinished(desk.home, KEY)


def test_in_a_folder_of_which_only_the_names_can_be_read_what_is_called_like_ours_is_left_and_told(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path]
) -> None:
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    (taken.parent / "letter.odt").write_bytes(b"of somebody")
    desk.do(forget.forget, ada)
    with read_only(taken.parent):
        taken.parent.chmod(0o400)
        assert erase.Report(others, (), (taken,)) == erase.finish(desk.home, KEY, clock.now(), remove=[taken])
    assert [ada] == erase.unfinished(desk.home, KEY)


@pytest.mark.parametrize("chosen", ["nothing", "leave", "remove"])
def test_a_copy_in_a_folder_that_cannot_be_written_is_left_and_told(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path], chosen: str
) -> None:
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    before = taken.read_bytes()
    shutil.copyfile(taken, taken.with_name(f"{taken.name}.rewriting"))  # as a kill leaves it
    desk.do(forget.forget, ada)
    with read_only(taken.parent):
        in_there = tuple(sorted(taken.parent.iterdir()))
        told = {kept.path: kept.holds for kept in erase.look(desk.home, KEY, [ada])}
        assert {**dict.fromkeys(others, True), **dict.fromkeys(in_there)} == told
        report = erase.finish(
            desk.home, KEY, clock.now(), remove=in_there if chosen == "remove" else (), leave=chosen == "leave"
        )
    assert erase.Report(others, (), in_there) == report
    assert before == taken.read_bytes()
    assert ([] if chosen == "leave" else [ada]) == erase.unfinished(desk.home, KEY)


def test_a_copy_beside_which_no_other_can_be_made_is_left_and_told_and_removed_if_chosen(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path]
) -> None:
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    in_its_place = taken.with_name(f"{taken.name}.rewriting")
    in_its_place.mkdir()
    too_long = taken.with_name("x" * 250)
    shutil.copyfile(taken, too_long)
    desk.do(forget.forget, ada)
    assert erase.Report(others, (), (taken, too_long)) == erase.finish(desk.home, KEY, clock.now())
    assert [ada] == erase.unfinished(desk.home, KEY)
    report = erase.finish(desk.home, KEY, clock.now(), remove=[taken, too_long])
    assert erase.Report((), (taken, too_long), ()) == report
    assert [] == erase.unfinished(desk.home, KEY)
    assert [in_its_place] == list(taken.parent.iterdir())


def test_one_that_another_program_writes_to_is_left_and_told(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "BUSY_SECONDS", 0.0)
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    desk.do(forget.forget, ada)
    another = cipher.connect(taken, KEY)
    another.execute("BEGIN EXCLUSIVE")
    assert erase.Report(others, (), (taken,)) == erase.finish(desk.home, KEY, clock.now())
    another.close()
    assert (taken,) == erase.finish(desk.home, KEY, clock.now()).rewritten


def test_what_else_lies_there_is_neither_looked_into_nor_touched(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path]
) -> None:
    mine = desk.home.backups / "mine"
    mine.mkdir()
    strewn = [strew(folder) for folder in (desk.home.root, desk.home.backups, mine)]
    desk.do(forget.forget, ada)
    assert erase.Report(others) == erase.finish(desk.home, KEY, clock.now())
    assert [14] * 3 == [sum(os.path.lexists(path) for path in each) for each in strewn]
    assert [] == erase.unfinished(desk.home, KEY)


def test_one_that_goes_as_it_is_to_be_opened_is_not_there(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = a_copy_in(desk.home.backups / "+ the first", desk, clock)
    salt = cipher.salt

    def go(key: bytes) -> bytes:
        taken.unlink(missing_ok=True)
        return salt(key)

    desk.do(forget.forget, ada)
    monkeypatch.setattr(cipher, "salt", go)
    told = {kept.path: kept.holds for kept in erase.look(desk.home, KEY, [ada])}
    assert {taken: False, **dict.fromkeys(others, True)} == told


def test_nor_is_one_that_goes_as_it_is_to_be_rewritten(
    desk: Desk, clock: Still, ada: str, others: tuple[Path, Path]
) -> None:
    taken = a_copy_in(desk.home.backups / "mine", desk, clock)
    desk.do(forget.forget, ada)

    def go(_share: float) -> None:
        taken.unlink(missing_ok=True)

    assert erase.Report(others) == erase.finish(desk.home, KEY, clock.now(), progress=go)
    assert [] == erase.unfinished(desk.home, KEY)


def test_a_program_that_can_open_nothing_any_more_does_not_take_that_for_the_file_s(desk: Desk, clock: Still) -> None:
    a_copy_in(desk.home.backups / "mine", desk, clock)
    listed = erase.copies(desk.home, KEY)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(OSError, match="Too many open files"):
            list(listed)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("others")
def test_a_full_disk_is_not_taken_for_the_file_s(desk: Desk, clock: Still, ada: str) -> None:
    desk.do(forget.forget, ada)
    with contextlib.ExitStack() as full:

        def fill(_share: float) -> None:
            full.enter_context(no_room())

        with pytest.raises(Refused, match=r"disk is full|reported an error"):
            erase.finish(desk.home, KEY, clock.now(), progress=fill)
    assert [ada] == erase.unfinished(desk.home, KEY)
