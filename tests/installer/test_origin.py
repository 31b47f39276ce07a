"""What a build says of itself: the commit it was made from, the date of that, and nothing of the computer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import origin


@pytest.fixture(autouse=True)
def no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stands in the environment."""
    for name in (origin.RELEASES, origin.EPOCH):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source with one file and one commit."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "words.py").write_text("one\n", "utf-8")
    git(folder, "init")
    commit(folder)
    monkeypatch.setattr(origin, "ROOT", folder)
    return folder


def git(folder: Path, *words: str) -> None:
    """Carry out a command of git, whatever is set up on this computer."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path) -> None:
    """Commit everything."""
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Noor", "-c", "user.email=noor@example.org", "commit", "-m", "A change")


def frozen(tmp_path: Path) -> Path:
    """A frozen folder of the present state."""
    origin.write(tmp_path / "coachdesk" / "_internal" / "resources" / "build.json")
    return tmp_path / "coachdesk"


def told(path: Path) -> dict[str, object]:
    return json.loads(origin.write(path / "build.json").read_text("utf-8"))


def test_the_date_is_the_one_of_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(origin.EPOCH, "1772452800")
    assert "2026-03-02T12:00:00+00:00" == told(tmp_path)["built_on"]


def test_where_releases_are_is_told_by_whoever_makes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(origin.EPOCH, "0")
    assert "" == told(tmp_path)["releases"]
    monkeypatch.setenv(origin.RELEASES, "https://example.org/releases")
    assert "https://example.org/releases" == told(tmp_path)["releases"]


def test_a_source_without_history_is_frozen_where_a_date_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RuntimeError, match="SOURCE_DATE_EPOCH"):
        origin.epoch()
    monkeypatch.setenv(origin.EPOCH, "0")
    assert ("", "1970-01-01T00:00:00+00:00") == (told(tmp_path)["commit"], told(tmp_path)["built_on"])


def test_a_changed_source_is_told_beside_its_commit(source: Path, tmp_path: Path) -> None:
    assert (40, False) == (len(str(told(tmp_path)["commit"])), told(tmp_path)["changed"])
    (source / "words.py").write_text("two\n", "utf-8")
    assert True is told(tmp_path)["changed"]
    commit(source)
    (source / "new.py").touch()
    assert True is told(tmp_path)["changed"]


def test_what_was_frozen_of_the_present_commit_serves_again(source: Path, tmp_path: Path) -> None:
    assert origin.is_of_this_source(frozen(tmp_path))


def test_what_was_frozen_of_another_commit_does_not(source: Path, tmp_path: Path) -> None:
    before = frozen(tmp_path)
    (source / "words.py").write_text("two\n", "utf-8")
    commit(source)
    assert not origin.is_of_this_source(before)


def test_once_something_is_changed_nothing_frozen_serves(source: Path, tmp_path: Path) -> None:
    before = frozen(tmp_path)
    (source / "words.py").write_text("two\n", "utf-8")
    assert not origin.is_of_this_source(before)
    with_changes = frozen(tmp_path)
    assert not origin.is_of_this_source(with_changes)
    (source / "words.py").write_text("one\n", "utf-8")
    assert not origin.is_of_this_source(with_changes)


def test_nothing_frozen_or_no_history_does_not_serve(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not origin.is_of_this_source(tmp_path / "nowhere")
    monkeypatch.setattr(origin, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv(origin.EPOCH, "0")
    assert not origin.is_of_this_source(frozen(tmp_path))


def test_make_is_told_by_the_exit_code(tmp_path: Path) -> None:
    asked = subprocess.run([sys.executable, "-m", "installer.origin", str(tmp_path)], cwd=origin.ROOT, check=False)
    assert 1 == asked.returncode
