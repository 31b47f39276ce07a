"""What goes wrong is told in one sentence on standard error, and by the exit code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.instance import Instance
from coachdesk.paths import Home
from coachdesk.verbs import carry_out
from tests.cli.conftest import PASSPHRASE, Result, Run


def sentence(result: Result, code: int = 1) -> str:
    """The complaint of a command that was refused; it must have printed nothing else."""
    assert (code, "") == (result.exit, result.out)
    return result.err.strip()


def test_before_the_first_run_there_is_a_sentence_that_helps(run: Run, home: Home) -> None:
    assert f"There are no records in {home.root} yet; begin with: coachdesk init" == sentence(run("client", "list"))
    assert not home.records.exists()


def test_a_name_repeated_in_a_refusal_cannot_steer_the_terminal(run: Run, records: Home) -> None:
    assert "No client is called “[2Jnobody”." == sentence(run("client", "show", "\x1b[2J\u202enobody"))


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "verify", "{endless}"),
        ("backup", "restore", "{endless}"),
        ("import", "archive", "{endless}"),
        ("export", "calendar", "{endless}"),
        ("import", "calendar", "{endless}"),
        ("--home", "{endless}", "client", "list"),
        ("--home", "{endless}"),
    ],
)
@pytest.mark.parametrize("endless", ["/tmp/" + "x" * 300, "y/" * 3000])
def test_a_path_without_end_is_refused(
    run: Run, records: Home, words: tuple[str, ...], endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")  # a window would say that there is no screen
    told = sentence(run(*(word.format(endless=endless) for word in words)))
    assert told.startswith("This name is too long for a file: ")
    assert len(told) < 150


def test_a_wrong_passphrase_is_told(run: Run, records: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE.upper())
    assert sentence(run("client", "list", "--json")).startswith("This is not the passphrase of these records.")


def test_without_a_passphrase_nobody_is_asked_who_is_not_there(
    run: Run, records: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COACHDESK_PASSPHRASE")
    told = "The records are locked. Give --passphrase-file FILE, or set COACHDESK_PASSPHRASE."
    assert told == sentence(run("client", "list", "--json"))
    assert told == sentence(run("client", "list"))


def test_a_passphrase_file_goes_before_the_environment(
    run: Run, records: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "not the one at all")
    file = tmp_path / "secret"
    file.write_bytes(PASSPHRASE.encode() + b"\r\na second line\r\n")
    assert [] == run("client", "list", "--json", "--passphrase-file", str(file)).json()
    assert "cannot be read" in sentence(run("client", "list", "--passphrase-file", str(tmp_path / "none")))
    file.write_bytes(b"\xff\xfe\xff")
    assert "cannot be read" in sentence(run("client", "list", f"--passphrase-file={file}"))


def test_records_that_stand_already_are_not_made_again(run: Run, records: Home) -> None:
    before = records.records.read_bytes()
    assert f"There are records in this folder already: {records.root}." == sentence(run("init"))
    assert before == records.records.read_bytes()


def test_new_records_need_a_passphrase_of_some_length(run: Run, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "New records need a passphrase" in sentence(run("init", "--json"))
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "short")
    assert "at least 12 characters" in sentence(run("init", "--json"))
    assert not home.keys.exists()


def test_a_first_run_that_was_broken_off_can_be_begun_again(
    run: Run, records: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.records.unlink()  # the header was written, the records were not
    assert "begin with: coachdesk init" in sentence(run("client", "list"))
    assert run("init", "--json").json()["recovery_code"]
    assert [] == run("client", "list", "--json").json()


def test_damaged_records_are_told_and_left_alone(run: Run, records: Home) -> None:
    records.records.write_bytes(records.records.read_bytes()[:4096] + b"\xff" * 8192)
    before = records.records.read_bytes()
    assert "damaged" in sentence(run("client", "list"))
    assert before == records.records.read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["client", "show", "Cy"], "No client is called “Cy”."),
        (["client", "show", "ADA"], "2 clients are called “ADA”; use the id."),
        (["session", "pause"], "No session is running."),
        (["session", "cancel", "nothing"], "This record is no longer there."),
        (["commitment", "review", "nothing", "kept"], "This record is no longer there."),
        (["backup", "verify"], "There is no backup in"),
    ],
)
def test_what_the_records_refuse(run: Run, running: Desk, words: list[str], told: str) -> None:
    run("client", "add", "Ada")
    run("client", "add", "ada")
    assert told in sentence(run(*words))
    assert told in sentence(run(*words, "--json"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["session", "plan", "Ada", "--start", "tomorrow"], "“tomorrow” is not a time CoachDesk can read"),
        (["session", "plan", "Ada", "--start", "2026-03-29T02:30"], "the clocks are set forward over it"),
        (["hours", "--since", "1.3."], "“1.3.” is not a date CoachDesk can read"),
        (["commitment", "add", "Ada", "x", "--owner", "coach", "--due", "2026-02-30"], "is not a date"),
        (["session", "plan", "Ada"], "--start"),
        (["session", "extend", "five"], "Invalid value for 'N'"),
        (["rehearse", "--no-window", "--minutes", "3"], "--minutes"),
        (["commitment", "add", "Ada", "x"], "--owner"),
        (["client", "dance"], "dance"),
        (["dance"], "dance"),
        (["--home"], "--home"),
        (["client", "add", "\udcff"], "not UTF-8"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_opened(run: Run, home: Home, words: list[str], told: str) -> None:
    assert told in sentence(run(*words), 2)
    assert [] == list(home.root.iterdir())


@pytest.fixture
def locked_window(home: Home, clock: Still) -> Iterator[None]:
    """A CoachDesk that runs with locked records."""
    desk = Desk(clock, home)
    own = Instance.take(home)
    assert own is not None
    own.serve(lambda request: carry_out(desk, request))
    yield
    own.close()


def test_a_running_program_that_is_locked_says_so(run: Run, records: Home, locked_window: None) -> None:
    assert "The records are locked; unlock them first." == sentence(run("client", "list", "--json"))


def test_where_a_window_shows_the_first_run_there_is_no_second_one(
    run: Run, locked_window: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE)
    assert "CoachDesk is running for this folder; close it, or go on in its window." == sentence(run("init"))


def test_a_bug_is_confessed_without_a_word_of_the_coach(run: Run, home: Home) -> None:
    own = Instance.take(home)
    assert own is not None
    own.serve(lambda _request: {"fault": "KeyError", "report": "/logs/crash.txt"})
    try:
        told = sentence(run("session", "note", "her brother", "--json"), 70)
    finally:
        own.close()
    assert "Something in CoachDesk went wrong, and it is our mistake (KeyError)." in told
    assert "/logs/crash.txt" in told
    assert "brother" not in told
