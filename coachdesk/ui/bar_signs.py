"""The small signs on the presence bar: the dot of focus mode, and the lock of windows that are not shared."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from coachdesk.ui import icons
from coachdesk.ui.bar_shape import DOT, HEIGHT

RING = 1.6
"""Width of the ring's line, in pixels."""


class Sign(QLabel):
    """Drawn, not written; its words are its tooltip and its accessible name. Without words it is not shown."""

    def __init__(self, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(width, HEIGHT // 2)
        self.kind = ""
        self.hide()

    def show_as(self, kind: str, words: str) -> None:
        """Become this sign, or none."""
        self.kind = kind
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(bool(kind))
        self.update()


class QuietDot(Sign):
    """Filled while everything wanted is quiet, a ring while something wanted stays loud."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(DOT + 4, parent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot or the ring, told apart by shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        place = QRectF((self.width() - DOT) / 2, (self.height() - DOT) / 2, DOT, DOT)
        if self.kind == "partly":
            painter.setPen(QPen(colour, RING))
            painter.drawEllipse(place.adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(place)


class Lock(Sign):
    """The system has confirmed that every window of ours is kept out of screen sharing."""

    SIZE = 16

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.SIZE, parent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A closed lock in the colour of quiet words."""
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        picture = icons.pixmap("lock-simple-light", colour, self.SIZE, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, (self.height() - self.SIZE) // 2, picture)
