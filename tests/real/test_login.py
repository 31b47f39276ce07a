"""The entry at login, read and run by the library that desktops use for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.machine.linux_login import Entry
from tests.real.bus import until

pytestmark = pytest.mark.machine

LAUNCH = """
import ctypes, sys
gio = ctypes.CDLL("libgio-2.0.so.0")
gio.g_desktop_app_info_new_from_filename.restype = ctypes.c_void_p
gio.g_app_info_launch.argtypes = [ctypes.c_void_p] * 4
entry = gio.g_desktop_app_info_new_from_filename(sys.argv[1].encode())
sys.exit(0 if entry and gio.g_app_info_launch(entry, None, None, None) else 1)
"""


@pytest.mark.parametrize(
    "folder", ["plain", "with spaces", "100%", "a=b", "a$HOME`b`", 'it\'s "quoted"', "back\\slash", "Büro ☕"]
)
def test_a_desktop_runs_the_command_whatever_its_folder_is_called(folder: str, tmp_path: Path) -> None:
    program = tmp_path / folder / "coachdesk"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/new && mv {tmp_path}/new {tmp_path}/told\n')
    program.chmod(0o755)
    entry = Entry("coachdesk-restore.desktop", "What it is for", {"XDG_CONFIG_HOME": str(tmp_path / "config")})
    entry.install([str(program), "-m", "two words, 5 % and $x", "--restore-only"])

    subprocess.run([sys.executable, "-c", LAUNCH, str(entry.path)], check=True, timeout=20)
    until((tmp_path / "told").exists)
    assert "-m|two words, 5 % and $x|--restore-only|" == (tmp_path / "told").read_text()


def test_an_entry_whose_program_was_taken_away_is_passed_over(tmp_path: Path) -> None:
    entry = Entry("coachdesk-restore.desktop", "What it is for", {"XDG_CONFIG_HOME": str(tmp_path / "config")})
    entry.install([str(tmp_path / "gone"), "--restore-only"])
    assert 1 == subprocess.run([sys.executable, "-c", LAUNCH, str(entry.path)], check=False, timeout=20).returncode


def test_the_entry_is_valid(tmp_path: Path) -> None:
    entry = Entry("coachdesk-restore.desktop", "What it is for", {"XDG_CONFIG_HOME": str(tmp_path / "config")})
    entry.install(["/opt/Coach Desk $1/100%/coachdesk", "--restore-only"])
    checked = subprocess.run(
        ["desktop-file-validate", entry.path], capture_output=True, text=True, timeout=20, check=False
    )
    assert (0, "") == (checked.returncode, checked.stdout + checked.stderr)
