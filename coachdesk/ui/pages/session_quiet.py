"""What the session page says of the machine: what is quiet and what is not, and whether others see this window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui import quiet_words, quieting
from coachdesk.ui.bar_signs import Lock
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import label
from coachdesk.ui.widgets.quiet_line import QuietLine
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.ui.private_windows import PrivateWindows
    from coachdesk.ui.widgets.page import Shell


class SessionQuiet(QWidget):
    """The line of focus mode, and below it the one of screen sharing."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._followed: PrivateWindows | None = None
        self.line = QuietLine(
            desk, shell, self._words, _("Put back"), _("Quiet again"), quieting.go_on, quiet_words.reasons
        )
        self.lock = Lock(self)
        self.seen = label("", "muted")
        across = QHBoxLayout()
        across.setSpacing(UNIT)
        across.addWidget(self.lock)
        across.addWidget(self.seen, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addLayout(across)

    @Slot()
    def look(self) -> None:
        """Show both as they are now."""
        self.line.offers = self.desk.settings.focus.with_sessions
        self.line.look()
        private = self.shell.presence.private if self.shell.presence is not None else None
        if private is not None and private is not self._followed:
            self._followed = private
            private.changed.connect(self.look)
        words = (private.words or private.remark) if private is not None else ""
        self.seen.setText(words)
        self.seen.setVisible(bool(words))
        self.lock.show_as("private" if private is not None and private.hold else "", words)

    def _words(self, state: State) -> str:
        """Nothing where quiet sessions are not wanted."""
        wanted = state.phase != "off" or self.desk.settings.focus.with_sessions
        return quiet_words.at_a_glance(state) if wanted else ""
