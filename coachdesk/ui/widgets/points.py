"""Lines with a point before each; what needs more than one line goes on below its own words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.cards import clear
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label


class Points(QWidget):
    """A list to read, from above."""

    def __init__(self, lines: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(UNIT // 2)
        self.put(lines)

    def put(self, lines: Iterable[str]) -> None:
        """Show these in place of those before."""
        clear(self._layout)
        for line in lines:
            point = _point(line)
            self._layout.addWidget(point)
            point.show()  # now, or whoever measures at once measures without it


def _point(line: str) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT)
    layout.addWidget(label("•", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    words = label(breakable(line))
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # no higher than in this width
    layout.addWidget(words, 1)
    return made
