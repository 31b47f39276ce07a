"""The switches of focus mode; the one for the next login also puts there, or takes away, what looks again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from coachdesk import paths
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.forms import SettingForm
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

AT_LOGIN = "focus.at_login"


class FocusForm(Card):
    """What is kept quiet, and when."""

    def __init__(self, desk: Desk, shell: Shell, system: System, parent: QWidget | None = None) -> None:
        super().__init__(_("What is kept quiet"), parent=parent)
        self._desk, self._shell, self._system = desk, shell, system
        self._one_at_a_time = threading.Lock()
        self.form = SettingForm("focus", desk.settings, self._change)
        self.add(self.form)

    def show_settings(self, settings: Settings) -> None:
        """Show other values."""
        self.form.show_settings(settings)

    def _change(self, key: str, value: object) -> None:
        self._desk.change_setting(key, value)
        if key == AT_LOGIN:
            self._shell.tasks.run(self._suit_login, failed=self._on_failed)
        elif self._is_on():
            self._shell.say(_("This holds from the next time focus mode begins."))

    def _is_on(self) -> bool:
        return self._shell.focus is not None and self._shell.focus.state.is_on

    def _suit_login(self) -> None:
        """Take the entry away, or, while focus mode is on, put it back; on a thread of its own, so one at a time."""
        with self._one_at_a_time:
            if not self._desk.settings.focus.at_login:
                self._system.at_login().remove()
            elif self._is_on():
                self._system.at_login().install([*paths.program(), "--restore-only"])

    def _on_failed(self, error: Exception) -> None:
        with self._shell.telling():
            raise error
