"""The agreement with a client: the one in force, and the versions before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import agreements
from coachdesk.practice.agreements import Agreement
from coachdesk.ui.dialogs.edit_agreement import FIELDS, EditAgreement
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.widgets import Card, EmptyState, Flow, Fold, button, label
from coachdesk.ui.widgets.dates import day_words, minutes_words, today
from coachdesk.ui.widgets.rows import WordButton, breakable
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class AgreementTab(ClientTab):
    """Settle anew, correct a slip, read the older versions."""

    concerns = frozenset({Agreement})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._present: Agreement | None = None
        self.write = button(_("Write it down"), self._on_anew)
        self.none = EmptyState(
            "handshake-light",
            _("What you settled about working together: length, rescheduling, confidentiality."),
            self.write,
        )
        self.column.addWidget(self.none)
        self.card = Card()
        self.column.addWidget(self.card)
        self.anew = button(_("Settle anew"), self._on_anew)
        self.correct = button(_("Correct a slip"), self._on_correct, quiet=True)
        self.away = button(_("Remove this version"), self._on_remove_present, quiet=True)
        self._acts = Flow(self.anew, self.correct, self.away)
        self.column.addWidget(self._acts)
        self.older = Fold(_("Older versions"))
        self.column.addWidget(self.older)

    def refresh(self) -> None:
        """Read the versions again."""
        history = self.desk.read(agreements.history, self.client_id)
        self._present = self.desk.read(agreements.present, self.client_id)
        self.none.setVisible(self._present is None)
        self.card.setVisible(self._present is not None)
        self._acts.setVisible(self._present is not None)
        self.card.empty()
        if self._present:
            self._tell(self.card, self._present)
        older = [row for row in history if self._present is None or row.id != self._present.id]
        self.older.setVisible(bool(older))
        self.older.empty()
        for row in older:
            card = Card()
            self._tell(card, row)
            away = WordButton(_("Remove this version"), row)
            away.clicked.connect(self._on_remove)
            card.act(away)
            self.older.add(card)

    def _tell(self, card: Card, row: Agreement) -> None:
        here = today(self.desk)
        words = _("Agreed on {day}").format(day=day_words(row.agreed_on, here))
        if row.ended_on:
            words = _("{agreed}, until {day}").format(agreed=words, day=day_words(row.ended_on, here))
        if row.session_minutes:
            words += " · " + minutes_words(row.session_minutes)
        if row.review_on:
            words += " · " + _("to be looked at again {day}").format(day=day_words(row.review_on, here))
        card.add(label(words, "muted"))
        for name, title in FIELDS:
            text = getattr(row, name)
            if text:
                card.add(label(_(title), "strong"))
                card.add(label(breakable(text), selectable=True))

    @Slot()
    def _on_anew(self) -> None:
        EditAgreement(self.desk, self.shell, self.client_id, self._present, parent=self).open()

    @Slot()
    def _on_correct(self) -> None:
        EditAgreement(self.desk, self.shell, self.client_id, self._present, correcting=True, parent=self).open()

    @Slot()
    def _on_remove_present(self) -> None:
        self._remove(self._present)

    @Slot()
    def _on_remove(self) -> None:
        self._remove(self.sender().value)

    def _remove(self, row: Agreement) -> None:
        day = day_words(row.agreed_on, today(self.desk))
        with self.shell.telling():
            if self.shell.ask(
                _("Remove this version of the agreement?"), [_("what was agreed on {day}").format(day=day)]
            ):
                self.desk.do(agreements.remove, row.id)
