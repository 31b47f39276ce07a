"""Makes the event loops of another process stand still, as if they hung, while the rest of it goes on.

A signal stops a whole process; ptrace(2) stops a single thread: PTRACE_SEIZE, PTRACE_INTERRUPT, and PTRACE_DETACH lets
it go on. The kernel lets us do so with our children's children.
"""

import contextlib
import ctypes
import os
from pathlib import Path
from types import TracebackType

import psutil

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17
"""From linux/ptrace.h."""
WALL = 0x40000000
"""__WALL of wait(2): threads are not waited for without it."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


PLACES = ("ep_poll", "do_epoll_wait")
"""Where an event loop waits, as kernels call it in /proc/…/wchan."""


class Frozen:
    """The event loops of a process, held where they wait until the end of the block.

    Enter and leave on the same thread.
    """

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._threads: list[int] = []

    def __enter__(self) -> "Frozen":
        for thread in self._process.threads():
            if Path(f"/proc/{self._process.pid}/task/{thread.id}/wchan").read_text("ascii") in PLACES:
                _ask(SEIZE, thread.id)
                _ask(INTERRUPT, thread.id)
                os.waitpid(thread.id, WALL)
                self._threads.append(thread.id)
        assert self._threads, "no thread of the process waits as an event loop does"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for thread in self._threads:
            with contextlib.suppress(ProcessLookupError):  # it may have been ended meanwhile
                _ask(DETACH, thread)


def _ask(request: int, thread: int) -> None:
    """Ask one thing of the kernel; raises OSError."""
    if _libc.ptrace(request, thread, None, None) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
