"""Everything as one file: written, sealed, and taken in again row for row or not at all."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.clock import Now
from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsNewer, RecordsReadOnly, Refused, WrongKey
from coachdesk.exchange import archive, archive_arrival
from coachdesk.paths import Home
from coachdesk.storage import cipher, disk, migrate, store
from coachdesk.storage.store import Store
from tests import every_table
from tests.storage.conftest import everything, killed_at_every_step, no_room, versions  # noqa: F401
from tests.storage.conftest import opened as small  # noqa: F401 (a fixture)

KEY, OTHER_KEY = bytes(range(32)), bytes(reversed(range(32)))
SECRET = "a bridge over quiet water"


def ignore(_share: float) -> None:
    """Nobody watches."""


@pytest.fixture
def filled(home: Home, empty_records: Path) -> Iterator[Store]:
    """Open records with a few rows in every table."""
    yield from _filled(home.records, empty_records, 7)


def _filled(path: Path, empty: Path, seed: int) -> Iterator[Store]:
    shutil.copyfile(empty, path)
    opened = store.open(path, KEY)
    connection = opened.connection()
    every_table.fill(connection, seed)
    connection.close()
    yield opened
    opened.close()


@pytest.fixture
def new(tmp_path: Path) -> Home:
    """Another computer, where CoachDesk was never started."""
    return Home(tmp_path / "new")


@pytest.fixture
def sealed(filled: Store, now: Now, tmp_path: Path) -> Path:
    """A sealed archive of them."""
    archive.write(filled, tmp_path / "all.coachdesk", SECRET, now, progress=ignore)
    return tmp_path / "all.coachdesk"


@pytest.fixture
def plain(filled: Store, now: Now, tmp_path: Path) -> Path:
    """An archive of them that anybody can read."""
    archive.write(filled, tmp_path / "plain.coachdesk", None, now, progress=ignore)
    return tmp_path / "plain.coachdesk"


def rows_of(path: Path, key: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of closed records."""
    connection = cipher.connect(path, key, "ro")
    try:
        return every_table.rows(connection)
    finally:
        connection.close()


