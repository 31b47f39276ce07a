"""The sessions with a client: all of them in a list, each to be opened, changed and removed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import clients, sessions
from coachdesk.practice.marks import Mark
from coachdesk.practice.notes import Note
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.log_session import LogSession
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.pages.client_session import SessionDetails
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, Row, RowList, button
from coachdesk.ui.widgets.dates import clock_words, day_words, length_words, local, span_words, today
from coachdesk.ui.widgets.rows import WordButton, one_line
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PAGE = 40
STATES = {
    "planned": N_("planned"),
    "moved": N_("moved"),
    "cancelled": N_("called off"),
    "missed": N_("missed"),
    "running": N_("running"),
    "paused": N_("paused"),
    "finished": N_("held"),
}
PAID = {"paid": N_("paid"), "pro_bono": N_("pro bono")}


def when_words(row: Session, here: date) -> str:
    """When a session was, or was to be."""
    start = row.started_at or row.planned_start
    if start is None:
        return ""
    day = day_words(local(start).date(), here)
    times = span_words(row.started_at, row.ended_at) if row.started_at and row.ended_at else clock_words(start)
    return _("{day}, {times}").format(day=day[:1].upper() + day[1:], times=times)


def aside_words(row: Session) -> str:
    """Length and payment of a session that was held, the state of any other."""
    if row.state != "finished":
        return _(STATES[row.state])
    corrected = _("corrected") if row.measured_start is not None else ""
    parts = [length_words(row.elapsed_seconds or 0), corrected, _(PAID[row.paid]) if row.paid else ""]
    return " · ".join(part for part in parts if part)


class SessionsTab(ClientTab):
    """The list; a row opens the session in the list's place."""

    concerns = frozenset({Session, Mark, Note})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._most = PAGE
        self.overview = QWidget()
        layout = QVBoxLayout(self.overview)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.log = button(_("Log a past session"), self._on_log)
        self.plan = button(_("Plan a session"), self._on_plan)
        layout.addWidget(Flow(self.plan, self.log))
        self.list = RowList(_("Sessions"), _("No session yet."))
        self.list.activated_row.connect(self._on_chosen)
        self.list.key_pressed.connect(self._on_key)
        layout.addWidget(self.list)
        self.further = WordButton("")
        self.further.clicked.connect(self._on_further)
        layout.addWidget(self.further)
        self.column.addWidget(self.overview)
        self.details = SessionDetails(desk, shell)
        self.details.left.connect(self._on_left)
        self.details.hide()
        self.column.addWidget(self.details)

    def show_client(self, client_id: str, session_id: str = "", **what: object) -> None:
        """Be about this client; with a session, open that one."""
        if client_id != self.client_id:
            self._most = PAGE
            self._on_left()
        super().show_client(client_id, **what)
        if session_id:
            self._on_chosen(session_id)

    def refresh(self) -> None:
        """Read the list again, or the session that is open."""
        if not self.details.isHidden():
            self.details.refresh()
            return
        found, here = self.desk.read(sessions.of_client, self.client_id), today(self.desk)
        self.list.show_rows([
            Row(row.id, when_words(row, here), one_line(row.focus_line or row.what_mattered), aside_words(row))
            for row in found[: self._most]
        ])  # fmt: skip
        self.plan.setVisible(any(row.state == "planned" for row in found))  # without any, the head offers it
        rest = len(found) - self._most
        self.further.setText(ngettext("Show {n} more", "Show {n} more", rest).format(n=rest))
        self.further.setAccessibleName(self.further.text())
        self.further.updateGeometry()
        self.further.setVisible(rest > 0)

    @Slot(object)
    def _on_chosen(self, session_id: object) -> None:
        self.overview.hide()
        self.details.show()
        self.details.show_session(str(session_id))

    @Slot()
    def _on_left(self) -> None:
        self.details.hide()
        self.overview.show()
        if self.client_id:
            self.refresh()
            self.list.setFocus()

    @Slot(str, object)
    def _on_key(self, key: str, session_id: object) -> None:
        if key == "delete":
            remove(self.desk, self.shell, self.desk.read(sessions.one, str(session_id)))

    @Slot()
    def _on_further(self) -> None:
        self._most += PAGE * 2
        self.refresh()

    @Slot()
    def _on_log(self) -> None:
        LogSession(self.desk, self.shell, self.desk.read(clients.one, self.client_id), self).open()

    @Slot()
    def _on_plan(self) -> None:
        PlanSession(self.desk, self.shell, self.desk.read(clients.one, self.client_id), parent=self).open()


def remove(desk: Desk, shell: Shell, row: Session) -> bool:
    """Remove a session once the coach has said so; whether it was done."""
    going = [when_words(row, today(desk)), _("its notes and marks, and its hours in the log")]
    with shell.telling():
        if shell.ask(_("Remove this session?"), going):
            desk.do(sessions.remove, row.id)
            return True
    return False
