"""The client coaching log from the command line: out, looked at, in."""

from pathlib import Path

import pytest

from coachdesk.paths import Home
from tests.cli.conftest import Run


@pytest.fixture
def log(records: Home, run: Run, tmp_path: Path) -> Path:
    """A log of two clients, one of them listed by name."""
    run("client", "add", "Ada", "--email", "ada@example.org", "--log-consent", "2026-01-01")
    run("client", "add", "Bea")
    for name in ("Ada", "Bea"):
        assert 0 == run("session", "log", name, "--start", "2026-02-01T10:00", "--minutes", "90").exit
    path = tmp_path / "log.csv"
    assert (
        f"Written to {path}: 1 client is listed, 1 is not. It is not encrypted.\n"
        == run("export", "icf-log", str(path)).out
    )
    return path


def test_a_file_is_replaced_only_with_force(log: Path, run: Run) -> None:
    assert (1, True) == ((again := run("export", "icf-log", str(log))).exit, "already" in again.err)
    assert 0 == run("export", "icf-log", str(log), "--force").exit
    assert 2 == run("export", "icf-log", "log.pdf").exit


def test_a_log_comes_in_with_a_preview_first(log: Path, run: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    assert 0 == run("--home", other, "init").exit
    told = run("--home", other, "import", "icf-log", str(log), "--preview")
    assert "2    2026-02-01  2026-02-01  individual  1.50  0.00" in told.out
    assert ("a new client" in told.out, "without names" in told.out) == (True, True)
    assert "Together 3.00 hours paid, 0.00 pro bono." in told.out
    assert [] == run("--home", other, "--json", "client", "list").json()
    taken = run("--home", other, "import", "icf-log", str(log), "--log-consent", "2026-02-02")
    assert "2 rows of hours were taken. 1 client was added.\n" == taken.out
    again = run("--home", other, "import", "icf-log", str(log))
    assert (1, True) == (again.exit, "imported before" in again.err)


def test_what_overlaps_sessions_kept_here_is_left_out_unless_wanted(log: Path, run: Run) -> None:
    told = run("import", "icf-log", str(log))
    assert (1, True) == (told.exit, "overlaps hours that are kept here" in told.err)
    wanted = run("import", "icf-log", str(log), "--overlapping")
    assert "2 rows of hours were taken.\n" == wanted.out


def test_dates_that_can_be_two_days_are_told_and_decided(records: Home, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Client,Start,End,Paid,Shoe size\nAda,03/04/2024,05/04/2024,1.5,9\n", "utf-8")
    told = run("import", "icf-log", str(path), "--preview").out
    assert "Row 2: “03/04/2024” can be two days" in told
    assert "Not used: Shoe size" in told
    assert "2024-04-03" in run("import", "icf-log", str(path), "--preview", "--dates", "dmy").out
    assert 2 == run("import", "icf-log", str(path), "--dates", "ymd").exit


def test_hours_are_told_with_progress(log: Path, run: Run) -> None:
    told = run("hours").out
    assert "ACC         3.00 of 100   3.00 of 75    2 of 8   3.00 of 25" in told
    assert "Check with ICF before you apply; its rules change." in told
    as_json = run("--json", "hours").json()
    assert [{"month": "2026-02", "sessions": 2, "paid_seconds": 10800, "pro_bono_seconds": 0}] == as_json["months"]
