"""Changes a promise or a next step: its wording, whose it is, by when, and the plan behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from coachdesk.practice import commitments
from coachdesk.practice.commitments import Commitment
from coachdesk.ui.dialogs.commitment_history import review_words
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.cards import Fold
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftLine, DraftText, labelled
from coachdesk.ui.widgets.promises import OWNERS
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MORE = (
    ("cue", N_("When … , I will …"), N_("A moment and an act: such plans are followed far more often.")),
    ("evidence", N_("How will it show?"), ""),
    ("obstacle", N_("What could come between?"), ""),
)
CONFIDENCE = [(None, N_("—")), *((n, str(n)) for n in range(1, 11))]


class EditCommitment(FormDialog):
    """The wording, whose it is and the date first; the plan behind it under *more*."""

    def __init__(self, desk: Desk, shell: Shell, row: Commitment, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("Change"), _("Store"), parent)
        self._id = row.id
        self.words = DraftText(desk, "commitment", "text", _("What is promised"), lines=3)
        self.words.about(row.id, row.text)
        self.column.addWidget(labelled(_("What"), self.words))
        self.owner = Choice([(owner, _(word)) for owner, word in OWNERS], row.owner, name=_("Whose it is"))
        self.column.addWidget(labelled(_("Whose"), self.owner))
        self.due = DayField(desk, _("By when"))
        self.due.put(row.due_on)
        self.beside(labelled(_("By when"), self.due), QWidget())
        more = Fold(_("More"), opened=bool(row.cue or row.evidence or row.obstacle or row.confidence))
        self.more: dict[str, DraftLine] = {}
        for name, words, sentence in MORE:
            self.more[name] = DraftLine(desk, "commitment", name, _(words))
            self.more[name].about(row.id, getattr(row, name))
            more.add(labelled(_(words), self.more[name], _(sentence) if sentence else ""))
        self.confidence = Choice([(n, _(word)) for n, word in CONFIDENCE], row.confidence, name=_("Confidence"))
        more.add(labelled(_("Confidence, 1 to 10"), self.confidence))
        more.handle.toggled.connect(self.fit)
        self.column.addWidget(more)
        self._tell_history(row)
        self.keep_chosen("commitment", row.id, owner=self.owner, due=self.due, confidence=self.confidence)

    def _tell_history(self, row: Commitment) -> None:
        reviews = self.desk.read(commitments.history, row.id)
        if reviews:
            fold = Fold(_("What was said about it"))
            fold.handle.toggled.connect(self.fit)
            for review in reviews:
                fold.add(label(review_words(review, row.owner, today(self.desk)), "muted"))
            self.column.addWidget(fold)

    def store(self) -> None:
        """Change the commitment."""
        self.desk.do(
            commitments.edit, self._id, text=self.words.words, owner=str(self.owner.value), due_on=self.due.day,
            confidence=self.confidence.value, **{name: field.words for name, field in self.more.items()},
        )  # fmt: skip
