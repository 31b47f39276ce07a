"""A short list of values as a person writes them: each can be taken out, and one more written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button, icon_button
from coachdesk.ui.widgets.fields import LineField
from coachdesk.words import _


class PartsField(QWidget):
    """The values as buttons that take themselves out, and a line to add one."""

    chosen = Signal(object)

    def __init__(self, name: str, values: Sequence[object], hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._values: list[str] = []
        self._buttons: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self._row = Flow()
        layout.addWidget(self._row)
        self.line = LineField(_("Add: {name}").format(name=name), hint)
        self.line.returnPressed.connect(self._on_add)
        self.add = icon_button("plus-light", _("Add: {name}").format(name=name), self._on_add)
        across = QHBoxLayout()
        across.setSpacing(UNIT // 2)
        across.addWidget(self.line)
        across.addWidget(self.add)
        layout.addLayout(across)
        self.setFocusProxy(self.line)
        self.put(values)

    @property
    def values(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(self._values)

    def put(self, values: Sequence[object]) -> None:
        """Show these values."""
        self._values = [str(value) for value in values]
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        for value in self._values:
            made = button(value, self._on_out, icon="x-light")
            made.setAccessibleName(_("Take out: {value}").format(value=value))
            made.setToolTip(_("Take out: {value}").format(value=value))
            made.setProperty("part", value)
            self._row.add(made)
            self._buttons.append(made)
        self._row.setVisible(bool(self._values))

    @Slot()
    def _on_out(self) -> None:
        out = self.sender().property("part")
        self.chosen.emit(tuple(value for value in self._values if value != out))

    @Slot()
    def _on_add(self) -> None:
        if self.line.words:
            self.chosen.emit((*self._values, self.line.words))
            self.line.clear()
