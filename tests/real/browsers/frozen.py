"""Makes the event loops of another process stand still, as if they hung, while the rest of it goes on.

A signal stops a whole process; ptrace(2) stops a single thread: PTRACE_SEIZE, PTRACE_INTERRUPT, and PTRACE_DETACH lets
it go on. The kernel lets us do so with our children's children.
"""

import contextlib
import ctypes
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import psutil

from tests.real.browsers.sites import milliseconds

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17
"""From linux/ptrace.h."""
WALL = 0x40000000
"""__WALL of wait(2): threads are not waited for without it."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


PLACES = ("ep_poll", "do_epoll_wait")
"""Where an event loop waits, as kernels call it in /proc/…/wchan."""
PATIENCE = 10.0
"""Seconds for finding them all."""


class Frozen:
    """The event loops of a process, held where they wait until the end of the block, enough of them that it hangs.

    A loop that is at work just then is not found at the first look; hence we ask whether what is to hang does. Should
    the process be killed meanwhile, it is let go: a thread that is traced and dead would otherwise keep its parent
    waiting for the process until its tracer has asked for it. Enter and leave on the same thread.
    """

    def __init__(self, process: psutil.Process, hangs: Callable[[], bool]) -> None:
        self._process = process
        self._hangs = hangs
        self._threads: list[int] = []
        self.since = 0.0
        """When the last of them was held, by the clock of the pages."""
        self._over = threading.Event()
        self._mourner = threading.Thread(target=self._mourn, name="mourns the frozen", daemon=True)

    def __enter__(self) -> "Frozen":
        end = time.monotonic() + PATIENCE
        while not self._threads or not self._hangs():
            assert time.monotonic() < end, "the event loops of the process could not be held"
            for thread in self._process.threads():
                if thread.id not in self._threads and self._waits(thread.id):
                    _ask(SEIZE, thread.id)
                    _ask(INTERRUPT, thread.id)
                    os.waitpid(thread.id, WALL)
                    self._threads.append(thread.id)
                    self.since = milliseconds()
        self._mourner.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._mourner.join()
        for thread in self._threads:
            with contextlib.suppress(ProcessLookupError):  # it may have been ended meanwhile
                _ask(DETACH, thread)

    def _waits(self, thread: int) -> bool:
        return Path(f"/proc/{self._process.pid}/task/{thread}/wchan").read_text("ascii") in PLACES

    def _mourn(self) -> None:
        while not self._over.wait(0.01):
            for thread in list(self._threads):
                with contextlib.suppress(ChildProcessError):
                    if os.waitpid(thread, WALL | os.WNOHANG)[0]:
                        self._threads.remove(thread)


def _ask(request: int, thread: int) -> None:
    """Ask one thing of the kernel; raises OSError."""
    if _libc.ptrace(request, thread, None, None) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
