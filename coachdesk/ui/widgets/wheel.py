"""Fields the mouse wheel changes only while they have the keyboard: a page scrolled by accident changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyledItemDelegate, QWidget


class ChoiceField(QComboBox):
    """One of many words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel would give it the keyboard
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for such a list knows nothing of the look's rows

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class NumberField(QSpinBox):
    """A whole number, and beside it what it counts: ``unit`` gives the word that fits the number."""

    def __init__(self, unit: Callable[[int], str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if unit is not None:
            self.valueChanged.connect(self._name_unit)
            self._name_unit(self.value())

    @Slot(int)
    def _name_unit(self, value: int) -> None:
        self.setSuffix(f" {self._unit(value)}")

    def sizeHint(self) -> QSize:
        return self._with_widest_unit(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._with_widest_unit(super().minimumSizeHint())

    def _with_widest_unit(self, hint: QSize) -> QSize:
        """The size for any number, so that nothing beside it moves as it changes."""
        if self._unit is None:
            return hint
        advance = self.fontMetrics().horizontalAdvance
        widest = max(advance(f" {self._unit(count)}") for count in (self.minimum(), 1, 2, self.maximum()))
        return QSize(hint.width() + widest - advance(self.suffix()), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()
