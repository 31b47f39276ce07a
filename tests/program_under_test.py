"""Which program the tests and measurements try: the source, or the frozen folder that COACHDESK_PROGRAM names."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = "COACHDESK_PROGRAM"
"""The environment's name for the folder of a frozen program under test; unset, the source is tried."""
UNDER_TEST = "coachdesk-under-test"
MODULES = (
    "tests.bench.many_cues",
    "tests.bench.quieted",
    "tests.bench.real_window",
    "tests.desktop.program",
    "tests.desktop.windows",
    "tests.focus.stand_in",
    "tests.program.focus_command",
    "tests.soak.coach",
)
"""The tests' own modules that run inside the program; a frozen program under test holds them too."""
END = ".exe" if sys.platform == "win32" else ""


def frozen() -> Path | None:
    """The folder of the frozen program, given relative to the root of the source; None where the source is tried."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).parent  # it is one of the tests' modules inside it that asks
    named = os.environ.get(FOLDER)
    return ROOT / named if named else None


def command(*arguments: str) -> list[str]:
    """The program, as a person types it with these arguments."""
    folder = frozen() or Path(sys.executable).parent
    return [str(folder / f"coachdesk{END}"), *arguments]


def module(name: str, *arguments: str) -> list[str]:
    """What ``python -m NAME ARGUMENTS`` does, in the interpreter and with the libraries of the program.

    From source it is to be started where ``tests`` is found: in the root, or with the root in ``PYTHONPATH``.
    """
    folder = frozen()
    start = [sys.executable, "-m"] if folder is None else [str(folder / f"{UNDER_TEST}{END}")]
    return [*start, name, *arguments]
