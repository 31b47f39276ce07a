"""The full check: once a month, remembered, again at once after damage was found."""

from pathlib import Path

import pytest

from coachdesk.clock import Still
from coachdesk.errors import RecordsDamaged
from coachdesk.paths import Home
from coachdesk.storage import checks, store
from coachdesk.storage.store import Store
from tests.storage.conftest import KEY, fill

DAY = 24 * 3600


def test_it_is_due_once_a_month(opened: Store, home: Home, clock: Still) -> None:
    assert (None, True) == (checks.last(home), checks.due(home, clock.now()))
    assert checks.Checked(clock.now().at, 0) == checks.full(opened, home, clock.now())
    assert checks.last(home) == checks.Checked(clock.now().at, 0)
    clock.advance(29 * DAY)
    assert not checks.due(home, clock.now())
    clock.advance(2 * DAY)
    assert checks.due(home, clock.now())


def test_damage_is_found_and_asked_for_again(
    closed: Path, home: Home, clock: Still, versions: tuple[Path, ...]
) -> None:
    made = store.open(closed, KEY, versions)
    for _number in range(100):
        fill(made)
    made.close()
    content = bytearray(closed.read_bytes())
    content[-2000] ^= 0xFF
    closed.write_bytes(bytes(content))
    again = store.open(closed, KEY, versions)
    assert checks.full(again, home, clock.now()).wrong > 0
    again.close()
    assert checks.due(home, clock.now())


def test_what_cannot_be_read_of_it_is_as_if_it_never_was(home: Home, clock: Still) -> None:
    for content in (b"", b"[]", b'{"checked_at": 5}', b"\xff"):
        home.checks.write_bytes(content)
        assert (None, True) == (checks.last(home), checks.due(home, clock.now()))


def test_a_clock_that_went_back_does_not_put_it_off_for_years(opened: Store, home: Home, clock: Still) -> None:
    checks.full(opened, home, clock.now())
    assert checks.due(home, Still.at(clock.now().at.replace(year=2020)).now())


def test_a_folder_is_warned_of_once(opened: Store, home: Home, clock: Still) -> None:
    assert not checks.warned(home, "/a")
    checks.full(opened, home, clock.now())
    assert checks.warned(home, "/a")
    assert not checks.warned(home, "/b")


def test_after_an_end_that_was_none_damage_is_found_before_anything_is_shown(
    opened: Store, home: Home, versions: tuple[Path, ...]
) -> None:
    connection = opened.connection()
    connection.executemany("INSERT INTO letter (body, pupil_id) VALUES (?, 1)", [("dear coach " * 20,)] * 300)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fill(opened, "Bea")
    main, log = bytearray(home.records.read_bytes()), (home.root / "records.db-wal").read_bytes()
    connection.close()
    opened.close()
    killed = Home(home.root / "killed")
    killed.root.mkdir()
    main[10 * 4096 + 50] ^= 1  # in the middle of the letters
    killed.records.write_bytes(bytes(main))
    (killed.root / "records.db-wal").write_bytes(log)
    with pytest.raises(RecordsDamaged, match="did not end as usual"):
        store.open(killed.records, KEY, versions)
    (killed.root / "records.db-wal").unlink()
    store.open(killed.records, KEY, versions).close()  # after a usual end it is looked for later, on a worker


def test_a_log_that_is_gone_leaves_what_was_folded_in_before(
    opened: Store, home: Home, versions: tuple[Path, ...]
) -> None:
    connection = opened.connection()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    fill(opened, "Bea")
    main = home.records.read_bytes()
    connection.close()
    opened.close()
    home.records.write_bytes(main)
    again = store.open(home.records, KEY, versions)
    assert [] == store.check(again, quick=False)
    again.close()
