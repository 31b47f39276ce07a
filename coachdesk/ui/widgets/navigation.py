"""The slim navigation at the side of the window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from coachdesk.ui import icons
from coachdesk.ui.theme import TARGET, UNIT
from coachdesk.ui.widgets.buttons import PressButton
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.pages import Entry


class Navigation(QFrame):
    """The places one can go to at any time."""

    went = Signal(str)
    search_asked = Signal()

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setAccessibleName(_("Places"))
        self._entries = [entry for place in ("top", "bottom") for entry in entries if entry.place == place]
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 3 // 2, UNIT * 3, UNIT * 3 // 2, UNIT * 2)
        layout.setSpacing(UNIT // 2)
        self.search = self._build_search()
        layout.addWidget(self.search)
        for at, entry in enumerate(self._entries):
            if entry.place == "bottom" and self._entries[at - 1].place == "top":
                layout.addStretch(1)
            made = PressButton("  " + _(entry.title))
            made.setAccessibleName(_(entry.title))
            made.setProperty("role", "place")
            made.setCheckable(True)
            made.setAutoExclusive(True)  # told to screen readers as one of several, not as a box to check
            made.setMinimumHeight(TARGET)
            self._group.addButton(made, at)
            layout.addWidget(made)
        if not any(entry.place == "bottom" for entry in self._entries):
            layout.addStretch(1)
        self.setMinimumWidth(UNIT * 20)
        self.leave_out(())

    @property
    def names(self) -> list[str]:
        """The places in their order."""
        return [entry.name for entry in self._entries]

    @property
    def titles(self) -> list[tuple[str, str]]:
        """Each place that is offered with its title."""
        return [(entry.name, _(entry.title)) for entry in self._entries if entry.name in self.offered]

    def light(self, name: str) -> None:
        """Show where we are; a name that is no place lights none."""
        self._group.setExclusive(False)
        for at, entry in enumerate(self._entries):
            self._group.button(at).setChecked(entry.name == name)
        self._group.setExclusive(True)
        self._lead_tab_here()

    def _lead_tab_here(self) -> None:
        """Let Tab come to the place that is lit, or to the first; arrows lead to the others, as Qt has it in a group.

        Qt itself only remembers which of them had the keyboard last.
        """
        buttons = [self._group.button(at) for at in range(len(self._entries))]
        here = next((each for each in buttons if each.isChecked()), buttons[0] if buttons else None)
        for each in buttons:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is here else Qt.FocusPolicy.ClickFocus)

    @property
    def offered(self) -> list[str]:
        """The places that are not left out, in their order."""
        return [entry.name for at, entry in enumerate(self._entries) if not self._group.button(at).isHidden()]

    def leave_out(self, names: Collection[str]) -> None:
        """Offer every place but these; each place's key is its number among those offered."""
        for at, entry in enumerate(self._entries):
            self._group.button(at).setVisible(entry.name not in names)
        for number, name in enumerate(self.offered, start=1):
            self._group.button(self.names.index(name)).setToolTip(f"Ctrl+{number}")

    def _build_search(self) -> QPushButton:
        made = PressButton("  " + _("Search"))
        made.setAccessibleName(_("Search, or say what to do"))
        made.setToolTip("Ctrl+K")
        made.setProperty("role", "place")
        made.setMinimumHeight(TARGET)
        made.clicked.connect(self.search_asked)
        return made

    @Slot(int)
    def _on_clicked(self, at: int) -> None:
        self.went.emit(self._entries[at].name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.search.icon().isNull():
            icons.put(self.search, "magnifying-glass-light")
        for at, entry in enumerate(self._entries):
            if self._group.button(at).icon().isNull():
                icons.put(self._group.button(at), entry.icon)

    def sizeHint(self) -> QSize:
        return QSize(UNIT * 22, UNIT * 40)
