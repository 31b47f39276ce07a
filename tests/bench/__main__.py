"""Measure and print the table.

    python -m tests.bench [NAME …] [--markdown] [--busy]

Without a name every row is measured, in about a quarter of an hour; nothing else should run meanwhile. Where something
does, ``--busy`` measures starts and queries in processor time.
"""

import argparse
import os
import platform
from collections.abc import Callable

from tests.bench import figures, help, quiet, records, screens, session_time, windows  # noqa: A004  # a module about the help
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
}


def machine() -> str:
    """The machine in neutral words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores()} cores, {memory:.0f} GiB of memory, {platform.system()}, Python {platform.python_version()}; "
        f"{os.getloadavg()[0]:.1f} processes were running before."
    )


def main() -> None:
    """Measure the rows asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure CoachDesk.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ROWS))
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/performance.md has it")
    parser.add_argument("--busy", action="store_true", help="measure starts and queries in processor time")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(ROWS)
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    here, found = machine(), []
    with Ground(asked.busy) as ground:
        for name in asked.names or ROWS:
            say(f"measuring: {name} …")
            found += ROWS[name](ground)
    print((figures.markdown if asked.markdown else figures.plain)(found))
    print(f"\n{here}")


if __name__ == "__main__":
    main()
