"""Words that belong to a session as a whole: stored when the coach leaves the field, drafted while they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from coachdesk.practice import sessions
from coachdesk.ui.widgets.fields import DraftLine, DraftText

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class _OfSession:
    """What the line and the text share: which session, which of its columns, what is stored there."""

    _shell: Shell
    _desk: Desk
    _column: str
    _session_id = ""
    _stored = ""

    def show_session(self, row: sessions.Session) -> None:
        """Be about this session. What is being typed stays."""
        if row.id != self._session_id or not self.hasFocus():
            self._session_id, self._stored = row.id, getattr(row, self._column)
            if self.typed_text != self._stored:
                self.about(row.id, self._stored)

    @Slot()
    def store(self) -> None:
        """Keep the words with the session, where they are new."""
        if not self._session_id or self.typed_text == self._stored or not self._desk.is_open:
            return
        words = self.words
        with self._shell.telling():
            if words != self._stored:
                self._desk.do(sessions.edit, self._session_id, **{self._column: words})
            self._stored = words
            self.cleared(words)


class SessionLine(_OfSession, DraftLine):
    """One line of a session, such as its focus."""

    def __init__(
        self, desk: Desk, shell: Shell, column: str, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "session", column, name, hint, parent)
        self._desk, self._shell, self._column = desk, shell, column
        self.editingFinished.connect(self.store)


class SessionText(_OfSession, DraftText):
    """A few lines of a session, such as what mattered."""

    def __init__(
        self, desk: Desk, shell: Shell, column: str, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, "session", column, name, hint, 2, parent)
        self._desk, self._shell, self._column = desk, shell, column

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.store()
