"""The parts of Today about sessions: those that come, those to close, who has none planned, the one that runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, contact, roster, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.choose_client import ChooseClient, oneself
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.widgets import button
from coachdesk.ui.widgets.dates import clock_words, day_words, local, moment_words, today
from coachdesk.ui.widgets.message import LeadingLine
from coachdesk.ui.widgets.naming import for_self, number_words, shown
from coachdesk.ui.widgets.rows import RowButton, WordButton, beside, give_focus
from coachdesk.ui.widgets.section import Entry, Section
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

DAYS_AHEAD = 7
MOST = 8
"""Rows of one kind before the rest is only counted."""
FEW = 3
"""Rows of coming sessions that are shown whatever their day; those after tomorrow are asked for beyond these."""
LOOK = 15_000
"""Milliseconds between looks at a running session's minutes."""
Clients = Mapping[str, Client]


class ComingSessions(Section):
    """Planned sessions of today and the coming days; pressing one opens its brief."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Next sessions"), parent)
        self.desk, self.shell = desk, shell
        self.next: Session | None = None
        self._read_last: tuple[Clients, Collection[str]] = ({}, ())
        self._whole_week = False
        self.turn = QTimer(self)
        """Ends when the next session that is shown was to begin, because then it is no longer soon."""
        self.turn.setSingleShot(True)
        self.turn.timeout.connect(self._read_again)

    def read(self, known: Clients, soon: Collection[str] = ()) -> None:
        """Read them again; ``soon`` are those whose brief is worth opening now."""
        self._read_last = known, soon
        now = self.desk.now().at
        until = now + timedelta(days=DAYS_AHEAD + 1)
        coming = self.desk.read(sessions.coming, until=until)
        self.next = coming[0] if coming else None
        held = self.desk.read(roster.held, {session.client_id for session in coming})
        ahead = [session.planned_start - now for session in coming if session.planned_start > now]
        self.turn.start(ceil(ahead[0] / timedelta(milliseconds=1))) if ahead else self.turn.stop()
        entries, day = [], None
        for session in coming[: MOST * 3 if self._whole_week else self._near(coming)]:
            client = known[session.client_id]
            held[client.id] = held.get(client.id, 0) + 1
            start = local(session.planned_start)
            heading = day_words(start.date(), today(self.desk)) if start.date() != day else ""
            day = start.date()
            hint = self._hint(session, soon)
            entries.append(self._entry(session, client, held[client.id], heading[:1].upper() + heading[1:], hint))
        rest = len(coming) - len(entries)
        further = ngettext("Show {n} more this week", "Show {n} more this week", rest).format(n=rest)
        self.show_entries(entries, "" if entries else _("Nothing is planned for the coming days."))
        self.plan = WordButton(_("Plan a session"))
        self.plan.clicked.connect(self._on_plan)
        self.further = WordButton(further)
        self.further.clicked.connect(self._on_further)
        self.further.setVisible(False)
        self.add(beside(self.plan, self.further, stretch=False))
        self.further.setVisible(rest > 0)

    def _near(self, coming: Sequence[Session]) -> int:
        """How many of them are shown at first: those of today and tomorrow, and a few in any case."""
        tomorrow = today(self.desk) + timedelta(days=1)
        near = sum(local(session.planned_start).date() <= tomorrow for session in coming)
        return max(FEW, min(near, MOST))

    def _hint(self, session: Session, soon: Collection[str]) -> str:
        if session.planned_start <= self.desk.now().at:
            return _("planned for {time}").format(time=clock_words(session.planned_start))
        return _("Soon: look at the brief") if session.id in soon else ""

    @Slot()
    def _read_again(self) -> None:
        if self.desk.is_open:
            self.read(*self._read_last)

    @Slot()
    def _on_further(self) -> None:
        self._whole_week, before = True, len(self.rows)
        self._read_again()
        give_focus(self.rows[before])

    def _entry(self, session: Session, client: Client, number: int, heading: str, hint: str) -> Entry:
        name = shown(self.desk, client)
        row = RowButton(
            name, hint, lead=clock_words(session.planned_start), aside=number_words(client, number), value=client.id
        )
        row.clicked.connect(self._on_brief)
        if not client.call_link:
            return Entry(row, (), heading)
        call = WordButton(_("Open the call"), client.call_link, _("Open the call with {name}").format(name=name))
        call.clicked.connect(self._on_call)
        return Entry(row, (call,), heading)

    @Slot()
    def _on_brief(self) -> None:
        self.shell.show_page("brief", client_id=self.sender().value)

    @Slot()
    def _on_plan(self) -> None:
        if for_self(self.desk):
            with self.shell.telling():
                PlanSession(self.desk, self.shell, oneself(self.desk), parent=self).open()
            return
        chooser = ChooseClient(self.desk, self.shell, _("With whom do you meet?"), self)
        chooser.chosen.connect(self._plan_with)
        chooser.open()

    @Slot(str)
    def _plan_with(self, client_id: str) -> None:
        PlanSession(self.desk, self.shell, self.desk.read(clients.one, client_id), parent=self).open()

    @Slot()
    def _on_call(self) -> None:
        QDesktopServices.openUrl(QUrl(self.sender().value))


class SessionsToClose(Section):
    """Sessions that are over and wait to be closed, the oldest first."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("To close"), parent)
        self.desk, self.shell = desk, shell

    def read(self, known: Clients) -> None:
        """Read them again; without any this part is not shown."""
        here, entries = today(self.desk), []
        waiting = self.desk.read(sessions.to_close)
        for session in waiting[:MOST]:
            lead = moment_words(session.started_at, here)
            row = RowButton(shown(self.desk, known[session.client_id]), lead=lead, value=session.id)
            row.clicked.connect(self._on_close)
            entries.append(Entry(row))
        rest = len(waiting) - len(entries)
        self.show_entries(entries, ngettext("and {n} more", "and {n} more", rest).format(n=rest) if rest else "")
        self.setVisible(bool(entries))

    @Slot()
    def _on_close(self) -> None:
        self.shell.show_page("close", session_id=self.sender().value)


