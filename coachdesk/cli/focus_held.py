"""Focus mode held by a command in the foreground, until its end or until it is asked to stop."""

import signal
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING, Any

from coachdesk.cli import focus_words
from coachdesk.errors import Refused
from coachdesk.verbs.values import plain
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.cli.call import Call
    from coachdesk.focus.mode import Focus
    from coachdesk.focus.plan import Plan

ASKS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, the system, the end of the terminal; the last is Windows' Ctrl-Break. Not every system has each."""
WAIT = 1.0
"""Seconds of one wait: Windows wakes nobody who waits for a lock when Ctrl-C is pressed."""


class Ending:
    """While entered, what would end this program only asks it to end; what it was told to ignore, it ignores."""

    def __init__(self) -> None:
        self.asked = False
        """Whether somebody asked."""
        self._news: SimpleQueue[None] = SimpleQueue()  # unlike a threading.Event it may be told from a signal handler
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "Ending":
        for number in (getattr(signal, name) for name in ASKS if hasattr(signal, name)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_raised: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass, fewer when there is news."""
        with suppress(Empty):
            self._news.get(timeout=seconds)

    def wake(self, _news: object = None) -> None:
        """There is news for who waits."""
        self._news.put(None)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        self.wake()


def hold(call: "Call", plan: "Plan", ends_at: datetime) -> None:
    """Begin focus mode, say how it stands, wait until it ends, and say that all is put back.

    Raises Refused when it does not begin, when nothing can be kept quiet, or when something is left for the
    person's hands.
    """
    focus = call.focus()
    with Ending() as ending:
        focus.listeners.append(ending.wake)
        try:
            focus.enter(plan, ends_at)
            _outlast("entering", focus, ending)
            if focus.state.phase == "on":
                call.tell(plain(focus.state), focus_words.held)
                if not focus.state.quiet:
                    raise Refused(_("So nothing was begun."))
                _outlast("on", focus, ending)
            elif not ending.asked:
                raise Refused(focus.state.sentence or _("Focus mode did not begin."))
        finally:
            focus.close()
    _say_end(call, focus)


def _outlast(phase: str, focus: "Focus", ending: Ending) -> None:
    """Wait until this phase is over, or somebody asks to end."""
    while focus.state.phase == phase and not ending.asked:
        ending.wait(WAIT)


def _say_end(call: "Call", focus: "Focus") -> None:
    told = focus.state.sentence
    if focus.state.phase != "off":
        raise Refused(_("Focus mode has not ended yet; coachdesk focus undo puts everything back."))
    if left := focus.outstanding():
        raise Refused(told or " ".join(left))
    if not call.given.json:
        call.tell(None, lambda _nothing: told or _("Focus mode has ended; everything is put back."))
