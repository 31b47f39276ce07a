"""One sentence at the foot of the window that retires by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.ui.theme import UNIT, dress_again
from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _


class MessageLine(QFrame):
    """Says one thing at a time; a longer sentence stays longer. It never takes the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._words = label("")
        layout.addWidget(self._words, 1)
        away = icon_button("x-light", _("Put this away"), self.retire)
        layout.addWidget(away)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.retire)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is being said; empty for nothing."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentence: str, tone: str = "") -> None:
        """Say one sentence; ``note`` for a tone that wants to be read."""
        self.setProperty("tone", tone)
        dress_again(self)
        self._words.setText(sentence)
        self.show()
        self._timer.start(4000 + 60 * len(sentence))
        announce(self, sentence)

    def retire(self) -> None:
        """Be silent."""
        self._timer.stop()
        self.hide()
