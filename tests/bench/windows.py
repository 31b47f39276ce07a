"""The rows about the window: when it is there, when the records are usable, what it takes in a session."""

import time
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, Limit
from tests.bench.ground import TIMES, Ground, say

SETTLED = 20.0
"""Seconds after which a hidden window's memory is looked at."""
STRETCH = 60.0
"""Seconds over which the processor is watched; as many stretches as there are measurements of anything else."""
STRETCHES = 5
LABEL = "bare label window"


def first_window(ground: Ground) -> list[Figure]:
    """Start to the first picture: the unlock screen of existing records, and the first run."""
    unlock, empty = ground.practice.way("passphrase"), ground.home("empty")
    labels, unlocks, firsts = [], [], []
    for _each in range(TIMES + 1):
        with ground.label() as label:
            labels.append(label.seconds_to("window"))
        with ground.program("real_window", *unlock, "window") as window:
            unlocks.append(window.seconds_to("window"))
        with ground.program("real_window", str(empty.root), "", "", "window") as window:
            firsts.append(window.seconds_to("window"))
    yardstick = _warm(labels)
    return [
        Figure("first window: unlock screen", _warm(unlocks), "ms", Limit(times=2.0), yardstick, LABEL),
        Figure("first window: first run", _warm(firsts), "ms", Limit(times=2.0), yardstick, LABEL),
    ]


def usable(ground: Ground) -> list[Figure]:
    """Start to Today filled and painted, with the records of twenty years; and to what stands beside a session."""
    labels: list[float] = []
    readies: list[float] = []
    taken: dict[str, list[float]] = {"keychain": [], "passphrase": []}
    for _each in range(TIMES + 1):
        with ground.label() as label:
            labels.append(label.seconds_to("window"))
        for way, seconds in taken.items():
            with ground.program("real_window", *ground.practice.way(way), "usable") as window:
                seconds.append(window.seconds_to("usable"))
        with ground.program("real_window", *ground.practice.way("keychain"), "ready") as window:
            readies.append(window.seconds_to("ready"))
    yardstick = _warm(labels)
    by_keychain, by_passphrase = _warm(taken["keychain"]), _warm(taken["passphrase"])
    return [
        Figure("records usable, by keychain", by_keychain, "ms", Limit(times=6.5), yardstick, LABEL),
        Figure("records usable, by passphrase", by_passphrase, "ms", Limit(times=8.0), yardstick, LABEL),
        Figure("bar, keys and lock beside them, by keychain", _warm(readies), "ms", Limit(), yardstick, LABEL),
    ]


def memory(ground: Ground) -> list[Figure]:
    """Proportional set size (PSS, proc(5)) of the program in session, its window hidden, its bar showing."""
    labels, sessions = [], []
    for _each in range(5):
        with ground.label() as label:
            label.hear("window")
            time.sleep(1)  # Qt finishes setting up
            labels.append(_memory(label.process.pid, ground.busy))
        with ground.program("real_window", *_in_session(ground)) as window:
            window.hear("session")
            time.sleep(SETTLED)
            sessions.append(_memory(window.process.pid, ground.busy))
    return [
        Figure("memory in session, window hidden", median(sessions), "MiB", Limit(times=3.0), median(labels), LABEL)
    ]


def processor(ground: Ground) -> list[Figure]:
    """Share of one core, and how often it is woken, in a session at rest with the bar showing."""
    shares, wakes = [], []
    with ground.program("real_window", *_in_session(ground)) as window:
        told = window.hear("session")
        assert told["bar"], "the bar is not showing"
        time.sleep(SETTLED)
        for number in range(STRETCHES):
            say(f"watching the processor, minute {number + 1} of {STRETCHES} …")
            before, begun = work(told["pid"]), time.monotonic()
            time.sleep(STRETCH)
            seconds, after = time.monotonic() - begun, work(told["pid"])
            shares.append(100 * (after[0] - before[0]) / seconds)
            wakes.append((after[1] - before[1]) / seconds)
    return [
        Figure("processor in session, bar showing", median(shares), "%", Limit(most=0.3), against="one core"),
        Figure("wake-ups in session, bar showing", median(wakes), "/s", Limit(most=2.0)),
    ]


def _in_session(ground: Ground) -> tuple[str, ...]:
    """What ``real_window`` is given for a session in records that had none running yet."""
    from coachdesk.desk import Desk
    from coachdesk.machine.here import here
    from coachdesk.practice import clients, sessions

    practice = ground.practice
    desk = Desk(here(), practice.by_keychain)
    desk.open(practice.key)
    try:
        if desk.read(sessions.running) is not None:
            desk.do(sessions.close, desk.do(sessions.finish).id)
        client = desk.read(clients.present)[0].id
    finally:
        desk.close()
    return (*practice.way("keychain"), "session", client)


def _warm(seconds: list[float]) -> float:
    """The median in milliseconds, the first start left out: it compiles, and fills the system's file cache."""
    return 1000 * median(seconds[1:])


def _memory(pid: int, busy: bool) -> float:
    """MiB of the proportional set size; the resident one where others run Qt too, which would make ours small."""
    wanted = "Rss:" if busy else "Pss:"
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(wanted):
            return int(line.split()[1]) / 1024
    raise ValueError("this system does not tell the memory of a process")


def work(pid: int) -> tuple[float, int]:
    """Seconds on a processor, and voluntary waits ended, of all threads of a process so far (proc(5))."""
    seconds, waits = 0.0, 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
        told = dict(line.split(":", 1) for line in (task / "status").read_text().splitlines())
        waits += int(told["voluntary_ctxt_switches"])
    return seconds, waits
