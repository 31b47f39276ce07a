"""The open records: made, opened, refused."""

import gc
import os
import shutil
import stat
import subprocess
import sys
import threading
import weakref
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from coachdesk.desk import Desk
from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsNewer, RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.practice import clients
from coachdesk.storage import cipher, store
from coachdesk.storage.store import Store, UtcDateTime
from tests.storage.conftest import (
    KEY,
    OTHER_KEY,
    everything,
    fill,
    killed_at_every_step,
    names,
    names_in,
    no_room,
    read_only,
)


def test_what_was_committed_is_there_after_opening_again(closed: Path, versions: tuple[Path, ...]) -> None:
    assert ["Ada"] == names_in(closed, versions)


def test_what_was_not_committed_is_not(opened: Store) -> None:
    with opened.session() as db:
        db.execute(text("DELETE FROM letter"))
        db.execute(text("CREATE TABLE extra (id INTEGER)"))
    with opened.session() as db:
        assert 2 == db.execute(text("SELECT count(*) FROM letter")).scalar_one()
        assert 0 == db.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'extra'")).scalar_one()


def test_a_savepoint_can_be_taken_back_alone(opened: Store) -> None:
    with opened.session() as db:
        db.execute(text("UPDATE pupil SET name = 'Bea'"))
        inner = db.begin_nested()
        db.execute(text("UPDATE pupil SET name = 'Cleo'"))
        inner.rollback()
        db.commit()
    assert ["Bea"] == names(opened)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("secure_delete", 1), ("journal_mode", "wal"), ("synchronous", 2), ("temp_store", 2)],
)
def test_every_connection_is_careful(opened: Store, pragma: str, value: object) -> None:
    with opened.session() as one, opened.session() as two:
        assert [value, value] == [db.execute(text(f"PRAGMA {pragma}")).scalar_one() for db in (one, two)]


def test_a_row_cannot_point_nowhere(opened: Store) -> None:
    with opened.session() as db, pytest.raises(IntegrityError):
        db.execute(text("INSERT INTO letter (body, pupil_id) VALUES ('x', 99)"))


def test_another_thread_reads_while_one_writes(opened: Store) -> None:
    seen: list[list[str]] = []
    with opened.session() as db:
        db.execute(text("UPDATE pupil SET name = 'Bea'"))
        reader = threading.Thread(target=lambda: seen.append(names(opened)))
        reader.start()
        reader.join()
        db.commit()
    assert [["Ada"], ["Bea"]] == [*seen, names(opened)]


def test_the_connection_used_last_is_used_next_so_that_others_keep_no_pages(opened: Store) -> None:
    def connection(db: Session) -> object:
        return db.connection().connection.driver_connection

    with opened.session() as first, opened.session() as second:
        connection(first), connection(second)
    with opened.session() as db:
        last = connection(db)
    for open_one in (opened.session, opened.writing):
        with open_one() as db:
            assert last is connection(db)


def test_no_word_stands_in_clear_on_the_disk(opened: Store) -> None:
    fill(opened, "Wilhelmina")
    while_open = everything(opened.path.parent)
    opened.close()
    assert {"records.db", "records.db-wal", "records.db-shm"} <= while_open.keys()
    for content in (*while_open.values(), opened.path.read_bytes()):
        assert not any(word in content for word in (b"Wilhelmina", b"dear coach", b"pupil", b"SQLite"))


def test_the_key_is_not_in_what_a_log_would_show(opened: Store) -> None:
    shown = f"{opened!r} {opened.engine!r} {opened.engine.url!r}"
    assert not any(secret in shown for secret in (KEY.hex(), repr(KEY)))


def test_only_this_person_can_read_the_files(opened: Store) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in opened.path.parent.iterdir()}
    assert {"records.db": 0o600, "records.db-wal": 0o600, "records.db-shm": 0o600} == modes
    assert 0o700 == stat.S_IMODE(opened.path.parent.stat().st_mode)