def rows_open(opened: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of open records."""
    connection = opened.connection()
    try:
        return every_table.rows(connection)
    finally:
        connection.close()


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), secret=st.sampled_from([None, SECRET]))
def test_random_records_come_into_an_empty_coachdesk_row_for_row(
    tmp_path_factory: pytest.TempPathFactory, empty_records: Path, seed: int, secret: str | None
) -> None:
    from datetime import UTC, datetime

    from coachdesk.clock import Still

    folder, now = tmp_path_factory.mktemp("archive"), Still.at(datetime(2026, 3, 2, 12, tzinfo=UTC)).now()
    new = Home(folder / "new")
    for opened in _filled(folder / "records.db", empty_records, seed):
        expected = rows_open(opened)
        written = archive.write(opened, folder / "all", secret, now, progress=ignore)
    assert {name: len(rows) for name, rows in expected.items()} == written.counts
    assert all(expected.values()), "a table without a row shows nothing"
    archive_arrival.take_in(new, folder / "all", secret, OTHER_KEY, now, progress=ignore)
    assert expected == rows_of(new.records, OTHER_KEY)
    shutil.rmtree(folder)


def test_the_manifest_tells_what_is_in_it(sealed: Path, filled: Store, now: Now) -> None:
    told = archive.look(sealed, SECRET)
    assert (now.at, migrate.revisions()[-1]) == (told.made_at, told.schema)
    assert {name: len(rows) for name, rows in rows_open(filled).items()} == told.counts


def test_a_sealed_archive_tells_nothing_to_others(sealed: Path, plain: Path) -> None:
    assert (True, False) == (archive.sealed(sealed), archive.sealed(plain))
    content = sealed.read_bytes()
    assert not any(word in content for word in (b"manifest", b"client", b"dear", b"PK\x03\x04"))
    assert 0o600 == sealed.stat().st_mode & 0o777
    with zipfile.ZipFile(plain) as packed:
        assert "dear coach" in packed.read("tables/client.jsonl").decode() + packed.read("tables/note.jsonl").decode()


def test_the_form_of_an_archive_is_what_the_documents_say(plain: Path) -> None:
    with zipfile.ZipFile(plain) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        assert "manifest.json" == packed.namelist()[0]
        assert {"format", "version", "made_at", "program", "schema", "tables"} == manifest.keys()
        lines = packed.read("tables/session.jsonl").splitlines()
        assert manifest["tables"]["session"] == len(lines)
        assert {"id", "client_id", "state"} <= json.loads(lines[0]).keys()


def test_a_file_that_is_there_is_not_written_over(filled: Store, sealed: Path, now: Now) -> None:
    before = sealed.read_bytes()
    with pytest.raises(Refused, match="There is a file already"):
        archive.write(filled, sealed, SECRET, now, progress=ignore)
    assert before == sealed.read_bytes()
    archive.write(filled, sealed, SECRET, now, replace=True, progress=ignore)
    assert before != sealed.read_bytes()


def test_a_short_passphrase_is_refused_and_nothing_is_left(filled: Store, now: Now, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="at least 12"):
        archive.write(filled, tmp_path / "a.coachdesk", "short", now, progress=ignore)
    assert [] == list(tmp_path.glob("a.*"))


class Stop(Exception):
    """The coach had enough."""


def test_it_tells_how_far_it_is_and_can_be_stopped(filled: Store, now: Now, tmp_path: Path, new: Home) -> None:
    connection = filled.connection()
    for seed in range(100):
        every_table.fill(connection, 100 + seed, 2, 3)
    connection.close()
    told: list[float] = []
    archive.write(filled, tmp_path / "a.coachdesk", SECRET, now, progress=told.append)
    assert (True, True) == (sorted(told) == told, 5 < len(told))
    for work in (
        lambda stop: archive.write(filled, tmp_path / "b.coachdesk", SECRET, now, progress=stop),
        lambda stop: archive_arrival.take_in(new, tmp_path / "a.coachdesk", SECRET, KEY, now, progress=stop),
    ):
        stop = _stopping()
        with pytest.raises(Stop):
            work(stop)
    assert [] == [*tmp_path.glob("b.*"), *new.root.iterdir()]


def test_it_can_be_stopped_before_the_first_row_and_until_the_very_end(filled: Store, now: Now, tmp_path: Path) -> None:
    own = tmp_path / "a.coachdesk.unfinished"
    own.write_text("mine")
    for last in (0.0, 1.0):

        def stop(share: float, last: float = last) -> None:
            if share >= last:
                raise Stop

        with pytest.raises(Stop):
            archive.write(filled, tmp_path / "a.coachdesk", SECRET, now, progress=stop)
    assert [own] == [path for path in tmp_path.iterdir() if path.is_file()]
    assert "mine" == own.read_text()


def _stopping() -> Callable[[float], None]:
    def stop(_share: float) -> None:
        raise Stop

    return stop


def test_a_full_disk_leaves_nothing(filled: Store, sealed: Path, now: Now, tmp_path: Path, new: Home) -> None:
    with no_room(4096), pytest.raises(RecordsReadOnly):
        archive.write(filled, tmp_path / "b.coachdesk", SECRET, now, progress=ignore)
    with no_room(8192), pytest.raises(RecordsReadOnly):
        archive_arrival.take_in(new, sealed, SECRET, KEY, now, progress=ignore)
    assert [] == [*tmp_path.glob("b.*"), *new.root.iterdir()]


@pytest.mark.parametrize("secret", ["not this passphrase", "a bridge over quiet Water"])
def test_another_passphrase_is_told_from_damage(sealed: Path, secret: str, new: Home, now: Now) -> None:
    with pytest.raises(WrongKey, match="not the passphrase of this archive"):
        archive_arrival.take_in(new, sealed, secret, KEY, now, progress=ignore)
    with pytest.raises(Refused, match="sealed"):
        archive.look(sealed)
    assert not new.root.exists() or [] == list(new.root.iterdir())


def test_a_file_that_is_gone_or_none_of_ours_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordsMissing, match="not there"):
        archive.look(tmp_path / "nowhere.coachdesk")
    for content in (b"", b"a letter", b"PK\x03\x04" + b"\0" * 100):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(Refused, match="not an archive of CoachDesk"):
            archive.look(tmp_path / "other")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        packed.writestr("letter.txt", "dear coach")
    with pytest.raises(Refused, match="not an archive of CoachDesk"):
        archive.look(tmp_path / "other.zip")


def repacked(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """A plain archive with its entries changed."""
    with zipfile.ZipFile(path) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return path


def told(entries: dict[str, bytes], **changed: Any) -> None:
    """Another manifest."""
    entries["manifest.json"] = json.dumps({**json.loads(entries["manifest.json"]), **changed}).encode()


def counted(entries: dict[str, bytes], table: str, more: int) -> None:
    """A manifest that tells another number of rows."""
    tables = json.loads(entries["manifest.json"])["tables"]
    told(entries, tables={**tables, table: tables[table] + more})


def line(entries: dict[str, bytes], table: str, **changed: Any) -> None:
    """Another first row."""
    first, *others = entries[f"tables/{table}.jsonl"].splitlines()
    rows = [json.dumps({**json.loads(first), **changed}).encode(), *others]
    entries[f"tables/{table}.jsonl"] = b"\n".join(rows) + b"\n"


WRONG: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a row less": lambda entries: counted(entries, "client", 1),
    "a row more": lambda entries: counted(entries, "client", -1),
    "endless rows": lambda entries: counted(entries, "client", 10**18),
    "a table less": lambda entries: entries.pop("tables/note.jsonl"),
    "a table nobody knows": lambda entries: told(entries, tables={"sqlite_master": 1}),
    "counts that are none": lambda entries: told(entries, tables={"client": "many"}),
    "a moment without zone": lambda entries: told(entries, made_at="2026-03-02T12:00:00"),
    "a column nobody knows": lambda entries: line(entries, "client", shoe_size=42),
    "a child of nobody": lambda entries: line(entries, "note", session_id="nobody"),
    "a date that is none": lambda entries: line(entries, "session", created_at="yesterday"),
    "a number too large": lambda entries: line(entries, "client", planned_sessions=2**70),
    "a list": lambda entries: line(entries, "client", name=["Ada"]),
    "a word the records refuse": lambda entries: line(entries, "client", kind="robot"),
    "half a character": lambda entries: line(entries, "client", name="\ud83d"),
    "a table that is no text": lambda entries: entries.update({"tables/note.jsonl": b"\xff" * 100}),
    "a manifest that is no JSON": lambda entries: entries.update({"manifest.json": b"{"}),
    "a deep manifest": lambda entries: entries.update({"manifest.json": b"[" * 100_000}),
}


@pytest.mark.parametrize("what", WRONG)
def test_an_archive_that_is_not_as_it_was_written_changes_nothing(plain: Path, what: str, home: Home, now: Now) -> None:
    repacked(plain, WRONG[what])
    new = Home(home.root / "new")
    with pytest.raises(RecordsDamaged, match="This archive is not whole"):
        archive_arrival.take_in(new, plain, None, KEY, now, progress=ignore)
    assert not new.root.exists() or [] == list(new.root.iterdir())


def test_an_archive_of_a_newer_coachdesk_is_said(plain: Path, new: Home, now: Now) -> None:
    for changed in ({"version": 2}, {"version": 1, "schema": "9999"}):
        repacked(plain, lambda entries, changed=changed: told(entries, **changed))  # type: ignore[misc]
        with pytest.raises(RecordsNewer, match="newer CoachDesk"):
            archive_arrival.take_in(new, plain, None, KEY, now, progress=ignore)
    assert not new.root.exists() or [] == list(new.root.iterdir())


def test_what_would_unpack_without_end_is_not_unpacked(plain: Path) -> None:
    with zipfile.ZipFile(plain, "a", zipfile.ZIP_DEFLATED) as packed:
        entry = packed.getinfo("tables/note.jsonl")
        entry.file_size = 5 * 1024**3
        packed._didModify = True  # the directory at the end is written again, with this size in it
    with pytest.raises(Refused, match="more than any practice holds"):
        archive.look(plain)


def test_one_line_without_end_is_not_read_into_memory(plain: Path, new: Home, now: Now) -> None:
    repacked(plain, lambda entries: entries.update({"tables/note.jsonl": b"x" * (70 * 1024**2)}))
    with pytest.raises(RecordsDamaged):
        archive_arrival.take_in(new, plain, None, KEY, now, progress=ignore)


def test_other_ways_to_pack_are_refused(plain: Path) -> None:
    with zipfile.ZipFile(plain, "a", zipfile.ZIP_LZMA) as packed:
        packed.writestr("more", b"x" * 1000)
    with pytest.raises(Refused, match="not an archive"):
        archive.look(plain)


def test_an_older_archive_is_brought_to_the_newest_form(tmp_path: Path, now: Now, new: Home) -> None:
    oldest = tmp_path / "old.db"
    disk.empty_file(oldest)
    migrate.climb(oldest, KEY, backups=None, to="0001")
    connection = cipher.connect(oldest, KEY)
    every_table.fill(connection, 3)
    before = every_table.rows(connection)
    connection.close()
    opened = Store(oldest, store.create_engine("sqlite://"), KEY)
    assert "0001" == archive.write(opened, tmp_path / "old.coachdesk", None, now, progress=ignore).schema
    opened.close()
    archive_arrival.take_in(new, tmp_path / "old.coachdesk", None, KEY, now, progress=ignore)
    after = rows_of(new.records, KEY)
    assert before["client"] == after["client"]
    assert [row[: len(before["session"][0])] for row in after["session"]] == before["session"]
    store.open(new.records, KEY).close()


def test_it_is_taken_in_only_where_nothing_is(sealed: Path, home: Home, filled: Store, now: Now) -> None:
    filled.close()
    before = everything(home.root)
    with pytest.raises(Refused, match="There are records here already"):
        archive_arrival.take_in(home, sealed, SECRET, KEY, now, progress=ignore)
    assert before == everything(home.root)


def test_a_first_run_that_made_a_client_of_the_coach_is_still_empty(
    sealed: Path, filled: Store, desk_home: Home, now: Now
) -> None:
    expected = rows_open(filled)
    archive_arrival.take_in(desk_home, sealed, SECRET, OTHER_KEY, now, progress=ignore)
    assert expected == rows_of(desk_home.records, OTHER_KEY)
    aside = desk_home.root / "records.db.before-import-2026-03-02T12-00-00Z"
    assert ["self"] == [row[5] for row in rows_of(aside, OTHER_KEY)["client"]]


@pytest.fixture
def desk_home(tmp_path: Path, now: Now) -> Home:
    """A home right after a first run for oneself."""
    from coachdesk.clock import Still
    from coachdesk.desk import Desk
    from coachdesk.practice import clients

    home = Home(tmp_path / "fresh")
    home.root.mkdir()
    desk = Desk(Still.at(now.at), home)
    desk.adopt(store.create(home.records, OTHER_KEY))
    desk.do(clients.add, "Me", kind="self", short_name="Me")
    desk.close()
    return home


def test_an_archive_killed_at_any_step_is_none_or_whole(filled: Store, now: Now, tmp_path: Path) -> None:
    target = tmp_path / "killed.coachdesk"
    expected = rows_open(filled)
    counts = {name: len(rows) for name, rows in expected.items()}
    seen = set()
    filled.close()

    def write() -> None:
        opened = store.open(filled.path, KEY)
        archive.write(opened, target, SECRET, now, progress=ignore)
        opened.close()

    for step in killed_at_every_step(write, lambda: target.unlink(missing_ok=True)):
        seen.add(target.exists())
        if target.exists():
            assert counts == archive.look(target, SECRET).counts, step
        assert expected == rows_of(filled.path, KEY), step
    assert {True, False} == seen


def test_an_import_killed_at_any_step_leaves_the_empty_records_or_the_whole_archive(
    small: Store,  # noqa: F811
    versions: tuple[Path, ...],  # noqa: F811
    now: Now,
    tmp_path: Path,
) -> None:
    import alembic.command  # noqa: F401 (so that no killed child needs to import it)

    fresh, path = Home(tmp_path / "fresh"), tmp_path / "small.coachdesk"
    archive.write(small, path, None, now, progress=ignore)
    store.create(fresh.records, OTHER_KEY, versions).close()
    expected, empty = rows_open(small), fresh.records.read_bytes()
    before = rows_of(fresh.records, OTHER_KEY)
    seen = set()

    def again() -> None:
        for path in fresh.root.glob("records.db*"):
            path.unlink()
        fresh.records.write_bytes(empty)

    def take_in() -> None:
        archive_arrival.take_in(fresh, path, None, OTHER_KEY, now, versions=versions, progress=ignore)

    for step in killed_at_every_step(take_in, again):
        there = rows_of(fresh.records, OTHER_KEY)
        assert there in (before, expected), step
        seen.add(there == expected)
        if there == before:
            take_in()
            assert expected == rows_of(fresh.records, OTHER_KEY), step
    assert {True, False} == seen
