"""One running CoachDesk per person and home: a second start finds the first and hands its request over.

Who runs is told by a lock that the system lets go of when its holder dies; a socket file left behind by a killed
program means nothing. Requests and answers are JSON texts, never anything that could run:
``{"verb": "client.add", "arguments": {...}}`` is answered by ``{"ok": value}``, ``{"refused": sentence}`` or
``{"fault": kind of error}``.
"""

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock

from coachdesk import paths
from coachdesk.errors import Refused
from coachdesk.machine import doors
from coachdesk.words import _

Handle = Callable[[dict[str, Any]], dict[str, Any]]

_PATIENCE = 2.0
"""Seconds in which a caller must have sent its request, and again have taken its answer."""


def _name(home: paths.Home) -> str:
    """A short name that is the same for every spelling of one home."""
    real = os.path.normcase(os.path.realpath(home.root))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:20]


def _lock(home: paths.Home) -> filelock.FileLock:
    path = doors.private(paths.runtime()) / f"{_name(home)}.lock"
    return filelock.FileLock(path, mode=0o600, thread_local=False)


class Instance:
    """This program, being the one that runs for a home."""

    def __init__(self, home: paths.Home, lock: filelock.BaseFileLock) -> None:
        self._home = home
        self._lock = lock
        self._door: doors.Door | None = None
        self._threads: list[threading.Thread] = []

    @classmethod
    def take(cls, home: paths.Home) -> "Instance | None":
        """Become the one that runs for this home; None when there is one already.

        It tries for a quarter of a second, because ``ask`` holds the lock for a moment to see whether anybody runs.
        """
        lock = _lock(home)
        try:
            lock.acquire(timeout=0.25, poll_interval=0.02)
        except filelock.Timeout:
            return None
        return cls(home, lock)

    def serve(self, handle: Handle) -> None:
        """Answer requests from now on; ``handle`` is called from other threads, one per request.

        A ``Refused`` from it is answered in its own words; of any other error only its kind is told, because its text
        may hold what a client said.
        """
        self._door = doors.open_door(_name(self._home))
        waiting = threading.Thread(target=self._wait, args=(self._door, handle), name="instance", daemon=True)
        self._threads.append(waiting)
        waiting.start()

    def _wait(self, door: doors.Door, handle: Handle) -> None:
        while wire := door.accept():
            answering = threading.Thread(target=_answer, args=(wire, handle), name="instance-request", daemon=True)
            self._threads = [thread for thread in self._threads if thread.is_alive()] + [answering]
            answering.start()

    def close(self) -> None:
        """Stop answering and let another start take over; a second call does nothing."""
        if self._door is not None:
            self._door.close()
            self._door = None
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=2.0)
        self._threads = []
        self._lock.release()


def _answer(wire: doors.Wire, handle: Handle) -> None:
    try:
        request = json.loads(wire.receive(_PATIENCE))
        wire.send(json.dumps(_answer_to(request, handle)).encode(), _PATIENCE)
    except (OSError, EOFError, ValueError, RecursionError):
        pass  # the caller went away, or is no CoachDesk: there is nobody to tell
    finally:
        wire.close()


def _answer_to(request: Any, handle: Handle) -> dict[str, Any]:
    if not isinstance(request, dict):
        return {"refused": _("What was asked of CoachDesk is no request; it may come from another version.")}
    try:
        answer = handle(request)
        json.dumps(answer)  # what cannot be written as JSON is a fault of ours and must be told as one
    except Refused as why:
        return {"refused": why.sentence}
    except Exception as fault:
        return {"fault": type(fault).__name__}
    return answer


def ask(home: paths.Home, request: dict[str, Any], timeout: float = 10.0) -> dict[str, Any] | None:
    """Hand a request to the CoachDesk that runs for this home; None when nobody runs.

    Raises:
        Refused: one runs but does not answer within ``timeout`` seconds, or stopped before it answered.
    """
    deadline = time.monotonic() + timeout
    while True:
        try:
            wire = doors.knock(_name(home), max(0.01, deadline - time.monotonic()))
        except TimeoutError:
            raise _silent(timeout) from None
        except OSError:
            wire = None
        if wire is not None:
            return _exchange(wire, request, timeout, deadline)
        if not _somebody_runs(home):
            return None
        if time.monotonic() >= deadline:
            raise _silent(timeout)
        time.sleep(0.02)  # it has taken its place but is still starting, or is stopping


def _exchange(wire: doors.Wire, request: dict[str, Any], timeout: float, deadline: float) -> dict[str, Any]:
    try:
        wire.send(json.dumps(request).encode(), max(0.01, deadline - time.monotonic()))
        answer: dict[str, Any] = json.loads(wire.receive(max(0.01, deadline - time.monotonic())))
    except TimeoutError:
        raise _silent(timeout) from None
    except (OSError, EOFError):
        raise Refused(_("CoachDesk stopped before it answered; please look whether it was still done.")) from None
    finally:
        wire.close()
    return answer


def _somebody_runs(home: paths.Home) -> bool:
    lock = _lock(home)
    if not Path(lock.lock_file).exists():
        return False
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        return True
    lock.release()
    return False


def _silent(timeout: float) -> Refused:
    return Refused(
        _("CoachDesk is running but has not answered for {seconds} seconds; it may be busy or hung.").format(
            seconds=round(timeout, 1)
        )
    )
