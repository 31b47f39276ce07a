"""Forgetting a client from the command line."""

from coachdesk.paths import Home
from coachdesk.storage import backup, keys
from tests.cli.conftest import PASSPHRASE, Run


def test_without_yes_it_only_says_what_would_go(run: Run, records: Home) -> None:
    run("client", "add", "Ada")
    said = run("client", "forget", "Ada")
    assert (0, "") == (said.exit, said.err)
    for words in ("This would go", "the name, and everything noted", "This would stay", "Nothing was changed"):
        assert words in said.out
    assert ["Ada"] == [client["name"] for client in run("client", "list", "--json").json()]


def test_with_yes_the_client_is_gone_here_and_in_backups(run: Run, records: Home) -> None:
    run("client", "add", "Ada")
    assert 0 == run("session", "log", "Ada", "--start", "2026-03-01 10:00", "--minutes", "60").exit
    taken = run("backup", "now", "--json").json()["path"]
    assert "With --keep-hours also: 1.00 hours of 1 session" in run("client", "forget", "Ada").out
    done = run("client", "forget", "Ada", "--yes", "--keep-hours", "--json").json()
    assert (True, []) == (done["finished"], done["left"])
    assert taken in done["rewritten"]
    assert [] == run("client", "list", "--json").json()
    key = keys.with_passphrase(records.keys, PASSPHRASE)
    for each in backup.backups(records.backups):
        assert 0 == backup.verify(each.path, key)["client"]
    assert 1 == backup.verify(backup.backups(records.backups)[0].path, key)["hours_noted"]


def test_a_file_that_cannot_be_read_is_named(run: Run, records: Home) -> None:
    run("client", "add", "Ada")
    damaged = records.root / "records.db.damaged-2026-01-03T00-00-00Z"
    damaged.write_bytes(b"nothing that opens" * 300)
    said = run("client", "forget", "Ada", "--yes")
    assert 0 == said.exit
    assert f"may still hold them:\n  {damaged}" in said.out


def test_nobody_is_forgotten_who_is_not_there(run: Run, records: Home) -> None:
    said = run("client", "forget", "Ada", "--yes")
    assert (1, "") == (said.exit, said.out)
    assert "No client is called “Ada”." in said.err
