"""Climbing from one form of the records to the next: whole or not at all, with a copy kept first."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from coachdesk.errors import RecordsDamaged, RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.storage import cipher, migrate, store
from coachdesk.storage.store import Store
from tests.storage.conftest import (
    KEY,
    SECOND,
    everything,
    fill,
    killed_at_every_step,
    names_in,
    no_room,
)

LAST_WRITTEN = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
COPY = "before-migration-0001-2026-02-01T09-30-00Z.db"


@pytest.fixture
def behind(closed: Path) -> Path:
    """Closed records of the first form, last written at a known time."""
    os.utime(closed, (LAST_WRITTEN.timestamp(), LAST_WRITTEN.timestamp()))
    return closed


def form_of(path: Path) -> tuple[str | None, list[str]]:
    """The revision of a file and the columns of its pupils."""
    connection = cipher.connect(path, KEY, "ro")
    try:
        columns = connection.execute("SELECT name FROM pragma_table_info('pupil')").fetchall()
        return migrate.stored(connection), [name for (name,) in columns]
    finally:
        connection.close()


def letters(made: Store) -> int:
    """How many letters there are."""
    with made.session() as db:
        return int(db.execute(text("SELECT count(*) FROM letter")).scalar_one())


BEFORE = ("0001", ["id", "name"])
AFTER = ("0002", ["id", "name", "town"])


def test_opening_brings_older_records_to_the_newest_form(behind: Path, second: tuple[Path, ...]) -> None:
    assert ["Ada"] == names_in(behind, second)
    assert AFTER == form_of(behind)


def test_replacing_a_table_keeps_what_points_to_it(behind: Path, second: tuple[Path, ...]) -> None:
    made = store.open(behind, KEY, second)
    assert 2 == letters(made)
    with made.session() as db:
        db.execute(text("DELETE FROM pupil"))
        assert 0 == db.execute(text("SELECT count(*) FROM letter")).scalar_one()
    made.close()


def test_a_copy_of_the_older_form_is_kept_first(behind: Path, second: tuple[Path, ...]) -> None:
    store.open(behind, KEY, second).close()
    copy = behind.parent / "backups" / COPY
    assert BEFORE == form_of(copy)
    assert ["Ada"] == names_in(copy, second[:1])
    assert 0o600 == copy.stat().st_mode & 0o777


def test_an_earlier_copy_is_not_overwritten(behind: Path, second: tuple[Path, ...]) -> None:
    (behind.parent / "backups").mkdir()
    (behind.parent / "backups" / COPY).write_text("earlier")
    store.open(behind, KEY, second).close()
    assert "earlier" == (behind.parent / "backups" / COPY).read_text()
    assert BEFORE == form_of(behind.parent / "backups" / COPY.replace(".db", "-2.db"))


def test_a_change_still_in_the_log_is_in_the_copy(
    opened: Store, second: tuple[Path, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    fill(opened, "Bea")  # still only in the write-ahead log, as after a kill
    store.open(opened.path, KEY, second).close()
    (copy,) = (opened.path.parent / "backups").glob("before-migration-0001-*.db")
    opened.close()
    assert ["Ada", "Bea"] == names_in(copy, second[:1])
    assert ("", "") == capfd.readouterr()


def test_records_of_the_newest_form_are_not_copied(closed: Path, versions: tuple[Path, ...]) -> None:
    names_in(closed, versions)
    assert not (closed.parent / "backups").exists()


def failing(second: tuple[Path, ...], line: str) -> None:
    """Let the second revision end with a line that goes wrong, after its changes."""
    (second[1] / "0002_second.py").write_text(SECOND + f"    {line}\n")


def test_a_revision_that_fails_changes_nothing(behind: Path, second: tuple[Path, ...]) -> None:
    failing(second, "raise RuntimeError('a bug')")
    before = behind.read_bytes()
    with pytest.raises(RuntimeError, match="a bug"):
        store.open(behind, KEY, second)
    assert before == behind.read_bytes()
    assert ["Ada"] == names_in(behind, second[:1])


def test_a_revision_that_leaves_orphans_is_taken_back_and_said(behind: Path, second: tuple[Path, ...]) -> None:
    failing(second, "op.execute('DELETE FROM pupil')")
    with pytest.raises(RecordsDamaged, match="2 rows in “letter”"):
        store.open(behind, KEY, second)
    assert BEFORE == form_of(behind)


def test_a_revision_killed_after_its_changes_leaves_the_records_as_before(
    behind: Path, second: tuple[Path, ...]
) -> None:
    failing(second, f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})")
    child = os.fork()
    if child == 0:
        store.open(behind, KEY, second)
    assert signal.SIGKILL == os.waitpid(child, 0)[1]
    assert ["Ada"] == names_in(behind, second[:1])


def test_a_climb_killed_at_any_step_leaves_before_or_after(behind: Path, second: tuple[Path, ...]) -> None:
    import alembic.command  # noqa: F401 (so that no killed child needs to import it)

    first, states = behind.read_bytes(), set()

    def again() -> None:
        cipher.discard(behind)
        behind.write_bytes(first)

    for step in killed_at_every_step(lambda: store.open(behind, KEY, second).close(), again):
        made = cipher.connect(behind, KEY)
        states.add(migrate.stored(made))
        made.close()
        assert form_of(behind) in (BEFORE, AFTER), step
        assert ["Ada"] == names_in(behind, second)
    assert {"0001", "0002"} == states
    assert not list((behind.parent / "backups").glob("*.new*"))[1:]


def test_no_room_for_the_copy_stops_the_climb(behind: Path, second: tuple[Path, ...]) -> None:
    before = behind.read_bytes()
    with no_room(8192), pytest.raises(RecordsReadOnly):
        store.open(behind, KEY, second)
    assert before == behind.read_bytes()
    assert {} == everything(behind.parent / "backups")


def test_a_place_for_the_copy_that_cannot_be_written_stops_the_climb(behind: Path, second: tuple[Path, ...]) -> None:
    (behind.parent / "backups").write_text("a file in the way")
    before = everything(behind.parent)
    with pytest.raises(Refused):
        store.open(behind, KEY, second)
    assert before == everything(behind.parent)


def test_the_newest_revision_is_known_from_the_names(second: tuple[Path, ...]) -> None:
    (second[0] / "__init__.py").touch()
    (second[0] / "notes.txt").touch()
    assert ("0001", "0002") == migrate.revisions(second)


def test_records_made_today_are_of_the_shipped_form(home: Home) -> None:
    made = store.create(home.records, KEY)
    with made.session() as db:
        stored = db.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    made.close()
    assert migrate.revisions()[-1] == stored
