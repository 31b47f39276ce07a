"""Trying a frozen program before it is packed: what fails is found."""

import subprocess
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from installer import trial


def program(folder: Path, name: str, script: str) -> None:
    """A program of a shell script."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


def test_what_the_command_line_prints_is_the_answer(tmp_path: Path) -> None:
    program(tmp_path, "coachdesk", 'echo "given: $*"')
    assert "given: --home somewhere focus check\n" == trial.command(tmp_path, Path("somewhere"), ("focus", "check"))


def test_a_command_that_fails_ends_the_trial(tmp_path: Path) -> None:
    program(tmp_path, "coachdesk", "exit 3")
    with pytest.raises(subprocess.CalledProcessError):
        trial.main([str(tmp_path)])


def test_a_program_of_another_version_ends_the_trial(tmp_path: Path) -> None:
    program(tmp_path, "coachdesk", "echo CoachDesk 0.0.0")
    with pytest.raises(Refused, match="not version"):
        trial.main([str(tmp_path)])


def test_a_window_that_closes_by_itself_ends_the_trial(tmp_path: Path) -> None:
    program(tmp_path, trial.WINDOW, "exit 1")
    with pytest.raises(ChildProcessError, match="closed with 1"):
        trial.window(tmp_path, tmp_path / "home")
