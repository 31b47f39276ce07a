"""Everything about focus mode in the settings, in the order in which a person asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.focus.blockers import System, here
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.focus_back import FocusBack
from coachdesk.ui.widgets.focus_check import FocusCheck
from coachdesk.ui.widgets.focus_form import FocusForm
from coachdesk.ui.widgets.focus_now import FocusLeft, FocusNow
from coachdesk.ui.widgets.own_sites import OwnSites
from coachdesk.ui.widgets.programs import Programs
from coachdesk.ui.widgets.site_groups import SiteGroups

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell


class FocusSettings(QWidget):
    """Cards, one under the other. ``system`` is the computer to keep quiet: by default the shell's, else this one."""

    def __init__(
        self, desk: Desk, shell: Shell, parent: QWidget | None = None, *, system: System | None = None
    ) -> None:
        super().__init__(parent)
        system = system or shell.system or here()
        self.left = FocusLeft(shell)
        self.now = FocusNow(desk, shell)
        self.form = FocusForm(desk, shell, system)
        self.groups = SiteGroups(desk, shell)
        self.sites = OwnSites(desk, shell)
        self.programs = Programs(desk, shell, system)
        self.check = FocusCheck(desk, shell, system)
        self.back = FocusBack(shell)
        self.back.ended.connect(self._on_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        chosen = (self.groups, self.sites, self.programs)
        for card in (self.left, self.now, self.form, *chosen, self.check, self.back):
            layout.addWidget(card)
        if shell.bridge is not None:
            shell.bridge.focus_changed.connect(self._on_focus_changed)

    def show_settings(self, settings: Settings) -> None:
        """Show what holds now."""
        for part in (self.form, self.groups, self.sites, self.programs):
            part.show_settings(settings)
        self.now.show_state()
        self.left.refresh()

    @Slot(object)
    def _on_focus_changed(self, state: State) -> None:
        self.now.show_state()
        if state.phase == "off":
            self.left.refresh()

    @Slot()
    def _on_back(self) -> None:
        self.now.show_state()
        self.left.refresh()
