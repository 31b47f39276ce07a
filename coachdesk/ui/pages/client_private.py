"""For me alone: what the work with a client stirs in the coach, behind one more click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import canvas, drafts, sessions
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.sessions import Session
from coachdesk.ui.pages.client_canvas import SCREEN, line_of_canvas
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, DraftText, EmptyState, Flow, button
from coachdesk.ui.widgets.cards import clear
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MOST = 60


class PrivateTab(ClientTab):
    """Closed whenever one comes to it; nothing of it is read before it is opened."""

    concerns = frozenset({CanvasLine, Session})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.open = button(_("Open"), self._on_open)
        self.closed = EmptyState(
            "lock-simple-light",
            _("What the work stirs in you. It is kept apart; it is handed out only if you decide so."),
            self.open,
        )
        self.column.addWidget(self.closed)
        self.inside = QWidget()
        inside = QVBoxLayout(self.inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(UNIT * 2)
        self.words = DraftText(desk, "private", "line", _("A line for me alone"), _("What did it stir in me?"), lines=2)
        self.add = button(_("Add"), self._on_add)
        inside.addWidget(self.words)
        inside.addWidget(Flow(self.add))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(UNIT * 2)
        inside.addLayout(self._cards)
        self.column.addWidget(self.inside)
        self._shut()

    def show_client(self, client_id: str, **what: object) -> None:
        """Be about this client."""
        if client_id != self.client_id:
            self._shut()
        super().show_client(client_id, **what)

    def refresh(self) -> None:
        """Read the lines again, if it is open."""
        clear(self._cards)
        if self.inside.isHidden():
            return
        here = today(self.desk)
        lines = self.desk.read(canvas.lines, self.client_id, private=True)[:MOST]
        if lines:
            card = Card()
            typed = self.desk.read(drafts.waiting, SCREEN, "text")
            for line in lines:
                card.add(line_of_canvas(self, line, here, typed.get(line.id, "")))
            self._cards.addWidget(card)
        checked = [row for row in self.desk.read(sessions.held, self.client_id) if row.self_check][:MOST]
        if checked:
            card = Card(_("Did I work harder than served the client?"))
            for row in checked:
                card.add(self._check(row))
            self._cards.addWidget(card)

    def _check(self, row: Session) -> EditableText:
        day = day_words(local(row.started_at).date(), today(self.desk))
        return EditableText(
            self.desk, self.shell, "self_check", row.id, row.self_check,
            partial(_write, self.desk, row.id), partial(_write, self.desk, row.id, ""), detail=day,
        )  # fmt: skip

    def _shut(self) -> None:
        self.inside.hide()
        self.closed.show()
        clear(self._cards)

    @Slot()
    def _on_open(self) -> None:
        self.closed.hide()
        self.inside.show()
        self.words.about(self.client_id)
        self.refresh()
        self.words.setFocus()

    @Slot()
    def _on_add(self) -> None:
        with self.shell.telling():
            self.desk.do(canvas.add, self.client_id, self.words.words, private=True)
            self.words.cleared()
            self.words.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._shut()


def _write(desk: Desk, session_id: str, words: str) -> None:
    desk.do(sessions.edit, session_id, self_check=words)
