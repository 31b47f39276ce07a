"""Whose turn it is to write, to the records or to copies of them: beside long work of this very process others wait."""

import contextlib
import threading
from collections.abc import Iterator

from coachdesk.errors import Refused
from coachdesk.words import _

PATIENCE = 0.25
"""Seconds to wait for our own long work to end; the window's thread waits here too."""

_one_at_a_time = threading.Lock()
_copies = threading.RLock()
_free = threading.Event()
_free.set()


@contextlib.contextmanager
def long_work() -> Iterator[None]:
    """Inside, this thread may hold the records for seconds, as when the whole file is written anew."""
    with _one_at_a_time:
        _free.clear()
        try:
            yield
        finally:
            _free.set()


@contextlib.contextmanager
def copies() -> Iterator[None]:
    """Inside, this thread alone makes, rewrites or clears away copies of the records; it may come in again.

    Two at once would take each other's unfinished files for broken off. The others wait until it is done, however long
    that takes, but for the first thread of the program, which has a window to look after: it waits a moment. Raises
    Refused where that is not enough.
    """
    first = threading.current_thread() is threading.main_thread()
    if not _copies.acquire(timeout=PATIENCE if first else -1):
        raise busy()
    try:
        yield
    finally:
        _copies.release()


def under_way() -> bool:
    """Whether this process is at such work."""
    return not _free.is_set()


def wait(patience: float = PATIENCE) -> None:
    """Let such work end first. Raises Refused where it takes longer."""
    if not _free.wait(patience):
        raise busy()


def busy() -> Refused:
    """The refusal beside such work."""
    return Refused(_("CoachDesk itself is still busy with the records, so nothing was changed; try again in a moment."))
