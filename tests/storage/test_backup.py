"""Copies of the records: whole, encrypted, thinned out by age, and restored without losing the present ones."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.clock import Now, Still
from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsNewer, RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.storage import backup, cipher, keys, store
from coachdesk.storage.keys import FakeKeychain
from coachdesk.storage.store import Store
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

NAME = "records-2026-03-02T12-00-00Z.db"
COUNTS = {"alembic_version": 1, "letter": 2, "pupil": 1}


def test_a_backup_holds_what_was_committed_also_in_the_log(
    opened: Store, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    with opened.session():
        path = backup.back_up(opened, home.backups, now)
    assert home.backups / NAME == path
    assert COUNTS == backup.verify(path, KEY, versions)
    assert [NAME] == [each.name for each in home.backups.iterdir()]
    assert 0o600 == path.stat().st_mode & 0o777


def test_a_backup_is_encrypted_with_the_same_key(opened: Store, home: Home, now: Now) -> None:
    content = backup.back_up(opened, home.backups, now).read_bytes()
    assert not any(word in content for word in (b"Ada", b"dear coach", b"SQLite"))


def test_a_backup_can_be_read_where_nothing_can_be_written(
    opened: Store, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    path = backup.back_up(opened, home.backups, now)
    with read_only(home.backups):
        assert COUNTS == backup.verify(path, KEY, versions)


def test_the_key_header_is_copied_beside(home: Home, now: Now, tmp_path: Path) -> None:
    keychain = FakeKeychain()
    key, code = keys.create(home.keys, keychain=keychain)
    made = store.create(home.records, key)
    path = backup.back_up(made, tmp_path / "stick", now)
    made.close()
    assert key == keys.with_recovery(path.with_name("keys.json"), code)


def test_two_backups_within_a_second_are_both_kept(opened: Store, home: Home, now: Now) -> None:
    paths = {backup.back_up(opened, home.backups, now) for _number in range(2)}
    assert paths == {each.path for each in backup.backups(home.backups)}
    assert 2 == len(paths)


def test_the_backup_of_a_day_asked_for_by_several_at_once_is_taken_once(opened: Store, home: Home, now: Now) -> None:
    with ThreadPoolExecutor(4) as several:
        taken = list(several.map(lambda _each: backup.daily(opened, home.backups, now), range(8)))

    assert [backup.backups(home.backups)[0].path] == [path for path in taken if path is not None]
    assert 1 == len(backup.backups(home.backups))


def test_a_full_disk_leaves_no_half_backup(opened: Store, home: Home, now: Now) -> None:
    with no_room(8192), pytest.raises(RecordsReadOnly):
        backup.back_up(opened, home.backups, now)
    assert {} == everything(home.backups)
    assert ["Ada"] == names(opened)


def test_a_folder_that_cannot_be_written_is_said(opened: Store, home: Home, now: Now) -> None:
    home.backups.mkdir()
    with read_only(home.backups), pytest.raises(RecordsReadOnly, match="read-only"):
        backup.back_up(opened, home.backups, now)


def test_no_folder_is_made_where_a_stick_was_that_is_gone(opened: Store, home: Home, now: Now, tmp_path: Path) -> None:
    home.root.rename(tmp_path / "pulled out")
    with pytest.raises(RecordsMissing, match="connect it and try again"):
        backup.back_up(opened, home.backups, now)
    assert not home.root.exists()


def test_damage_to_the_present_records_does_not_become_a_backup(
    opened: Store, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    for _number in range(100):
        fill(opened)
    opened.close()
    content = bytearray(home.records.read_bytes())
    content[-2000] ^= 0xFF
    home.records.write_bytes(bytes(content))
    again = store.open(home.records, KEY, versions)
    with pytest.raises(RecordsDamaged):
        backup.back_up(again, home.backups, now)
    again.close()
    assert {} == everything(home.backups)


def test_a_backup_killed_at_any_step_is_none_or_whole(
    closed: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    def take() -> None:
        made = store.open(closed, KEY, versions)
        backup.daily(made, home.backups, now)
        made.close()

    for step in killed_at_every_step(take, lambda: shutil.rmtree(home.backups, ignore_errors=True)):
        found = backup.backups(home.backups)
        assert [COUNTS] * len(found) == [backup.verify(each.path, KEY, versions) for each in found], step
        take()
        assert [NAME] == [each.name for each in home.backups.iterdir()], step
    assert ["Ada"] == names_in(closed, versions)


def test_a_day_has_one_backup_by_the_coach_s_own_calendar(opened: Store, home: Home) -> None:
    clock = Still.at(datetime(2026, 7, 1, 21, 30, tzinfo=UTC))  # 23:30 in Berlin
    assert backup.daily(opened, home.backups, clock.now()) is not None
    clock.advance(20 * 60)
    assert backup.daily(opened, home.backups, clock.now()) is None
    clock.advance(20 * 60)  # 00:10 on the next day there, the same day in UTC
    assert backup.daily(opened, home.backups, clock.now()) is not None
    clock.advance(10 * 3600)  # still that day there, the next one in UTC
    assert backup.daily(opened, home.backups, clock.now()) is None
    assert 2 == len(backup.backups(home.backups))


def test_a_copy_from_a_migration_is_not_the_day_s_backup_and_is_never_thinned_out(
    opened: Store, home: Home, clock: Still
) -> None:
    home.backups.mkdir()
    old = home.backups / "before-migration-0001-2020-01-01T00-00-00Z.db"
    today = home.backups / "before-migration-0001-2026-03-02T11-00-00Z.db"
    strange = home.backups / "my own copy.db"
    for path in (old, today, strange):
        path.write_bytes(b"x")
    for _day in range(10):
        assert backup.daily(opened, home.backups, clock.now()) is not None
        clock.advance(24 * 3600)
    assert all(path.exists() for path in (old, today, strange))
    found = backup.backups(home.backups)
    assert [True, True] == [each.before_migration for each in found if each.path in (old, today)]
    assert strange not in [each.path for each in found]
    assert 2 + 7 == len(found)  # the Sunday that ends the earlier week is among the seven days


def test_backups_are_listed_newest_first(home: Home) -> None:
    home.backups.mkdir()
    for name in (
        "records-2026-01-01T10-00-00Z.db",
        "records-2026-02-01T10-00-00Z-2.db",
        "before-migration-0001-2026-01-15T10-00-00Z-3.db",
        "records-someday.db",
        "records-2026-02-01T10-00-00Z.db.new",
        "before-migration-.db",
        "keys.json",
    ):
        (home.backups / name).write_bytes(b"12345")
    expected = [datetime(2026, 2, 1, 10, tzinfo=UTC), datetime(2026, 1, 15, 10, tzinfo=UTC)]
    expected.append(datetime(2026, 1, 1, 10, tzinfo=UTC))
    assert expected == [each.at for each in backup.backups(home.backups)]
    assert {5} == {each.size for each in backup.backups(home.backups)}
    assert [] == backup.backups(home.root / "nowhere")


def test_a_clock_that_went_back_does_not_remove_the_backup_just_taken(opened: Store, home: Home, now: Now) -> None:
    home.backups.mkdir()
    for month in range(1, 13):
        (home.backups / f"records-2030-{month:02}-28T10-00-00Z.db").touch()
    path = backup.daily(opened, home.backups, now)
    assert path is not None
    assert path.exists()


def test_backups_of_a_clock_that_was_wrong_push_no_real_one_out(opened: Store, home: Home, now: Now) -> None:
    def put(at: datetime) -> Path:
        path = home.backups / f"records-{at:%Y-%m-%dT%H-%M-%SZ}.db"
        path.touch()
        return path

    home.backups.mkdir()
    real = {put(now.at - timedelta(days=days)) for days in range(1, 7)}
    wrong = {put(now.at + timedelta(days=days)) for days in range(30, 37)}
    wrong |= {put(now.at + timedelta(days=31 * months)) for months in range(1, 13)}
    taken = backup.daily(opened, home.backups, now)
    assert {taken} | real | wrong == {each.path for each in backup.backups(home.backups)}


def test_a_backup_from_a_day_to_come_is_the_latest_only_where_there_is_no_other(home: Home, now: Now) -> None:
    def put(name: str) -> Path:
        (home.backups / name).touch()
        return home.backups / name

    def latest() -> Path | None:
        found = backup.latest(home.backups, now)
        return None if found is None else found.path

    home.backups.mkdir()
    assert None is latest()
    put("records-2026-03-03T12-00-00Z.db")
    assert put("records-2030-01-01T12-00-00Z.db") == latest()
    assert [] == backup.counting(home.backups, now)
    assert put("before-migration-0001-2026-03-01T12-00-00Z.db") == latest()
    assert put("records-2026-03-02T12-00-09Z.db") == latest()  # the clock was set back a little since
    assert (2, 4) == (len(backup.counting(home.backups, now)), len(backup.backups(home.backups)))


def test_a_backup_of_a_wrong_clock_goes_like_any_other_once_its_day_is_past(
    opened: Store, home: Home, clock: Still
) -> None:
    home.backups.mkdir()
    wrong = home.backups / f"records-{clock.now().at + timedelta(hours=36):%Y-%m-%dT%H-%M-%SZ}.db"
    wrong.touch()
    for _day in range(12):
        backup.daily(opened, home.backups, clock.now())
        clock.advance(24 * 3600)
    assert not wrong.exists()


def start(day: int, hour: int = 9) -> datetime:
    """A morning, counted in days from 1 January 2024."""
    return datetime(2024, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)


def test_after_years_of_daily_use_seven_days_four_weeks_and_twelve_months_stay() -> None:
    there: frozenset[datetime] = frozenset()
    for day in range(800):
        there = backup.kept(there | {start(day)})
    today = start(799).date()
    assert [today - timedelta(days=back) for back in range(6, -1, -1)] == sorted(at.date() for at in there)[-7:]
    weeks = {(today - timedelta(weeks=back)).isocalendar()[:2] for back in range(4)}
    assert weeks <= {at.isocalendar()[:2] for at in there}
    months = sorted({(at.year, at.month) for at in there})
    assert 12 == len(months)
    assert (today.year, today.month) == months[-1]


zone = timezone(timedelta(hours=2))
seldom = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(zone))  # noqa: DTZ001
often = st.integers(0, 1000).map(lambda hours: datetime(2025, 11, 1, tzinfo=zone) + timedelta(hours=hours))
times = st.sets(seldom, max_size=80) | st.sets(often, min_size=30, max_size=80)


def last_per(found: set[datetime], period: Callable[[datetime], object]) -> dict[object, datetime]:
    """The last of each period, worked out the slow way."""
    return {key: max(at for at in found if period(at) == key) for key in {period(at) for at in found}}


@given(times)
def test_the_last_of_each_period_stays_and_nothing_else(found: set[datetime]) -> None:
    kept = backup.kept(found)
    assert kept <= found
    assert 7 + 4 + 12 >= len(kept)
    expected: set[datetime] = set()
    for period, count in ((lambda at: at.date(), 7), (lambda at: at.isocalendar()[:2], 4), (_month, 12)):
        expected |= set(sorted(last_per(found, period).values(), reverse=True)[:count])
    assert expected == kept


def _month(at: datetime) -> date:
    return at.date().replace(day=1)


@given(times)
def test_thinning_out_twice_is_thinning_out_once(found: set[datetime]) -> None:
    kept = backup.kept(found)
    assert kept == backup.kept(kept)
    assert not found or max(found) in kept


@pytest.fixture
def taken(opened: Store, home: Home, now: Now) -> Path:
    """A backup in which only Ada is, of closed records in which Bea is too; the header of ``KEY`` is not needed."""
    path = backup.back_up(opened, home.backups, now)
    fill(opened, "Bea")
    opened.close()
    return path


@pytest.fixture
def fitting(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header of ``KEY`` in its place."""
    from coachdesk.storage import header

    header.save(home.keys, header.Header("an id", keys._check_value(KEY), {}))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-5000]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(8192)),
        lambda path: path.write_text("a letter " * 1000),
    ],
)
def test_a_backup_that_cannot_be_used_is_said_and_nothing_is_changed(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...], spoil: Callable[[Path], object]
) -> None:
    spoil(taken)
    before = everything(home.root)
    with pytest.raises(RecordsDamaged, match="This backup cannot be used"):
        backup.verify(taken, KEY, versions)
    with pytest.raises(RecordsDamaged):
        backup.restore(home, taken, KEY, now, versions)
    assert before == everything(home.root)


