"""What a build says of itself: the commit it was made from, the date of that, and nothing of the computer."""

import json
from pathlib import Path

import pytest

from installer import origin


@pytest.fixture(autouse=True)
def no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stands in the environment."""
    for name in (origin.RELEASES, origin.EPOCH):
        monkeypatch.delenv(name, raising=False)


def told(path: Path) -> dict[str, str]:
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
