"""Handing out from the command line, with a window and without."""

import zipfile
from pathlib import Path

import pytest

from coachdesk.desk import Desk
from coachdesk.paths import Home
from tests.cli.conftest import Run


@pytest.fixture
def session(run: Run, records: Home) -> str:
    """A session of Ada's, held, in which something was promised."""
    run("client", "add", "Ada")
    row = run("session", "start", "Ada", "--json").json()
    run("session", "finish")
    return row["id"]


def test_a_summary_is_written(run: Run, session: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert f"Written to {path}. It is not encrypted.\n" == run("export", "summary", session, str(path)).out
    assert "# Summary of our session" in path.read_text("utf-8")


def test_a_summary_in_an_unknown_format_is_wrong_usage(run: Run, session: str, tmp_path: Path) -> None:
    result = run("export", "summary", session, str(tmp_path / "a.doc"))
    assert 2 == result.exit
    assert ".md, .pdf, .txt" in result.err
    assert not (tmp_path / "a.doc").exists()


def test_a_file_that_is_there_is_not_replaced_by_itself(run: Run, session: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    assert 1 == run("export", "summary", session, str(path)).exit
    assert "old" == path.read_text()
    assert 0 == run("export", "summary", session, str(path), "--force").exit
    assert "old" != path.read_text()


def test_a_clients_data_is_written_and_what_is_left_out_is_said(run: Run, session: str, tmp_path: Path) -> None:
    without, with_it = tmp_path / "a.zip", tmp_path / "b.zip"
    assert "--with-private puts them in" in run("export", "client", "Ada", str(without)).out
    assert "--with-private" not in run("export", "client", "Ada", str(with_it), "--with-private").out
    for path in (without, with_it):
        with zipfile.ZipFile(path) as bundle:
            assert ["README.txt", "data.json", "readable.html"] == sorted(bundle.namelist())


def test_an_unknown_client_is_refused(run: Run, records: Home, tmp_path: Path) -> None:
    result = run("export", "client", "Nobody", str(tmp_path / "a.zip"))
    assert (1, False) == (result.exit, (tmp_path / "a.zip").exists())


def test_the_running_program_writes_them(
    run: Run, running: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("client", "add", "Ada")
    row = run("session", "start", "Ada", "--json").json()
    assert str(tmp_path / "a.txt") == run("export", "summary", row["id"], "a.txt", "--json").json()["path"]
    assert str(tmp_path / "a.zip") == run("export", "client", "Ada", "a.zip", "--json").json()["path"]
    assert {"a.txt", "a.zip"} <= {each.name for each in tmp_path.iterdir()}
