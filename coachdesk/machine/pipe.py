"""The door on Windows: a named pipe under a name nobody can guess.

Not run on a real Windows computer; the tests run it over AF_UNIX, which ``multiprocessing.connection`` offers with the
same calls. Only its bytes are used, never its pickles.
"""

import secrets
import threading
from collections.abc import Callable
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from coachdesk.machine.doors import LARGEST, Wire

T = TypeVar("T")


def new_address() -> str:
    """A pipe's name that nobody can guess."""
    return rf"\\.\pipe\coachdesk-{secrets.token_hex(16)}"


class PipeDoor:
    """A named pipe with a name nobody can guess, written down where only this person can read.

    The default security of a named pipe lets other users read but not write or add an instance ("Named Pipe Security
    and Access Rights", learn.microsoft.com), and we say nothing before we are asked. ``multiprocessing.connection``
    creates the first instance with FILE_FLAG_FIRST_PIPE_INSTANCE, so nobody can have put one there before.
    Not run on a real Windows computer; the tests run it over AF_UNIX.
    """

    def __init__(self, address: str, family: str, address_file: Path) -> None:
        self._address = address
        self._closed = threading.Event()
        self._listener = connection.Listener(address, family)
        self._file = address_file
        address_file.write_text(address, encoding="utf-8")
        address_file.chmod(0o600)

    def accept(self) -> Wire | None:
        """Wait for the next knock; None once the door is closed."""
        while not self._closed.is_set():
            try:
                there = self._listener.accept()
            except OSError:
                continue  # the other side went away before we looked
            if not self._closed.is_set():
                return PipeWire(there)
            there.close()
        self._listener.close()
        return None

    def close(self) -> None:
        """Take the written name away and knock once ourselves, so that ``accept`` returns."""
        if not self._closed.is_set():
            self._closed.set()
            self._file.unlink(missing_ok=True)
            connection.Client(self._address).close()


class PipeWire:
    """A conversation over a pipe; what can block for ever is done on a thread that is waited for."""

    def __init__(self, there: "connection.Connection[Any, Any]") -> None:
        self._there = there

    @classmethod
    def to(cls, address: str, timeout: float) -> "PipeWire":
        """Connect to a pipe by its name."""
        return cls(_within(timeout, lambda: connection.Client(address)))

    def send(self, message: bytes, timeout: float) -> None:
        """Send a whole message."""
        _within(timeout, lambda: self._there.send_bytes(message))

    def receive(self, timeout: float) -> bytes:
        """The next whole message."""
        if not self._there.poll(timeout):
            raise TimeoutError
        return _within(timeout, lambda: self._there.recv_bytes(LARGEST))

    def close(self) -> None:
        """End the conversation."""
        self._there.close()


def _within(timeout: float, act: Callable[[], T]) -> T:
    """What ``act`` returns or raises, or TimeoutError; the thread it hangs on is then left alone."""
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(act())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="pipe", daemon=True)
    thread.start()
    thread.join(timeout)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]
