"""Loads the libraries of Windows with every type declared, and waits for no call longer than it may take."""

import ctypes
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

from coachdesk.machine.win32 import declared

T = TypeVar("T")
Load = Callable[[str], Any]
"""From the name of a library, the library; in tests a made-up one."""
Signatures = Mapping[str, tuple[Any, tuple[Any, ...]]]
"""By function: the type of the answer and those of the arguments."""


def library(name: str, signatures: Signatures, load: Load | None = None) -> Any:
    """The library; raises OSError where Windows has none of this name."""
    load = load or (lambda name: ctypes.WinDLL(name, use_last_error=True))  # type: ignore[attr-defined]
    return declared(load(name), dict(signatures))


def called_back(answer: Any, *arguments: Any) -> Any:
    """The type of a function that Windows calls, or that is found in a table of functions."""
    return getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(answer, *arguments)


def within(seconds: float, call: Callable[[], T]) -> T:
    """The answer of a call that may block, from a thread of its own; raises TimeoutError, and what the call raises."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as why:
            answer.set_exception(why)

    threading.Thread(target=run, name="windows", daemon=True).start()
    return answer.result(seconds)
