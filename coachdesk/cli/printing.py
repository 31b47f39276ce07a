"""Values in words: short lines and plain tables for a terminal."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coachdesk.words import _, ngettext

WIDEST = 60
"""Columns of the widest cell that is not the last one."""

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates of Unicode's bidirectional algorithm; one left open turns the columns after it."""


def line(value: Any) -> str:
    """A value in one line: line breaks become " / ", what steers a terminal goes."""
    if value is None:
        return ""
    text = " / ".join(part.strip() for part in str(value).splitlines() if part.strip())
    return harmless(text)


def harmless(text: str) -> str:
    """A text without control characters that steer a terminal, and without those that turn the writing of a line."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n" or (unicodedata.category(letter) != "Cc" and letter not in TURNING)
    )


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], empty: str) -> str:
    """Rows below the heads of ``columns`` (field → head); ``empty`` is said where there are none."""
    if not rows:
        return empty
    cells = [list(columns.values()), *([line(row.get(name)) for name in columns] for row in rows)]
    widths = [min(WIDEST, max(width(row[at]) for row in cells)) for at in range(len(columns))]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in cells)


def sheet(pairs: Sequence[tuple[str, Any]]) -> str:
    """One thing as lines of *label: value*; what is empty is left out."""
    return "\n".join(f"{label}: {line(value)}" for label, value in pairs if value not in (None, "", [], ()))


def width(text: str) -> int:
    """Columns a text takes: wide letters take two, those that stand on another none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    none = sum(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in text)
    return len(text) + wide - none


def when(moment: str | None) -> str:
    """A moment as this computer's clock shows it."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}" if moment else ""


def clock_time(moment: str) -> str:
    """The time of day of a moment as this computer's clock shows it."""
    return f"{datetime.fromisoformat(moment).astimezone():%H:%M}"


def minutes(seconds: int | None) -> str:
    """Seconds as whole minutes."""
    return "" if seconds is None else _("{n} min").format(n=round(seconds / 60))


def rows(count: int) -> str:
    """So many rows of records."""
    return ngettext("{n} row", "{n} rows", count).format(n=count)


def size(count: int) -> str:
    """A number of bytes in kilobytes of 1024, as the window has them."""
    return _("{n} kB").format(n=round(count / 1024))


def hours(seconds: int) -> str:
    """Seconds as hours with two decimals, half a hundredth rounded up as in the log."""
    hundredths = (seconds * 100 + 1800) // 3600
    return f"{hundredths // 100}.{hundredths % 100:02}"


def only_id(row: Mapping[str, Any]) -> str:
    """The id of what was added."""
    return str(row["id"])


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
