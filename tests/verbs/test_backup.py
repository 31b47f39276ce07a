"""Backups and the doctor asked for by name, on records that are open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.storage import keys, store
from tests.verbs.conftest import Ask


@pytest.fixture
def desk(clock: Still, home: Home) -> Iterator[Desk]:
    """A desk whose records have their key header beside them, which a restore looks for."""
    key, _code = keys.create(home.keys, keychain=keys.FakeKeychain())
    opened = Desk(clock, home)
    opened.adopt(store.create(home.records, key))
    yield opened
    opened.close()


def test_a_backup_is_taken_listed_and_verified(ask: Ask, ada: str) -> None:
    taken = ask("backup.now")
    assert [taken] == ask("backup.list")
    assert 1 == ask("backup.verify")[0]["counts"]["client"]
    assert taken["path"] == ask("backup.verify", path=taken["path"])[0]["path"]
    assert "2026-03-02T12:00:00+00:00" == taken["at"]


def test_verifying_without_a_backup_or_with_a_foreign_file_is_refused(refused: Ask, home: Home, tmp_path: Path) -> None:
    assert f"There is no backup in {home.backups}." == refused("backup.verify")
    foreign = tmp_path / "foreign.db"
    foreign.write_text("no records of ours" * 300)
    assert "cannot be used" in refused("backup.verify", path=str(foreign))


def test_a_restore_brings_the_records_back_and_every_page_hears_of_it(
    ask: Ask, ada: str, desk: Desk, home: Home
) -> None:
    path = ask("backup.now")["path"]
    ask("client.add", name="Bea")
    heard: list[frozenset[type]] = []
    desk.listeners.append(heard.append)
    assert 1 == ask("backup.restore", path=path)["counts"]["client"]
    assert ["Ada"] == [client["name"] for client in ask("client.list")]
    assert {"Client", "Session", "Commitment"} <= {table.__name__ for table in heard[-1]}
    assert list(home.root.glob("records.db.before-restore-*"))


def test_a_refused_restore_leaves_the_records_open_as_they_were(ask: Ask, refused: Ask, ada: str) -> None:
    assert "not there any more" in refused("backup.restore", path="/nowhere/at-all.db")
    assert ["Ada"] == [client["name"] for client in ask("client.list")]


def test_a_restore_in_a_session_is_refused(ask: Ask, refused: Ask, ada: str) -> None:
    path = ask("backup.now")["path"]
    ask("session.start", client=ada)
    assert "A session is running; end it before restoring a backup." == refused("backup.restore", path=path)


def test_the_latest_backup_is_none_of_a_wrong_clock(ask: Ask, home: Home) -> None:
    taken = ask("backup.now")
    (home.backups / "records-2027-05-03T12-00-00Z.db").touch()
    assert taken["at"] == ask("doctor", ask_keychain=False)["records"]["latest_backup"]


def test_the_doctor_tells_versions_places_and_that_the_records_are_whole(ask: Ask, home: Home) -> None:
    told = ask("doctor", ask_keychain=False)
    versions = {"coachdesk", "commit", "commit_day", "python", "qt", "sqlcipher", "sqlite", "system"}
    assert versions == told["versions"].keys()
    assert str(home.records) == told["paths"]["records"]
    assert "ok" == told["records"]["integrity"]
    assert "global_shortcuts" in told["machine"]["can"]
