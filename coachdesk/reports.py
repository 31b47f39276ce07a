"""Reports of our own bugs: where it happened, never what a client or a coach wrote."""

from datetime import UTC
from pathlib import Path
from types import TracebackType

from coachdesk import NAME, __version__
from coachdesk.clock import Now

MOST_REPORTS = 20
"""Older reports are removed."""


def report_of(error: BaseException, now: Now) -> str:
    """The report: versions, the kind of error, and where it happened.

    The error's own text, the lines of source and all values are left out, because they may hold a client's words.
    """
    import platform  # only when there is a bug: a window's start need not wait for it

    lines = [
        f"{NAME} {__version__}",
        f"{now.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()}, {platform.platform()}",
        "",
    ]
    return "\n".join([*lines, *_steps(error)]) + "\n"


def store_report(text: str, folder: Path, now: Now) -> Path:
    """Write a report into the folder of logs, readable by this person alone; the oldest beyond twenty go."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{now.at.astimezone(UTC):%Y%m%dT%H%M%SZ}.txt"
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
    for old in sorted(folder.glob("crash-*.txt"))[:-MOST_REPORTS]:
        old.unlink()
    return path


def keep(error: BaseException, folder: Path, now: Now) -> str:
    """Write the report of an error; returns its path, empty where the disk would not take it."""
    try:
        return str(store_report(report_of(error, now), folder, now))
    except OSError:
        return ""


def _steps(error: BaseException) -> list[str]:
    found: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        found.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        found += _places(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
    return found


def _places(trace: TracebackType | None) -> list[str]:
    import traceback

    return [
        f"    {_short(frame.f_code.co_filename)}:{number} {frame.f_code.co_qualname}"
        for frame, number in traceback.walk_tb(trace)
    ]


def _short(path: str) -> str:
    """A file as its package knows it: folders above may hold a person's name."""
    slashed = path.replace("\\", "/")
    for mark in ("coachdesk", "site-packages", "lib-dynload", "python3"):
        at = slashed.rfind(f"/{mark}")
        if at >= 0:
            return slashed[at + 1 :]
    return slashed.rpartition("/")[2]
