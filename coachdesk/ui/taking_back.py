"""Ctrl+Z: a text field's own while it has something to take back, else the desk's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from coachdesk.storage.undo import Step
    from coachdesk.ui.main_window import MainWindow

TEXTS = QLineEdit | QPlainTextEdit | QTextEdit
UNDO, REDO, SEARCH = "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K"


class TakingBack(QObject):
    """Takes the last change of a record back or does it again, and offers it after a removal."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._field: QWidget | None = None
        self._seen: Step | None = None
        for keys, slot in ((UNDO, self.undo), (REDO, self.redo)):
            QShortcut(QKeySequence(keys), window).activated.connect(slot)
        QApplication.instance().focusChanged.connect(self._on_focus)
        window.bridge.changed.connect(self._on_changed)
        window.bridge.locked.connect(self._on_locked)

    @Slot()
    def undo(self) -> None:
        """Take the last change back, and say which."""
        self._turn(back=True)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last, and say what."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        window = self._window
        if window.desk.is_open:
            with window.telling():
                window.message.retire()
                window.say(window.desk.undo() if back else window.desk.redo())

    @Slot(object)
    def _on_changed(self, _touched: frozenset[type]) -> None:
        from coachdesk.practice import undoing

        desk = self._window.desk
        step = desk.steps.done if desk.is_open else None
        if step is self._seen:
            return
        self._seen = step
        if step is not None and desk.steps.undone is None and undoing.removes(step):
            self._window.message.offer_undo(undoing.removed(step), self.undo)

    @Slot()
    def _on_locked(self) -> None:
        self._seen = None  # it holds words of the records

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._field is not None:
            self._field.removeEventFilter(self)
        self._field = now if isinstance(now, TEXTS) and now.window() is self._window else None
        if self._field is not None:
            self._field.installEventFilter(self)
            self._field.destroyed.connect(self._on_field_gone)

    @Slot()
    def _on_field_gone(self) -> None:
        self._field = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's text fields claim these keys even with nothing to take back; then they are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination())
            if keys == QKeySequence(SEARCH):  # on X11 Qt's fields would delete the rest of the line
                event.ignore()
                return True
            for mine, can in ((UNDO, _can_undo), (REDO, _can_redo)):
                if keys == QKeySequence(mine) and not can(watched):
                    event.ignore()
                    return True
        return False


def _can_undo(field: QObject) -> bool:
    return field.isUndoAvailable() if isinstance(field, QLineEdit) else field.document().isUndoAvailable()


def _can_redo(field: QObject) -> bool:
    return field.isRedoAvailable() if isinstance(field, QLineEdit) else field.document().isRedoAvailable()
