"""The row about the command line."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, Limit
from tests.bench.ground import Ground

TIMES = 15


def of_program(_ground: Ground) -> list[Figure]:
    """``coachdesk --help``, as a person types it."""
    command = [str(Path(sys.executable).with_name("coachdesk")), "--help"]
    ours, nothing = [], []
    for _each in range(TIMES):
        ours.append(_milliseconds(command))
        nothing.append(_milliseconds([sys.executable, "-c", "pass"]))
    return [Figure("coachdesk --help", median(ours), "ms", Limit(times=12), median(nothing), "python -c pass")]


def _milliseconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - begun)
