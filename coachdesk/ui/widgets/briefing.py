"""What is good to know before a session, in the order in which it matters; shown before it and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.practice import canvas, checklists
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.brief import Brief
from coachdesk.practice.clients import Client
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.cards import ActionRow, Card
from coachdesk.ui.widgets.dates import day_words, local, minutes_words, today
from coachdesk.ui.widgets.promises import PromiseRows
from coachdesk.ui.widgets.rows import WordButton, breakable
from coachdesk.ui.widgets.section import Sheet
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


QUOTES = '“”„«»"'
"""Marks a coach may have typed around a client's words."""


class Briefing(QWidget):
    """The cards of a brief; what is empty is not shown. Promises are reviewed and items ticked in place."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._brief: Brief | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.first = Card(_("Before anything else"))
        self.mine, self.mine_rows = self._promise_card(_("My promises"))
        self.steps, self.step_rows = self._promise_card(_("Next steps: what may be brought today"))
        self.threads = Card(_("Threads to come back to"))
        self.lines = Card(_("Lately on the canvas"))
        self.items = Card(_("First session: still open"))
        self.agreement = label("", "muted")
        self.nothing = label(_("Nothing is left over from last time. A clear table."), "muted")
        for part in (
            self.first, self.mine, self.steps, self.threads, self.lines, self.items, self.agreement, self.nothing,
        ):  # fmt: skip
            layout.addWidget(part)

    def show_brief(self, brief: Brief, during: str = "") -> None:
        """Show this one; what was promised ``during`` a session is left out beside that session."""
        self._brief = brief
        self._show_first(brief)
        for card, rows, found in (
            (self.mine, self.mine_rows, brief.promises),
            (self.steps, self.step_rows, brief.steps),
        ):
            rows.show_commitments([row for row in found if not during or row.session_id != during])
            card.setVisible(bool(rows.rows) or rows.offers_back)
        self._show_threads(brief)
        self._show_lines(brief)
        self._show_items(brief)
        words = agreement_words(brief.agreement, brief.client)
        self.agreement.setText(_("Agreed: {agreement}").format(agreement=words) if words else "")
        self.agreement.setVisible(bool(words))
        cards = (self.first, self.mine, self.steps, self.threads, self.lines, self.items)
        self.nothing.setVisible(all(card.isHidden() for card in cards))

    def forget(self) -> None:
        """What was closed just now is no longer offered to be taken back."""
        self.mine_rows.forget_last()
        self.step_rows.forget_last()

    def _promise_card(self, title: str) -> tuple[Sheet, PromiseRows]:
        card, rows = Sheet(title), PromiseRows(self.desk, self.shell, title)
        card.add(rows)
        return card, rows

    def _show_first(self, brief: Brief) -> None:
        self.first.empty()
        kinds = {"strain": _("Strain"), "repair": _("Repair")}
        for mark in brief.strains:
            words = breakable(mark.text) or _("marked last time, not yet put into words")
            self.first.add(label(_("{kind}: {words}").format(kind=kinds[mark.kind], words=words)))
        for title, words in zip((_("Pace"), _("Topics"), _("Feedback")), brief.needs, strict=True):
            if words:
                self.first.add(label(_("{kind}: {words}").format(kind=title, words=breakable(words))))
        self.first.setVisible(bool(brief.strains) or any(brief.needs))

    def _show_threads(self, brief: Brief) -> None:
        self.threads.empty()
        for line in brief.threads:
            done = WordButton(_("Taken up"), line.id, _("Taken up: {thread}").format(thread=line.text[:60]))
            done.clicked.connect(self._on_taken_up)
            self.threads.add(ActionRow(breakable(line.text), self._day(line.created_at), done))
        self.threads.setVisible(bool(brief.threads))

    def _show_lines(self, brief: Brief) -> None:
        self.lines.empty()
        for line in brief.lines:
            words = f"“{line.text.strip(QUOTES)}”" if line.kind == "words" else line.text
            self.lines.add(ActionRow(breakable(words), self._day(line.created_at)))
        self.lines.setVisible(bool(brief.lines))

    def _show_items(self, brief: Brief) -> None:
        self.items.empty()
        for line in brief.unticked:
            box = _Item(line)
            box.ticked.connect(self._on_ticked)
            self.items.add(box)
        self.items.setVisible(bool(brief.unticked))

    def _day(self, at: object) -> str:
        return day_words(local(at).date(), today(self.desk))

    @Slot()
    def _on_taken_up(self) -> None:
        with self.shell.telling():
            self.desk.do(canvas.resolve, self.sender().value)

    @Slot(str, bool)
    def _on_ticked(self, item_id: str, ticked: bool) -> None:
        if self._brief is not None:
            with self.shell.telling():
                self.desk.do(checklists.tick, self._brief.client.id, item_id, done=ticked)


class _Item(QWidget):
    """An item to tick: the box, and its words beside it, which wrap."""

    ticked = Signal(str, bool)

    def __init__(self, line: checklists.Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item_id = line.item_id
        self.box = QCheckBox()
        self.box.setAccessibleName(line.text)
        self.box.toggled.connect(self._on_toggled)
        words = label(breakable(line.text))
        words.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.ticked.emit(self.item_id, on)


def agreement_words(agreement: Agreement | None, client: Client) -> str:
    """The agreement in one line; empty where nothing is agreed."""
    if agreement is None or client.kind == "self":
        return ""
    length = minutes_words(agreement.session_minutes) if agreement.session_minutes else ""
    texts = (agreement.rescheduling, agreement.between_sessions, agreement.feedback)
    parts = [length, *(" ".join(text.split())[:80] for text in texts)]
    return " · ".join(part for part in parts if part)
