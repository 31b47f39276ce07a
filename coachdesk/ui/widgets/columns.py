"""Two columns beside each other where there is room, one under the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT

LEAST = UNIT * 84
"""Narrower than this the columns stand one under the other."""


class Columns(QWidget):
    """``first`` is the wider one, and the upper one where they stand under each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(UNIT * 2)
        self._holders: list[QWidget] = []
        self.first, self.second = self._column(3), self._column(2)

    def _column(self, share: int) -> QVBoxLayout:
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(UNIT * 2)
        outer.addLayout(column)
        outer.addStretch(1)
        self._across.addWidget(holder, share)
        self._holders.append(holder)
        return column

    @property
    def beside(self) -> bool:
        """Whether the columns stand beside each other now."""
        return self._across.direction() == QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider column alone, so that the window can always be made narrow."""
        return QSize(max(holder.minimumSizeHint().width() for holder in self._holders), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= max(LEAST, sum(holder.minimumSizeHint().width() for holder in self._holders))
        if wide != self.beside:
            directions = QBoxLayout.Direction
            self._across.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
