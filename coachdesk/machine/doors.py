"""A door in this computer that only this person's programs can knock at: AF_UNIX socket, or named pipe on Windows.

Messages are bytes, each with its length before it. Nothing here opens a network connection.
"""

import os
import selectors
import socket
import stat
import struct
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coachdesk import paths
from coachdesk.errors import Refused
from coachdesk.words import _

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest message; anything longer is no message of ours."""

_LENGTH = struct.Struct("!Q")
_LONGEST_PATH = 100
"""Bytes of a socket's path: sockaddr_un has 108 on Linux (unix(7)), 104 on macOS (unix(4)), with a NUL at the end."""


class Wire(Protocol):
    """One conversation: a request there, an answer back."""

    def send(self, message: bytes, timeout: float) -> None:
        """Send a whole message; raises TimeoutError, or OSError when the other side is gone."""
        ...

    def receive(self, timeout: float) -> bytes:
        """The next whole message; raises TimeoutError, or OSError or EOFError when the other side is gone."""
        ...

    def close(self) -> None:
        """End the conversation."""
        ...


class Door(Protocol):
    """Where others knock."""

    def accept(self) -> Wire | None:
        """Wait for the next knock; None once the door is closed."""
        ...

    def close(self) -> None:
        """Take the door away and let ``accept`` return."""
        ...


def open_door(name: str, folder: Path | None = None) -> Door:
    """Open the door of this name, in place of one a killed program left; the caller knows that nobody else runs.

    It lies in the runtime folder, which is another one under cron or ssh, unless a folder is given. The name is to
    tell one folder from another: a door whose path would be too long for a socket lies in the temporary folder.
    """
    if hasattr(socket, "AF_UNIX"):
        return UnixDoor(_socket_path(name, folder, private))
    from coachdesk.machine.pipe import PipeDoor, new_address

    return PipeDoor(new_address(), "AF_PIPE", _address_file(name, folder, private))


def knock(name: str, timeout: float, folder: Path | None = None) -> Wire:
    """Begin a conversation with the program behind the door; raises OSError when there is none, TimeoutError.

    Knocking leaves nothing behind, no folder either.
    """
    if hasattr(socket, "AF_UNIX"):
        return UnixWire.to(_socket_path(name, folder, _found), timeout)
    from coachdesk.machine.pipe import PipeWire

    return PipeWire.to(_address_file(name, folder, _found).read_text(encoding="utf-8"), timeout)


def private(folder: Path) -> Path:
    """The folder, made sure to be ours and closed to everybody else; raises Refused when it is another person's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        state = folder.lstat()
        if state.st_uid != os.getuid() or not stat.S_ISDIR(state.st_mode):
            raise Refused(_("The folder {folder} belongs to somebody else.").format(folder=folder))
        if stat.S_IMODE(state.st_mode) & 0o077:
            folder.chmod(0o700)
    return folder


def _found(folder: Path) -> Path:
    """The folder where it is there, and then made sure to be ours; raises FileNotFoundError."""
    if not folder.is_dir():
        raise FileNotFoundError(os.fspath(folder))
    return private(folder)


Place = Callable[[Path], Path]
"""How the folder of a door is had: made, or found."""


def _socket_path(name: str, folder: Path | None, place: Place) -> Path:
    """In the folder, or in a short folder of our own where that path would be too long for a socket."""
    path = (folder or paths.runtime()) / f"{name}.sock"
    if len(os.fsencode(path)) > _LONGEST_PATH:
        path = Path(tempfile.gettempdir()) / f"coachdesk-{os.getuid()}" / path.name
    place(path.parent)
    return path


def _address_file(name: str, folder: Path | None, place: Place) -> Path:
    return place(folder or paths.runtime()) / f"{name}.pipe"


class UnixDoor:
    """A listening socket whose file only this person may open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path.unlink(missing_ok=True)
        self._listening.bind(os.fspath(path))
        path.chmod(0o600)
        self._listening.listen(16)
        self._listening.setblocking(False)
        self._knocks = selectors.DefaultSelector()
        self._knocks.register(self._listening, selectors.EVENT_READ)
        self._knocks.register(self._wake, selectors.EVENT_READ)

    def accept(self) -> Wire | None:
        """Wait for the next knock of this person's; others are not answered."""
        while True:
            if not self._closed.is_set():
                self._knocks.select()
            if self._closed.is_set():
                self._knocks.close()
                self._wake.close()
                self._listening.close()
                return None
            try:
                there, _address = self._listening.accept()
            except OSError:
                continue  # gone again, or no descriptor free at the moment
            if _is_ours(there):
                return UnixWire(there)
            there.close()

    def close(self) -> None:
        """Take the file away and let ``accept`` return."""
        if not self._closed.is_set():
            self._closed.set()
            self._path.unlink(missing_ok=True)
            self._waker.close()


def _is_ours(there: socket.socket) -> bool:
    """Whether the other side runs as the same user (SO_PEERCRED, unix(7)); macOS relies on the folder's mode alone."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = struct.Struct("3i")  # struct ucred: pid, uid, gid
    told = there.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, credentials.size)
    uid: int = credentials.unpack(told)[1]
    return uid == os.getuid()


class UnixWire:
    """A conversation over a connected socket."""

    def __init__(self, there: socket.socket) -> None:
        self._there = there

    @classmethod
    def to(cls, path: Path, timeout: float) -> "UnixWire":
        """Connect to the door at a path."""
        there = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        there.settimeout(timeout)
        try:
            there.connect(os.fspath(path))
            if not _is_ours(there):
                raise PermissionError(os.fspath(path))
        except OSError as error:
            there.close()
            if isinstance(error, BlockingIOError):  # a full backlog, connect(2): somebody is there but does not accept
                raise TimeoutError from error
            raise
        return cls(there)

    def send(self, message: bytes, timeout: float) -> None:
        """Send a whole message."""
        self._there.settimeout(timeout)
        self._there.sendall(_LENGTH.pack(len(message)) + message)

    def receive(self, timeout: float) -> bytes:
        """The next whole message."""
        deadline = time.monotonic() + timeout
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))
        if length > LARGEST:
            raise OSError(f"a message of {length} bytes")
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        got = bytearray()
        while len(got) < length:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._there.settimeout(left)
            part = self._there.recv(min(1 << 20, length - len(got)))
            if not part:
                raise EOFError
            got += part
        return bytes(got)

    def close(self) -> None:
        """End the conversation."""
        self._there.close()
