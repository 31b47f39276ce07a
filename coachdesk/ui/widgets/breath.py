"""A slowly breathing dot: about five breaths a minute, still where motion is unwanted."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from coachdesk.ui.theme import UNIT, motion
from coachdesk.words import _

BREATH = 11.0
"""Seconds from one breath to the next."""
FRAME = 50
"""Milliseconds between two pictures; slow enough to cost next to nothing."""


class Breath(QWidget):
    """Grows and shrinks while it is on screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("A dot that breathes slowly"))
        self.setFixedHeight(UNIT * 30)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._on_frame)

    @property
    def size_now(self) -> float:
        """How far the breath is, 0 to 1; half when it does not move."""
        if not self._timer.isActive():
            return 0.5
        return 0.5 - 0.5 * math.cos(2 * math.pi * self._since.elapsed() / 1000 / BREATH)

    def sizeHint(self) -> QSize:
        return QSize(UNIT * 30, UNIT * 30)

    @Slot()
    def _on_frame(self) -> None:
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._since.start()
        if motion(1):
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, colours, far = QPointF(self.rect().center()), self.palette(), self.size_now
        painter.setBrush(colours.midlight())
        painter.drawEllipse(middle, UNIT * (6 + 7 * far), UNIT * (6 + 7 * far))
        painter.setBrush(colours.highlight())
        painter.drawEllipse(middle, UNIT * (3 + 3 * far), UNIT * (3 + 3 * far))
