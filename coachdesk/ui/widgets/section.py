"""Cards whose rows can be pressed as a whole: the rows reach to the edge, their words stand under the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.cards import clear, put
from coachdesk.ui.widgets.rows import PAD, RowButton, give_focus
from coachdesk.ui.widgets.texts import label


@dataclass(frozen=True)
class Entry:
    """A row, what stands beside it, and the heading above it where one begins."""

    row: RowButton
    beside: Sequence[QWidget] = ()
    heading: str = ""


class Sheet(QFrame):
    """A card for rows: what is ``add``-ed reaches 12 pixels further out than the title and what is ``inset``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, UNIT * 3 - 4, PAD, UNIT * 2)
        layout.setSpacing(UNIT)
        if title:
            words = label(title, "strong")
            words.setContentsMargins(PAD, 0, PAD, 0)
            layout.addWidget(words)
        self.body = QVBoxLayout()
        self.body.setSpacing(UNIT)
        layout.addLayout(self.body)

    def add(self, part: QWidget | QLayout) -> None:
        """One more thing, under the last."""
        put(self.body, part)

    def inset(self, part: QWidget | QLayout, above: int = 0) -> None:
        """One more thing, in line with the title."""
        line = QVBoxLayout()
        line.setContentsMargins(PAD, above, PAD, 0)
        put(line, part)
        self.body.addLayout(line)

    def empty(self) -> None:
        """Let go of everything that was added."""
        clear(self.body)


class Section(Sheet):
    """Rows under a title; leads (such as times) share one width."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.entries: list[Entry] = []
        self.body.setSpacing(2)

    def show_entries(self, entries: Sequence[Entry], further: str = "") -> None:
        """Show these rows, then a few words about those that are left out."""
        place = next((at for at, entry in enumerate(self.entries) if entry.row.hasFocus()), None)
        self.empty()
        self.entries = list(entries)
        width = max((entry.row.lead_need for entry in entries if entry.row.lead), default=0)
        for entry in entries:
            entry.row.lead_width = width
            self.add_entry(entry)
        if further:
            self.inset(label(further, "muted"), UNIT)
        if place is not None and entries:
            give_focus(entries[min(place, len(entries) - 1)].row)

    def add_entry(self, entry: Entry) -> None:
        """One more row under the last."""
        if entry.heading:
            self.inset(label(entry.heading, "muted"), UNIT)
        line = QHBoxLayout()
        line.setSpacing(UNIT // 2)
        line.addWidget(entry.row, 1)
        for widget in entry.beside:
            line.addWidget(widget)
        self.add(line)

    @property
    def rows(self) -> list[RowButton]:
        """The rows shown."""
        return [entry.row for entry in self.entries]
