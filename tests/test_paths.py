"""Every file has its place, in the source tree, frozen, and on a computer that lets one write hardly anywhere."""

import sys
from pathlib import Path

import platformdirs
import pytest

from coachdesk import paths


def test_the_folder_asked_for_comes_before_the_environment_and_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHDESK_HOME", str(tmp_path / "named"))
    assert tmp_path / "given" == paths.home(tmp_path / "given").root
    assert tmp_path / "named" == paths.home().root

    monkeypatch.delenv("COACHDESK_HOME")
    assert platformdirs.user_data_path("CoachDesk", appauthor=False) == paths.home().root


def test_a_folder_may_be_named_from_where_one_is_or_from_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert tmp_path / "here" == paths.home("here").root
    assert Path.home() / "mine" == paths.home("~/mine").root


def test_all_files_lie_in_the_home(tmp_path: Path) -> None:
    home = paths.Home(tmp_path)

    names = {"records.db", "keys.json", "settings.toml", "backups", "logs"}
    assert names == {p.name for p in (home.records, home.keys, home.settings, home.backups, home.logs)}
    assert {tmp_path} == {p.parent for p in (home.records, home.keys, home.settings, home.backups, home.logs)}


def test_the_runtime_folder_is_ones_own() -> None:
    folder = paths.runtime()

    assert (True, 0o700) == (folder.is_dir(), folder.stat().st_mode & 0o777)


def test_where_the_runtime_folder_cannot_be_made_another_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(blocked))
    monkeypatch.setattr(platformdirs, "user_runtime_path", lambda *_, **__: blocked / "CoachDesk")

    folder = paths.runtime()

    assert (True, "run", 0o700) == (folder.is_dir(), folder.name, folder.stat().st_mode & 0o777)


def test_resources_are_beside_the_source_in_the_package_or_in_the_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (paths.resources() / "prompts" / "en.toml").is_file()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.py"))
    (tmp_path / "resources").mkdir()
    assert tmp_path / "resources" == paths.resources()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert tmp_path / "frozen" / "resources" == paths.resources()
