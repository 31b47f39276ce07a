"""Arriving: a minute or two for the coach before the call, a breathing dot and one line of intention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from coachdesk import in_session, prompts
from coachdesk.practice import clients
from coachdesk.ui.session_path import begin
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import DraftLine, Page, button, label
from coachdesk.ui.widgets.breath import Breath
from coachdesk.ui.widgets.rows import breakable
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


TOWARDS_OTHERS = ("arrival-meet", "arrival-how-to-be", "arrival-answer")


class ArrivePage(Page):
    """Nothing counts down; after the chosen minutes one quiet sentence says that it is time."""

    column_width = UNIT * 60

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._client_id, self._minutes, self._template = "", desk.settings.session.minutes, ""
        self.setAccessibleName(_("Arrive"))
        self.column.addSpacing(UNIT * 4)
        self.breath = Breath()
        self.column.addWidget(self.breath)
        self.line = label("", "display")
        self.line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.line)
        self.column.addSpacing(UNIT * 2)
        self.intention = DraftLine(
            desk, "arrive", "intention", _("My intention"), _("How do I want to be present? One line, if you like.")
        )
        self.intention.returnPressed.connect(self._on_begin)
        self.column.addWidget(self.intention)
        self.begin = button(_("Begin the session"), self._on_begin, primary=True)
        self.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignHCenter)
        self.ready = label("", "muted")
        self.ready.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.ready)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_arrived)

    def arrive(self, client_id: str = "", minutes: int = 0, template: str = "", **what: object) -> None:  # noqa: ARG002
        """We came to arrive before a session with this client."""
        self._client_id, self._minutes, self._template = client_id, minutes, template
        self.intention.about(client_id)
        self.line.setText(self._words())
        self.ready.setText("")
        seconds = self.desk.clock.real_seconds(self.desk.settings.session.arrive_minutes * 60)
        self._timer.start(round(seconds * 1000))
        self.intention.setFocus()

    def _words(self) -> str:
        """One of the words for arriving; those about meeting somebody only where somebody is met."""
        alone = self.desk.read(clients.one, self._client_id).kind == "self"
        fitting = [p for p in in_session.library(self.desk) if not (alone and p.id in TOWARDS_OTHERS)]
        drawn = prompts.choose(fitting, "arrival", (), str(self.desk.now().at))
        return breakable(drawn.text) if drawn else ""

    @Slot()
    def _on_arrived(self) -> None:
        self.ready.setText(_("You have taken your time. Begin when you are ready."))

    @Slot()
    def _on_begin(self) -> None:
        words = self.intention.words
        if begin(self.shell, self._client_id, self._minutes, self._template, words) is not None:
            self.intention.cleared()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
