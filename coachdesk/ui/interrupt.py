"""Being asked to end by the system: SIGTERM at a shutdown or logout, SIGINT from a terminal."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

ASKED = (signal.SIGTERM, signal.SIGINT)


class Interrupt(QObject):
    """Says on the window's thread that we were asked to end; a running session stays in the records.

    Python runs a handler only when its own code runs, and Qt's loop may wait for long; so the signal's number is also
    written into a pair of sockets that the loop listens to (``signal.set_wakeup_fd``). Windows sends no such signals.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[signal.Signals, object] = {}
        if not hasattr(socket, "AF_UNIX"):
            return
        self._here, self._there = socket.socketpair(socket.AF_UNIX)
        for end in (self._here, self._there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        self._wakeup_before = signal.set_wakeup_fd(self._there.fileno())
        self._before = {number: signal.signal(number, _heard) for number in ASKED}

    def close(self) -> None:
        """Leave signals to whoever had them before."""
        if not self._before:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        for end in (self._here, self._there):
            end.close()

    @Slot()
    def _on_signal(self) -> None:
        self._here.recv(4096)
        self.asked.emit()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Nothing more: the number is on its way to the loop."""