def test_closed_records_are_one_file(closed: Path) -> None:
    assert ["records.db"] == [path.name for path in closed.parent.iterdir()]


def test_records_are_not_made_over_others(closed: Path, versions: tuple[Path, ...]) -> None:
    before = everything(closed.parent)
    with pytest.raises(Refused, match="already"):
        store.create(closed, OTHER_KEY, versions)
    assert before == everything(closed.parent)


def test_making_records_killed_at_any_step_can_be_done_again(home: Home, versions: tuple[Path, ...]) -> None:
    import alembic.command  # noqa: F401 (so that no killed child needs to import it)

    def again() -> None:
        cipher.discard(home.records)
        cipher.discard(home.records.with_name("records.db.new"))

    for step in killed_at_every_step(lambda: store.create(home.records, KEY, versions).close(), again):
        if home.records.exists():
            assert [] == names_in(home.records, versions), step
        else:
            assert "nothing" == store.found(home.records, home.keys), step
            store.create(home.records, KEY, versions).close()
    assert ["records.db"] == [path.name for path in home.root.iterdir()]


def test_a_log_left_by_lost_records_is_not_replayed_into_new_ones(opened: Store, versions: tuple[Path, ...]) -> None:
    log = opened.path.with_name("records.db-wal").read_bytes()
    opened.close()
    opened.path.unlink()
    opened.path.with_name("records.db-wal").write_bytes(log)
    store.create(opened.path, KEY, versions).close()
    assert [] == names_in(opened.path, versions)
    assert log == opened.path.with_name("records.db.damaged-log").read_bytes()


def test_a_full_disk_leaves_nothing_of_new_records(home: Home, versions: tuple[Path, ...]) -> None:
    with no_room(8192), pytest.raises(RecordsReadOnly):
        store.create(home.records, KEY, versions)
    assert {} == everything(home.root)


def test_a_full_disk_while_writing_is_said_and_loses_nothing(opened: Store) -> None:
    with opened.session() as db:
        db.execute(text("PRAGMA max_page_count = 1"))
        with pytest.raises(DBAPIError) as caught:
            db.execute(text("UPDATE pupil SET name = hex(zeroblob(100000))"))
    refused = store.explain(caught.value)
    assert isinstance(refused, RecordsReadOnly)
    assert "The disk is full" in refused.sentence
    assert ["Ada"] == names(opened)


def test_a_disk_that_stops_taking_the_log_is_said_and_loses_nothing(opened: Store) -> None:
    with opened.session() as db:
        db.execute(text("UPDATE pupil SET name = hex(zeroblob(100000))"))
        with no_room(4096), pytest.raises(DBAPIError) as caught:
            db.commit()
    assert isinstance(store.explain(caught.value), RecordsReadOnly)
    assert ["Ada"] == names(opened)


def test_a_missing_file_is_said_and_not_made(home: Home, versions: tuple[Path, ...]) -> None:
    with pytest.raises(RecordsMissing, match="no records in this folder"):
        store.open(home.records, KEY, versions)
    assert {} == everything(home.root)


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path, versions: tuple[Path, ...]) -> None:
    with pytest.raises(RecordsMissing, match="connect it"):
        store.open(tmp_path / "stick" / "records.db", KEY, versions)
    assert not (tmp_path / "stick").exists()


def test_records_cannot_be_made_where_a_file_is_in_the_way(tmp_path: Path, versions: tuple[Path, ...]) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refused):
        store.create(tmp_path / "file" / "records.db", KEY, versions)


def plain_sqlite(path: Path) -> None:
    """A database without encryption, as another program writes it."""
    import sqlite3

    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()


