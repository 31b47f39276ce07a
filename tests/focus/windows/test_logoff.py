"""Logging off is heard in time, through messages of a made-up Windows."""

import queue
from collections.abc import Callable

from coachdesk.focus.windows.logoff import WM_ENDSESSION, WM_QUERYENDSESSION, WM_QUIT, Logoff
from coachdesk.machine.here import Closing

PATIENCE = 20.0


class FakeWindow:
    """The hidden window."""

    closed = False

    def close(self) -> None:
        """Take it away."""
        self.closed = True


class FakeApi:
    """Messages in one queue; ``answered`` is filled when Windows has its answer."""

    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        self.answered: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.window = FakeWindow()
        self.heard: Callable[[int, int], None] = print

    def thread(self) -> int:
        """The one thread."""
        return 1

    def post(self, thread: int, message: int) -> None:
        """Put a message into the queue."""
        self.messages.put((message, thread - 1))

    def next_message(self) -> tuple[int, int] | None:
        """The next message, after the hidden window has had it."""
        message = self.messages.get(timeout=PATIENCE)
        self.heard(*message)
        self.answered.put(message[0])
        return None if message[0] == WM_QUIT else message

    def listen(self, on_message: Callable[[int, int], None]) -> FakeWindow:
        """The hidden window."""
        self.heard = on_message
        return self.window


def ended(*messages: tuple[int, int]) -> tuple[list[str], FakeApi]:
    """What was done in which order for these messages."""
    api = FakeApi()
    done: list[str] = []
    logoff: Closing = Logoff(lambda: done.append("put back"), api)
    for message in messages:
        api.messages.put(message)
        api.answered.get(timeout=PATIENCE)
        done.append("answered")
    logoff.close()
    logoff.close()
    return done, api


def test_everything_is_put_back_before_windows_is_answered() -> None:
    done, _api = ended((WM_QUERYENDSESSION, 0))
    assert ["put back", "answered"] == done


def test_it_is_put_back_once_however_often_windows_tells() -> None:
    done, _api = ended((WM_QUERYENDSESSION, 0), (WM_ENDSESSION, 1))
    assert ["put back", "answered", "answered"] == done


def test_an_end_without_a_question_counts_too() -> None:
    done, _api = ended((WM_ENDSESSION, 1))
    assert ["put back", "answered"] == done


def test_other_messages_and_an_end_that_was_called_off_do_nothing() -> None:
    done, _api = ended((0x0218, 4), (WM_ENDSESSION, 0))
    assert ["answered", "answered"] == done


def test_closing_takes_the_window_away() -> None:
    _done, api = ended()
    assert api.window.closed
