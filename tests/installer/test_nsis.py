"""What the script of the Windows installer is given, without compiling it."""

import re
import subprocess
import sys
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pytest

from coachdesk import paths
from coachdesk.errors import Refused
from coachdesk.machine import login
from coachdesk.machine.registry import USER, FakeRegistry
from coachdesk.machine.windows_login import RUN, RunEntry
from coachdesk.paths import Home
from installer import nsis

SCRIPTS = "\n".join(path.read_text("utf-8") for path in sorted(nsis.SCRIPT.parent.iterdir()))


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder laid out like a frozen program for Windows."""
    folder = tmp_path / "frozen"
    for name in (*nsis.NEEDED, "_internal/b.pyd", "_internal/deep/Über [a] $x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    return folder


def test_every_file_of_the_frozen_folder_is_a_part_in_a_fixed_order(frozen: Path) -> None:
    assert ["_internal/b.pyd", "_internal/deep/Über [a] $x.txt", "coachdesk-window.exe", "coachdesk.exe"] == [
        str(part.place) for part in nsis.parts_of(frozen)
    ]


def test_a_folder_frozen_for_another_system_is_refused_by_what_it_lacks(frozen: Path) -> None:
    (frozen / "coachdesk.exe").rename(frozen / "coachdesk")
    with pytest.raises(Refused, match=re.escape("is no frozen program for Windows: it has no coachdesk.exe.")):
        nsis.parts_of(frozen)


def test_a_file_that_windows_could_not_hold_is_refused_by_its_name(frozen: Path) -> None:
    (frozen / "_internal" / "a:b.txt").touch()
    with pytest.raises(Refused, match=re.escape("Windows does not allow this name of a file: _internal/a:b.txt.")):
        nsis.parts_of(frozen)


@pytest.mark.parametrize("name", ["a?b", "tab\there", "ends.", "ends ", "con", "LPT1.txt", "back\\slash", "aux .py"])
def test_windows_does_not_allow_the_name(name: str) -> None:
    assert not nsis.is_allowed(name)


@pytest.mark.parametrize("name", ["console.py", "a b.txt", "naïve – x.txt", "$x", "com10", ".hidden"])
def test_windows_allows_the_name(name: str) -> None:
    assert nsis.is_allowed(name)


def test_each_file_is_unpacked_into_its_folder_under_its_own_name() -> None:
    parts = [
        nsis.Part(Path("/one"), PurePosixPath("_internal/b.pyd")),
        nsis.Part(Path("/two"), PurePosixPath("_internal/sub/$x.txt")),
        nsis.Part(Path("/three"), PurePosixPath("coachdesk.exe")),
    ]
    assert nsis.script({"NAME": "CoachDesk"}, parts).startswith(
        "!define NAME `CoachDesk`\n\n!macro UNPACK INTO\n"
        '  SetOutPath "${INTO}\\_internal"\n  File "/oname=b.pyd" "/one"\n'
        '  SetOutPath "${INTO}\\_internal\\sub"\n  File "/oname=$$x.txt" "/two"\n'
        '  SetOutPath "${INTO}"\n  File "/oname=coachdesk.exe" "/three"\n!macroend\n\n'
        '!macro EACH_ITEM DO\n  !insertmacro ${DO} "_internal"\n  !insertmacro ${DO} "coachdesk.exe"\n!macroend\n'
    )


@pytest.mark.parametrize(
    "name",
    [
        "records.db", "records.db-wal", "records.db.new", "records.db.damaged-log", "records.db.20260101T000000Z",
        "keys.json", "keys-0a1b2c3d.json", "keys.json.damaged-20260101T000000Z", "unfinished-keys.json",
        "unfinished-keys-2.json", "settings.toml", "settings.toml.damaged-20260101T000000Z-2", ".settings.toml-x1",
        "checks.json", "moved.txt",
    ],
)  # fmt: skip
def test_with_the_records_goes_what_the_program_makes_beside_them(name: str) -> None:
    assert any(fnmatchcase(name, pattern) for pattern in nsis.RECORD_FILES)


@pytest.mark.parametrize("name", ["notes.txt", "my records.db", "settings.txt", "archive.coachdesk", "old keys.json"])
def test_a_file_of_the_persons_own_does_not_go_with_the_records(name: str) -> None:
    assert not any(fnmatchcase(name, pattern) for pattern in nsis.RECORD_FILES)


def test_the_folders_that_go_with_the_records_are_those_the_program_makes() -> None:
    assert {paths.focus_folder().name, "backups", "logs", "Cache"} == set(nsis.RECORD_FOLDERS)


def test_no_folder_is_removed_with_what_is_only_linked_into_it() -> None:
    assert [] == re.findall(r"^ *RMDir /r.*", SCRIPTS, re.MULTILINE)


def test_every_name_the_script_is_given_is_used_in_it() -> None:
    assert [] == [name for name in nsis.names() if f"${{{name}}}" not in SCRIPTS]


def test_every_sentence_of_the_installer_is_shown_somewhere() -> None:
    said = re.findall(r"^LangString (\w+)", SCRIPTS, re.MULTILINE)
    assert said
    assert [] == [name for name in said if f"$({name})" not in SCRIPTS]


def test_the_login_entries_removed_are_those_the_program_writes() -> None:
    assert ("CoachDesk", "CoachDesk focus mode") == (nsis.names()["LOGIN_ENTRY"], nsis.names()["FOCUS_ENTRY"])


def test_the_installer_writes_the_login_entry_that_the_setting_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    local = f"{tempfile.gettempdir()}/A B/AppData/Local"  # a short way: Windows takes no long one at login
    window = Path(local, "Programs/CoachDesk/coachdesk-window.exe")
    window.parent.mkdir(parents=True)
    window.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(window))
    registry = FakeRegistry()
    login.set_start(RunEntry(registry, "CoachDesk"), on=True, home=Home(Path(f"{local}/CoachDesk")))
    written = registry.read(USER, RUN, "CoachDesk")
    line = re.search(r"""StrCpy \$1 '(.*--home.*)'""", SCRIPTS)
    assert line is not None
    defines = {**nsis.names(), "WINDOW": "coachdesk-window.exe"}
    mine = re.sub(r"\$\{(\w+)\}", lambda found: defines[found[1]], line[1])
    mine = mine.replace("$INSTDIR", f"{local}/Programs/CoachDesk").replace("$LOCALAPPDATA", local)
    assert written == mine.replace("\\", "/")


def test_the_installer_says_whose_the_program_is() -> None:
    assert nsis.copyright_line().startswith("Copyright (c)")


def test_without_makensis_a_sentence_says_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="it comes with the packages nsis and nsis-common"):
        nsis.compile_script(tmp_path / "given.nsh")


def test_the_programs_are_signed_as_copies_and_the_frozen_ones_stay_as_they_are(frozen: Path, tmp_path: Path) -> None:
    signing = tmp_path / "signing tool"
    signing.write_text('#!/bin/sh\nprintf " signed" >> "$2"\n')
    signing.chmod(0o755)
    (tmp_path / "work").mkdir()
    given = nsis.prepare(frozen, tmp_path / "setup.exe", tmp_path / "work", f"'{signing}' --file")
    packed = {path.read_text("utf-8") for path in given.parent.glob("*.exe")}
    assert {"coachdesk.exe signed", "coachdesk-window.exe signed"} == packed
    assert "coachdesk.exe" == (frozen / "coachdesk.exe").read_text("utf-8")
    assert f"!define SIGN `'{signing}' --file`" in given.read_text("utf-8")


def test_without_a_command_that_signs_nothing_is_signed(frozen: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    assert "SIGN" not in nsis.prepare(frozen, tmp_path / "setup.exe", tmp_path / "work", "").read_text("utf-8")


def test_a_signing_tool_that_fails_ends_the_making(frozen: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with pytest.raises(subprocess.CalledProcessError):
        nsis.prepare(frozen, tmp_path / "setup.exe", tmp_path / "work", "false")


@pytest.mark.machine
def test_makensis_compiles_it_without_a_warning_and_every_file_is_in_it(frozen: Path, tmp_path: Path) -> None:
    (setup,) = nsis.make(frozen, tmp_path / "made")
    subprocess.run(["7zz", "x", "-y", f"-o{tmp_path / 'unpacked'}", str(setup)], check=True, capture_output=True)
    new = tmp_path / "unpacked" / "new~"
    given = {path.relative_to(frozen): path.read_bytes() for path in frozen.rglob("*") if path.is_file()}
    assert given == {name: (new / name).read_bytes() for name in given}
    assert str(tmp_path).encode() not in setup.read_bytes()
