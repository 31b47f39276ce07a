"""The outline of the presence bar: its line of time, its dot, its corners, by the edge of the screen it stands at."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QRegion

from coachdesk.ui.theme import RADIUS, UNIT

HEIGHT = 44
REST = 160
"""Width at rest."""
LINE = 3
"""Thickness of the line of time; all that is left when hidden."""
DOT = 8


@dataclass(frozen=True)
class Shape:
    """The bar's own rectangle, from (0, 0), and what its outline depends on."""

    rect: QRect
    edge: str
    hidden: bool = False
    mirrored: bool = False
    """Right-to-left."""

    def line(self) -> QRect:
        """The whole line of time: the bar's foot; while hidden, at the screen's edge."""
        width, height = self.rect.width(), self.rect.height()
        edge = self.edge if self.hidden else "bottom"
        return {
            "top": QRect(0, 0, width, LINE),
            "bottom": QRect(0, height - LINE, width, LINE),
            "left": QRect(0, 0, LINE, height),
            "right": QRect(width - LINE, 0, LINE, height),
        }[edge]

    def used(self, share: float, ratio: float) -> QRectF:
        """The used part of the line, in whole pixels of a screen with ``ratio`` pixels per unit."""
        area = QRectF(self.line())
        long = round(share * max(area.width(), area.height()) * ratio) / ratio
        if area.height() > area.width():
            return QRectF(area.x(), area.y(), area.width(), long)
        start = area.right() - long if self.mirrored else area.x()
        return QRectF(start, area.y(), long, area.height())

    def dot(self) -> QRect:
        """The dot's place: in the margin before the words; while hidden, beside the line's middle."""
        width, height = self.rect.width(), self.rect.height()
        if not self.hidden:
            before = UNIT
            return QRect(width - before - DOT if self.mirrored else before, (HEIGHT - DOT) // 2 - 1, DOT, DOT)
        x, y = {
            "top": ((width - DOT) // 2, height - DOT),
            "bottom": ((width - DOT) // 2, 0),
            "left": (width - DOT, (height - DOT) // 2),
            "right": (0, (height - DOT) // 2),
        }[self.edge]
        return QRect(x, y, DOT, DOT)

    def region(self, *, dot: bool, afloat: bool) -> QRegion:
        """What of the rectangle is to be seen: no corners, save those at the edge; while hidden, line and dot alone."""
        if self.hidden:
            spot = QRegion(self.dot(), QRegion.RegionType.Ellipse) if dot else QRegion()
            return QRegion(self.line()) + spot
        seen = QRegion(self.rect)
        for right in (False, True):
            for bottom in (False, True):
                touches = self.edge in ("right" if right else "left", "bottom" if bottom else "top")
                if afloat or not touches:
                    seen -= self._outside_corner(right, bottom)
        return seen

    def _outside_corner(self, right: bool, bottom: bool) -> QRegion:
        x, y = right * (self.rect.width() - RADIUS), bottom * (self.rect.height() - RADIUS)
        ball = QRect(x - right * RADIUS, y - bottom * RADIUS, 2 * RADIUS, 2 * RADIUS)
        return QRegion(QRect(x, y, RADIUS, RADIUS)) - QRegion(ball, QRegion.RegionType.Ellipse)

    def border(self) -> QRectF:
        """The outline to draw, its side at the screen's edge pushed out of sight so that it stays square there."""
        far = RADIUS + 2
        left, top, right, bottom = (far if self.edge == side else 0 for side in ("left", "top", "right", "bottom"))
        return QRectF(self.rect).adjusted(0.5 - left, 0.5 - top, right - 0.5, bottom - 0.5)


def hidden_size(edge: str, *, dot: bool) -> QSize:
    """The size of what is left while hidden: a line along the edge, with room for the dot when there is one."""
    thick = LINE + DOT if dot else LINE
    return QSize(thick, REST) if edge in ("left", "right") else QSize(REST, thick)
