"""The installer for Windows as makensis makes it: what is in it, and what it does to a computer made of Wine."""

import lzma
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import __version__
from installer import nsis
from tests.display import Display
from tests.installer.windows import Windows, compiled, files, frozen, wait_for, windows_path

pytestmark = [pytest.mark.installed, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parent.parent.parent
RUN = "Microsoft\\Windows\\CurrentVersion\\Run"
UNINSTALL = "Microsoft\\Windows\\CurrentVersion\\Uninstall\\CoachDesk"
STILL_OPEN, DOES_NOT_START, NOT_REPLACED, NOT_PUT_BACK = 3, 4, 5, 6
"""The exit codes that the script defines."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two versions of a frozen program, which are stand-ins."""
    made = tmp_path_factory.mktemp("frozen")
    return {version: frozen(made / str(version), version) for version in (1, 2)}


@pytest.fixture(scope="module")
def setups(folders: dict[int, Path]) -> dict[int, Path]:
    """The installer of each version."""
    return {number: nsis.make(folder, folder.parent / f"setup {number}")[0] for number, folder in folders.items()}


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """A computer on which nothing of ours is installed."""
    with Display(managed=False) as screen:
        windows = Windows(tmp_path_factory.mktemp("wine"), screen)
        yield windows
        windows.end()


@pytest.fixture
def bare(computer: Windows) -> Iterator[Windows]:
    """A computer that is emptied of ours afterwards, whatever became of it."""
    yield computer
    computer.empty()


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A folder outside of the program and the records; Wine shows a link to it as a reparse point, as Windows does."""
    folder = tmp_path / "linked"
    (folder / "theirs").mkdir(parents=True)
    (folder / "theirs" / "theirs.txt").write_text("theirs")
    return folder


@pytest.fixture
def windows(bare: Windows, setups: dict[int, Path]) -> Windows:
    """A computer with version 1."""
    assert 0 == bare.run(setups[1], "/S")
    assert ["console 1 --version"] == bare.notes()
    return bare


def content(installed: Path) -> dict[str, bytes]:
    """What is installed, without the uninstaller, which makensis made."""
    return {name: data for name, data in files(installed).items() if name != "uninstall.exe"}


def unpacked(setup: Path, into: Path) -> dict[str, bytes]:
    """Every file that 7-Zip finds in an installer, by its place in the program's folder."""
    subprocess.run(["7zz", "x", "-y", f"-o{into}", str(setup)], check=True, capture_output=True)
    return dict(files(into / "new~"))


def plain(setup: Path) -> bytes:
    """All that an installer holds: its own program, and everything packed in it, unpacked ("firstheader", fileform.h).

    A solid LZMA stream, whose first five bytes are its properties, follows the 28 bytes of the header.
    """
    packed = setup.read_bytes()
    start = packed.index(b"\xef\xbe\xad\xdeNullsoftInst") - 4 + 28
    properties, size = struct.unpack("<BI", packed[start : start + 5])
    wanted = {
        "id": lzma.FILTER_LZMA1, "dict_size": size,
        "lc": properties % 9, "lp": properties // 9 % 5, "pb": properties // 45,
    }  # fmt: skip
    stream = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[wanted])
    return packed[:start] + stream.decompress(packed[start + 5 :])


def of_this_computer(setup: Path) -> list[str]:
    """The paths of this computer that stand anywhere in an installer, as bytes or as Windows writes texts."""
    held = plain(setup)
    paths = {str(ROOT), str(setup.parent), sys.prefix, sys.base_prefix, os.environ["HOME"], str(Path.home())} - {"/usr"}
    return [path for path in sorted(paths) if path.encode() in held or path.encode("utf-16-le") in held]


def test_every_file_is_in_the_installer_with_the_same_bytes(
    folders: dict[int, Path], setups: dict[int, Path], tmp_path: Path
) -> None:
    held = unpacked(setups[1], tmp_path)
    assert files(folders[1]) == {name: data for name, data in held.items() if name != "uninstall.exe"}


def test_no_path_of_this_computer_is_in_the_installer(setups: dict[int, Path]) -> None:
    assert [] == of_this_computer(setups[1])


def test_the_same_content_makes_the_same_installer(
    folders: dict[int, Path], setups: dict[int, Path], tmp_path: Path
) -> None:
    assert setups[1].read_bytes() == nsis.make(folders[1], tmp_path / "again")[0].read_bytes()


