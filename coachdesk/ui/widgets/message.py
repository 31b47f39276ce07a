"""Sentences on a ground of their own: at the foot of the window, retiring by itself, and on a page, leading on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from coachdesk.ui.theme import UNIT, dress_again
from coachdesk.ui.widgets.buttons import button, icon_button
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

OFFERED = 20_000
"""Milliseconds an offer stays; it is meant to be taken up."""

Act = tuple[str, Callable[[], object]]
"""The words of a button and what it does; let go of when the sentence retires."""


class LeadingLine(QFrame):
    """A line on a page that says how something stands, with the button that leads there."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 2, UNIT * 2)
        self.words = label(words)
        layout.addWidget(self.words, 1)

    def act(self, made: QPushButton) -> QPushButton:
        """The button, at the end of the line."""
        self.layout().addWidget(made)
        return made


class MessageLine(QFrame):
    """Says one thing at a time; a longer sentence stays longer. It never takes the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT // 2, UNIT // 2, UNIT // 2)
        self._words = label("")
        layout.addWidget(self._words, 1)
        self._act: Callable[[], object] | None = None
        self._undo: Act | None = None
        self.act = button("", self._on_act, quiet=True)
        self.act.hide()
        layout.addWidget(self.act)
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

    def say(self, sentence: str, tone: str = "", act: Act | None = None) -> None:
        """Say one sentence; ``note`` for a tone that wants to be read, ``act`` for a button beside it."""
        act = act or self._undo
        words, self._act = act or ("", None)
        self.act.setText(words)
        self.act.setAccessibleName(words)
        self.act.setVisible(act is not None)
        self.setProperty("tone", tone)
        dress_again(self)
        self._words.setText(sentence)
        self.show()
        self._timer.start(OFFERED if act else 4000 + 60 * len(sentence))
        announce(self, sentence)

    def offer_undo(self, sentence: str, undo: Callable[[], object]) -> None:
        """Say what was done, with a button that takes it back; the button stays if another sentence follows."""
        self._undo = (_("Undo"), undo)
        self.say(sentence)

    @Slot()
    def _on_act(self) -> None:
        act = self._act
        self.retire()
        if act is not None:
            act()

    def retire(self) -> None:
        """Be silent."""
        self._act = self._undo = None
        self._timer.stop()
        self.hide()
