"""The marks of a session: when, what kind, and the words that are added afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.practice import marks
from coachdesk.practice.marks import Mark
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.fields import DraftLine
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

KINDS = (
    ("moment", N_("A moment")),
    ("insight", N_("Insight")),
    ("strain", N_("Strain")),
    ("repair", N_("Repair")),
    ("silence", N_("Silence")),
    ("thread", N_("Thread to come back to")),
)


def at_words(seconds: int) -> str:
    """When in the session, in whole minutes; what lies before a corrected start is its beginning."""
    return _("minute {n}").format(n=max(0, seconds) // 60)


class MarkRow(QWidget):
    """One mark, its kind and its words; every change is stored at once."""

    going = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell, self.mark_id = desk, shell, mark.id
        when = at_words(mark.at_seconds)
        self.setAccessibleName(when)
        self.kind = ChoiceField()
        self.kind.setAccessibleName(_("What it was, {when}").format(when=when))
        for kind, words in KINDS:
            self.kind.addItem(_(words), kind)
        self.kind.setCurrentIndex(self.kind.findData(mark.kind))
        self.kind.activated.connect(self._on_kind)
        self.words = DraftLine(desk, "mark", "words", _("In words, {when}").format(when=when), _("In a few words"))
        self.words.about(mark.id, mark.text)
        self.words.editingFinished.connect(self.store)
        away = icon_button("trash-light", _("Remove the mark of {when}").format(when=when), self._on_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        stamp = label(when, "muted", wrap=False)
        stamp.setMinimumWidth(UNIT * 9)
        row.addWidget(stamp)
        row.addWidget(self.kind)
        row.addWidget(self.words, 1)
        row.addWidget(away)

    @Slot()
    def store(self) -> None:
        """Keep kind and words; a thread with words also goes onto the canvas, once."""
        with self.shell.telling():
            before = self.desk.read(marks.one, self.mark_id)
            kind, words = str(self.kind.currentData()), self.words.words
            if (before.kind, before.text) == (kind, words):
                return
            self.desk.do(marks.word, self.mark_id, kind=kind, words=words)
            self.words.cleared(words)

    @Slot()
    def _on_kind(self) -> None:
        self.store()

    @Slot()
    def _on_away(self) -> None:
        self.going.emit(self.mark_id)


class MarkRows(QWidget):
    """All marks of a session in their order."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.rows: list[MarkRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT)

    def show_marks(self, found: Sequence[Mark]) -> None:
        """Show these; rows that are there stay as they are, with whatever is being typed."""
        wanted = [mark.id for mark in found]
        for row in [row for row in self.rows if row.mark_id not in wanted]:
            self.rows.remove(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        there = {row.mark_id for row in self.rows}
        for mark in found:
            if mark.id not in there:
                row = MarkRow(self.desk, self.shell, mark)
                row.going.connect(self._on_going)
                self.rows.append(row)
                self._column.addWidget(row)

    def store(self) -> None:
        """Keep what every row says."""
        for row in self.rows:
            row.store()

    @Slot(str)
    def _on_going(self, mark_id: str) -> None:
        with self.shell.telling():
            mark = self.desk.read(marks.one, mark_id)
            if not mark.text or self.shell.ask(_("Remove this mark?"), [f"“{mark.text[:80]}”"]):
                self.desk.do(marks.remove, mark_id)
