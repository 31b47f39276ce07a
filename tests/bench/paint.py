"""Notices the moment at which a window has been painted and handed to the screen."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

DRAWING = (QEvent.Type.Expose, QEvent.Type.UpdateRequest, QEvent.Type.Paint)


class Painted(QObject):
    """Calls ``told`` once, as soon as the first picture of a window is complete."""

    def __init__(self, window: Any, told: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._told = window, told
        self._drawn = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells of every event of the window and of its native window before it is handled."""
        kind = event.type()
        if watched is self._window:
            self._drawn = self._drawn or kind == QEvent.Type.Paint
            if kind == QEvent.Type.Show:
                self._window.windowHandle().installEventFilter(self)
            return False
        if kind not in DRAWING:
            return False
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)  # draws all widgets and hands the picture over before it returns
        if self._drawn:
            self._window.removeEventFilter(self)
            self._told()
        else:
            watched.installEventFilter(self)
        return True


class Repainted(QObject):
    """Calls ``told`` once, as soon as what has changed in a window that is shown is painted."""

    def __init__(self, window: Any, told: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._told = window, told
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a widget wants painted is gathered in one event of its window (QWidgetRepaintManager)."""
        if watched is not self._window or event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)
        self._told()
        return True


def tell(what: str, **facts: Any) -> None:
    """Say on standard output what has happened, when by the clock that all processes share, and the work until then."""
    times = {"at": time.monotonic(), "spent": time.process_time()}
    sys.stdout.write(json.dumps({"what": what, **times, **facts}) + "\n")
    sys.stdout.flush()
