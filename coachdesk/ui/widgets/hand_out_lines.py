"""The lines a summary may hold, each with a box to take it in or leave it out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.exchange.summary import Line
from coachdesk.ui.theme import TARGET, UNIT
from coachdesk.ui.widgets.cards import clear
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _

WHOSE = {"coach": N_("my promise"), "client": N_("next step"), "both": N_("together"), "": N_("next session")}


class LineBox(QWidget):
    """One line: the box, its words beside it, whose it is below."""

    toggled = Signal(bool)

    def __init__(self, line: Line, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line_id = line.id
        words = one_line(line.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.box = QCheckBox()
        self.box.setMinimumSize(TARGET, TARGET)
        self.box.setAccessibleName(words)
        self.box.setAccessibleDescription(_(WHOSE[line.owner]))
        self.box.setChecked(on)
        self.box.toggled.connect(self.toggled)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, UNIT, 0, 0)
        beside.setSpacing(2)
        beside.addWidget(label(breakable(words)))
        beside.addWidget(label(_(WHOSE[line.owner]), "muted"))
        layout.addLayout(beside, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()
            self.box.setFocus()


class LineBoxes(QWidget):
    """All lines: those of the session first, then what is open from earlier ones."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[LineBox] = []
        self._left: set[str] = set()
        self._taken: set[str] = set()
        self._lines: tuple[Line, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(UNIT)

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the lines taken in."""
        return frozenset(each.line_id for each in self.boxes if each.box.isChecked())

    def begin(self, lines: tuple[Line, ...]) -> None:
        """Show the lines of another session, chosen as usual."""
        self._left, self._taken = set(), set()
        self._lines = ()
        self.show_lines(lines)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the lines as they are now; what the coach chose stays chosen."""
        if lines == self._lines:
            return
        self._lines = lines
        clear(self._layout)
        self.boxes = []
        here = [line for line in lines if line.here]
        earlier = [line for line in lines if not line.here]
        for heading, group in (("", here), (_("Open from earlier"), earlier)):
            if heading and group:
                self._layout.addWidget(label(heading, "muted"))
            for line in group:
                self._layout.addWidget(self._box(line))
        if not lines:
            self._layout.addWidget(label(_("Nothing was promised in this session."), "muted"))

    def _box(self, line: Line) -> LineBox:
        on = line.id in self._taken or (line.usual and line.id not in self._left)
        made = LineBox(line, on)
        made.toggled.connect(self._on_toggled)
        self.boxes.append(made)
        return made

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        line_id = self.sender().line_id
        (self._taken if on else self._left).add(line_id)
        (self._left if on else self._taken).discard(line_id)
        self.changed.emit()
