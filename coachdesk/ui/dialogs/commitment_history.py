"""A closed promise or step: what became of it, and what can be done with it still."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import commitments
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftText
from coachdesk.ui.widgets.promises import again, due_words, state_word
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

DETAILS = (
    ("cue", N_("When … , I will …: {text}")),
    ("evidence", N_("How it will show: {text}")),
    ("obstacle", N_("What could come between: {text}")),
)


class CommitmentHistory(FormDialog):
    """Its wording, its reviews in their order; take back, change, again, carry the rest, remove."""

    def __init__(self, desk: Desk, shell: Shell, row: Commitment, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("What became of it"), _("Done"), parent)
        self._row = row
        self.cancel.hide()
        self.column.addWidget(label(breakable(row.text), selectable=True))
        self._tell_details()
        self._tell_history()
        if row.state == "partly" and desk.read(commitments.successor, row.id) is None:
            self._offer_rest()
        self.back = button(_("Take back"), self._on_back, quiet=True)
        self.change = button(_("Change …"), self._on_change, quiet=True)
        self.away = button(_("Remove …"), self._on_remove, quiet=True)
        self.again = button(_("Again"), self._on_again, quiet=True)
        for at, made in enumerate((self.back, self.change, self.again, self.away)):
            self.foot.insertWidget(at, made)

    def _tell_details(self) -> None:
        row = self._row
        told = [_(words).format(text=one_line(getattr(row, name))) for name, words in DETAILS if getattr(row, name)]
        due = due_words(row, today(self.desk)) if row.due_on else ""
        before = _("carried on from an earlier one") if row.carried_from_id else ""
        for words in filter(None, (due, *told, before)):
            self.column.addWidget(label(words, "muted"))

    def _tell_history(self) -> None:
        card, here = Card(), today(self.desk)
        for review in self.desk.read(commitments.history, self._row.id):
            card.add(label(review_words(review, self._row.owner, here)))
        after = self.desk.read(commitments.successor, self._row.id)
        if after is not None:
            state = state_word(after.owner, after.state)
            card.add(
                label(_("Went on as: {promise} ({state})").format(promise=one_line(after.text), state=state), "muted")
            )
        self.column.addWidget(card)

    def _offer_rest(self) -> None:
        card = Card(_("Carry the rest on"))
        self.rest = DraftText(self.desk, "rest", "text", _("What is left of it"), lines=2)
        self.rest.about(self._row.id, self._row.text)
        self.until = DayField(self.desk, _("By when"))
        self.carry = button(_("Carry on"), self._on_rest)
        card.add(self.rest)
        card.act(self.until, self.carry)
        self.column.addWidget(card)

    @Slot()
    def _on_back(self) -> None:
        self._carry_out(commitments.withdraw, self._row.id)

    @Slot()
    def _on_rest(self) -> None:
        words = self.rest.words
        if self._carry_out(commitments.carry_rest, self._row.id, words, due=self.until.day):
            self.rest.cleared()

    @Slot()
    def _on_again(self) -> None:
        again(self.desk, self._row)
        self.accept()

    @Slot()
    def _on_change(self) -> None:
        from coachdesk.ui.dialogs.edit_commitment import EditCommitment

        EditCommitment(self.desk, self.shell, self._row, self.parentWidget()).open()
        self.accept()

    @Slot()
    def _on_remove(self) -> None:
        going = [f"“{one_line(self._row.text)}”", _("what was said about it when it was looked at")]
        if self.shell.ask(_("Remove this promise?"), going):
            self._carry_out(commitments.remove, self._row.id)

    def _carry_out(self, verb: object, *args: object, **kwargs: object) -> bool:
        done = self.trying(verb, *args, **kwargs)
        if done:
            self.accept()
        return done


def review_words(review: Review, owner: str, here: date) -> str:
    """One look at a commitment: when, what became of it, what was said."""
    said = _("{day}: {state}").format(
        day=day_words(local(review.created_at).date(), here), state=state_word(owner, review.state)
    )
    return "\n".join(breakable(part) for part in (said, review.note, review.acknowledged) if part)
