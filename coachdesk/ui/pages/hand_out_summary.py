"""The summary for a client: its lines to choose, words before and after, and how it reads."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coachdesk.exchange import summary
from coachdesk.exchange.days import Days
from coachdesk.machine.here import zone_here
from coachdesk.practice import sessions
from coachdesk.practice.clients import Client
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, DraftText, EmptyState, Flow, button, label, labelled
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.hand_out_lines import LineBoxes
from coachdesk.ui.widgets.hand_out_paper import PaperView
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MOST = 50
"""Sessions offered, the latest first."""
ABREAST = UNIT * 84
"""Width from which the page to hand out stands beside what it is made of."""


def day_here(day: date) -> str:
    """A day in full, as it is written here."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def clock_here(at: datetime) -> str:
    """The time of day a moment has in its own zone, as it is written here."""
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


DAYS = Days(day_here, clock_here)


class SummaryPart(QWidget):
    """Left what may stand in it, right how it reads; one above the other in a narrow window."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._client_id = self._session_id = ""
        self._offer: summary.Offer | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.nothing = EmptyState("calendar-check-light", _("A summary can be made once a session was held."))
        outer.addWidget(self.nothing)
        self.whole = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.whole)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(UNIT * 3)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(UNIT * 2)
        self._build_left()
        self._left.addStretch(1)
        self.page = PaperView(shell)
        self._beside.addWidget(left, 5)
        self._beside.addWidget(self.page, 6)
        outer.addWidget(self.whole)

    def show_client(self, client: Client, session_id: str = "") -> None:
        """Be about a client, and about one session or the latest."""
        self._client_id = client.id
        self._show_sessions(session_id)
        self.refresh()

    def refresh(self) -> None:
        """Read again what may stand in it; what was chosen and typed stays."""
        self.nothing.setVisible(not self._session_id)
        self.whole.setVisible(bool(self._session_id))
        if not self._session_id:
            return
        with self.shell.telling():
            zone = zone_here()
            self._offer = self.desk.read(summary.offer, self._session_id, zone=zone, days=DAYS)
            self.lines.show_lines(self._offer.lines)
            self.nameless.setVisible(not self._offer.sender)
            self._show_paper()

    def _build_left(self) -> None:
        self.sessions = ChoiceField()
        self.sessions.setAccessibleName(_("Which session"))
        self.sessions.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sessions.activated.connect(self._on_session)
        self._left.addWidget(self.sessions)
        card = Card(_("What stands in it"), _("Promises and next steps only; nothing of your notes."))
        self.lines = LineBoxes()
        self.lines.changed.connect(self._show_paper)
        card.add(self.lines)
        self._left.addWidget(card)
        words = Card(_("Around it"))
        self.greeting = DraftText(self.desk, "hand_out", "greeting", _("Words before"), _("If you like"), lines=3)
        self.closing = DraftText(self.desk, "hand_out", "closing", _("Words after"), _("If you like"), lines=2)
        for field in (self.greeting, self.closing):
            field.textChanged.connect(self._show_paper)
            words.add(labelled(field.accessibleName(), field))
        self.nameless = QWidget()
        nameless = QVBoxLayout(self.nameless)
        nameless.setContentsMargins(0, 0, 0, 0)
        nameless.addWidget(label(_("Your name and address come from the settings; none are given yet."), "muted"))
        nameless.addWidget(Flow(button(_("To the settings"), self._on_settings, quiet=True)))
        words.add(self.nameless)
        self._left.addWidget(words)

    def _show_sessions(self, session_id: str) -> None:
        """The sessions held; the one asked for, or the latest, is shown."""
        found = list(self.desk.read(sessions.held, self._client_id)[:MOST])
        if session_id and session_id not in {row.id for row in found}:
            found = [row for row in [self.desk.read(sessions.one, session_id)] if row.started_at] + found
        self.sessions.clear()
        for row in found:
            self.sessions.addItem(moment_words(row.started_at, today(self.desk)), row.id)
        at = max(0, self.sessions.findData(session_id))
        self.sessions.setCurrentIndex(at)
        self._begin(self.sessions.itemData(at) or "")

    def _begin(self, session_id: str) -> None:
        """Be about another session, with its lines chosen as usual."""
        self._session_id = session_id
        if not session_id:
            return
        offered = self.desk.read(summary.offer, session_id, zone=zone_here(), days=DAYS)
        self.lines.begin(offered.lines)
        self.greeting.about(session_id, offered.greeting)
        self.closing.about(session_id, offered.closing)

    @Slot()
    def _show_paper(self) -> None:
        if self._offer is not None:
            made = summary.summary(
                self._offer, self.lines.chosen, greeting=self.greeting.words, closing=self.closing.words, days=DAYS
            )
            self.page.show_paper(made, summary.file_name(self._offer, "")[:-1])

    @Slot(int)
    def _on_session(self, at: int) -> None:
        self._begin(self.sessions.itemData(at))
        self.refresh()

    @Slot()
    def _on_settings(self) -> None:
        self.shell.show_page("settings", section="hand_outs")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        abreast = event.size().width() >= ABREAST
        way = QBoxLayout.Direction.LeftToRight if abreast else QBoxLayout.Direction.TopToBottom
        if way != self._beside.direction():
            self._beside.setDirection(way)
            self._beside.setAlignment(self.page, Qt.AlignmentFlag(0))
