"""The tray icon, where the system has a place for one: minutes left, the session's actions, and a way back in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coachdesk import NAME
from coachdesk.ui import actions, icons
from coachdesk.ui.bar_face import time_text
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.sitting import Moment


class Tray(QObject):
    """Nothing depends on it; all it offers is elsewhere too."""

    chosen = Signal(str)
    """The id of an action."""
    window_asked = Signal()
    quit_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._moment: Moment | None = None
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self._on_about_to_show)
        self.menu.triggered.connect(self._on_triggered)
        self._icon: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(icons.app_icon(), self)
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._on_activated)
            self._icon.show()
        self.show_moment(None)

    @property
    def words(self) -> str:
        """What the icon says when the pointer rests on it; never a name."""
        if self._moment is None:
            return NAME
        return _("{app} · {time}").format(app=NAME, time=time_text(self._moment))

    def show_moment(self, moment: Moment | None) -> None:
        """Show this moment; the menu is filled when it is opened."""
        self._moment = moment
        if self._icon is not None and self._icon.toolTip() != self.words:
            self._icon.setToolTip(self.words)

    def close(self) -> None:
        """Take the icon away."""
        self.menu.hide()
        if self._icon is not None:
            self._icon.hide()
        self.menu.deleteLater()

    def fill(self) -> None:
        """Make the menu anew for the present moment."""
        self.menu.clear()
        if self._moment is not None:
            for row in ("cue", "bar", "more"):
                for action in actions.in_row(row, self._moment):
                    self._add(action.id, action.label(self._moment))
            self.menu.addSeparator()
        self._add("window", _("Open CoachDesk"))
        self._add("quit", _("Quit"))

    def _add(self, name: str, words: str) -> QAction:
        entry = self.menu.addAction(words)
        entry.setData(name)
        return entry

    @Slot()
    def _on_about_to_show(self) -> None:
        self.fill()

    @Slot(QAction)
    def _on_triggered(self, entry: QAction) -> None:
        name = entry.data()
        if name == "window":
            self.window_asked.emit()
        elif name == "quit":
            self.quit_asked.emit()
        else:
            self.chosen.emit(name)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.window_asked.emit()
