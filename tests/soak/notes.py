"""What is noted of the program after each round, from outside and as it says itself, and the table of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from Xlib import display as xlib

from tests.soak.trends import FEWEST, SURE, Trend, after_warm_up, growth

MEBIBYTE = 2**20
HEAD = ("what", "first", "last", "least", "most", "per hour", "verdict")


@dataclass(frozen=True)
class Note:
    """How the program stood after a round, at rest on Today."""

    round: int
    hours: float
    """Since the first round ended."""
    pss: float
    """Proportional set size in MiB: what is shared with other programs counts in part (proc(5))."""
    rss: float
    anonymous: float
    """What belongs to it alone and is in no file, in MiB: what others do changes nothing of it."""
    threads: int
    files: int
    children: int
    """Processes it has started that are still there, dead ones not waited for included."""
    x_windows: int
    """Windows of every program on the screen, as the X server has them."""
    windows: int
    """Qt's windows, hidden ones included."""
    shown: int
    widgets: int
    objects: int
    """What Python's cycle collector watches."""
    processor: float
    """Seconds on a processor so far."""


KEPT: tuple[tuple[str, str], ...] = (
    ("pss", "memory (PSS, MiB)"),
    ("rss", "memory resident (RSS, MiB)"),
    ("anonymous", "memory in no file (RssAnon, MiB)"),
)
COUNTED: tuple[tuple[str, str], ...] = (
    ("threads", "threads"),
    ("files", "open files"),
    ("children", "processes started"),
    ("x_windows", "windows on the screen (X11)"),
    ("windows", "windows of Qt"),
    ("shown", "windows of Qt, shown"),
    ("widgets", "widgets"),
    ("objects", "objects of Python"),
)
LOOSE = ("objects", "widgets")
"""They come and go between two sweeps; whether they grow, their slope tells."""


def note(process: psutil.Process, screen: xlib.Display, told: dict[str, Any], begun: float) -> Note:
    """Look at the program now; ``told`` is what it said of itself, ``begun`` the first such moment."""
    memory = process.memory_full_info()
    return Note(
        told["round"],
        (told["at"] - begun) / 3600,
        memory.pss / MEBIBYTE,
        memory.rss / MEBIBYTE,
        _anonymous(process.pid),
        process.num_threads(),
        process.num_fds(),
        len(process.children(recursive=True)),
        _below(screen.screen().root),
        *(told[name] for name in ("windows", "shown", "widgets", "objects")),
        told["spent"],
    )


def _anonymous(pid: int) -> float:
    """MiB of memory that no file stands behind (proc(5), RssAnon)."""
    told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines())
    return int(told["RssAnon"].split()[0]) / 1024


def _below(window: Any) -> int:
    """How many windows are below one, on every level."""
    return sum(1 + _below(child) for child in window.query_tree().children)


def table(notes: Sequence[Note]) -> str:
    """Everything noted after the warm-up, in lines."""
    counted = after_warm_up(notes)
    if len(counted) < FEWEST:
        return f"{len(notes)} rounds; too few to judge."
    hours = [each.hours for each in counted]
    rows = [HEAD]
    for name, words in (*KEPT, *COUNTED):
        values = [float(getattr(each, name)) for each in counted]
        trend = Trend.of(hours, values)
        verdict = _by_slope(trend) if name not in dict(COUNTED) or name in LOOSE else _by_count(values)
        ends = [_number(value) for value in (values[0], values[-1], min(values), max(values))]
        rows.append((words, *ends, f"{trend.slope:+.2f} ± {trend.error:.2f}", verdict))
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    passed, work = hours[-1] - hours[0], counted[-1].processor - counted[0].processor
    lines.append(
        f"{len(notes)} rounds, {len(counted)} of them after the warm-up, in {passed:.2f} hours; "
        f"{100 * work / (3600 * passed):.1f} % of a core."
    )
    return "\n".join(lines)


def _by_slope(trend: Trend) -> str:
    return "grows" if trend.grows else "flat" if trend.slope >= -SURE * trend.error else "falls"


def _by_count(values: Sequence[float]) -> str:
    return "grows" if growth(values) > 0 else "no more"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
