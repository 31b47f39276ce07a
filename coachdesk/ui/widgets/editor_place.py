"""Where something of a list is changed, below it: one editor at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.widgets.cards import Card
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell


class Editor(Card):
    """What is typed is stored when that is asked for, and only then."""

    stored = Signal()
    left = Signal()


class EditorPlace(QWidget):
    """Out of sight while nothing is edited; then ``before`` has the keyboard that was in the editor."""

    def __init__(self, shell: Shell, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._before = shell, before
        self._store: Callable[[], object] | None = None
        self.editor: Editor | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def open(self, editor: Editor, store: Callable[[], object]) -> None:
        """Show it in the place of another; ``store`` keeps what is typed, or raises Refused and it stays."""
        self.leave()
        self.editor, self._store = editor, store
        editor.stored.connect(self._on_stored)
        editor.left.connect(self.leave)
        self._layout.addWidget(editor)
        self.show()
        editor.setFocus()

    @Slot()
    def leave(self) -> None:
        """Let go of what is typed."""
        if self.editor is not None:
            held = self.window().focusWidget()
            if held is not None and self.isAncestorOf(held):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
            self.editor.deleteLater()
            self.editor = None

    @Slot()
    def _on_stored(self) -> None:
        with self._shell.telling():
            self._store()
            self.leave()
            self._shell.say(_("Stored."))
