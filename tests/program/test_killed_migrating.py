"""``kill -9`` in the middle of a migration leaves the records as they were, or wholly in their new form."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

from sqlmodel import Session

from coachdesk import paths
from coachdesk.clock import Now
from coachdesk.desk import Desk
from coachdesk.machine.here import here
from coachdesk.practice import clients, commitments
from coachdesk.practice.record import made
from coachdesk.storage import migrate, store
from tests.conftest import KEY

NEXT = (*migrate.SHIPPED, Path(__file__).parent.parent / "fixtures" / "next_revision")
NEWEST = migrate.revisions()[-1]
ROWS = 1000
KILLS = 40


def test_a_migration_killed_anywhere_is_before_or_after_never_between(tmp_path: Path, empty_records: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    shutil.copyfile(empty_records, full / "records.db")
    fill(full)
    took = climb(full, tmp_path / "whole")
    chance, seen = random.Random(7), {NEWEST: 0, "9999": 0}
    for number in range(KILLS):
        folder = tmp_path / f"round-{number}"
        shutil.copytree(full, folder)
        killed_while_opening(folder, chance.uniform(0, took * 1.2))
        seen[form_and_content(folder)] += 1
        shutil.rmtree(folder)

    assert seen[NEWEST] > 0, f"no kill came early enough: {seen} of {took:.3f} s"
    assert sum(seen.values()) == KILLS


def fill(folder: Path) -> None:
    desk = Desk(here(), paths.Home(folder))
    desk.open(KEY)
    client = desk.do(clients.add, "Ada")

    def promise_all(db: Session, *, now: Now) -> None:
        db.add_all(
            commitments.Commitment(client_id=client.id, text=f"promise {number}", **made(now)) for number in range(ROWS)
        )

    desk.do(promise_all)
    desk.close()


def climb(full: Path, folder: Path) -> float:
    """Seconds an undisturbed migration takes."""
    shutil.copytree(full, folder)
    begun = time.monotonic()
    store.open(folder / "records.db", KEY, NEXT).close()
    return time.monotonic() - begun


def killed_while_opening(folder: Path, seconds: float) -> None:
    child = os.fork()
    if child == 0:
        try:
            store.open(folder / "records.db", KEY, NEXT)
            time.sleep(60)  # wait to be killed
        finally:
            os._exit(3)
    time.sleep(seconds)  # the moment of the power cut
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def form_and_content(folder: Path) -> str:
    """The form found after the kill; the next start then brings it to the new one with every row."""
    records = store.open(folder / "records.db", KEY, NEXT) if is_next(folder) else None
    form = "9999" if records else NEWEST
    records = records or store.open(folder / "records.db", KEY, NEXT)
    try:
        assert [] == store.check(records, quick=False)
        with records.session() as db:
            assert ROWS == len(commitments.every(db))
        connection = records.connection()
        (weighed,) = connection.execute("SELECT count(*) FROM commitment WHERE weight = length(text)").fetchone()
        connection.close()
        assert ROWS == weighed
    finally:
        records.close()
    return form


def is_next(folder: Path) -> bool:
    from coachdesk.storage import cipher

    connection = cipher.connect(folder / "records.db", KEY)
    try:
        return migrate.stored(connection) == "9999"
    finally:
        connection.close()
