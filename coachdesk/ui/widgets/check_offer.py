"""The offer, made once, to see what can be kept quiet on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell


class CheckOffer(Card):
    """Leads to the check in the settings, which then begins; once used, it is put away."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("What can be quiet here"),
            _("Notifications, websites and programs: see what this computer can keep quiet during a session."),
            parent,
        )
        self._shell = shell
        self.check = button(_("Check this computer"), self._on_check, icon="bell-simple-slash-light")
        self.act(self.check)

    @Slot()
    def _on_check(self) -> None:
        self.hide()
        self._shell.show_page("settings", section="focus", part="check")
