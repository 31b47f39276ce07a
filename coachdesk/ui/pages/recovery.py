"""The question after an interruption: what became of the session that was running."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, sessions
from coachdesk.ui.session_path import end_at
from coachdesk.ui.widgets import Card, Flow, Fold, Page, button, label
from coachdesk.ui.widgets.dates import clock_words, day_words, local, moment_words, today
from coachdesk.ui.widgets.rows import breakable, one_line, shortened
from coachdesk.ui.widgets.times import TimeField
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


_SENTENCES = {
    (False, True): N_("Your session with {name} began at {began} and was last seen at {seen}."),
    (False, False): N_("Your session with {name} began {began} and was last seen {seen}."),
    (True, True): N_("Your own session began at {began} and was last seen at {seen}."),
    (True, False): N_("Your own session began {began} and was last seen {seen}."),
}
"""By whether it is one's own, and whether it began on the day on which it was last seen."""


class RecoveryPage(Page):
    """Continue, or say when it ended. Nothing is lost either way."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._row: sessions.Session | None = None
        self.head(_("Your session"))
        card = Card()
        self.sentence = label("", "title")
        card.add(self.sentence)
        card.add(label(_("Every mark, promise and line is here. What became of the session?"), "muted"))
        self.go_on = button(_("Continue the session"), self._on_go_on, primary=True)
        self.ended_then = button("", self._on_ended_then)
        card.act(self.go_on, self.ended_then)
        self.column.addWidget(card)
        self.other = Fold(_("It ended at another time"))
        self.time = TimeField(_("When the session ended"))
        self.set_time = button(_("It ended then"), self._on_set_time)
        self.other.add(Flow(self.time, self.set_time))
        self.column.addWidget(self.other)

    def arrive(self, **what: object) -> None:  # noqa: ARG002
        """We came because a session was found running."""
        self.refresh()
        self.go_on.setFocus()

    def refresh(self) -> None:
        """Read the interrupted session."""
        self._row = row = self.desk.read(sessions.running)
        if row is None or row.started_at is None or row.last_seen_at is None:
            self.shell.start_at("today")
            return
        here, seen = today(self.desk), row.last_seen_at
        whose = self.desk.read(clients.one, row.client_id)
        name = breakable(shortened(one_line(whose.shown(self.desk.settings.privacy.short_names))))
        in_one_day = local(row.started_at).date() == local(seen).date()
        words = clock_words if in_one_day else partial(moment_words, here=here)
        said = _SENTENCES[whose.kind == "self", in_one_day]
        sentence = _(said).format(name=name, began=words(row.started_at), seen=words(seen))
        day = day_words(local(seen).date(), here)
        earlier = in_one_day and local(seen).date() != here
        self.sentence.setText(f"{day[:1].upper()}{day[1:]}: {sentence}" if earlier else sentence)
        self.ended_then.setText(_("It ended at {time}").format(time=words(seen)))
        self.ended_then.setAccessibleName(self.ended_then.text())
        self.time.put(local(seen).time())

    @Slot()
    def _on_go_on(self) -> None:
        with self.shell.telling():
            if self.shell.sitting is not None:
                self.shell.sitting.adopt()
                self.shell.bridge.sitting_changed.emit()
                self.shell.start_at("session")

    @Slot()
    def _on_ended_then(self) -> None:
        if self._row is not None and self._row.last_seen_at is not None:
            self._finish(self._row.last_seen_at)

    @Slot()
    def _on_set_time(self) -> None:
        with self.shell.telling():
            if self._row is not None:
                self._finish(end_at(self._row, self.time.clock, self.desk.now().at))

    def _finish(self, ended_at: datetime) -> None:
        with self.shell.telling():
            row = self.desk.do(sessions.finish, ended_at=ended_at)
            self.shell.bridge.sitting_changed.emit()
            self.shell.start_at("close", session_id=row.id)
