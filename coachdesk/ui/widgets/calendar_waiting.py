"""What of the followed calendar waits for a decision: a calm line that leads there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import calendar_plans
from coachdesk.ui.calendar_following import waiting_words
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.message import LeadingLine
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class CalendarWaiting(LeadingLine):
    """Hidden while nothing waits."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._shell = desk, shell
        self.go = self.act(button(_("Look at them"), self._on_go, quiet=True))
        self.hide()

    def look(self) -> None:
        """Show whether anything waits."""
        words = waiting_words(self._desk.read(calendar_plans.waiting))
        self.words.setText(words)
        self.setVisible(bool(words))

    @Slot()
    def _on_go(self) -> None:
        from coachdesk.ui.dialogs.import_calendar import ImportCalendar

        path = self._desk.read(calendar_plans.followed)
        if path:
            ImportCalendar(self._desk, self._shell, [Path(path)], self).open()