def flip(path: Path, at: int) -> None:
    """Damage one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: flip(path, 100), "Your key is right, but the records .* are damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:1000]), "Your key is right, but"),
        (lambda path: path.write_bytes(b""), "the file has no content"),
        (lambda path: path.write_text("Dear diary, übermorgen …" * 300), "it is a text"),
        (plain_sqlite, "an unencrypted database"),
        (lambda path: path.write_bytes(os.urandom(8192)), "not written with this key"),
    ],
)
def test_each_unreadable_file_has_its_sentence_and_is_not_touched(
    closed: Path, versions: tuple[Path, ...], spoil: object, sentence: str
) -> None:
    spoil(closed)
    before = everything(closed.parent)
    with pytest.raises(RecordsDamaged, match=sentence):
        store.open(closed, KEY, versions)
    assert before == everything(closed.parent)


@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_bytes(bytes(8192)), lambda path: path.write_bytes(b"text" * 2000)]
)
def test_the_log_beside_unreadable_records_is_left_alone(opened: Store, tmp_path: Path, spoil: object) -> None:
    killed = tmp_path / "killed" / "records.db"
    shutil.copytree(opened.path.parent, killed.parent)
    assert killed.with_name("records.db-wal").stat().st_size > 0
    spoil(killed)
    log = killed.with_name("records.db-wal").read_bytes()
    for key in (OTHER_KEY, KEY):
        with pytest.raises(RecordsDamaged):
            store.open(killed, key)
    assert log == killed.with_name("records.db-wal").read_bytes()


def test_records_that_break_after_opening_are_said(opened: Store) -> None:
    opened.close()
    opened.path.write_bytes(bytes(8192))
    with pytest.raises(DBAPIError) as caught:
        names(opened)
    assert isinstance(store.explain(caught.value), RecordsDamaged)


def test_the_key_of_other_records_is_told_from_damage(closed: Path, versions: tuple[Path, ...]) -> None:
    with pytest.raises(RecordsDamaged, match="not written with this key"):
        store.open(closed, OTHER_KEY, versions)


def test_damage_to_the_first_bytes_alone_loses_nothing(closed: Path, versions: tuple[Path, ...]) -> None:
    flip(closed, 3)
    assert ["Ada"] == names_in(closed, versions)


def test_damage_behind_the_first_page_is_found_by_the_check(opened: Store, versions: tuple[Path, ...]) -> None:
    for _number in range(100):
        fill(opened)
    assert [] == store.check(opened)
    opened.close()
    flip(opened.path, opened.path.stat().st_size - 2000)
    again = store.open(opened.path, KEY, versions)
    assert store.check(again)
    assert store.check(again, quick=False)
    again.close()


def test_a_newer_form_is_refused_and_not_touched(closed: Path, second: tuple[Path, ...]) -> None:
    store.open(closed, KEY, second).close()
    before = everything(closed.parent)
    with pytest.raises(RecordsNewer, match=r"0002.*0001"):
        store.open(closed, KEY, second[:1])
    assert before == everything(closed.parent)


def test_a_read_only_folder_is_said_at_opening(closed: Path, versions: tuple[Path, ...]) -> None:
    before = everything(closed.parent)
    with read_only(closed.parent), pytest.raises(RecordsReadOnly):
        store.open(closed, KEY, versions)
    assert before == everything(closed.parent)


def test_a_read_only_file_is_said_at_opening(closed: Path, versions: tuple[Path, ...]) -> None:
    with read_only(closed.parent):
        closed.parent.chmod(0o700)
        with pytest.raises(RecordsReadOnly, match="read-only"):
            store.open(closed, KEY, versions)


def test_records_cannot_be_made_in_a_read_only_folder(home: Home, versions: tuple[Path, ...]) -> None:
    place = home.root / "inside"
    with read_only(home.root), pytest.raises(RecordsReadOnly, match="read-only"):
        store.create(place / "records.db", KEY, versions)


def test_a_folder_in_the_place_of_the_file_is_said(home: Home, versions: tuple[Path, ...]) -> None:
    home.records.mkdir()
    with pytest.raises(Refused):
        store.open(home.records, KEY, versions)


def test_another_program_that_holds_the_records_is_said(opened: Store, versions: tuple[Path, ...]) -> None:
    with opened.session() as db:
        db.execute(text("UPDATE pupil SET name = 'Bea'"))
        with pytest.raises(Refused, match="Another program is using the records"):
            store.open(opened.path, KEY, versions)


def test_a_normal_start_does_not_import_alembic(closed: Path, versions: tuple[Path, ...]) -> None:
    code = (
        "import sys; from pathlib import Path; from coachdesk.storage import store\n"
        f"store.open(Path({str(closed)!r}), bytes(range(32)), (Path({str(versions[0])!r}),)).session()\n"
        "print(sorted({'alembic', 'argon2', 'cryptography', 'keyring'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == ran.stdout
    assert "" == ran.stderr


def test_nothing_is_printed_about_a_wrong_key(
    closed: Path, versions: tuple[Path, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RecordsDamaged):
        store.open(closed, OTHER_KEY, versions)
    assert ("", "") == capfd.readouterr()


@pytest.mark.parametrize(
    ("there", "state"),
    [
        ([], "nothing"),
        (["keys.json"], "unfinished"),
        (["keys.json", "records.db.new", "records.db.new-journal"], "unfinished"),
        (["keys.json", "backups/records-2026-01-01T10-00-00Z.db"], "lost"),
        (["backups/records-2026-01-01T10-00-00Z.db"], "lost"),
        (["keys.json", "records.db.before-restore-2026-01-01T10-00-00Z"], "lost"),
        (["keys.json", "records.db.damaged-2026-01-01T10-00-00Z"], "lost"),
        (["records.db"], "keyless"),
        (["keys.json", "records.db"], "ready"),
    ],
)
def test_what_stands_in_a_folder_is_told_from_the_names(home: Home, there: list[str], state: str) -> None:
    home.backups.mkdir()
    for name in there:
        (home.root / name).touch()
    assert state == store.found(home.records, home.keys)


def test_an_unfinished_first_run_can_be_begun_again(home: Home) -> None:
    home.keys.write_text("a header")
    store.begin_again(home.records, home.keys)
    assert "nothing" == store.found(home.records, home.keys)
    assert "a header" == (home.root / "unfinished-keys.json").read_text()


def test_a_finished_first_run_cannot_be_begun_again(home: Home) -> None:
    home.keys.touch()
    home.records.touch()
    with pytest.raises(Refused, match="finished"):
        store.begin_again(home.records, home.keys)
    assert home.keys.exists()


moments = Table("moment", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


def test_a_moment_comes_back_as_the_same_moment_in_utc(opened: Store) -> None:
    at = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with opened.session() as db:
        moments.create(db.connection())
        db.execute(moments.insert(), [{"at": at}, {"at": None}])
        back = list(db.execute(select(moments.c.at).order_by(moments.c.id)).scalars())
    assert [at, None] == back
    assert UTC == back[0].tzinfo


def test_moments_compare_in_the_database(opened: Store) -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with opened.session() as db:
        moments.create(db.connection())
        db.execute(moments.insert(), [{"at": at}, {"at": at + timedelta(hours=1)}])
        asked = at.astimezone(timezone(timedelta(hours=-8))) + timedelta(minutes=1)
        assert [at] == list(db.execute(select(moments.c.at).where(moments.c.at < asked)).scalars())


def test_a_moment_without_time_zone_is_a_bug(opened: Store) -> None:
    with opened.session() as db:
        moments.create(db.connection())
        with pytest.raises(Exception, match="without a time zone"):
            db.execute(moments.insert(), [{"at": datetime(2026, 3, 2, 12)}])  # noqa: DTZ001


def test_nothing_stays_in_memory_of_records_that_were_closed(desk: Desk) -> None:
    desk.do(clients.add, "Maria Keller")
    known = weakref.ref(desk.store.engine.dialect)
    desk.close()
    gc.collect()
    assert known() is None