def test_a_command_that_signs_is_run_over_installer_and_uninstaller(
    folders: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing = tmp_path / "sign"
    signing.write_text(f'#!/bin/sh\nprintf " signed" >> "$1"\necho "$1" >> {tmp_path}/signed\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(nsis.SIGN, "sh ./sign")
    setup = nsis.make(folders[1], tmp_path / "out")[0]
    held = unpacked(setup, tmp_path / "unpacked")
    assert setup.read_bytes().endswith(b" signed")
    signed = [name for name, data in held.items() if data.endswith(b" signed")]
    assert ["coachdesk-window.exe", "coachdesk.exe", "uninstall.exe"] == sorted(signed)


def test_the_real_program_is_packed_whole_and_names_nothing_of_this_computer(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "dist" / "coachdesk", tmp_path / "frozen")
    (folder / "coachdesk").rename(folder / "coachdesk.exe")  # what runs on Linux, under the names it has on Windows
    shutil.copy(folder / "coachdesk.exe", folder / "coachdesk-window.exe")
    setup = nsis.make(folder, tmp_path / "out")[0]
    held = unpacked(setup, tmp_path / "unpacked")
    assert files(folder) == {name: data for name, data in held.items() if name != "uninstall.exe"}
    assert [] == of_this_computer(setup)


def test_a_silent_install_puts_every_file_in_its_place(windows: Windows, folders: dict[int, Path]) -> None:
    assert files(folders[1]) == content(windows.installed)
    assert windows_path(windows.installed, windows.prefix) in (windows.menu / "CoachDesk.lnk").read_text("latin-1")


def test_windows_is_told_how_it_is_uninstalled_and_that_archives_are_ours(windows: Windows) -> None:
    at = windows_path(windows.installed, windows.prefix)
    assert __version__ == windows.value(UNINSTALL, "DisplayVersion")
    assert f'"{at}\\uninstall.exe" /S' == windows.value(UNINSTALL, "QuietUninstallString")
    assert "CoachDesk.Archive" == windows.value("Classes\\.coachdesk")
    assert f'"{at}\\coachdesk-window.exe" "%1"' == windows.value("Classes\\CoachDesk.Archive\\shell\\open\\command")


def test_nothing_starts_at_login_unless_it_is_asked_for(windows: Windows) -> None:
    assert windows.value(RUN, "CoachDesk") is None


def test_an_upgrade_closes_the_open_window_and_leaves_nothing_of_the_old_version(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    opened = windows.begin(windows.installed / "coachdesk-window.exe")
    wait_for(lambda: windows.screen.run("xwininfo", "-root", "-tree").count("stand-in"))
    assert 0 == windows.run(setups[2], "/S")
    assert ["window 1", "window 1 closed", "console 2 --version"] == windows.notes()
    assert files(folders[2]) == content(windows.installed)
    opened.wait(60)


def test_an_upgrade_keeps_the_login_entry_and_what_the_person_has_put_there(
    windows: Windows, setups: dict[int, Path]
) -> None:
    line = f'"{windows_path(windows.installed, windows.prefix)}\\coachdesk-window.exe" --home "D:\\Records" --minimised'
    windows.set_value(RUN, "CoachDesk", line)
    (windows.installed / "own.txt").write_text("own")
    assert 0 == windows.run(setups[2], "/S")
    assert line == windows.value(RUN, "CoachDesk")
    assert "own" == (windows.installed / "own.txt").read_text()


def test_an_upgrade_is_given_up_while_the_window_stays_open(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    opened = windows.begin(windows.installed / "coachdesk-window.exe", STAND_IN_STAYS="1")
    wait_for(lambda: windows.screen.run("xwininfo", "-root", "-tree").count("stand-in"))
    assert STILL_OPEN == windows.run(setups[2], "/S")
    assert ["window 1"] == windows.notes()
    assert files(folders[1]) == content(windows.installed)
    windows.empty()
    opened.wait(60)


def test_a_version_that_does_not_start_here_leaves_the_one_before(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    assert DOES_NOT_START == windows.run(setups[2], "/S", STAND_IN_START="7")
    assert files(folders[1]) == content(windows.installed)


def test_a_file_in_use_brings_the_version_before_back_whole(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path], tmp_path: Path
) -> None:
    compiled("hold.nsi", tmp_path / "hold.exe")
    until = windows.prefix / "drive_c" / "until"
    held = f"{windows_path(windows.installed, windows.prefix)}\\coachdesk.exe"
    holding = windows.begin(tmp_path / "hold.exe", HOLD_FILE=held, HOLD_UNTIL="C:\\until")
    wait_for(until.with_name("until.begun").exists)
    assert NOT_REPLACED == windows.run(setups[2], "/S")
    until.touch()
    holding.wait(60)
    assert files(folders[1]) == content(windows.installed)


@pytest.mark.parametrize("aside", [("_internal",), ("_internal", "coachdesk-window.exe", "coachdesk.exe")])
def test_what_a_computer_switched_off_halfway_has_left_is_put_back_first(
    aside: tuple[str, ...], windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    (windows.installed / "old~").mkdir()
    for name in aside:
        (windows.installed / name).rename(windows.installed / "old~" / name)
    (windows.installed / "_internal").mkdir()
    (windows.installed / "_internal" / "torn.py").touch()
    assert DOES_NOT_START == windows.run(setups[2], "/S", STAND_IN_START="7")
    assert files(folders[1]) == content(windows.installed)


def test_an_upgrade_after_one_that_was_broken_off_leaves_nothing_of_it(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    (windows.installed / "old~").mkdir()
    (windows.installed / "_internal").rename(windows.installed / "old~" / "_internal")
    for name in ("new~/_internal/stale.py", "gone~/_internal/older.py", "_internal/torn.py"):
        (windows.installed / name).parent.mkdir(parents=True)
        (windows.installed / name).touch()
    assert 0 == windows.run(setups[2], "/S")
    assert files(folders[2]) == content(windows.installed)


@pytest.mark.parametrize("theirs", ["_internal/theirs.dll", "uninstall.exe", "NOTICES.txt", "coachdesk.exe"])
def test_the_folder_of_another_program_is_left_alone(theirs: str, bare: Windows, setups: dict[int, Path]) -> None:
    file = bare.elsewhere / theirs
    file.parent.mkdir(parents=True)
    file.write_text("theirs")
    assert 0 != bare.run(setups[1], "/S", f"/D={windows_path(bare.elsewhere, bare.prefix)}")
    assert {theirs: b"theirs"} == files(bare.elsewhere)
    assert [] == bare.notes()


def test_the_next_version_goes_where_the_one_before_was_put(
    bare: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    at = windows_path(bare.elsewhere, bare.prefix)
    assert 0 == bare.run(setups[1], "/S", f"/D={at}")
    assert 0 == bare.run(setups[2], "/S")
    assert files(folders[2]) == content(bare.elsewhere)
    assert not bare.installed.exists()
    assert f'"{at}\\uninstall.exe"' == bare.value(UNINSTALL, "UninstallString")


def test_what_was_put_on_a_disk_that_is_gone_is_installed_anew_in_the_usual_place(
    bare: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    bare.set_value(UNINSTALL, "InstallLocation", "Q:\\CoachDesk")
    assert 0 == bare.run(setups[1], "/S")
    assert files(folders[1]) == content(bare.installed)


def test_a_window_that_was_taken_away_comes_back_with_the_next_version(
    windows: Windows, setups: dict[int, Path], folders: dict[int, Path]
) -> None:
    (windows.installed / "coachdesk-window.exe").unlink()
    assert 0 == windows.run(setups[2], "/S")
    assert files(folders[2]) == content(windows.installed)


def test_an_older_windows_is_told_and_nothing_is_installed(bare: Windows, setups: dict[int, Path]) -> None:
    bare.run("winecfg", "-v", "win81")
    try:
        assert 0 != bare.run(setups[1], "/S")
        assert not bare.installed.exists()
    finally:
        bare.run("winecfg", "-v", "win10")


def test_nothing_is_removed_while_the_computer_could_not_be_put_back(
    windows: Windows, folders: dict[int, Path]
) -> None:
    assert NOT_PUT_BACK == windows.uninstall(STAND_IN_UNDO="1")
    assert ["console 1 focus undo"] == windows.notes()
    assert files(folders[1]) == content(windows.installed)
    assert "CoachDesk" == windows.value(UNINSTALL, "DisplayName")


def test_a_broken_program_can_be_uninstalled_where_nothing_is_to_be_put_back(windows: Windows) -> None:
    (windows.installed / "coachdesk.exe").unlink()
    assert 0 == windows.uninstall()
    assert {} == content(windows.installed)


def test_a_broken_program_is_not_uninstalled_over_a_computer_to_be_put_back(windows: Windows) -> None:
    (windows.installed / "coachdesk.exe").unlink()
    journal = windows.local / "CoachDesk" / "focus" / "journal"
    journal.parent.mkdir(parents=True)
    journal.touch()
    assert NOT_PUT_BACK == windows.uninstall()


def test_an_uninstall_puts_back_first_and_keeps_the_records_and_what_is_not_ours(windows: Windows) -> None:
    at = windows_path(windows.installed, windows.prefix)
    windows.set_value(RUN, "CoachDesk", f"{at}\\coachdesk-window.exe --minimised")
    windows.set_value(RUN, "CoachDesk focus mode", f"{at}\\coachdesk.exe --restore-only")
    windows.set_value(RUN, "Other", "C:\\CoachDesk.exe")
    records = windows.local / "CoachDesk" / "records.db"
    records.parent.mkdir(exist_ok=True)
    records.write_text("records")
    (windows.installed / "own.txt").write_text("own")
    assert 0 == windows.uninstall()
    assert ["console 1 focus undo"] == windows.notes()
    assert {"own.txt": b"own"} == content(windows.installed)
    assert "records" == records.read_text()
    assert not (windows.menu / "CoachDesk.lnk").exists()
    assert [None, None, "C:\\CoachDesk.exe"] == [
        windows.value(RUN, name) for name in ("CoachDesk", "CoachDesk focus mode", "Other")
    ]
    for key in (UNINSTALL, "Classes\\.coachdesk", "Classes\\CoachDesk.Archive\\shell\\open\\command"):
        assert windows.value(key) is None
    assert windows.value(UNINSTALL, "DisplayName") is None


def test_the_login_entry_of_another_copy_stays(windows: Windows) -> None:
    windows.set_value(RUN, "CoachDesk", "E:\\coachdesk-window.exe --minimised")
    assert 0 == windows.uninstall()
    assert "E:\\coachdesk-window.exe --minimised" == windows.value(RUN, "CoachDesk")


def test_an_ending_that_the_person_has_given_to_another_program_stays_with_it(windows: Windows) -> None:
    windows.run("reg", "add", "HKCU\\Software\\Classes\\.coachdesk", "/ve", "/d", "Other.Program", "/f")
    assert 0 == windows.uninstall()
    assert "Other.Program" == windows.value("Classes\\.coachdesk")


def ask_to_delete(windows: Windows) -> subprocess.Popen[bytes]:
    """Begin to uninstall, and choose that the records go; a question then stands on the screen."""
    at = windows_path(windows.installed, windows.prefix)
    asking = windows.begin(windows.installed / "uninstall.exe", f"_?={at}")
    windows.press("&Delete my records, settings and backups in this folder.")
    windows.press("&Uninstall")
    return asking


def test_deleting_the_records_is_asked_for_twice_and_no_is_the_usual_answer(windows: Windows) -> None:
    records = windows.local / "CoachDesk" / "records.db"
    records.parent.mkdir(exist_ok=True)
    for name in (
        "records.db",
        "keys.json",
        "settings.toml",
        "backups/one.db",
        "logs/deep/one.log",
        "focus/journal.bad",
    ):
        (records.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (records.parent / name).write_text(name)
    asking = ask_to_delete(windows)
    no_is_usual = windows.press("&No")
    assert no_is_usual
    windows.press("&Uninstall")
    assert [] == windows.notes()
    windows.press("&Yes")
    windows.press("&Close")
    assert 0 == asking.wait(60)
    assert not records.parent.exists()
    assert ["console 1 focus undo"] == windows.notes()


def test_what_the_program_did_not_make_stays_when_the_records_are_deleted_and_the_person_is_told(
    windows: Windows, linked: Path
) -> None:
    records = windows.local / "CoachDesk"
    (records / "logs").mkdir(parents=True)
    (records / "records.db").touch()
    (records / "own.txt").write_text("own")
    (records / "backups").symlink_to(linked, target_is_directory=True)
    asking = ask_to_delete(windows)
    windows.press("&Yes")
    windows.press("OK")
    windows.press("&Close")
    assert 0 == asking.wait(60)
    assert ["backups", "own.txt"] == sorted(path.name for path in records.iterdir())
    assert {"theirs/theirs.txt": b"theirs"} == files(linked)


def test_what_is_only_linked_into_the_folder_of_the_program_stays(
    windows: Windows, setups: dict[int, Path], linked: Path
) -> None:
    (windows.installed / "_internal" / "link").symlink_to(linked, target_is_directory=True)
    assert 0 == windows.run(setups[2], "/S")
    assert {"theirs/theirs.txt": b"theirs"} == files(linked)
    (windows.installed / "_internal" / "link").symlink_to(linked, target_is_directory=True)
    assert 0 == windows.uninstall()
    assert {"theirs/theirs.txt": b"theirs"} == files(linked)
