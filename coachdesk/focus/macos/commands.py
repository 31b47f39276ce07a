"""Runs the programs that come with macOS, by their whole path, without a shell, and never for long."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PATIENCE = 2.0
"""Seconds one of them may take."""


@dataclass(frozen=True)
class Ran:
    """What became of a program."""

    code: int | None
    """Its exit code; None where it went on running."""
    out: str = ""
    """What it wrote, its complaints included: networksetup writes these anywhere."""


Run = Callable[[Sequence[str], float], Ran]
"""From a command and seconds to wait, what became of it."""


def run(command: Sequence[str], patience: float = PATIENCE) -> Ran:
    """Run it and wait for its end; what takes longer is ended. A program that is not there ends with code 127."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=patience,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        return Ran(None)
    except OSError as why:
        return Ran(127, str(why))
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"))


def ask(command: Sequence[str], patience: float) -> Ran:
    """Start it in a session of its own, so that it outlives us, and wait a while for its end; it is never ended."""
    try:
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as why:
        return Ran(127, str(why))
    try:
        return Ran(started.wait(patience))
    except subprocess.TimeoutExpired:
        started.returncode = 0  # it goes on by itself; Python would complain that nobody waits for its end
        return Ran(None)
