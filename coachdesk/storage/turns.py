"""Whose turn it is to write: beside long work of this very process the others wait a moment, and then say so."""

import contextlib
import threading
from collections.abc import Iterator

from coachdesk.errors import Refused
from coachdesk.words import _

PATIENCE = 0.25
"""Seconds to wait for our own long work to end; the window's thread waits here too."""

_one_at_a_time = threading.Lock()
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


def under_way() -> bool:
    """Whether this process is at such work."""
    return not _free.is_set()


def wait(patience: float = PATIENCE) -> None:
    """Let such work end first. Raises Refused where it takes longer."""
    if not _free.wait(patience):
        raise busy()


def busy() -> Refused:
    """The refusal beside such work."""
    return Refused(_("CoachDesk itself is still busy with the records, so nothing was stored; try again in a moment."))
