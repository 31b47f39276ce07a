"""Damaged records: everything that stands on a page that can be read is there again, and the damaged file as it was."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from coachdesk.clock import Now
from coachdesk.errors import RecordsDamaged, RecordsReadOnly
from coachdesk.paths import Home
from coachdesk.practice.stand_ins import stand_in
from coachdesk.storage import cipher, columns, migrate, salvage, store
from coachdesk.storage.pages import LEAF, Pages
from tests import every_table
from tests.storage.conftest import KEY, everything, no_room

PLACES = 100
SIZE = 4096


def ignore(_share: float) -> None:
    """Nobody watches."""


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, empty_records: Path) -> Path:
    """Closed records with a few hundred rows in every table, long texts among them."""
    path = tmp_path_factory.mktemp("whole") / "records.db"
    shutil.copyfile(empty_records, path)
    connection = cipher.connect(path, KEY)
    connection.execute("PRAGMA synchronous = OFF")
    for seed in range(8):
        every_table.fill(connection, seed, 3, 6)
    connection.close()
    return path


Rows = dict[str, dict[int, tuple[Any, ...]]]


def rows_of(path: Path) -> Rows:
    """Table → number of the row → the row."""
    connection = cipher.connect(path, KEY, "ro")
    try:
        return {
            table: {row[0]: tuple(row[1:]) for row in connection.execute(f'SELECT rowid, * FROM "{table}"')}
            for table in columns.tables(connection)
        }
    finally:
        connection.close()


def homes_of_rows(path: Path) -> dict[str, set[int]]:
    """The id of every row → the pages it stands on, told by reading the whole file once page by page."""
    pages = _Watched(path, KEY)
    found: dict[str, set[int]] = {}
    for number in range(1, pages.count + 1):
        page = pages.read(number)
        if page is not None and pages.kind(number, page) == LEAF:
            pages.touched = set()
            for cell in pages.rows(number, page):
                if cell is not None and cell.fields:
                    found[str(cell.fields[0])] = {number, *pages.touched}
                pages.touched = set()
    return found


class _Watched(Pages):
    touched: set[int]

    def read(self, number: int) -> bytes | None:
        self.touched = {*getattr(self, "touched", set()), number}
        return super().read(number)


def damage(path: Path, places: list[int], length: int = 16) -> set[int]:
    """Overwrite a few bytes at these places; the answer is the pages that are hit."""
    content = bytearray(path.read_bytes())
    for at in places:
        content[at : at + length] = bytes(each ^ 0xA5 for each in content[at : at + length])
    path.write_bytes(bytes(content))
    return {offset // SIZE + 1 for at in places for offset in (at, min(len(content) - 1, at + length - 1))}


def assert_nothing_more_is_lost(before: Rows, after: Rows, homes: dict[str, set[int]], hit: set[int]) -> None:
    """Every row that stands on no page that was hit is as it was, or lost only its tie to one that is gone.

    A week has one reflection, so when several are gone that the answers say the same week of, one stands for them.
    """
    for table, rows in before.items():
        for number, row in rows.items():
            needs = homes.get(str(row[3]), set()) if table == "reflection_answer" else set()
            if not (homes[str(row[0])] | needs) & hit:
                there = after[table].get(number)
                assert there is not None, (table, row[0])
                assert all(new == old or new is None for new, old in zip(there, row, strict=True)), (table, row, there)


@pytest.fixture
def damaged(home: Home, whole: Path) -> Home:
    """A home with these records; the test damages them."""
    shutil.copyfile(whole, home.records)
    return home


@pytest.mark.parametrize("ten", range(PLACES // 10))
def test_damage_at_any_of_a_hundred_random_places_costs_only_what_stands_there(
    damaged: Home, whole: Path, ten: int
) -> None:
    before, homes = rows_of(whole), homes_of_rows(whole)
    chance = random.Random(ten)
    for _trial in range(10):
        shutil.copyfile(whole, damaged.records)
        place = chance.randrange(0, whole.stat().st_size)
        hit = damage(damaged.records, [place])
        kept = damaged.records.read_bytes()
        found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
        assert_nothing_more_is_lost(before, rows_of(found.path), homes, hit)
        assert kept == damaged.records.read_bytes()
        assert found.pieces <= len(hit)


def test_a_hundred_places_at_once(damaged: Home, whole: Path, now: Now) -> None:
    chance = random.Random(5)
    before, homes = rows_of(whole), homes_of_rows(whole)
    hit = damage(damaged.records, [chance.randrange(0, whole.stat().st_size) for _place in range(PLACES)])
    kept = damaged.records.read_bytes()
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert_nothing_more_is_lost(before, rows_of(found.path), homes, hit)
    assert len(hit) - 1 <= found.pieces <= len(hit)
    salvage.put(damaged, KEY, now)
    opened = store.open(damaged.records, KEY)
    assert [] == store.check(opened, quick=False)
    opened.close()
    assert kept == (damaged.root / "records.db.damaged-2026-03-02T12-00-00Z").read_bytes()


def test_without_damage_everything_is_there(damaged: Home, whole: Path) -> None:
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert rows_of(whole) == rows_of(found.path)
    assert ({}, 0) == (found.lost, found.pieces)


def test_a_header_that_is_gone_costs_nothing(damaged: Home, whole: Path) -> None:
    damage(damaged.records, [0], SIZE)
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert rows_of(whole) == rows_of(found.path)
    assert ({}, 1) == (found.lost, found.pieces)


def test_what_stands_in_the_log_alone_is_read_too(damaged: Home) -> None:
    opened = store.open(damaged.records, KEY)
    connection = opened.connection()
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    every_table.fill(connection, 77, 3, 6)
    expected = every_table.rows(connection)
    for name in ("records.db", "records.db-wal"):
        shutil.copyfile(damaged.root / name, damaged.root / f"killed-{name}")
    connection.close()
    opened.close()
    for name in ("records.db", "records.db-wal"):
        (damaged.root / f"killed-{name}").replace(damaged.root / name)
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert expected == {name: list(rows.values()) for name, rows in rows_of(found.path).items()}


def test_a_log_that_ends_early_gives_what_was_committed_before(damaged: Home) -> None:
    opened = store.open(damaged.records, KEY)
    connection = opened.connection()
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    every_table.fill(connection, 78)
    expected = every_table.rows(connection)
    every_table.fill(connection, 79)
    main, log = damaged.records.read_bytes(), (damaged.root / "records.db-wal").read_bytes()
    connection.close()
    opened.close()
    damaged.records.write_bytes(main)
    (damaged.root / "records.db-wal").write_bytes(log[:-100])
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert expected == {name: list(rows.values()) for name, rows in rows_of(found.path).items()}


def test_a_client_whose_row_is_gone_keeps_sessions_and_promises(damaged: Home, whole: Path) -> None:
    before, homes = rows_of(whole), homes_of_rows(whole)
    client = next(str(row[3]) for row in before["commitment"].values())
    hit = damage(damaged.records, [SIZE * (min(homes[client]) - 1) + 2000])
    found = salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    after = {str(row[0]): row for row in rows_of(found.path)["client"].values()}
    assert "Not readable" == after[client][3]
    assert found.lost["client"] >= 1
    assert_nothing_more_is_lost(before, rows_of(found.path), homes, hit)


def test_older_records_are_brought_to_the_newest_form(home: Home) -> None:
    cipher.disk.empty_file(home.records)
    migrate.climb(home.records, KEY, backups=None, to="0001")
    connection = cipher.connect(home.records, KEY)
    every_table.fill(connection, 9)
    before = every_table.rows(connection)
    connection.close()
    found = salvage.prepare(home, KEY, stand_in, progress=ignore)
    assert before["client"] == list(rows_of(found.path)["client"].values())
    store.open(found.path, KEY).close()


@pytest.mark.parametrize("content", [b"", b"\0" * 50_000, b"not ours" * 1000])
def test_where_nothing_can_be_read_it_is_said(home: Home, content: bytes) -> None:
    home.records.write_bytes(content)
    with pytest.raises(RecordsDamaged, match="can be read any more"):
        salvage.prepare(home, KEY, stand_in, progress=ignore)
    assert {"records.db": content} == everything(home.root)


def test_a_full_disk_leaves_nothing_half(damaged: Home) -> None:
    before = everything(damaged.root)
    with no_room(8192), pytest.raises(RecordsReadOnly):
        salvage.prepare(damaged, KEY, stand_in, progress=ignore)
    assert before == everything(damaged.root)
