"""One question of the weekly reflection: the evidence beside it, a calm choice, a line to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice.reflections import SCREEN
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.fields import DraftLine
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.reflections import Asked

WORDS = (("yes", N_("Yes")), ("partly", N_("Partly")), ("no", N_("No")), ("skipped", N_("Skip")))
"""What is kept of an answer, and how it is called; each is as good as the others."""


class Question(QWidget):
    """An item in a week. It asks and tells what was chosen or written; keeping it is up to the page."""

    answered = Signal(str, str)
    """The item, and the word chosen."""
    written = Signal(str, str)
    """The item, and the line as it was left."""

    def __init__(self, desk: Desk, asked: Asked, week: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item_id, self.question = asked.item_id, asked.question
        self._week, self._stored = week, asked.text
        named = one_line(asked.question)
        self.setAccessibleName(named)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, UNIT, 0, UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(label(breakable(asked.question)))
        self.evidence = label("", "muted")
        self.evidence.hide()
        layout.addWidget(self.evidence)
        self.choice = Choice([(word, _(shown)) for word, shown in WORDS], asked.answer, name=named)
        self.choice.chosen.connect(self._on_chosen)
        layout.addWidget(self.choice)
        self.line = DraftLine(
            desk, SCREEN, asked.item_id, _("A line to: {question}").format(question=named), _("A line, if you like")
        )
        self.line.about(week, asked.text)
        self.line.setCursorPosition(0)
        self.line.editingFinished.connect(self.store)
        layout.addWidget(self.line)

    @property
    def answer(self) -> str:
        """The word chosen; empty before any is."""
        return str(self.choice.value or "")

    def show_asked(self, asked: Asked, evidence: str) -> None:
        """Show how the item stands now. What is being typed stays."""
        self.evidence.setText(evidence)
        self.evidence.setVisible(bool(evidence))
        self.choice.setAccessibleDescription(evidence)
        self.choice.choose(asked.answer)
        if asked.text != self._stored and not self.line.hasFocus():
            self.line.about(self._week, asked.text)
        self._stored = asked.text

    @Slot()
    def store(self) -> None:
        """Have the line kept, where it is new."""
        words = self.line.words
        if words != self._stored:
            self.written.emit(self.item_id, words)
        elif self.line.typed_text != words:
            self.line.cleared(words)

    def kept(self, words: str) -> None:
        """The line is with the week now."""
        self._stored = words
        self.line.cleared(words)

    @Slot(object)
    def _on_chosen(self, word: str) -> None:
        self.answered.emit(self.item_id, word)
