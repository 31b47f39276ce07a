"""A field that takes a shortcut: press it, then press the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button, icon_button
from coachdesk.words import _

_ONLY_HELD = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
)


class KeyField(QWidget):
    """Shows a shortcut; pressing it waits for other keys, Esc leaves it as it was."""

    chosen = Signal(str)

    def __init__(self, name: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._keys, self._waiting = name, keys, False
        self.face = button("", self._on_pressed)
        self.face.setCheckable(True)
        self.face.installEventFilter(self)
        self.none = icon_button("x-light", _("No shortcut for: {name}").format(name=name), self._on_none)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.face, 1)
        layout.addWidget(self.none)
        self.setFocusProxy(self.face)
        self._show()

    @property
    def keys(self) -> str:
        """The shortcut shown, as text; empty for none."""
        return self._keys

    def put(self, keys: str) -> None:
        """Show another shortcut."""
        self._keys = keys
        self._wait(False)

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        self.face.setChecked(waiting)
        self._show()

    def _show(self) -> None:
        shown = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.face.setText(_("Press the keys …") if self._waiting else shown or _("none"))
        self.face.setAccessibleName(f"{self._name}: {self.face.text()}")
        self.none.setEnabled(bool(self._keys))

    @Slot()
    def _on_pressed(self) -> None:
        self._wait(not self._waiting)

    @Slot()
    def _on_none(self) -> None:
        self.put("")
        self.chosen.emit("")

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _ONLY_HELD:
            return
        before = self._keys
        self._wait(False)
        if event.key() == Qt.Key.Key_Escape:
            return
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if keys != before:
            self._keys = keys
            self._show()
            self.chosen.emit(keys)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if self._waiting and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        if self._waiting and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._wait(False)
        return super().eventFilter(watched, event)
