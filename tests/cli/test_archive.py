"""Archives from the command line: written, taken in on another computer, and what is refused on the way."""

from pathlib import Path

import pytest

from coachdesk.paths import Home
from tests.cli.conftest import Run


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """The file with the archive's passphrase."""
    path = tmp_path / "secret"
    path.write_text("a bridge over quiet water\n")
    return str(path)


@pytest.fixture
def other(run: Run, tmp_path: Path) -> str:
    """Another computer's folder, right after its first run."""
    folder = str(tmp_path / "other")
    assert 0 == run("--home", folder, "init").exit
    return folder


def test_everything_goes_to_another_computer(run: Run, records: Home, secret: str, other: str, tmp_path: Path) -> None:
    run("client", "add", "Ada")
    path = str(tmp_path / "all.coachdesk")
    written = run("export", "archive", path, "--archive-passphrase-file", secret, "--json").json()
    assert (path, True, 1) == (written["path"], written["sealed"], written["counts"]["client"])
    taken = run("--home", other, "import", "archive", path, "--archive-passphrase-file", secret)
    assert (0, "") == (taken.exit, taken.err)
    assert ["Ada"] == [each["name"] for each in run("--home", other, "client", "list", "--json").json()]


def test_a_plain_one_says_that_it_is_plain(run: Run, records: Home, other: str, tmp_path: Path) -> None:
    run("client", "add", "Ada")
    path = str(tmp_path / "all.coachdesk")
    assert "not sealed" in run("export", "archive", path, "--plain").out
    assert 1 == run("--home", other, "import", "archive", path, "--json").json()["counts"]["client"]


def test_without_a_passphrase_or_with_two_answers_nothing_is_written(
    run: Run, records: Home, secret: str, tmp_path: Path
) -> None:
    path = tmp_path / "all.coachdesk"
    assert "needs a passphrase of its own" in run("export", "archive", str(path)).err
    both = run("export", "archive", str(path), "--plain", "--archive-passphrase-file", secret)
    assert 2 == both.exit
    assert not path.exists()


def test_a_file_that_is_there_stays_without_force(run: Run, records: Home, tmp_path: Path) -> None:
    path = tmp_path / "all.coachdesk"
    path.write_text("mine")
    assert "There is a file already" in run("export", "archive", str(path), "--plain").err
    assert "mine" == path.read_text()
    assert 0 == run("export", "archive", str(path), "--plain", "--force").exit


def test_it_is_not_taken_in_among_others(run: Run, records: Home, tmp_path: Path) -> None:
    run("client", "add", "Ada")
    path = str(tmp_path / "all.coachdesk")
    run("export", "archive", path, "--plain")
    refused = run("import", "archive", path)
    assert (1, True) == (refused.exit, "There are records here already" in refused.err)


def test_a_wrong_passphrase_and_a_wrong_file_are_said(
    run: Run, records: Home, secret: str, other: str, tmp_path: Path
) -> None:
    path = str(tmp_path / "all.coachdesk")
    run("export", "archive", path, "--archive-passphrase-file", secret)
    Path(secret).write_text("another bridge altogether")
    refused = run("--home", other, "import", "archive", path, "--archive-passphrase-file", secret)
    assert (1, True) == (refused.exit, "not the passphrase of this archive" in refused.err)
    assert "not there" in run("--home", other, "import", "archive", str(tmp_path / "none")).err