def test_a_single_changed_byte_in_a_backup_is_found(taken: Path, versions: tuple[Path, ...]) -> None:
    content = bytearray(taken.read_bytes())
    for at in range(500, len(content), 4096):
        content[at] ^= 1
        taken.write_bytes(bytes(content))
        with pytest.raises(RecordsDamaged):
            backup.verify(taken, KEY, versions)
        content[at] ^= 1


def test_a_backup_of_another_key_is_said(taken: Path, versions: tuple[Path, ...]) -> None:
    with pytest.raises(RecordsDamaged, match="another key"):
        backup.verify(taken, OTHER_KEY, versions)


def test_a_backup_that_is_gone_is_said(home: Home, versions: tuple[Path, ...]) -> None:
    with pytest.raises(RecordsMissing, match="not there any more"):
        backup.verify(home.backups / NAME, KEY, versions)


@pytest.mark.usefixtures("fitting")
def test_a_backup_of_a_newer_form_is_said(closed: Path, home: Home, now: Now, second: tuple[Path, ...]) -> None:
    newer = store.open(closed, KEY, second)
    path = backup.back_up(newer, home.backups, now)
    newer.close()
    before = everything(home.root)
    with pytest.raises(RecordsNewer):
        backup.restore(home, path, KEY, now, second[:1])
    assert before == everything(home.root)


