"""Plans a session, or moves a planned one: with whom, which day, what time, how long."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Stepper
from coachdesk.ui.widgets.dates import full_day_words, local, moment, next_like, span_words, today
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.rows import one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.times import TimeField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class PlanSession(FormDialog):
    """Proposes the weekday and hour of the last session; says in words when it will be, and what is there already."""

    planned = Signal(str)
    """The session's id."""

    def __init__(
        self, desk: Desk, shell: Shell, client: Client, moving: Session | None = None, parent: QWidget | None = None
    ) -> None:
        name = one_line(client.shown(desk.settings.privacy.short_names))
        if client.kind == "self":
            title = _("Plan a session for yourself")
        else:
            title = _("Move the session with {name}") if moving else _("Plan a session with {name}")
        super().__init__(desk, shell, title.format(name=name), _("Move") if moving else _("Plan"), parent)
        self._client, self._moving = client, moving
        start = local(moving.planned_start) if moving and moving.planned_start else self._proposed()
        usual = desk.settings.session.minutes
        minutes = moving.planned_minutes if moving else desk.read(sessions.agreed_minutes, client.id, usual)
        self.day = DayField(desk, _("Day")).need()
        self.day.put(start.date())
        self.clock = TimeField(_("Time"))
        self.clock.put(start.time())
        self.minutes = Stepper(_("Length"), minutes or usual, 5, 480, _("min"))
        self.beside(labelled(_("Day"), self.day), labelled(_("Time"), self.clock), labelled(_("Length"), self.minutes))
        self.keep_chosen(
            "plan", moving.id if moving else client.id, day=self.day, clock=self.clock, minutes=self.minutes
        )
        if self.start < desk.now().at:  # kept for too long to be of use
            self.day.put(start.date())
        self.when = label("", "muted")
        self.column.addWidget(self.when)
        self.day.changed.connect(self._tell)
        self.clock.changed.connect(self._tell)
        self.minutes.changed.connect(self._tell)
        self._tell()

    @property
    def start(self) -> datetime:
        """The moment chosen."""
        return moment(self.day.day or today(self.desk), self.clock.clock)

    def store(self) -> None:
        """Plan or move the session."""
        minutes, usual = self.minutes.value, self.desk.settings.session.minutes
        if self._moving:
            row = self.desk.do(sessions.move, self._moving.id, self.start, minutes=minutes)
        else:
            row = self.desk.do(sessions.plan, self._client.id, self.start, minutes=minutes, usual_minutes=usual)
        self.planned.emit(row.id)

    def _proposed(self) -> datetime:
        """The weekday and hour of the last session, after today; without one the next full hour tomorrow."""
        here, held = local(self.desk.now().at), self.desk.read(sessions.held, self._client.id)
        last = held[0] if held else None
        before = (last.planned_start or last.started_at) if last else None
        if before is None:
            hour = time(min(here.hour + 1, 20) if here.hour >= 7 else 9)
            return datetime.combine(here.date() + timedelta(days=1), hour, here.tzinfo)
        then = local(before)
        return datetime.combine(
            next_like(then.date(), here.date()), then.time().replace(second=0, microsecond=0), here.tzinfo
        )

    @Slot()
    def _tell(self) -> None:
        start = self.start
        end = start + timedelta(minutes=self.minutes.value)
        words = _("{day}, {span}").format(day=full_day_words(local(start).date()), span=span_words(start, end))
        there = [s for s in self.desk.read(sessions.coming, until=end) if self._overlaps(s, start)]
        for other in there[:3]:
            with_whom = self.desk.read(clients.one, other.client_id).shown(self.desk.settings.privacy.short_names)
            ends = other.planned_start + timedelta(minutes=other.planned_minutes or 0)
            words += "\n" + _("There is already: {name}, {span}").format(
                name=one_line(with_whom), span=span_words(other.planned_start, ends)
            )
        self.when.setText(words)

    def _overlaps(self, other: Session, start: datetime) -> bool:
        mine = self._moving is not None and other.id == self._moving.id
        ends = other.planned_start + timedelta(minutes=other.planned_minutes or 0) if other.planned_start else start
        return not mine and ends > start
