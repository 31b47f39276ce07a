"""The tray icon, where the system has a place for one: minutes left, the actions, focus mode, and a way back in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coachdesk import NAME
from coachdesk.ui import actions, icons, quiet_words, quieting
from coachdesk.ui.bar_face import PUT_BACK, time_text
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.mode import State
    from coachdesk.sitting import Moment

ALONE = "focus"
"""The entry that begins focus mode without a session."""


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
        self._quiet: State | None = None
        self._sharing = False
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self._on_about_to_show)
        self.menu.triggered.connect(self._on_triggered)
        self._icon: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(icons.app_icon(), self)
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self.window_asked)
            self._icon.show()
        self.show_moment(None)

    @property
    def words(self) -> str:
        """What the icon says when the pointer rests on it; never a name, and on a shared screen no time."""
        if self._moment is None or self._sharing:
            return NAME
        return _("{app} · {time}").format(app=NAME, time=time_text(self._moment))

    def show_moment(self, moment: Moment | None) -> None:
        """Show this moment; the menu is filled when it is opened."""
        self._moment = moment
        self._say()

    def show_quiet(self, state: State | None) -> None:
        """Offer what fits this state of focus mode; None where there is none."""
        self._quiet = state

    def show_sharing(self, sharing: bool) -> None:
        """Say no more than the name while a screen is shared."""
        self._sharing = sharing
        self._say()

    def _say(self) -> None:
        if self._icon is not None and self._icon.toolTip() != self.words:
            self._icon.setToolTip(self.words)

    def tell(self, title: str, body: str) -> bool:
        """Show a notification beside the icon, which brings the window when it is pressed; whether there is an icon."""
        if self._icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(title, body, icons.app_icon())
        return True

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
                    if action.id != "sharing":
                        self._add(action.id, action.label(self._moment))
            self.menu.addSeparator()
        self._add_quiet()
        self._add("sharing", _("I no longer share my screen") if self._sharing else _("I am sharing my screen"))
        self.menu.addSeparator()
        self._add("window", _("Open CoachDesk"))
        self._add("quit", _("Quit"))

    def _add_quiet(self) -> None:
        """Putting back is offered while it is off too: it repairs what a killed focus mode left."""
        if self._quiet is None:
            return
        if self._quiet.is_on:
            self._add("", quiet_words.until(self._quiet)).setEnabled(False)
        elif self._moment is None:
            self._add(ALONE, quieting.alone_words())
        self._add(PUT_BACK, _("Put everything back now"))
        self.menu.addSeparator()

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
