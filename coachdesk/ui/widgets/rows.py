"""Rows that can be pressed as a whole, words that act, and texts that never break the layout."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QWidget

from coachdesk.ui import icons
from coachdesk.ui.theme import RADIUS, TARGET, UNIT
from coachdesk.ui.widgets.buttons import pressed_by_return
from coachdesk.ui.widgets.texts import label

PAD = 12
AUTO = Qt.LayoutDirection.LayoutDirectionAuto
"""Words run as their own letters do, wherever the row begins."""
LONGEST = 300
"""Characters of a text that are ever drawn on one line."""
NAMED = 48
"""Characters of a name in a heading or a sentence: three lines at most, in the narrowest window."""
_RUN = re.compile(r"\S{30,}")
"""A word too long for any line; ordinary ones are never broken."""


def one_line(text: str) -> str:
    """A text for one line of a list: no line breaks, and not longer than is ever drawn."""
    return " ".join(text[: LONGEST * 4].split())[:LONGEST]


def shortened(text: str, most: int = NAMED) -> str:
    """A text of at most so many characters, "…" standing for the rest; by default a name as headings show it."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def breakable(text: str) -> str:
    """A text whose longest words may wrap, so that none forces its place to be wider than the window."""
    return _RUN.sub(_with_breaks, text)


def _with_breaks(run: re.Match[str]) -> str:
    word = run.group()
    return "\u200b".join(word[at : at + 10] for at in range(0, len(word), 10))


