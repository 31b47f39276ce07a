"""The notes of a session, each changed or removed in its place, and a field for another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import notes
from coachdesk.practice.notes import Note
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.ui.widgets.fields import NOTE, DraftText
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class _NoteField(DraftText):
    """Ctrl+Enter keeps the note, also on a page that gives these keys another meaning."""

    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, *NOTE, _("Another note"), _("Write a note"), lines=3)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _ends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _ends(event):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


def _ends(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class NoteRows(QWidget):
    """Notes in their order and, below, what is being written."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._session_id = ""
        self.rows: dict[str, EditableText] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        self.field = _NoteField(desk)
        self.field.textChanged.connect(self._on_typed)
        column.addWidget(self.field)
        self.keep = button(_("Keep this note"), self.store)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.finished.connect(self.store)

    def show_notes(self, session_id: str, found: Sequence[Note]) -> None:
        """Show these; one that is being changed stays open with what is typed."""
        if session_id != self._session_id:
            self._session_id = session_id
            self.field.about(session_id)
        else:
            self.field.look_again()
        self._on_typed()
        bodies = {note.id: note.body for note in found}
        gone = [note_id for note_id, row in self.rows.items() if bodies.get(note_id) != row.text]
        for note_id in gone:
            row = self.rows.pop(note_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, note in enumerate(found):
            if note.id not in self.rows:
                self.rows[note.id] = self._row(note)
                self._column.insertWidget(place, self.rows[note.id])

    @Slot()
    def store(self) -> None:
        """Keep what is being written as a note, and what is being changed."""
        for row in [row for row in self.rows.values() if row.being_edited]:
            row.keep.click()
        if self.field.words:
            with self.shell.telling():
                self.desk.do(notes.add, self._session_id, self.field.words)
                self.field.cleared()
                self._on_typed()

    def _row(self, note: Note) -> EditableText:
        store = partial(self.desk.do, notes.edit, note.id)
        remove = partial(self.desk.do, notes.remove, note.id)
        return EditableText(self.desk, self.shell, "note-change", note.id, note.body, store, remove)

    @Slot()
    def _on_typed(self) -> None:
        self.keep.setVisible(bool(self.field.words))
