"""One line about focus mode on a page, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.ui import quieting
from coachdesk.ui.widgets.rows import WordButton
from coachdesk.ui.widgets.texts import label

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.ui.widgets.page import Shell


class QuietLine(QWidget):
    """Words made from the present state; *end* while it is on, *begin* while it is off. Nothing to say is no line.

    Hidden until the page first asks it to ``look``; from then on it follows by itself.
    """

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        words: Callable[[State], str],
        end: str,
        begin: str = "",
        begins: Callable[[Shell, Desk], None] = quieting.begin,
    ) -> None:
        super().__init__()
        self.desk, self.shell = desk, shell
        self._words_of, self._begins = words, begins
        self.words = label("", "muted")
        self.end = WordButton(end)
        self.end.clicked.connect(self._on_end)
        self.begin = WordButton(begin)
        self.begin.clicked.connect(self._on_begin)
        self.offers = bool(begin)
        """Whether beginning is offered while it is off."""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.words, 1)
        for made in (self.end, self.begin):
            across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        if shell.bridge is not None:
            shell.bridge.focus_changed.connect(self.show_state)
        self.hide()

    @Slot()
    def look(self) -> None:
        """Show how it stands now."""
        if self.shell.focus is None:
            self.hide()
        else:
            self.show_state(self.shell.focus.state)

    @Slot(object)
    def show_state(self, state: State) -> None:
        """Show this state."""
        words = self._words_of(state)
        self.words.setText(words)
        self.end.setVisible(bool(words) and state.is_on)
        self.begin.setVisible(self.offers and state.phase == "off")
        self.setVisible(bool(words) or not self.begin.isHidden())

    @Slot()
    def _on_end(self) -> None:
        quieting.put_back(self.shell)

    @Slot()
    def _on_begin(self) -> None:
        with self.shell.telling():
            self._begins(self.shell, self.desk)
