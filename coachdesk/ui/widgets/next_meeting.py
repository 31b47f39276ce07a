"""When one meets next: the same weekday and hour is proposed; planning it is one click."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, sessions
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import full_day_words, local, moment, next_like, span_words, today
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

QUARTER = timedelta(minutes=15)


class NextMeeting(Card):
    """The proposal, or what is planned already."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk, self.shell = desk, shell
        self._row: sessions.Session | None = None
        self._coming: sessions.Session | None = None
        self._not_yet = ""
        self.title = label("", "strong")
        self.words = label("")
        self.add(self.title)
        self.add(self.words)
        self.plan = button(_("Plan it"), self._on_plan)
        self.other = button(_("Another date …"), self._on_other, quiet=True)
        self.not_yet = button(_("Not yet"), self._on_not_yet, quiet=True)
        self.add(Flow(self.plan, self.other, self.not_yet))

    @property
    def proposal(self) -> datetime:
        """Same weekday and hour after today, on this computer's clock; a start off the quarter hour is rounded."""
        then = local(self._row.planned_start or self._row.started_at)
        if self._row.planned_start is None:
            off = timedelta(minutes=then.minute % 15, seconds=then.second, microseconds=then.microsecond)
            then = then - off + (QUARTER if off > QUARTER / 2 else timedelta())
        return moment(next_like(then.date(), today(self.desk)), then.time().replace(second=0, microsecond=0))

    def show_session(self, row: sessions.Session, coming: sessions.Session | None, *, alone: bool = False) -> None:
        """Be about what follows this session; ``coming`` is the one that is planned already."""
        self._row, self._coming = row, coming
        self.title.setText(_("Your next time") if alone else _("When you meet next"))
        waiting = coming is None and self._not_yet != row.id
        if coming is not None:
            planned = self._words(coming.planned_start, coming.planned_minutes or 0)
            self.words.setText(_("Planned: {when}").format(when=planned))
        elif waiting:
            proposed = self._words(self.proposal, self._minutes())
            self.words.setText(_("{when}?").format(when=proposed))
        else:
            self.words.setText(_("Not yet."))
        self.plan.setVisible(waiting)
        self.not_yet.setVisible(waiting)

    def _minutes(self) -> int:
        usual = self.desk.settings.session.minutes
        return self._row.planned_minutes or self.desk.read(sessions.agreed_minutes, self._row.client_id, usual)

    def _words(self, start: datetime, minutes: int) -> str:
        span = span_words(start, start + timedelta(minutes=minutes))
        return _("{day}, {span}").format(day=full_day_words(local(start).date()), span=span)

    @Slot()
    def _on_plan(self) -> None:
        with self.shell.telling():
            row = self._row
            self.desk.do(sessions.plan, row.client_id, self.proposal, minutes=self._minutes())
            announce(self, _("Planned."))

    @Slot()
    def _on_other(self) -> None:
        with self.shell.telling():
            client = self.desk.read(clients.one, self._row.client_id)
            PlanSession(self.desk, self.shell, client, self._coming, parent=self).open()

    @Slot()
    def _on_not_yet(self) -> None:
        self._not_yet = self._row.id
        self.words.setText(_("Not yet."))
        self.plan.hide()
        self.not_yet.hide()
        self.other.setFocus()
