"""What was promised in a session so far, each to be changed or removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from coachdesk.practice import commitments
from coachdesk.practice.commitments import Commitment
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.cards import ActionRow
from coachdesk.ui.widgets.dates import day_words, today
from coachdesk.ui.widgets.promises import state_word
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class MadePromises(QWidget):
    """The promises and next steps of one session, in the order in which they were made."""

    def __init__(self, desk: Desk, shell: Shell, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.setAccessibleName(_("Promised in this session"))
        self.rows: dict[str, ActionRow] = {}
        self._shown: dict[str, tuple[str, str]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._empty = label(empty, "muted")
        column.addWidget(self._empty)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, UNIT)
        self._column.setSpacing(UNIT // 2)
        column.addLayout(self._column)

    def show_commitments(self, found: Sequence[Commitment], *, alone: bool = False) -> None:
        """Show these; ``alone`` for sessions of one's own, where it is clear whose they are."""
        wanted = {row.id: (row.text, self._detail(row, alone)) for row in found}
        for gone in [each for each, shown in self._shown.items() if wanted.get(each) != shown]:
            self._shown.pop(gone)
            row = self.rows.pop(gone)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (each, (text, detail)) in enumerate(wanted.items()):
            if each not in self.rows:
                self.rows[each] = self._row(each, text, detail)
                self._shown[each] = (text, detail)
                self._column.insertWidget(place, self.rows[each])
        self._empty.setVisible(not wanted and bool(self._empty.text()))
        self.setVisible(bool(wanted) or bool(self._empty.text()))

    def _detail(self, row: Commitment, alone: bool) -> str:
        whose = {"coach": _("my promise"), "client": _("next step"), "both": _("together")}[row.owner]
        by = _("by {day}").format(day=day_words(row.due_on, today(self.desk))) if row.due_on else ""
        state = state_word(row.owner, row.state) if row.state != "open" else ""
        return " · ".join(part for part in ("" if alone else whose, by, one_line(row.cue), state) if part)

    def _row(self, commitment_id: str, text: str, detail: str) -> ActionRow:
        short = one_line(text)[:60]
        change = self._tool("pencil-simple-light", _("Change: {text}").format(text=short), commitment_id)
        change.clicked.connect(self._on_change)
        away = self._tool("trash-light", _("Remove: {text}").format(text=short), commitment_id)
        away.clicked.connect(self._on_away)
        row = ActionRow(breakable(text), breakable(detail), change, away)
        row.layout().setSpacing(0)
        return row

    def _tool(self, icon: str, name: str, commitment_id: str) -> QToolButton:
        made = icon_button(icon, name)
        made.setProperty("commitment", commitment_id)
        return made

    @Slot()
    def _on_change(self) -> None:
        from coachdesk.ui.dialogs.edit_commitment import EditCommitment

        with self.shell.telling():
            row = self.desk.read(commitments.one, self.sender().property("commitment"))
            EditCommitment(self.desk, self.shell, row, self).open()

    @Slot()
    def _on_away(self) -> None:
        with self.shell.telling():
            row = self.desk.read(commitments.one, self.sender().property("commitment"))
            if self.shell.ask(_("Remove this promise?"), [f"“{one_line(row.text)}”"]):
                self.desk.do(commitments.remove, row.id)
