"""A call as any program shows it: two people made of plain shapes. It is nobody's window and nobody's face."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

GROUND, WALL, SHADE, PERSON = (QColor(colour) for colour in ("#202327", "#3a4046", "#30353a", "#6f7a84"))
ROUND = 18.0


class CallWindow(QWidget):
    """Fills its screen; one person large, one small, a row of round buttons below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Call")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(self.rect(), GROUND)
        whole = QRectF(self.rect())
        stage = whole.adjusted(24, 24, -24, -96)
        _person(painter, stage, WALL)
        small = QRectF(stage.right() - 264, stage.bottom() - 160, 248, 144)
        _person(painter, small, SHADE)
        for at in range(5):
            centre = QPointF(whole.center().x() + (at - 2) * 64, whole.bottom() - 48)
            painter.setBrush(WALL)
            painter.drawEllipse(centre, 22, 22)


def _person(painter: QPainter, frame: QRectF, wall: QColor) -> None:
    """Head and shoulders in a rounded frame."""
    edge = QPainterPath()
    edge.addRoundedRect(frame, ROUND, ROUND)
    painter.save()
    painter.setClipPath(edge)
    painter.fillRect(frame, wall)
    painter.setBrush(PERSON)
    head, middle = frame.height() * 0.15, frame.center()
    painter.drawEllipse(QPointF(middle.x(), middle.y() + head * 0.1), head, head * 1.15)
    painter.drawEllipse(QPointF(middle.x(), frame.bottom() + head * 0.7), head * 2.4, head * 2.4)
    painter.restore()
