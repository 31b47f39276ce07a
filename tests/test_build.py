"""A copy of the program knows what it is: from what was packed with it, or from git; and says so where it does not."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from coachdesk import build
from coachdesk.build import Build

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installed program, with its resources."""
    (tmp_path / "coachdesk" / "_internal" / "resources").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "coachdesk" / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "coachdesk" / "coachdesk"))
    return tmp_path / "coachdesk"


def test_an_installed_copy_says_what_was_packed_with_it(frozen: Path) -> None:
    told = {"commit": COMMIT, "built_on": "2026-03-14T23:30:00+00:00", "releases": "https://example.org/releases"}
    (frozen / "_internal" / "resources" / "build.json").write_text(json.dumps(told))
    expected = Build(COMMIT, date(2026, 3, 14), "https://example.org/releases", packed=True)
    assert (expected, "012345678") == (build.this(), build.this().short)


@pytest.mark.parametrize(("told", "changed"), [(True, True), (False, False), (None, False), ("no", False)])
def test_an_installed_copy_says_whether_it_holds_more_than_its_commit(told: object, changed: bool) -> None:
    assert changed == build.packed({"commit": COMMIT, "changed": told}).changed


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-15T01:30:00+02:00", date(2026, 3, 14)),
        ("soon", None),
        (20260314, None),
        (None, None),
    ],
)
def test_the_day_of_a_commit_is_told_in_utc(moment: object, day: date | None) -> None:
    assert day == build.packed({"built_on": moment}).day


@pytest.mark.parametrize("content", [None, "", "[1, 2]", '{"commit": 5, "releases": "javascript:alert(1)"}'])
def test_an_installed_copy_that_was_told_nothing_usable_knows_nothing(frozen: Path, content: str | None) -> None:
    if content is not None:
        (frozen / "_internal" / "resources" / "build.json").write_text(content)
    assert Build(packed=True) == build.this()


def test_from_source_git_is_asked(tmp_path: Path) -> None:
    with_a_commit(tmp_path)
    made = build.from_git(tmp_path)
    assert (40, date(2026, 3, 14), "", False) == (len(made.commit), made.day, made.releases, made.packed)


@pytest.mark.parametrize("there", [False, True])
def test_without_git_or_in_a_broken_tree_nothing_is_known(
    tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    if not there:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert Build() == build.from_git(tmp_path)


def test_a_tree_inside_of_anothers_is_not_taken_for_that(tmp_path: Path) -> None:
    with_a_commit(tmp_path)
    (tmp_path / "site-packages").mkdir()
    assert Build() == build.from_git(tmp_path / "site-packages")


def test_this_copy_is_told_of_by_git_or_knows_nothing() -> None:
    assert len(build.this().commit) in (0, 40)


def test_the_licences_lie_in_the_programs_own_folder(frozen: Path) -> None:
    assert build.notices() is None
    for place in (frozen / "_internal", frozen.parent / "Resources", frozen):
        place.mkdir(exist_ok=True)
        (place / "NOTICES.txt").write_text("Qt: LGPL")
        assert place / "NOTICES.txt" == build.notices()


def test_from_source_there_is_no_such_file() -> None:
    assert build.notices() is None


def with_a_commit(root: Path) -> None:
    """Make the folder a tree of git's with one commit."""
    moment = "2026-03-15T00:30:00+01:00"
    who = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    for words in (["init", "--quiet"], ["commit", "--quiet", "--allow-empty", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, env=environment, check=True)
