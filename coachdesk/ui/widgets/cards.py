"""Things on paper: cards, an empty place that teaches the next step, a row with its own buttons, a fold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from coachdesk.ui import icons
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.texts import label


def put(layout: QLayout, part: QWidget | QLayout) -> None:
    """Add a widget or a layout to a box."""
    if isinstance(part, QWidget):
        layout.addWidget(part)
    else:
        layout.addLayout(part)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout():
            clear(item.layout())


class Card(QFrame):
    """A card with an optional title and sentence, what is added, and buttons at its foot."""

    def __init__(self, title: str = "", sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 3, UNIT * 3, UNIT * 3, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        if title:
            layout.addWidget(label(title, "strong"))
        if sentence:
            layout.addWidget(label(sentence, "muted"))
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT)
        layout.addLayout(self.body)
        self._layout = layout

    def add(self, part: QWidget | QLayout) -> None:
        """One more thing, under the last."""
        put(self.body, part)

    def act(self, *buttons: QWidget) -> Flow:
        """Buttons at the foot."""
        flow = Flow(*buttons)
        self._layout.addWidget(flow)
        return flow

    def empty(self) -> None:
        """Let go of everything that was added."""
        clear(self.body)


class EmptyState(QWidget):
    """Nothing here yet: an icon, one sentence, and the one next step."""

    def __init__(self, icon: str, sentence: str, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 3, UNIT * 4, UNIT * 3, UNIT * 4)
        layout.setSpacing(UNIT * 2)
        picture = Glyph(icon, UNIT * 5)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = label(sentence, "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        row = QHBoxLayout()
        row.addStretch()
        for made in buttons:
            row.addWidget(made)
        row.addStretch()
        layout.addLayout(row)


class Glyph(QLabel):
    """A quiet icon, so many pixels high, in the muted colour of whatever appearance holds."""

    def __init__(self, name: str, size: int = icons.SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self.setAccessibleName("")
        self._draw()

    def _draw(self) -> None:
        colour = QApplication.palette().placeholderText().color().name()
        self.setPixmap(icons.pixmap(self._name, colour, self._size, self.devicePixelRatioF()))

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange:
            self._draw()


class ActionRow(QWidget):
    """One line of a list that has buttons of its own: title and detail, then what can be done with it."""

    def __init__(self, title: str, detail: str = "", *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        layout.setSpacing(UNIT * 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = label(title)
        words.addWidget(self.title)
        self.detail = label(detail, "muted")
        self.detail.setVisible(bool(detail))
        words.addWidget(self.detail)
        layout.addLayout(words, 1)
        for made in buttons:
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)


class Fold(QWidget):
    """A title that opens and closes what is under it."""

    def __init__(self, title: str, opened: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.handle = button(title, quiet=True, icon="caret-right-light")
        self.handle.setCheckable(True)
        self.handle.toggled.connect(self._on_toggled)
        layout.addWidget(self.handle, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(UNIT)
        self._inside.setVisible(opened)
        layout.addWidget(self._inside)
        self.handle.setChecked(opened)

    def add(self, part: QWidget | QLayout) -> None:
        """One more thing inside."""
        put(self.body, part)

    def empty(self) -> None:
        """Let go of everything inside."""
        clear(self.body)

    @Slot(bool)
    def _on_toggled(self, opened: bool) -> None:
        icons.put(self.handle, "caret-down-light" if opened else "caret-right-light", "accent")
        self._inside.setVisible(opened)
