"""A crash leaves no file of the memory in which a client's records lie open."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ASKED = """
import os, resource, signal, subprocess, sys
from coachdesk.__main__ import main
main(["--version"])
words = "Alice said she will leave"
"""
LIMITS = "print(resource.getrlimit(resource.RLIMIT_CORE))"
OF_A_CHILD = f"subprocess.run([sys.executable, '-c', 'import resource; {LIMITS}'], check=True)"
MOST = resource.getrlimit(resource.RLIMIT_CORE)[1]


def allow_dumps() -> None:
    """As on a computer whose person wants them."""
    resource.setrlimit(resource.RLIMIT_CORE, (MOST, MOST))


def bar_dumps() -> None:
    """As on a computer whose administrator wants none."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("died_of", [signal.SIGABRT, signal.SIGSEGV])
def test_a_crash_leaves_nothing_of_the_memory(tmp_path: Path, died_of: signal.Signals) -> None:
    place = tmp_path / "where it died"
    place.mkdir()
    dying = f"{ASKED}os.kill(os.getpid(), {died_of.value})"
    died = subprocess.run([sys.executable, "-c", dying], cwd=place, preexec_fn=allow_dumps, check=False)
    assert -died_of == died.returncode
    assert [] == list(place.iterdir())


def test_no_crash_reporter_is_started_which_a_limit_of_nothing_would_not_bar() -> None:
    """Linux starts none at a limit of 1 byte; what it does then can only be tried by changing the whole computer."""
    for told in (LIMITS, OF_A_CHILD):
        asked = [sys.executable, "-c", ASKED + told]
        shown = subprocess.run(asked, preexec_fn=allow_dumps, check=True, capture_output=True, text=True)
        assert str((1 if MOST and sys.platform == "linux" else 0, MOST)) == shown.stdout.splitlines()[-1]


def test_where_the_administrator_bars_all_dumps_nothing_is_asked_for() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", ASKED + LIMITS], preexec_fn=bar_dumps, check=True, capture_output=True, text=True
    )
    assert str((0, 0)) == shown.stdout.splitlines()[-1]
