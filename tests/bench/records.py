"""The rows about the records: reading and writing them, beside plain sqlite3 doing the same SQL on the same disk."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event

from coachdesk.desk import Desk
from coachdesk.machine.here import here
from tests.bench.figures import Figure, Limit
from tests.bench.ground import Ground

CLIENTS = 60
REPORTS = 9
BATCHES = 300
TYPED = ("mother", "quiet plan", "client 12", "tired together", "conversation about", "story", "yes", "nobody said")
"""Searched for by a coach; most of the practice holds some of these words."""
Statement = tuple[str, Any]


def brief(ground: Ground) -> list[Figure]:
    """The brief of one client after another, everybody who was ever coached among them."""
    from coachdesk.practice import brief as briefs
    from coachdesk.practice import clients

    with _both(ground) as (desk, plain):
        everybody = desk.read(clients.every)
        some = everybody[:: max(1, len(everybody) // CLIENTS)]
        pairs = [_beside(ground, desk, plain, lambda desk, one=one: desk.read(briefs.brief, one.id)) for one in some]
    return [_figure("the brief", pairs, Limit(most=20, times=4))]


def hours(ground: Ground) -> list[Figure]:
    """The whole log: hours with each client, by month, and what counts lately, over all the years."""
    from coachdesk.practice import hours as report

    with _both(ground) as (desk, plain):
        rules = report.Rules(ZoneInfo("Europe/Berlin"), date(2010, 1, 1), 15)
        pairs = [_beside(ground, desk, plain, lambda desk: desk.read(report.report, rules)) for _each in range(REPORTS)]
    return [_figure("the hours report", pairs, Limit(most=120, times=4))]


def search(ground: Ground) -> list[Figure]:
    """What is typed into the search field, key by key: the time that 95 of 100 keys do not take."""
    from coachdesk.practice import search as searched

    with _both(ground) as (desk, plain):
        keys = [words[: at + 1] for words in TYPED for at in range(len(words))]
        pairs = [_beside(ground, desk, plain, lambda desk, key=key: desk.read(searched.find, key)) for key in keys]
    ours, theirs = (1000 * sorted(each)[int(0.95 * len(keys))] for each in zip(*pairs, strict=True))
    return [Figure("search as you type, 95 of 100 keys", ours, "ms", Limit(most=30, times=4), theirs, "sqlite3")]


def keystrokes(ground: Ground) -> list[Figure]:
    """What was typed in half a second, kept so that a power cut does not take it."""
    from coachdesk.practice import drafts

    with _both(ground) as (desk, plain):
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        desk.do_quietly(drafts.keep, "session", "one", "focus_line", "T")
        plain.execute("DELETE FROM draft")
        plain.execute("INSERT INTO draft VALUES ('1', '', '', 'session', 'one', 'focus_line', 'T')")
        pairs = [_kept(desk, plain, "what the client said " * (1 + number % 20)) for number in range(BATCHES)]
    return [_figure("one batch of keystrokes kept", pairs, Limit(times=3))]


def _kept(desk: Desk, plain: sqlite3.Connection, words: str) -> tuple[float, float]:
    """Waiting for the disk is what counts here, so it is never measured in processor time."""
    from coachdesk.practice import drafts

    begun = time.perf_counter()
    desk.do_quietly(drafts.keep, "session", "one", "focus_line", words)
    between = time.perf_counter()
    plain.execute("UPDATE draft SET text = ?, updated_at = 'now'", (words,))
    return between - begun, time.perf_counter() - between


def _figure(what: str, pairs: list[tuple[float, float]], limit: Limit) -> Figure:
    ours, plain = (1000 * median(each) for each in zip(*pairs, strict=True))
    return Figure(what, ours, "ms", limit, plain, "sqlite3")


@contextmanager
def _both(ground: Ground) -> Iterator[tuple[Desk, sqlite3.Connection]]:
    """The practice on a desk, and the same rows in a plain file with the same pages, both on one disk."""
    practice = ground.practice
    copy = ground.folder / "plain.db"
    desk = Desk(here(), practice.by_passphrase)
    desk.open(practice.key)
    if not copy.exists():
        _decrypt(desk, copy)
    plain = sqlite3.connect(copy, isolation_level=None)
    try:
        yield desk, plain
    finally:
        plain.close()
        desk.close()


def _decrypt(desk: Desk, copy: Path) -> None:
    """Only made-up people are in it."""
    connection = desk.store.connection()
    try:
        connection.execute(f"ATTACH DATABASE '{copy}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")
    finally:
        connection.close()


def _beside(
    ground: Ground, desk: Desk, plain: sqlite3.Connection, query: Callable[[Desk], object]
) -> tuple[float, float]:
    """Seconds of a query on the desk, and of plain sqlite3 running the very statements it ran.

    Both read the same pages for the first time in this pair, or both for the second: what is known is known to both.
    """
    said: list[Statement] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        said.append((statement, parameters))

    ours = ground.seconds(lambda: query(desk))
    event.listen(desk.store.engine, "before_cursor_execute", listen)
    query(desk)
    event.remove(desk.store.engine, "before_cursor_execute", listen)
    statements = [each for each in said if each[0].startswith(("SELECT", "WITH"))]
    return ours, ground.seconds(lambda: [plain.execute(*each).fetchall() for each in statements])