@pytest.mark.usefixtures("fitting")
def test_restoring_brings_the_backup_and_keeps_the_present_records_aside(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    assert COUNTS == backup.restore(home, taken, KEY, now, versions)
    aside = home.root / "records.db.before-restore-2026-03-02T12-00-00Z"
    assert ["Ada"] == names_in(home.records, versions)
    assert ["Ada", "Bea"] == names_in(aside, versions)
    assert taken.exists()


@pytest.mark.usefixtures("fitting")
def test_an_older_backup_climbs_when_it_is_opened(taken: Path, home: Home, now: Now, second: tuple[Path, ...]) -> None:
    backup.restore(home, taken, KEY, now, second)
    assert ["Ada"] == names_in(home.records, second)


@pytest.mark.usefixtures("fitting")
def test_restoring_twice_in_a_second_keeps_both_asides(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    for _number in range(2):
        backup.restore(home, taken, KEY, now, versions)
    assert 2 == len(list(home.root.glob("records.db.before-restore-*")))


@pytest.mark.usefixtures("fitting")
def test_damaged_present_records_are_kept_aside_with_their_log(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    home.records.write_bytes(b"\0" * 5000)
    log = home.root / "records.db-wal"
    log.write_bytes(b"what is left of the log")
    backup.restore(home, taken, KEY, now, versions)
    aside = home.root / "records.db.damaged-2026-03-02T12-00-00Z"
    assert b"\0" * 5000 == aside.read_bytes()
    assert b"what is left of the log" == aside.with_name(aside.name + "-wal").read_bytes()
    assert ["Ada"] == names_in(home.records, versions)


@pytest.mark.usefixtures("fitting")
def test_records_that_are_still_open_are_not_replaced(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    still = store.open(home.records, KEY, versions)
    assert ["Ada", "Bea"] == names(still)
    with pytest.raises(Refused, match="still open"):
        backup.restore(home, taken, KEY, now, versions)
    fill(still, "Cleo")
    still.close()
    assert ["Ada", "Bea", "Cleo"] == names_in(home.records, versions)
    assert not list(home.root.glob("records.db.*"))


@pytest.mark.usefixtures("fitting")
def test_a_full_disk_during_a_restore_changes_nothing(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    before = everything(home.root)
    with no_room(8192), pytest.raises(RecordsReadOnly):
        backup.restore(home, taken, KEY, now, versions)
    assert before == everything(home.root)


@pytest.mark.usefixtures("fitting")
def test_a_restore_can_be_stopped_until_the_very_last_step(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    before = everything(home.root)

    def stop(share: float) -> None:
        if share >= 1.0 and home.records.with_name("records.db.restoring").exists():  # it only waits for its name
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.restore(home, taken, KEY, now, versions, progress=stop)
    assert before.items() <= everything(home.root).items()
    assert [] == [*home.root.glob("*.restoring*"), *home.root.glob("*.before-restore-*")]


@pytest.mark.usefixtures("fitting")
def test_a_restore_killed_at_any_step_leaves_the_present_or_the_backup(
    taken: Path, home: Home, now: Now, versions: tuple[Path, ...]
) -> None:
    present = home.records.read_bytes()
    seen = set()

    def again() -> None:
        for path in home.root.glob("records.db*"):
            path.unlink()
        home.records.write_bytes(present)

    for step in killed_at_every_step(lambda: backup.restore(home, taken, KEY, now, versions), again):
        there = names_in(home.records, versions)
        assert there in (["Ada"], ["Ada", "Bea"]), step
        seen.add(len(there))
        backup.restore(home, taken, KEY, now, versions)
        found = sorted(home.root.glob("records.db.before-restore-*Z*"))
        asides = [path for path in found if not path.name.endswith(("-wal", "-shm"))]
        assert ["Ada", "Bea"] in [names_in(path, versions) for path in asides], step
        assert ["Ada"] == names_in(home.records, versions), step
    assert {1, 2} == seen


def test_moving_to_an_empty_computer_brings_the_key_header_too(home: Home, now: Now, tmp_path: Path) -> None:
    key, code = keys.create(home.keys, keychain=FakeKeychain())
    made = store.create(home.records, key)
    path = backup.back_up(made, tmp_path / "stick", now)
    made.close()
    new = Home(tmp_path / "new")
    given = keys.with_recovery(path.with_name("keys.json"), code)
    backup.restore(new, path, given, now)
    assert "ready" == store.found(new.records, new.keys)
    store.open(new.records, keys.with_recovery(new.keys, code)).close()


def test_other_records_give_way_with_their_header(home: Home, now: Now, tmp_path: Path) -> None:
    key, code = keys.create(home.keys, keychain=FakeKeychain())
    made = store.create(home.records, key)
    path = backup.back_up(made, tmp_path / "stick", now)
    made.close()
    new = Home(tmp_path / "new")
    other_key, other_code = keys.create(new.keys, keychain=FakeKeychain())
    store.create(new.records, other_key).close()
    backup.restore(new, path, key, now)
    store.open(new.records, keys.with_recovery(new.keys, code)).close()
    aside = ".before-restore-2026-03-02T12-00-00Z"
    assert other_key == keys.with_recovery(new.root / f"keys.json{aside}", other_code)
    store.open(new.root / f"records.db{aside}", other_key).close()


def test_a_backup_without_any_header_of_its_key_is_not_restored_into_a_place_without_one(
    taken: Path, now: Now, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    (taken.parent / "keys.json").write_text("damaged")
    new = Home(tmp_path / "new")
    with pytest.raises(RecordsMissing, match="no key file for this backup"):
        backup.restore(new, taken, KEY, now, versions)
    assert {} == everything(new.root)


def test_what_a_kill_left_unfinished_is_cleared_with_the_next_backup(opened: Store, home: Home, now: Now) -> None:
    home.backups.mkdir()
    left = [home.backups / "records-2026-01-01T10-00-00Z.db.new", home.root / "records.db.restoring"]
    left.append(home.root / "records.db.restoring.new-journal")
    for path in left:
        path.touch()
    backup.daily(opened, home.backups, now)
    assert [False, False, False] == [path.exists() for path in left]


def test_counting_leaves_out_what_belongs_to_a_search_index(home: Home, versions: tuple[Path, ...]) -> None:
    store.create(home.records, KEY, versions).close()
    connection = cipher.connect(home.records, KEY)
    connection.execute("CREATE VIRTUAL TABLE found USING fts5 (body)")
    connection.execute("INSERT INTO found VALUES ('a word')")
    assert {"alembic_version": 1, "letter": 0, "pupil": 0} == cipher.counts(connection)
    connection.close()
