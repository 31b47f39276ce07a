"""Measure and print the table.

    python -m tests.bench [NAME …] [--markdown] [--busy] [--frozen FOLDER]

Without a name every row is measured, in about a quarter of an hour; nothing else should run meanwhile. Where something
does, ``--busy`` measures starts and queries in processor time. With the folder of a frozen program under test, the rows
that start the program are measured of that too, as far as no names are given; with names, these rows are measured of it
alone.
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import replace

from tests import program_under_test
from tests.bench import (
    figures,
    help,  # noqa: A004  # a module about the help
    quiet,
    records,
    screens,
    session_time,
    size,
    windows,
)
from tests.bench.figures import Figure
from tests.bench.ground import Ground, cores, say

ROWS: dict[str, Callable[[Ground], list[Figure]]] = {
    "window": windows.first_window,
    "usable": windows.usable,
    "memory": windows.memory,
    "processor": windows.processor,
    "cues": session_time.cues,
    "time": session_time.error,
    "screens": screens.opened,
    "brief": records.brief,
    "hours": records.hours,
    "search": records.search,
    "keystrokes": records.keystrokes,
    "help": help.of_program,
    "quiet": quiet.switched,
    "killed": quiet.killed,
    "quiet-cost": quiet.at_rest,
    "size": size.of_built,
}
STARTED = ("window", "usable", "memory", "processor", "cues", "screens", "help", "quiet", "killed", "quiet-cost")
"""Rows for which the program is started, from source or frozen."""


def machine() -> str:
    """The machine in neutral words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores()} cores, {memory:.0f} GiB of memory, {platform.system()}, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} processes were running before."
    )


def arguments() -> argparse.Namespace:
    """What is asked for; ends with a sentence where that cannot be done."""
    named = os.environ.pop(program_under_test.FOLDER, "")  # until its turn comes, the source is measured
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure CoachDesk.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ROWS))
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    parser.add_argument("--busy", action="store_true", help="measure starts and queries in processor time")
    parser.add_argument(
        "--frozen", metavar="FOLDER", default=named,
        help=f"measure this frozen program too, or with names alone ({', '.join(STARTED)})",
    )  # fmt: skip
    asked = parser.parse_args()
    unknown = set(asked.names) - set(STARTED if asked.frozen else ROWS)
    if unknown:
        parser.error(f"no such row{' of a frozen program' * bool(asked.frozen)}: {', '.join(sorted(unknown))}")
    return asked


def measured(ground: Ground, names: Iterable[str]) -> list[Figure]:
    """These rows."""
    found: list[Figure] = []
    for name in names:
        say(f"measuring: {name} …")
        found += ROWS[name](ground)
    return found


def measured_frozen(ground: Ground, names: Iterable[str], folder: str) -> list[Figure]:
    """These rows, of the frozen program in a folder."""
    os.environ[program_under_test.FOLDER] = os.path.abspath(folder)
    return [replace(figure, what=f"{figure.what} (frozen)") for figure in measured(ground, names)]


def main() -> None:
    """Measure the rows asked for."""
    asked, here, found = arguments(), machine(), []
    with Ground(asked.busy) as ground:
        if not (asked.frozen and asked.names):
            found += measured(ground, asked.names or ROWS)
        if asked.frozen:
            found += measured_frozen(ground, asked.names or STARTED, asked.frozen)
    print((figures.markdown if asked.markdown else figures.plain)(found))
    print(f"\n{here}")


if __name__ == "__main__":
    main()
