"""Settles an agreement anew, or corrects a slip in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from coachdesk.practice import agreements
from coachdesk.practice.agreements import Agreement
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Stepper
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftText, labelled
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

FIELDS = (
    ("rescheduling", N_("Moving or cancelling a session")),
    ("between_sessions", N_("Contact between sessions")),
    ("feedback", N_("Feedback, in both directions")),
    ("confidentiality", N_("Confidentiality")),
    ("exceptions", N_("Its exceptions")),
    ("fee_note", N_("Fee")),
)


class EditAgreement(FormDialog):
    """``correcting`` changes the version itself; otherwise a new one begins and the old one stays."""

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        client_id: str,
        present: Agreement | None,
        *,
        correcting: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Correct the agreement") if correcting else _("What you agree on")
        super().__init__(desk, shell, title, _("Store") if correcting else _("Settle"), parent)
        self._client_id, self._present, self._correcting = client_id, present, correcting
        subject = present.id if present and correcting else client_id
        usual = desk.settings.session.minutes
        self.agreed = DayField(desk, _("Agreed on"), past=True).need()
        self.agreed.put(present.agreed_on if present and correcting else today(desk))
        self.minutes = Stepper(
            _("Length of a session"), (present and present.session_minutes) or usual, 5, 480, _("min")
        )
        self.review = DayField(desk, _("To be looked at again"))
        self.review.put(present.review_on if present else None)
        self.beside(
            labelled(_("Agreed on"), self.agreed),
            labelled(_("Length of a session"), self.minutes),
            labelled(_("Look at it again"), self.review),
        )
        self.texts: dict[str, DraftText] = {}
        for name, words in FIELDS:
            self.texts[name] = DraftText(desk, "agreement", name, _(words), lines=2)
            self.texts[name].about(subject, getattr(present, name) if present else "")
            self.column.addWidget(labelled(_(words), self.texts[name]))
        self.keep_chosen("agreement", subject, agreed=self.agreed, minutes=self.minutes, review=self.review)

    def store(self) -> None:
        """Settle it anew, or correct it."""
        fields: dict[str, Any] = {name: field.words for name, field in self.texts.items()}
        fields |= {"session_minutes": self.minutes.value, "review_on": self.review.day}
        if self._correcting and self._present is not None:
            self.desk.do(agreements.edit, self._present.id, agreed_on=self.agreed.day, **fields)
        else:
            self.desk.do(agreements.agree, self._client_id, agreed_on=self.agreed.day, **fields)
