"""Locks the records once nobody has touched the computer for as long as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from coachdesk.settings import Settings
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine
    from coachdesk.ui.main_window import MainWindow

AT_LEAST = 30.0
"""Seconds between two looks; it looks again when the time could be over at the earliest, so mostly much later."""
TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class IdleLock(QObject):
    """Asks the computer when it was last touched; where that is not known, our own windows' input has to do.

    During a session it does not look at all: its end is the earliest moment at which the records may lock.
    """

    def __init__(self, desk: Desk, machine: Machine, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._machine, self._window = desk, machine, window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._touched: Now = desk.now()
        self._looked: Now = desk.now()
        self._listens = False
        self._screen_locked = False
        bridge = window.bridge
        bridge.opened.connect(self._on_opened)
        bridge.locked.connect(self._rest)
        bridge.sitting_changed.connect(self._on_sitting)
        bridge.changed.connect(self._on_changed)
        bridge.machine_event.connect(self._on_machine_event)

    @property
    def waits(self) -> float | None:
        """Seconds until the next look; None while it does not look."""
        return self._timer.interval() / 1000 if self._timer.isActive() else None

    @Slot()
    def look(self) -> None:
        """Ask how long nobody has touched the computer."""
        self._timer.stop()
        if self._wanted():
            self._window.tasks.run(self._machine.idle_seconds, done=self._on_known)

    def close(self) -> None:
        """Look no more."""
        self._rest()

    def _wanted(self) -> bool:
        return self._desk.is_open and self._limit() > 0 and not self._window.session_runs()

    def _limit(self) -> float:
        return self._desk.settings.privacy.lock_minutes * 60.0

    def _on_known(self, idle: float | None) -> None:
        if not self._wanted():
            return
        now = self._desk.now()
        slept = now.slept_since(self._looked)
        self._looked = now
        self._listen(idle is None)
        if idle is None:
            idle = now.awake - self._touched.awake
        if max(idle, slept) >= self._limit():
            self._window.lock()
        else:
            self._wait(self._limit() - idle)

    def _wait(self, seconds: float) -> None:
        self._timer.start(round(self._machine.real_seconds(max(AT_LEAST, seconds)) * 1000))

    @Slot()
    def _on_opened(self) -> None:
        self._touched = self._looked = self._desk.now()
        if self._wanted():
            self._wait(self._limit())

    @Slot()
    def _on_sitting(self) -> None:
        """A session began, or is over: whoever ended it was there a moment ago."""
        if not self._desk.is_open:
            return
        if self._window.session_runs():
            self._rest()
        elif self._screen_locked:
            self._window.lock()
        elif not self._timer.isActive() and self._wanted():
            self._touched = self._looked = self._desk.now()
            self._wait(AT_LEAST)

    @Slot(object)
    def _on_changed(self, touched: frozenset[type]) -> None:
        if Settings in touched and self._desk.is_open:
            self._rest()
            if self._wanted():
                self._wait(AT_LEAST)

    @Slot(str)
    def _on_machine_event(self, event: str) -> None:
        """A sleep counts as time in which nobody touched it; timers stood still meanwhile."""
        if event in ("locked", "unlocked"):
            self._screen_locked = event == "locked"
            if event == "unlocked" and self._desk.is_open and self._window.session_runs():
                self._window.say(
                    _("The records stayed open while the screen was locked: the session's time and cues need them.")
                )
        elif event == "woke":
            self.look()

    @Slot()
    def _rest(self) -> None:
        self._timer.stop()
        self._listen(False)

    def _listen(self, on: bool) -> None:
        """Hear of input in our own windows, only where the computer does not tell: it costs a little at each event."""
        if on != self._listens:
            self._listens = on
            app = QApplication.instance()
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = self._desk.now()
        return False
