"""Closes a promise or a step with a word about it, or carries it on to another day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.practice.commitments import Commitment
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftText, labelled
from coachdesk.ui.widgets.promises import outcome_words
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class ReviewDialog(FormDialog):
    """What became of it, a word about it, and the new date when it is carried on."""

    decided = Signal(str, str, str, object)
    """Its id, the outcome, the note, the new date or None."""

    def __init__(self, desk: Desk, shell: Shell, row: Commitment, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("What became of it?"), _("Store"), parent)
        self._id = row.id
        self.column.addWidget(label(breakable(row.text[:600])))
        self.outcome = Choice(list(outcome_words(row.owner).items()), "kept", name=_("What became of it"))
        self.outcome.chosen.connect(self._on_outcome)
        self.column.addWidget(self.outcome)
        self.note = DraftText(desk, "review", "note", _("A word about it"), lines=3)
        self.note.about(row.id)
        self.column.addWidget(labelled(_("A word about it, if you like"), self.note))
        self.day = DayField(desk, _("New date"))
        self._until = labelled(_("Carried on until"), self.day)
        self.beside(self._until, QWidget())
        self.keep_chosen("review", row.id, outcome=self.outcome, day=self.day)
        self._until.setVisible(self.outcome.value == "carried")

    def _on_outcome(self, outcome: object) -> None:
        self._until.setVisible(outcome == "carried")
        self.fit()

    def store(self) -> None:
        """Hand over what was decided."""
        outcome = str(self.outcome.value)
        self.decided.emit(self._id, outcome, self.note.words, self._decided_day(outcome))

    def _decided_day(self, outcome: str) -> date | None:
        return self.day.day if outcome == "carried" else None
