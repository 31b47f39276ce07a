"""A field that takes a shortcut: press it, then press the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import PressButton, icon_button
from coachdesk.words import _

_ONLY_HELD = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
)
_DIGIT_ROW = {"xcb": 10, "wayland": 10, "windows": 2}
"""The scan code of the key 1 by Qt platform; the row goes on to 9 and 0."""


class _Face(PressButton):
    """Shows the shortcut; while it is down, it takes every key."""

    pressed_keys = Signal(QKeyCombination)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.isChecked():
            event.accept()  # or the window would act on the keys
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isChecked():
            super().keyPressEvent(event)
        elif event.key() not in _ONLY_HELD and not event.isAutoRepeat():
            self.pressed_keys.emit(meant(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setChecked(False)


def meant(event: QKeyEvent) -> QKeyCombination:
    """The keys as they are engraved: with Shift, Qt tells the sign above a digit instead of the digit."""
    from PySide6.QtGui import QGuiApplication

    first = _DIGIT_ROW.get(QGuiApplication.platformName())
    place = event.nativeScanCode() - first if first is not None else -1
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and 0 <= place <= 9:
        return QKeyCombination(event.modifiers(), Qt.Key(Qt.Key.Key_0 + (place + 1) % 10))
    return event.keyCombination()


class KeyField(QWidget):
    """A shortcut, what it is for, and a way to have none; Esc leaves it as it was."""

    chosen = Signal(str)

    def __init__(self, name: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._keys = name, keys
        self.face = _Face()
        self.face.setCheckable(True)
        self.face.setMinimumWidth(UNIT * 20)
        self.face.toggled.connect(self._show)
        self.face.pressed_keys.connect(self._on_keys)
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
        self.face.setChecked(False)
        self._show()

    @Slot()
    def _show(self) -> None:
        shown = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.face.setText(_("Press the keys …") if self.face.isChecked() else shown or _("none"))
        self.face.setAccessibleName(f"{self._name}: {self.face.text()}")
        self.none.setEnabled(bool(self._keys))

    @Slot()
    def _on_none(self) -> None:
        self.put("")
        self.chosen.emit("")

    @Slot(QKeyCombination)
    def _on_keys(self, keys: QKeyCombination) -> None:
        before = self._keys
        self.face.setChecked(False)
        if keys.key() == Qt.Key.Key_Escape:
            return
        pressed = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        if pressed != before:
            self.put(pressed)
            self.chosen.emit(pressed)
