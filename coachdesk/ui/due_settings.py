"""Reminders in the settings: what is wanted, what this computer shows, and whether it opens CoachDesk at login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.errors import Refused
from coachdesk.machine.login import set_start
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.forms import SettingForm
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

AUTOSTART = "reminders.autostart"


class DueSettings(QWidget):
    """The switch for the start at login shows what the system really holds, whoever changed it."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        wishes = Card(_("Between sessions"))
        self.form = SettingForm("reminders", desk.settings, self._change)
        wishes.add(self.form)
        layout.addWidget(wishes)
        here = Card(_("Notifications on this computer"))
        self.state = label("")
        self.attempt = button(_("Show one now"), self._on_attempt)
        here.add(self.state)
        here.add(
            label(_("While the records are locked, nothing is shown: what is due is only known once they are open."))
        )
        here.act(self.attempt)
        layout.addWidget(here)
        self.refresh()

    def show_settings(self, settings: Settings) -> None:
        """Show other values."""
        self.form.show_settings(settings)
        self.refresh()

    def refresh(self) -> None:
        """Look at what the system holds, and how notifications stand."""
        if self.shell.duties is None:
            self.state.setText(_("In a rehearsal there are none."))
            self.attempt.hide()
            return
        self._say(self.shell.duties.refused)
        held = self.shell.duties.machine.at_login().installed()
        if held != self.desk.settings.reminders.autostart:
            with self.shell.telling():
                self.desk.change_setting(AUTOSTART, held)

    def _change(self, name: str, value: object) -> None:
        """What starts at login is asked of the system first; when it refuses, the setting stays as it was."""
        if name == AUTOSTART and self.shell.duties is not None:
            set_start(self.shell.duties.machine.at_login(), bool(value), self.desk.home)
        self.desk.change_setting(name, value)

    def _say(self, refused: str) -> None:
        usual = _("They are shown as those of other programs are, and never name a client.")
        self.state.setText(refused or usual)

    @Slot()
    def _on_attempt(self) -> None:
        try:
            self.shell.duties.show(NAME, _("This is how a reminder looks."))
            self._say("")
        except Refused as refused:
            self._say(refused.sentence)
