"""Which program the tests and measurements try: the source, or the frozen folder that COACHDESK_PROGRAM names."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = "COACHDESK_PROGRAM"
"""The environment's name for the folder of a frozen program under test; unset, the source is tried."""
UNDER_TEST = "coachdesk-under-test"
MODULES = (
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
    """The folder of the frozen program; None where the source is tried. Relative to the root of the source."""
    named = os.environ.get(FOLDER)
    return ROOT / named if named else None


def command(*arguments: str) -> list[str]:
    """The program, as a person starts it with these arguments."""
    folder = frozen()
    start = [sys.executable, "-m", "coachdesk"] if folder is None else [str(folder / f"coachdesk{END}")]
    return [*start, *arguments]


def module(name: str, *arguments: str) -> list[str]:
    """What ``python -m NAME ARGUMENTS`` does, in the interpreter and with the libraries of the program."""
    folder = frozen()
    start = [sys.executable, "-m"] if folder is None else [str(folder / f"{UNDER_TEST}{END}")]
    return [*start, name, *arguments]
