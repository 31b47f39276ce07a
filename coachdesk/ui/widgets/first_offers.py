"""What is offered once, on the first Today: to rehearse, and to see what can be quiet here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.check_offer import CheckOffer
from coachdesk.ui.widgets.rehearsal import Rehearsal
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class FirstOffers(QWidget):
    """What was used goes by itself; one answer puts away what is left."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.rehearsal = Rehearsal(desk, shell, once=True)
        self.check = CheckOffer(shell)
        self.check.setVisible(shell.focus is not None)
        self.away = button(_("Not now; all of this stays in Settings"), self.hide, quiet=True)
        for made in (self.rehearsal.begin, self.check.check):
            made.clicked.connect(self._on_used)
        for card in (self.rehearsal, self.check):
            layout.addWidget(card)
        layout.addWidget(self.away, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_used(self) -> None:
        self.setVisible(not (self.rehearsal.isHidden() and self.check.isHidden()))
