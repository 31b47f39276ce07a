"""Everything of ours out of sight while the coach shares a screen, and back again as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from coachdesk.machine.here import Machine
    from coachdesk.sitting import Sitting
    from coachdesk.ui.main_window import MainWindow
    from coachdesk.ui.presence_bar import PresenceBar


class Sharing(QObject):
    """*Hide* with the windows: there is one mechanism, and this is its larger half.

    The bar is made a line by ``sitting.hide``, as by *hide*; what is not the bar is put away here: the main window is
    minimised, forms in front of it are hidden with what stands in them, menus and tooltips are closed. The same key
    brings back what was there.

    It is on as long as all that is out of sight. Whoever asks for one half by another way (the bar by its line or its
    key, the window from the taskbar) gets that half and ends the state; the other half stays where it is until it is
    asked for too. So nothing appears on a shared screen that was not asked for, and what is shown is never untrue. A
    session's end also ends it; the window then still waits to be opened.
    """

    opened = Signal()
    """The main window was opened meanwhile, which ended it."""

    def __init__(
        self, sitting: Sitting, machine: Machine, bar: PresenceBar, window: MainWindow | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sitting, self._machine, self._bar, self._window = sitting, machine, bar, window
        self.on = False
        self._of = ""
        """The session in which it is on; empty outside one."""
        self._bar_too = self._window_too = False
        self._fronts: list[QWidget] = []
        if window is not None:
            window.installEventFilter(self)

    def turn(self) -> None:
        """Put everything away, or bring it back."""
        if self.on:
            self._bring_back()
        else:
            self._put_away()

    def look(self) -> None:
        """See whether it is still so: a session may have begun or ended, the bar may have been asked for."""
        if not self.on:
            return
        moment = self._sitting.moment()
        running = "" if moment is None or moment.state == "ended" else moment.session_id
        if running and running != self._of:
            self._of, self._bar_too = running, True
            self._sitting.hide(True)
        elif running != self._of or (moment is not None and running and not moment.hidden):
            self.on = False

    def _put_away(self) -> None:
        moment = self._sitting.moment()
        running = moment is not None and moment.state != "ended"
        self.on, self._of = True, moment.session_id if running else ""
        self._bar_too = running and not moment.hidden
        if running:
            self._sitting.hide(True)
        _close_popups()
        window = self._window
        self._window_too = window is not None and window.isVisible() and not window.isMinimized()
        fronts = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        for front in fronts:
            if front not in (window, self._bar):
                front.hide()
                self._fronts.append(front)
        if self._window_too:
            window.showMinimized()

    def _bring_back(self) -> None:
        self.on = False
        moment = self._sitting.moment()
        if self._bar_too and moment is not None and moment.state != "ended":
            self._sitting.hide(False)
        before = self._machine.active_window()
        if self._window_too:
            _return(self._window)
        if self._window is None or not self._window.isMinimized():
            self._show_fronts()
        if before is not None:
            self._machine.activate(before)

    def _show_fronts(self) -> None:
        """What stood in front of the window stands there again, without taking the keyboard."""
        fronts, self._fronts = self._fronts, []
        for front in fronts:
            if shiboken6.isValid(front):
                front.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
                front.show()
                front.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window was opened: the forms that were in front of it belong to it."""
        if event.type() == QEvent.Type.WindowStateChange and watched is self._window:
            minimised = Qt.WindowState.WindowMinimized
            if event.oldState() & minimised and not self._window.windowState() & minimised:
                self.on = False
                self._show_fronts()
                self.opened.emit()
        return False


def _return(window: MainWindow) -> None:
    """Be on screen again as before, without taking the keyboard and without being led anywhere."""
    window.landing.rests = True
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
    window.landing.rests = False


def _close_popups() -> None:
    """Close menus, lists that hang from a field, and tooltips; these come again when they are asked for."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for each in QApplication.topLevelWidgets():
        if each.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            each.hide()  # QToolTip.hideText takes its time
