"""The row about the command line."""

import resource
import subprocess
import sys
import time
from statistics import median

from tests import program_under_test
from tests.bench.figures import Figure, Limit
from tests.bench.ground import Ground

TIMES = 15


def of_program(ground: Ground) -> list[Figure]:
    """``coachdesk --help``, as a person types it."""
    command, ours, nothing = program_under_test.command("--help"), [], []
    for _each in range(TIMES + 1):
        ours.append(milliseconds(command, ground))
        nothing.append(milliseconds([sys.executable, "-c", "pass"], ground))
    ours_usual, python = median(ours[1:]), median(nothing[1:])  # the first start fills the system's file cache
    return [Figure("coachdesk --help", ours_usual, "ms", Limit(times=12), python, "python -c pass")]


def milliseconds(command: list[str], ground: Ground) -> float:
    """How long a command takes."""
    work, begun = _work_of_children(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ground.environment)
    return 1000 * (_work_of_children() - work if ground.busy else time.perf_counter() - begun)


def _work_of_children() -> float:
    """Processor seconds of all programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
