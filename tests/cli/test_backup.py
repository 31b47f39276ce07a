"""Backups from the command line, also when the records do not open."""

from pathlib import Path

import pytest

from coachdesk.paths import Home
from tests.cli.conftest import Run


@pytest.fixture
def backup(run: Run, records: Home) -> str:
    """A backup that holds Ada."""
    run("client", "add", "Ada")
    return run("backup", "now", "--json").json()["path"]


def test_the_first_verb_of_a_day_takes_the_daily_backup(run: Run, records: Home) -> None:
    assert "No backups yet." in run("backup", "list").out
    run("client", "list")
    run("client", "list")
    assert 1 == len(run("backup", "list", "--json").json())


def test_a_backup_is_verified_without_opening_the_records(run: Run, backup: str, records: Home) -> None:
    records.records.write_bytes(b"")
    verified = run("backup", "verify", backup)
    assert (0, "") == (verified.exit, verified.err)
    assert f"{backup}: whole" in verified.out


def test_damaged_records_are_put_back(run: Run, backup: str, records: Home) -> None:
    damaged = b"\xff" * 20_000
    records.records.write_bytes(damaged)
    assert 1 == run("client", "list").exit
    assert "the records from before are kept beside it" in run("backup", "restore", backup).out
    assert ["Ada"] == [client["name"] for client in run("client", "list", "--json").json()]
    assert [damaged] == [path.read_bytes() for path in records.root.glob("records.db.damaged-*")]


def test_lost_records_are_put_back(run: Run, backup: str, records: Home) -> None:
    for path in records.root.glob("records.db*"):
        path.unlink()
    assert 1 == run("client", "list").exit
    assert 1 == run("backup", "restore", backup, "--json").json()["counts"]["client"]
    assert ["Ada"] == [client["name"] for client in run("client", "list", "--json").json()]


def test_a_path_is_meant_from_where_we_are(run: Run, backup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(backup).parent)
    assert backup == run("backup", "verify", Path(backup).name, "--json").json()[0]["path"]


def test_a_wrong_file_is_refused_and_nothing_changed(run: Run, backup: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("not ours")
    refused = run("backup", "restore", str(wrong))
    assert (1, True) == (refused.exit, "cannot be used" in refused.err)
    assert ["Ada"] == [client["name"] for client in run("client", "list", "--json").json()]
