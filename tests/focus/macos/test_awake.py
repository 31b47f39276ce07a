"""The screen of a Mac stays on through a stand-in for caffeinate."""

import os
from pathlib import Path

import pytest

from coachdesk.focus.awake import Awake
from coachdesk.focus.blockers import Failed
from coachdesk.focus.macos.awake import hold
from coachdesk.focus.plan import Plan


def stand_in(folder: Path, first: str) -> str:
    """A program that does as told, writes down how it was started, and waits."""
    program = folder / "caffeinate"
    told = folder / "told"
    program.write_text(
        f'#!/bin/sh\n{first}\necho "$$ $@" > "{told}.part"\nmv "{told}.part" "{told}"\nwhile :; do sleep 0.05; done\n'
    )
    program.chmod(0o755)
    return str(program)


def told(folder: Path) -> list[str]:
    """Its process and how it was started."""
    while not (folder / "told").exists():
        pass
    return (folder / "told").read_text().split()


@pytest.mark.parametrize("first", ["", "trap '' TERM"])
def test_the_screen_is_held_on_until_the_release_however_stubborn_the_holder(tmp_path: Path, first: str) -> None:
    awake = Awake(hold=lambda: hold(stand_in(tmp_path, first)))
    plan = Plan(60)
    awake.apply(plan, awake.capture(plan))
    process, *words = told(tmp_path)
    assert ["-dis", "-w", str(os.getpid())] == words
    os.kill(int(process), 0)
    awake.restore({})
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


def test_without_caffeinate_it_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="The screen may go dark by itself"):
        hold(str(tmp_path / "none"))
