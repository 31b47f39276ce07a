"""Keeps the presence bar at its place on the right screen, above other windows, and remembers where it was moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from coachdesk.ui import bar_places
from coachdesk.ui.bar_places import Spot
from coachdesk.ui.presence_bar import PresenceBar, name_of

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine

RAISE_MS = 5000
"""The bar is put on top again no more often than this, unless something changed."""


class BarStanding(QObject):
    """Where the bar stands; the places are settings."""

    def __init__(self, desk: Desk, machine: Machine, bar: PresenceBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._machine, self._bar = desk, machine, bar
        self._raised = QElapsedTimer()
        bar.moved.connect(self.move_to)
        app = QGuiApplication.instance()
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._on_screens)
        app.primaryScreenChanged.connect(self._on_screens)
        for screen in app.screens():
            self._on_screen_added(screen)

    def stand(self) -> None:
        """Stand where it was moved to last, on a screen that is there."""
        self._bar.stand_at(self._spot())

    def show(self) -> None:
        """Show the bar, on top; while it is shown, put it on top again now and then."""
        if not self._bar.isVisible():
            self._bar.show()
            self._to_top()
        elif self._raised.elapsed() >= RAISE_MS:
            self._to_top()

    def move_on(self) -> None:
        """Move it to the next edge, and remember it."""
        self.move_to(bar_places.onward(self._spot(), _names()))

    @Slot(object)
    def move_to(self, spot: Spot) -> None:
        """Stand there, and remember it."""
        places = bar_places.remembered(self._desk.settings.bar.places, spot)
        others = {name: place for name, place in places.items() if name != spot.screen}
        self._desk.change_setting("bar.places", others)  # the desk takes mappings that differ in order alone as equal
        self._desk.change_setting("bar.places", places)
        self.stand()

    def _spot(self) -> Spot:
        return bar_places.chosen(self._desk.settings.bar.places, _names(), name_of(QGuiApplication.primaryScreen()))

    def _to_top(self) -> None:
        self._raised.start()
        self._machine.keep_on_top(int(self._bar.winId()))

    @Slot(QScreen)
    def _on_screen_added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._on_screens)
        self._on_screens()

    @Slot()
    def _on_screens(self) -> None:
        self.stand()
        if self._bar.isVisible():
            self._to_top()


def _names() -> list[str]:
    return [name_of(screen) for screen in QGuiApplication.screens()]
