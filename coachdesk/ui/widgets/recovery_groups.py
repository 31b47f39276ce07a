"""Two groups of a recovery code typed from the paper, so that it is known to stand there."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.fields import LineField
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _


class RecoveryGroups(QWidget):
    """Which two groups are asked for is drawn anew each time."""

    entered = Signal()
    """Enter was pressed in a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.fields = (LineField(_("One group")), LineField(_("Another group")))
        self._names = (label(""), label(""))
        self._wanted: list[str] = []
        for field, name in zip(self.fields, self._names, strict=True):
            field.setMaxLength(8)
            field.setMaximumWidth(UNIT * 20)
            field.returnPressed.connect(self.entered)
            layout.addWidget(name)
            layout.addWidget(field)
        self.setFocusProxy(self.fields[0])

    def ask_for(self, code: str) -> None:
        """Ask for two groups of this code."""
        groups = code.split("-")
        places = sorted(secrets.SystemRandom().sample(range(len(groups)), 2))
        self._wanted = [groups[at] for at in places]
        for field, name, at in zip(self.fields, self._names, places, strict=True):
            text = _("Group {n}").format(n=at + 1)
            name.setText(text)
            field.setAccessibleName(text)
            field.clear()

    @property
    def right(self) -> bool:
        """Whether both are typed as they stand in the code."""
        return [field.words.upper() for field in self.fields] == self._wanted

    def forget(self) -> None:
        """Let go of the code and of what was typed."""
        self._wanted = []
        for field in self.fields:
            field.clear()
