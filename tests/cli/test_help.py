"""The help names every verb, and needs little time and no library of the records."""

import subprocess
import sys

import pytest

from coachdesk.cli.app import NOUNS
from tests.cli.conftest import Run

VERBS = {
    "client": ["add", "list", "show", "archive"],
    "session": [
        "log", "plan", "move", "cancel", "missed", "start", "status", "pause", "resume", "extend", "note", "mark",
        "finish", "list",
    ],
    "commitment": ["add", "list", "review"],
    "canvas": ["add", "list"],
    "agreement": ["set", "show"],
    "checklist": ["show", "tick"],
    "backup": ["now", "list", "verify", "restore"],
    "focus": ["check", "on", "status", "off", "undo"],
}  # fmt: skip


def test_every_noun_is_named(run: Run) -> None:
    result = run("--help")
    assert (0, "") == (result.exit, result.err)
    assert [] == [noun for noun in NOUNS if f"\n  {noun} " not in result.out]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_help_of_its_own(run: Run, noun: str) -> None:
    result = run(noun, "--help")
    assert (0, "") == (result.exit, result.err)
    assert [] == [verb for verb in VERBS.get(noun, []) if f"\n  {verb} " not in result.out]
    assert [] == [verb for verb in VERBS.get(noun, []) if run(noun, verb, "--help").exit != 0]


def test_a_noun_alone_shows_its_verbs_as_wrong_usage(run: Run) -> None:
    result = run("session")
    assert 2 == result.exit
    assert "status" in result.out + result.err


@pytest.mark.program
def test_the_help_loads_no_library_of_records_or_windows() -> None:
    code = (
        "import sys; from coachdesk.__main__ import main; main(['--help']); "
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'pydantic', 'sqlcipher3', 'PySide6', 'rich', 'alembic', "
        "'filelock', 'cryptography', 'tomlkit') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stderr.strip()
