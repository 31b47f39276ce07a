"""Today: the next sessions, what is to close, what I promised, who has no next date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.private_settings import SettingPrivate
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui import quiet_words, quieting
from coachdesk.ui.dialogs.choose_client import ChooseClient, oneself
from coachdesk.ui.dialogs.edit_client import EditClient
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.pages.today_due import ForToday
from coachdesk.ui.pages.today_left import LeftByHand
from coachdesk.ui.pages.today_promises import MyPromises
from coachdesk.ui.pages.today_sessions import ClientsWithoutDate, ComingSessions, RunningSession, SessionsToClose
from coachdesk.ui.widgets import EmptyState, Page, button, label
from coachdesk.ui.widgets.calendar_waiting import CalendarWaiting
from coachdesk.ui.widgets.dates import full_day_words, local, today
from coachdesk.ui.widgets.naming import for_self
from coachdesk.ui.widgets.quiet_line import QuietLine
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.ui.widgets.page import Shell


class TodayPage(Page):
    """One primary button: Begin. Everything else waits."""

    concerns = frozenset({Client, Session, Commitment, Review, Settings, SettingPrivate})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._runs = False
        self._known: Mapping[str, Client] | None = None
        self._build_head()
        self.running = RunningSession(desk, shell)
        self.column.addWidget(self.running)
        self.quiet = QuietLine(desk, shell, self._how_quiet, _("End now"), quieting.alone_words())
        self.left = LeftByHand(shell)
        self.calendar = CalendarWaiting(desk, shell)
        for part in (self.quiet, self.left, self.calendar):
            self.column.addWidget(part)
        self._build_empty()
        self.coming = ComingSessions(desk, shell)
        self.due = ForToday(desk, shell)
        self.closing = SessionsToClose(desk, shell)
        self.promises = MyPromises(desk, shell)
        self.dateless = ClientsWithoutDate(desk, shell)
        for part in (self.coming, self.closing, self.due, self.promises, self.dateless):
            self.column.addWidget(part)
        if shell.bridge is not None:
            shell.bridge.sitting_changed.connect(self._look)
            shell.bridge.duties_changed.connect(self._read_due)

    def refresh(self) -> None:
        """Read the day again."""
        self._day.setText(full_day_words(today(self.desk)))
        self.left.look()
        self.calendar.look()
        known = self._known = {one.id: one for one in self.desk.read(clients.every)}
        present = [one for one in known.values() if one.archived_at is None]
        self._read_due()
        self.closing.read(known)
        promised = self.promises.read(known)
        self.dateless.read()
        begun = self.coming.next is not None or promised
        others = any(one.kind != "self" for one in present)
        self.for_clients.setVisible(not for_self(self.desk) and not others)
        self.for_me.setVisible(for_self(self.desk) and not begun)
        self.coming.setVisible(others or bool(self.coming.entries))
        self._look()

    def _build_head(self) -> None:
        self.begin = button(_("Begin"), self._on_begin, primary=True)
        self.begin.setAccessibleDescription(_("Begin a session; its brief comes first"))
        self.someone_else = button(_("With someone else"), self._choose, quiet=True)
        self.head(_("Today"), self.someone_else, self.begin)
        self._day = label("", "muted")
        self.column.addWidget(self._day)

    def _build_empty(self) -> None:
        self.for_clients = EmptyState(
            "users-light",
            _("CoachDesk begins with the people you coach. Add the first; sessions and promises will stand here."),
            button(_("Add a client"), self._on_add_client, primary=True),
            button(_("Plan a session for yourself"), self._on_plan_for_me, quiet=True),
        )
        self.for_me = EmptyState(
            "sun-horizon-light",
            _("Plan a time that is yours. It will stand here, with what you promised yourself."),
            button(_("Plan a session for yourself"), self._on_plan_for_me),
        )
        for part in (self.for_clients, self.for_me):
            self.column.addWidget(part)

    def _how_quiet(self, state: State) -> str:
        """How long it is quiet; in a session its own page tells more."""
        return "" if self._runs else quiet_words.until(state)

    def _next_is_today(self) -> bool:
        coming = self.coming.next
        return coming is not None and local(coming.planned_start).date() == today(self.desk)

    @Slot()
    def _read_due(self) -> None:
        """What is due has no place beside a running session; the coming sessions say which of them is soon."""
        if not self.desk.is_open or self._known is None:  # the first page of all is shown before it is read
            return
        due = self.shell.duties.now_due() if self.shell.duties is not None else ()
        soon = frozenset(duty.subject_id for duty in due if duty.kind == "session_soon")
        self.coming.read(self._known, soon)
        self.due.read(self._known, () if self._runs else due)

    @Slot()
    def _look(self) -> None:
        runs = self.running.look()
        if runs != self._runs:
            self._runs = runs
            self._read_due()
        self.quiet.offers = not runs and self.desk.settings.session.whom in ("self", "both")
        self.quiet.look()
        self.begin.setVisible(not runs and self.for_clients.isHidden())
        self.someone_else.setVisible(not runs and self._next_is_today() and not for_self(self.desk))

    @Slot()
    def _on_begin(self) -> None:
        if self._next_is_today():
            self._begin_with(self.coming.next.client_id)
        elif for_self(self.desk):
            with self.shell.telling():
                self._begin_with(oneself(self.desk).id)
        else:
            self._choose()

    @Slot()
    def _choose(self) -> None:
        chooser = ChooseClient(self.desk, self.shell, _("With whom do you begin?"), self)
        chooser.chosen.connect(self._begin_with)
        chooser.open()

    @Slot(str)
    def _begin_with(self, client_id: str) -> None:
        self.shell.show_page("brief", client_id=client_id)

    @Slot()
    def _on_plan_for_me(self) -> None:
        with self.shell.telling():
            PlanSession(self.desk, self.shell, oneself(self.desk), parent=self).open()

    @Slot()
    def _on_add_client(self) -> None:
        form = EditClient(self.desk, self.shell, parent=self)
        form.stored.connect(self._on_added)
        form.open()

    @Slot(str)
    def _on_added(self, client_id: str) -> None:
        self.shell.show_page("client", client_id=client_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.promises.list.forget_last()