class ClientsWithoutDate(Section):
    """Clients whose next session is not planned."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Without a next date"), parent)
        self.desk, self.shell = desk, shell
        self._found: dict[str, Client] = {}

    def read(self) -> None:
        """Read them again; without any this part is not shown."""
        wanted = self.desk.settings.reminders.without_next and not for_self(self.desk)
        found = self.desk.read(contact.without_next) if wanted else []
        self._found = {client.id: client for client in found}
        entries = []
        for client in found[:MOST]:
            name = shown(self.desk, client)
            row = RowButton(name, value=client.id)
            row.clicked.connect(self._on_client)
            plan = WordButton(_("Plan"), client.id, _("Plan a session with {name}").format(name=name))
            plan.clicked.connect(self._on_plan)
            entries.append(Entry(row, (plan,)))
        rest = len(found) - len(entries)
        self.show_entries(entries, ngettext("and {n} more", "and {n} more", rest).format(n=rest) if rest else "")
        self.setVisible(bool(entries))

    @Slot()
    def _on_client(self) -> None:
        self.shell.show_page("client", client_id=self.sender().value)

    @Slot()
    def _on_plan(self) -> None:
        PlanSession(self.desk, self.shell, self._found[self.sender().value], parent=self).open()


class RunningSession(LeadingLine):
    """The line of the session that runs, with the way to it; looked at again while it is on screen."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.desk, self.shell = desk, shell
        self.button = self.act(button(_("To the session"), self._on_pressed, primary=True))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)

    @Slot()
    def look(self) -> bool:
        """Show the session as it is now; whether one runs."""
        moment = self.shell.sitting.moment() if self.shell.sitting and self.desk.is_open else None
        runs = moment is not None and moment.state in ("running", "paused")
        self.setVisible(runs)
        if not runs:
            self._timer.stop()
            return False
        left = moment.minutes_left
        time = (
            ngettext("{n} minute left", "{n} minutes left", left).format(n=left) if left > 0 else _("the time is over")
        )
        state = _("In session") if moment.state == "running" else _("In session, paused")
        self.words.setText(f"{state} · {time}")
        if self.isVisible():
            self._timer.start()
        return True

    @Slot()
    def _on_pressed(self) -> None:
        self.shell.show_page("session")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
