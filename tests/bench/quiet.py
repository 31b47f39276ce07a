"""The rows about focus mode: beginning, ending, putting back after a kill, and what it costs while it is on."""

import os
import signal
import subprocess
import sys
import time
from statistics import median
from typing import Any

from tests.bench.figures import Figure, Limit
from tests.bench.ground import TIMES, Ground, say
from tests.bench.help import milliseconds
from tests.bench.quiet_desktop import Desktop, Quieted, desktop, seconds_to_forget
from tests.bench.windows import work

STRETCH = 30.0
"""Seconds over which it is watched while it is on."""
STRETCHES = 5
BARE = [sys.executable, "-c", "pass"]


def switched(ground: Ground) -> list[Figure]:
    """From being told to having told the window: on, and off again."""
    entering, leaving, bare = [], [], []
    with desktop(ground) as here:
        before, app = here.state(), Quieted(here)
        for _each in range(TIMES + 1):
            bare.append(milliseconds(BARE, ground))
            told = all_quiet(app.tell("enter"))
            entering.append(1000 * told["worked" if ground.busy else "took"])
            leaving.append(1000 * app.tell("leave")["took"])
            assert before == here.state(), "not everything was put back"
        app.kill()
        yardstick, against = median(bare[1:]), f"python -c pass; {here.words}"
    return [
        Figure("focus mode: on", median(entering[1:]), "ms", Limit(most=400), yardstick, against),
        Figure("focus mode: put back", median(leaving[1:]), "ms", Limit(most=200), yardstick, against),
    ]


def killed(ground: Ground) -> list[Figure]:
    """From the kill of the app to everything put back; and by command, when the guardian was killed too."""
    alone, undone, bare = [], [], []
    with desktop(ground) as here:
        before = here.state()
        for _each in range(TIMES + 1):
            bare.append(milliseconds(BARE, ground))
            app = Quieted(here)
            all_quiet(app.tell("enter"))
            begun = time.perf_counter()
            app.process.kill()
            alone.append(1000 * seconds_to_forget(here, begun))
            app.kill()
            assert before == here.state(), "not everything was put back"
            undone.append(_undone(here, ground))
            assert before == here.state(), "not everything was put back"
        yardstick, against = median(bare[1:]), f"python -c pass; {here.words}"
    return [
        Figure("focus mode: put back after kill -9", median(alone[1:]), "ms", Limit(most=150), yardstick, against),
        Figure("coachdesk focus undo, both killed", median(undone[1:]), "ms", Limit(most=1000), yardstick, against),
    ]


def at_rest(ground: Ground) -> list[Figure]:
    """Share of one core and wake-ups of the app's end and of the guardian, with websites kept away."""
    shares: dict[str, list[float]] = {"app": [], "guardian": []}
    wakes: dict[str, list[float]] = {"app": [], "guardian": []}
    with desktop(ground) as here:
        app = Quieted(here)
        told = all_quiet(app.tell("enter"))
        pids = {"app": app.process.pid, "guardian": told["guardian"]}
        time.sleep(2)
        for number in range(STRETCHES):
            say(f"watching focus mode, stretch {number + 1} of {STRETCHES} …")
            before, begun = {who: work(pid) for who, pid in pids.items()}, time.monotonic()
            time.sleep(STRETCH)
            seconds = time.monotonic() - begun
            for who, pid in pids.items():
                after = work(pid)
                shares[who].append(100 * (after[0] - before[who][0]) / seconds)
                wakes[who].append((after[1] - before[who][1]) / seconds)
        app.tell("leave")
        app.kill()
    rows = []
    for who in pids:
        share, woken = median(shares[who]), median(wakes[who])
        rows.append(Figure(f"focus mode with sites, {who}: processor", share, "%", Limit(most=0.3), against="one core"))
        rows.append(Figure(f"focus mode with sites, {who}: wake-ups", woken, "/s", Limit(most=2.0)))
    return rows


def all_quiet(told: dict[str, Any]) -> dict[str, Any]:
    """What was told, where nothing stays loud: else something else would be measured."""
    loud = [one for one in told["told"] if not one[1]]
    assert not loud, f"stays loud: {loud}"
    return told


def _undone(here: Desktop, ground: Ground) -> float:
    app = Quieted(here)
    guardian = all_quiet(app.tell("enter"))["guardian"]
    os.kill(guardian, signal.SIGSTOP)  # so that it cannot notice before it is killed too
    app.kill()
    os.kill(guardian, signal.SIGKILL)
    begun = time.perf_counter()
    subprocess.run(here.undo, env=here.environment, check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - begun)
