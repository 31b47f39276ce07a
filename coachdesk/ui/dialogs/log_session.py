"""Logs a past session that was held without CoachDesk."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from coachdesk.practice import sessions
from coachdesk.practice.clients import Client
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice, Stepper
from coachdesk.ui.widgets.dates import moment, today
from coachdesk.ui.widgets.days import DayField, TimeField
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.naming import shown
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PAID = (("paid", N_("Paid")), ("pro_bono", N_("Pro bono")))


class LogSession(FormDialog):
    """Which day, from when, how long, paid or not."""

    def __init__(self, desk: Desk, shell: Shell, client: Client, parent: QWidget | None = None) -> None:
        title = _("Log a past session: {name}").format(name=shown(desk, client))
        super().__init__(desk, shell, title, _("Log"), parent)
        self._client = client
        held = desk.read(sessions.held, client.id)
        usual = desk.read(sessions.agreed_minutes, client.id, desk.settings.session.minutes)
        self.day = DayField(desk, _("Day"), past=True).need()
        self.day.put(today(desk))
        self.clock = TimeField(_("From"))
        self.clock.put(time(9, 0))
        self.minutes = Stepper(_("Length"), usual, 1, 1440, _("min"))
        self.beside(labelled(_("Day"), self.day), labelled(_("From"), self.clock), labelled(_("Length"), self.minutes))
        before = held[0].paid if held and held[0].paid else "paid"
        self.paid = Choice([(value, _(word)) for value, word in PAID], before, name=_("Payment"))
        self.paid.setVisible(client.kind != "self")
        self.column.addWidget(self.paid)

    def store(self) -> None:
        """Log the session."""
        start = moment(self.day.day or today(self.desk), self.clock.clock)
        paid = str(self.paid.value) if self._client.kind != "self" else None
        self.desk.do(sessions.log, self._client.id, start, self.minutes.value, paid=paid)
