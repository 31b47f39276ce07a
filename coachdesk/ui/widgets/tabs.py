"""Titles beside each other of which one is open, each of them whole however narrow the window is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabBar, QWidget

from coachdesk.ui.theme import UNIT, dress_again

AROUND, LITTLE_AROUND = 28, 16
"""What a tab takes beside its words: usually, and where there is little room; see ``QTabBar`` in ``theme.py``."""


class Tabs(QTabBar):
    """Where there is little room they stand closer, then on two lines; what is still beyond it, two arrows bring."""

    def __init__(self, name: str, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for title in titles:
            self.setAccessibleTabName(self.addTab(title), title)

    def fit(self, room: int) -> None:
        """Have so many pixels."""
        advance = self.fontMetrics().horizontalAdvance
        shown = [title for at, title in enumerate(self._titles) if self.isTabVisible(at)]
        words = sum(map(advance, shown))
        close = words + AROUND * len(shown) > room
        folded = words + LITTLE_AROUND * len(shown) > room
        if close != bool(self.property("close")):
            self.setProperty("close", close)
            dress_again(self)
        for at, title in enumerate(self._titles):
            words = _on_two_lines(title) if folded else title
            if words != self.tabText(at):
                self.setTabText(at, words)

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        return size + QSize(0, self.fontMetrics().lineSpacing() * self.tabText(index).count("\n"))

    def minimumSizeHint(self) -> QSize:
        return QSize(UNIT * 10, super().minimumSizeHint().height())


def _on_two_lines(title: str) -> str:
    """The title broken where its longer line is shortest; one word stays on its line."""
    parts = title.split(" ")
    ways = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return "\n".join(min(ways, key=lambda way: max(map(len, way)))) if ways else title