class _Painted(QAbstractButton):
    """What painted buttons share: hover, focus ring, colours of the present appearance."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ground(self, painter: QPainter) -> None:
        """Paint what shows hover, press and focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, colours = self.rect().adjusted(1, 1, -1, -1), self.palette()
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.midlight() if self.isDown() else colours.light())
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.highlight().color(), 2))
            painter.drawRoundedRect(box, RADIUS, RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed_by_return(self, event):
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class WordButton(_Painted):
    """One quiet word that acts; it carries a ``value``."""

    def __init__(self, text: str, value: object = None, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + PAD * 2, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(AUTO)
        self.ground(painter)
        lively = self.isEnabled() and (self.underMouse() or self.hasFocus())
        painter.setPen((self.palette().text() if lively else self.palette().placeholderText()).color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class RowButton(_Painted):
    """A row to press as a whole: a lead (such as the time), a title, a quieter detail below, words aside."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        *,
        lead: str = "",
        aside: str = "",
        icon: str = "",
        value: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.value = value
        self.title, self.detail, self.lead, self.aside = one_line(title), one_line(detail), lead, aside
        self.lead_width = 0
        self._icon = icon
        self.setText(self.title)
        self.setAccessibleName(", ".join(part for part in (lead, title, detail, aside) if part))
        self.setToolTip(title if len(title) > 40 else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = 2 if self.detail else 1
        return QSize(UNIT * 30, max(TARGET + UNIT // 2, self.fontMetrics().lineSpacing() * lines + UNIT * 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT * 15, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(AUTO)
        self.ground(painter)
        room = self.rect().adjusted(PAD, UNIT // 2, -PAD, -UNIT // 2)
        if self._icon:
            room = self._draw_icon(painter, room)
        if self.lead or self.lead_width:
            room = self._draw_lead(painter, room)
        if self.aside:
            room = self._draw_aside(painter, room)
        if not self.detail:
            self._draw(painter, room, self.title)
            return
        height = self.fontMetrics().lineSpacing()
        top = room.center().y() - height + 1
        self._draw(painter, QRect(room.left(), top, room.width(), height), self.title)
        self._draw(painter, QRect(room.left(), top + height, room.width(), height), self.detail, muted=True)

    def _draw(self, painter: QPainter, room: QRect, text: str, *, muted: bool = False, at_end: bool = False) -> None:
        painter.setPen((self.palette().placeholderText() if muted else self.palette().text()).color())
        side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        side = QStyle.visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignVCenter
        words = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QStyle.visualRect(self.layoutDirection(), self.rect(), room), side, words)

    def _draw_icon(self, painter: QPainter, room: QRect) -> QRect:
        colour = self.palette().placeholderText().color().name()
        place = QRect(room.left(), room.center().y() - icons.SIZE // 2, icons.SIZE, icons.SIZE)
        picture = icons.pixmap(self._icon, colour, icons.SIZE, self.devicePixelRatioF())
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), place), picture)
        return room.adjusted(icons.SIZE + PAD, 0, 0, 0)

    def _draw_lead(self, painter: QPainter, room: QRect) -> QRect:
        width = self.lead_width or self.lead_need
        self._draw(painter, QRect(room.left(), room.top(), width, room.height()), self.lead)
        return room.adjusted(width + PAD + UNIT, 0, 0, 0)

    def _draw_aside(self, painter: QPainter, room: QRect) -> QRect:
        width = min(self.fontMetrics().horizontalAdvance(self.aside) + 2, room.width() // 2)
        self._draw(
            painter,
            QRect(room.right() - width + 1, room.top(), width, room.height()),
            self.aside,
            muted=True,
            at_end=True,
        )
        return room.adjusted(0, 0, -width - PAD, 0)

    @property
    def lead_need(self) -> int:
        """The width its lead needs, so that rows can share one."""
        return self.fontMetrics().horizontalAdvance(self.lead) + 2


class Clamped(QWidget):
    """A text on at most so many lines; what does not fit is elided, all of it is in the tooltip and read aloud."""

    def __init__(self, text: str = "", lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = lines
        self._words = label("", "")
        self._words.setParent(self)
        self._full = ""
        self._advance: int | None = None
        """How wide it is on one line, once that was asked: laying a page out asks again and again."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.put(text)

    @property
    def text(self) -> str:
        """All of the text."""
        return self._full

    def mute(self) -> None:
        """Be quieter than what it belongs to."""
        self._words.setProperty("role", "muted")

    def put(self, text: str) -> None:
        """Show another text."""
        self._full, self._advance = text, None
        self.setAccessibleName(text)
        self._words.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    @Slot()
    def _fit(self) -> None:
        short = breakable(" ".join(self._full[: LONGEST * 8].split()))
        metrics, width = self.fontMetrics(), max(1, self.width())
        shown = short
        if metrics.horizontalAdvance(short) > width:
            shown = metrics.elidedText(short, Qt.TextElideMode.ElideRight, int(width * (self._most - 0.25)))
        self._words.setText(shown)
        # QLabel would align by the direction of the words; in a list all begin at the same side
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self._words.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(self._full[:2000] if shown != short else "")
        self._words.setGeometry(self.rect())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        one = self.fontMetrics().lineSpacing()
        if len(self._full) >= LONGEST:
            return one * self._most + 2
        if self._advance is None:
            self._advance = self.fontMetrics().horizontalAdvance(one_line(self._full))
        return one * (1 if self._advance <= width else self._most) + 2

    def sizeHint(self) -> QSize:
        return QSize(UNIT * 30, self.heightForWidth(max(self.width(), UNIT * 30)))

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT * 10, self.fontMetrics().lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._advance = None

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()  # the layout goes by the height that was needed in the width before


def beside(widget: QWidget, *others: QWidget, stretch: bool = True) -> QHBoxLayout:
    """A widget that takes the room (or only what it needs), and what stands beside it."""
    line = QHBoxLayout()
    line.setSpacing(UNIT // 2)
    line.addWidget(widget, int(stretch))
    for other in others:
        line.addWidget(other)
    if not stretch:
        line.addStretch()
    return line


def give_focus(widget: QWidget) -> None:
    """Give the keyboard to a widget that was put into a layout just now, before Qt would show it by itself."""
    way, each = [], widget
    while each is not None and not each.isVisible():
        way.append(each)
        each = each.parentWidget()
    for each in reversed(way):
        each.show()
    widget.setFocus()
