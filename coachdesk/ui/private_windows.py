"""Keeps every window of ours out of screen sharing where the system can, and knows whether it has said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.machine.here import Machine

KINDS = (QEvent.Type.Show, QEvent.Type.WinIdChange, QEvent.Type.Hide)


class PrivateWindows(QObject):
    """Watches the application for windows of any kind: forms, menus, tooltips and the lists of fields too.

    A window gets a new id of the system when its flags change, so each is asked for again whenever it is shown or its
    id changes. Where the system cannot do it at all, nothing is watched.
    """

    changed = Signal()
    """``hold`` may be different now."""

    def __init__(self, machine: Machine, parent: QObject) -> None:
        super().__init__(parent)
        self._machine = machine
        self._confirmed: set[int] = set()
        self._watches = False
        self.hold = False
        """Whether the system has confirmed it for every window that is shown now."""

    def begin(self) -> None:
        """Watch from now on; windows that are there already come first."""
        if not self._machine.can["capture_exclusion"]:
            return
        self._watches = True
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        QApplication.instance().installEventFilter(self)
        self._look()

    def close(self) -> None:
        """Watch no longer."""
        if self._watches:
            QApplication.instance().removeEventFilter(self)
            self._watches = False

    @property
    def remark(self) -> str:
        """Why our windows are seen when the screen is shared; empty while they are not."""
        if self.hold:
            return ""
        return self._machine.can["capture_exclusion"].why or _("Visible if you share this screen.")

    @property
    def words(self) -> str:
        """What the lock says; empty while there is none."""
        return _("Not seen by others when you share this screen") if self.hold else ""

    def _cover(self, window: QWidget) -> None:
        known_as = int(window.internalWinId())
        if known_as:
            self._confirmed.discard(known_as)
            if self._machine.exclude_from_capture(known_as):
                self._confirmed.add(known_as)

    def _look(self) -> None:
        shown = [int(window.internalWinId()) for window in QApplication.topLevelWidgets() if window.isVisible()]
        before, self.hold = self.hold, bool(shown) and self._confirmed.issuperset(shown)
        if self.hold != before:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window is shown, is made anew, or is gone."""
        if event.type() in KINDS and isinstance(watched, QWidget) and watched.isWindow():
            if event.type() != QEvent.Type.Hide:
                self._cover(watched)
            self._look()
        return False
