"""Logs a past session that was held without CoachDesk."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.machine.here import zone_here
from coachdesk.practice import past_sessions, sessions
from coachdesk.practice.clients import Client
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice, Stepper
from coachdesk.ui.widgets.dates import day_words, full_day_words, length_words, local, moment, span_words, today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.hours_beside import overlap_words
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.times import TimeField
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PAID = (("paid", N_("Paid")), ("pro_bono", N_("Pro bono")))


class LogSession(FormDialog):
    """Which day, from when, how long, paid or not, how many of a group; says what was held at the same time."""

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
        self.minutes = Stepper(_("Length"), usual, 1, sessions.LONGEST, _("min"))
        self.beside(labelled(_("Day"), self.day), labelled(_("From"), self.clock), labelled(_("Length"), self.minutes))
        self.when = label("", "muted")
        self.column.addWidget(self.when)
        before = held[0].paid if held and held[0].paid else "paid"
        self.paid = Choice([(value, _(word)) for value, word in PAID], before, name=_("Payment"))
        self.paid.setVisible(client.kind != "self")
        self.column.addWidget(self.paid)
        self.people = Stepper(_("People who took part"), client.group_size or 1, 1, 1000, step=1)
        people = labelled(_("People who took part"), self.people)
        people.setVisible(client.kind == "group")
        self.column.addWidget(people)
        for changed in (self.day.changed, self.clock.changed, self.minutes.changed):
            changed.connect(self._tell)
        self.keep_chosen(
            "log", client.id, day=self.day, clock=self.clock, minutes=self.minutes, paid=self.paid, people=self.people
        )
        self._tell()

    @property
    def start(self) -> datetime:
        """The moment chosen."""
        return moment(self.day.day or today(self.desk), self.clock.clock)

    def store(self) -> None:
        """Log the session."""
        size = self.people.value if self._client.kind == "group" and self._size_is_known() else None
        self.desk.do(
            past_sessions.log, self._client.id, self.start, self.minutes.value, time_zone=str(zone_here()),
            paid=str(self.paid.value) if self._client.kind != "self" else None, group_size=size,
        )  # fmt: skip
        day = day_words(local(self.start).date(), today(self.desk))
        words = _("Logged: {day}, {length}.")
        self.shell.say(words.format(day=day, length=length_words(self.minutes.value * 60)), undo=True)

    def _size_is_known(self) -> bool:
        """One person is no group: where nobody noted a size and none was given, none is made up."""
        return self.people.value > 1 or self._client.group_size is not None

    @Slot()
    def _tell(self) -> None:
        start, end = self.start, self.start + timedelta(minutes=self.minutes.value)
        words = _("{day}, {span}").format(day=full_day_words(local(start).date()), span=span_words(start, end))
        self.when.setText("\n".join(filter(None, (words, overlap_words(self.desk, start, end)))))
