"""Several connections of one process write one after the other, and none is refused for having read first."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlmodel import Session, select

from coachdesk.clock import Now
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.paths import Home
from coachdesk.practice import clients, forget, stand_ins
from coachdesk.practice.clients import Client
from coachdesk.storage import backup, erase, faults, migrate, salvage, turns
from tests.conftest import KEY


def test_nobody_writes_between_what_a_verb_reads_and_what_it_writes(desk: Desk) -> None:
    other = desk.store.connection()
    other.execute("PRAGMA busy_timeout = 0")

    def add_after_reading(db: Session) -> None:
        db.exec(select(Client)).all()
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("INSERT INTO tick (id) VALUES ('x')")
        clients.add(db, "Ada", now=desk.now())

    desk.do(add_after_reading)
    desk.do_quietly(add_after_reading)
    other.close()

    assert ["Ada", "Ada"] == [client.name for client in desk.read(clients.every)]


def test_reading_waits_for_nobody_who_writes(desk: Desk) -> None:
    desk.do(clients.add, "Ada")
    other = desk.store.connection()
    other.execute("BEGIN IMMEDIATE")
    assert ["Ada"] == [client.name for client in desk.read(clients.every)]
    other.close()


def test_beside_our_own_long_work_it_is_ourselves_whom_the_sentence_names(desk: Desk) -> None:
    busy = dbapi2.OperationalError("database is locked")
    said = "CoachDesk itself is still busy with the records, so nothing was changed; try again in a moment."
    with turns.long_work():
        with pytest.raises(Refused, match="CoachDesk itself is still busy"):
            desk.do(clients.add, "Ada")
        assert said == str(faults.explain(busy))
    desk.do(clients.add, "Bea")

    assert ["Bea"] == [client.name for client in desk.read(clients.every)]
    assert "Another program" in str(faults.explain(busy))


@pytest.fixture
def several() -> Iterator[ThreadPoolExecutor]:
    """Threads beside the program's first one."""
    with ThreadPoolExecutor(4) as threads:
        yield threads


def test_a_backup_is_not_taken_for_a_broken_off_one_by_a_forgetting_beside_it(
    desk: Desk, several: ThreadPoolExecutor, beside: threading.Event
) -> None:
    desk.do(forget.forget, desk.do(clients.add, "Ada").id)
    begun, go_on = threading.Event(), threading.Event()

    def progress(_share: float) -> None:
        begun.set()
        assert go_on.wait(60)

    now = desk.now()
    taken: Future[Path] = several.submit(backup.back_up, desk.store, desk.home.backups, now, progress=progress)
    assert begun.wait(60)
    try:
        with pytest.raises(Refused, match="CoachDesk itself is still busy"):
            erase.finish(desk.home, KEY, now)
    finally:
        go_on.set()
    assert 0 == backup.verify(taken.result(), KEY)["client"]
    assert (taken.result(),) == erase.finish(desk.home, KEY, now).rewritten


@pytest.fixture
def beside(several: ThreadPoolExecutor) -> Iterator[threading.Event]:
    """Work on copies goes on in another thread until this is set."""
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with turns.copies():
            held.set()
            assert release.wait(60)

    several.submit(hold)
    assert held.wait(60)
    yield release
    release.set()


def test_beside_work_on_copies_other_threads_wait_and_the_first_says_so(
    desk: Desk, several: ThreadPoolExecutor, beside: threading.Event
) -> None:
    desk.do(forget.forget, desk.do(clients.add, "Ada").id)
    now, home = desk.now(), desk.home
    taken = several.submit(backup.daily, desk.store, home.backups, now)
    finished = several.submit(erase.finish, home, KEY, now)
    with pytest.raises(Refused, match="CoachDesk itself is still busy"):
        backup.back_up(desk.store, home.backups, now)
    with pytest.raises(Refused, match="CoachDesk itself is still busy"):
        erase.finish(home, KEY, now)
    assert not taken.done()
    assert not finished.done()
    beside.set()
    assert taken.result() in [each.path for each in backup.backups(home.backups)]
    assert () == finished.result().left
    assert [] == erase.unfinished(home, KEY)


def ignore(_share: float) -> None:
    """Nobody watches."""


@pytest.mark.parametrize(
    "work",
    [
        lambda home, now: salvage.put(home, KEY, now),
        lambda home, _now: backup.begin_with(home, home.backups / "records-2026-03-02T12-00-00Z.db"),
        lambda home, _now: migrate.climb(home.records, KEY, backups=home.backups),
    ],
    ids=["salvaged records put in place", "a beginning with a backup", "a copy before a migration"],
)
@pytest.mark.usefixtures("beside")
def test_what_else_lays_copies_down_takes_its_turn_too(desk: Desk, work: Callable[[Home, Now], object]) -> None:
    with pytest.raises(Refused, match="CoachDesk itself is still busy"):
        work(desk.home, desk.now())


def test_a_salvage_that_is_broken_off_takes_nothing_from_the_next(desk: Desk, several: ThreadPoolExecutor) -> None:
    home = desk.home
    desk.close()
    begun, go_on = threading.Event(), threading.Event()

    def progress(_share: float) -> None:
        begun.set()
        assert go_on.wait(60)
        raise Refused("not wanted any more")

    first = several.submit(salvage.prepare, home, KEY, stand_ins.stand_in, progress=progress)
    assert begun.wait(60)
    try:
        with pytest.raises(Refused, match="CoachDesk itself is still busy"):
            salvage.prepare(home, KEY, stand_ins.stand_in, progress=ignore)
        second = several.submit(salvage.prepare, home, KEY, stand_ins.stand_in, progress=ignore)
    finally:
        go_on.set()
    assert isinstance(first.exception(), Refused)
    assert second.result().path.exists()


def test_nor_does_one_that_was_broken_off_while_it_waited(desk: Desk) -> None:
    home = desk.home
    desk.close()
    found = salvage.prepare(home, KEY, stand_ins.stand_in, progress=ignore)
    before = found.path.read_bytes()

    def progress(_share: float) -> None:
        raise Refused("not wanted any more")

    with pytest.raises(Refused, match="not wanted any more"):
        salvage.prepare(home, KEY, stand_ins.stand_in, progress=progress)
    assert before == found.path.read_bytes()
