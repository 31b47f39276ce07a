"""Slow work on threads of its own, its outcome back on the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Cancelled(Exception):  # it is no error: the coach asked for it
    """The work was told to stop."""


class Progress:
    """Handed to work that can tell how far it is; it also learns here that it is no longer wanted."""

    def __init__(self, told: Callable[[float], None]) -> None:
        self._told = told
        self._unwanted = threading.Event()

    def __call__(self, share: float) -> None:
        """Say that so much of the work is done, 0 to 1; raises Cancelled when it is no longer wanted."""
        if self._unwanted.is_set():
            raise Cancelled
        self._told(share)

    @property
    def cancelled(self) -> bool:
        """Whether it is no longer wanted."""
        return self._unwanted.is_set()

    def cancel(self) -> None:
        """It is no longer wanted."""
        self._unwanted.set()


class Task(QObject):
    """One piece of work under way."""

    progressed = Signal(float)
    ended = Signal()
    stopped = Signal()
    """After ``ended``, where the work itself ended because it was told to stop; else its outcome is told."""
    _came_back = Signal(object, object)

    def __init__(self, work: Callable[[], Any], done: Done | None, failed: Failed | None, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._done, self._failed = work, done, failed
        self.progress = Progress(self.progressed.emit)
        self.reports = False
        self._came_back.connect(self._on_came_back, Qt.ConnectionType.QueuedConnection)
        self.thread_of_work = threading.Thread(target=self._carry_out, name="coachdesk-task", daemon=True)

    def cancel(self) -> None:
        """Neither the work nor its outcome is wanted any more."""
        self.progress.cancel()
        self._done = self._failed = None

    def _carry_out(self) -> None:
        value, error = None, None
        try:
            value = self._work()
        except Exception as raised:  # handed to the window's thread, whatever it is
            error = raised
        if shiboken6.isValid(self):
            self._came_back.emit(value, error)

    @Slot(object, object)
    def _on_came_back(self, value: object, error: Exception | None) -> None:
        done, failed = self._done, self._failed
        self._done = self._failed = None
        self.ended.emit()
        if isinstance(error, Cancelled):
            self.stopped.emit()
        elif error is None:
            if _alive(done):
                done(value)
        elif failed is None:
            if not self.progress.cancelled:
                raise error
        elif _alive(failed):
            failed(error)


class Tasks(QObject):
    """All work under way; nothing outlives ``close``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: list[Task] = []

    def run(
        self,
        work: Callable[..., Any],
        *args: object,
        done: Done | None = None,
        failed: Failed | None = None,
        reports: bool = False,
    ) -> Task:
        """Carry out ``work(*args)`` on a thread; then ``done(value)`` or ``failed(error)`` on the window's thread.

        With ``reports`` the work is given a ``Progress`` as its keyword ``progress``. Without ``failed`` an error
        reaches the crash screen. The work must touch no widget, import nothing of ``ui``, and be the first to use no
        class of Qt's: PySide keeps the types it makes in a table that the window's thread reads without Python's lock,
        and a type made on another thread can end the program (PySide 6.11 under Python before 3.12).
        """
        task = Task(lambda: work(*args, **extra), done, failed, self)
        task.reports = reports
        extra = {"progress": task.progress} if reports else {}
        self._under_way.append(task)
        task.ended.connect(self._on_ended)
        task.thread_of_work.start()
        return task

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    @property
    def reporting(self) -> bool:
        """Whether something is under way that the coach asked for and watches: a file being written, a backup."""
        return any(task.reports for task in self._under_way)

    def close(self, patience: float = 5.0) -> None:
        """Want nothing any more; wait so many seconds at most for what must not be cut short."""
        until = time.monotonic() + patience
        for task in self._under_way:
            task.cancel()
        for task in self._under_way:
            task.thread_of_work.join(max(0.0, until - time.monotonic()))
        self._under_way.clear()

    @Slot()
    def _on_ended(self) -> None:
        task = self.sender()
        if task in self._under_way:
            self._under_way.remove(task)
            task.deleteLater()


def _alive(function: Callable[..., object] | None) -> bool:
    """Whether the widget that would be told still exists."""
    owner = getattr(function, "__self__", None)
    return function is not None and (not isinstance(owner, QObject) or shiboken6.isValid(owner))
