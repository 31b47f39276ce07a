"""Corrects when a session began and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import corrections
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.dates import length_words, local, moment, today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.hours_beside import measured_words, overlap_words
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.times import TimeField
from coachdesk.words import _

if TYPE_CHECKING:
    from datetime import datetime

    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class SessionTimes(FormDialog):
    """The day, from, to; an end before the beginning is past midnight."""

    def __init__(self, desk: Desk, shell: Shell, row: Session, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("Correct the times"), _("Store"), parent)
        self._row = row
        began, ended = local(row.started_at), local(row.ended_at)
        self.day = DayField(desk, _("Day"), past=True).need()
        self.day.put(began.date())
        self.began, self.ended = TimeField(_("From")), TimeField(_("To"))
        self.began.put(began.time())
        self.ended.put(ended.time())
        self._before = self._chosen()
        self.beside(labelled(_("Day"), self.day), labelled(_("From"), self.began), labelled(_("To"), self.ended))
        self.length = label("", "muted")
        self.column.addWidget(self.length)
        self.measured = label(measured_words(row, today(desk)), "muted")
        self.back = button(_("Back to the measured times"), self._on_back, quiet=True)
        self.column.addWidget(self.measured)
        self.column.addWidget(Flow(self.back))
        for part in (self.measured, self.back):
            part.setVisible(row.measured_start is not None)
        self.day.changed.connect(self._tell)
        self.began.changed.connect(self._tell)
        self.ended.changed.connect(self._tell)
        self.keep_chosen("times", row.id, day=self.day, began=self.began, ended=self.ended)
        self._tell()

    def store(self) -> None:
        """Correct them; a time that was not touched keeps its seconds."""
        chosen = self._chosen()
        fields = dict(zip(("started_at", "ended_at"), chosen, strict=True))
        kept = {name: at for (name, at), was in zip(fields.items(), self._before, strict=True) if at != was}
        if kept:
            self.desk.do(corrections.times, self._row.id, **kept)

    def _chosen(self) -> tuple[datetime, datetime]:
        day = self.day.day or today(self.desk)
        later = timedelta(days=self.ended.clock < self.began.clock)
        return moment(day, self.began.clock), moment(day + later, self.ended.clock)

    @Slot()
    def _tell(self) -> None:
        began, ended = self._chosen()
        lasts = length_words((ended - began).total_seconds())
        self.length.setText("\n".join(filter(None, (lasts, overlap_words(self.desk, began, ended, self._row.id)))))

    @Slot()
    def _on_back(self) -> None:
        if self.trying(corrections.back_to_measured, self._row.id):
            self.accept()
