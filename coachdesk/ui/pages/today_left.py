"""What nobody but the coach can put back after focus mode was interrupted: a line on Today that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from coachdesk.ui.widgets import button
from coachdesk.ui.widgets.message import LeadingLine
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets import Shell


class LeftByHand(LeadingLine):
    """Stays until the coach has said in the settings that it is done."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("CoachDesk could not put everything back by itself after it was interrupted."))
        self.shell = shell
        self.go = self.act(button(_("What to do"), self._on_go))
        self.setProperty("tone", "note")
        self.hide()

    def look(self) -> None:
        """Show whether there is still something to do; asked only where the start found something."""
        found = self.shell.recovered is not None and bool(self.shell.recovered.by_hand)
        self.setVisible(found and self.shell.focus is not None and bool(self.shell.focus.outstanding()))

    @Slot()
    def _on_go(self) -> None:
        self.shell.show_page("settings", section="focus")
