"""What is looked after while the records are open: a backup each day, the monthly check, a folder others copy."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from coachdesk.errors import sentence_of
from coachdesk.ui.widgets.dates import today
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.paths import Home
    from coachdesk.storage.store import Store
    from coachdesk.ui.main_window import MainWindow


ROUND = 15 * 60_000
"""Milliseconds between looks whether a new day has begun."""


class Safekeeping(QObject):
    """Works on a worker thread after Today shows, and says one sentence if there is anything to say.

    The backup of the day on which the records are opened is taken by opening them; where the window stays open, that of
    every further day is taken here, never during a session.
    """

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        self._looked_on = None
        self._round = QTimer(self, interval=ROUND, timerType=Qt.TimerType.VeryCoarseTimer)
        self._round.timeout.connect(self.go_round)
        window.bridge.opened.connect(self._on_opened)
        window.bridge.locked.connect(self._round.stop)

    @Slot()
    def _on_opened(self) -> None:
        desk = self._window.desk
        if desk.is_open:
            self._looked_on = today(desk)
            self._round.start()
            self._window.tasks.run(
                _looked_after, desk.store, desk.home, desk.now(), dict(os.environ),
                done=self._on_looked, failed=self._on_failed,
            )  # fmt: skip

    @Slot()
    def go_round(self) -> None:
        """Look after the records again if a new day has begun and nothing stands in the way."""
        window = self._window
        if not window.desk.is_open or self._looked_on in (None, today(window.desk)):
            return
        if not (window.session_runs() or window.tasks.busy):
            self._on_opened()

    def _on_looked(self, sentence: str) -> None:
        if sentence:
            self._window.say(sentence, "note")

    def _on_failed(self, error: Exception) -> None:
        self._window.say(sentence_of(error), "note")


def _looked_after(store: Store, home: Home, now: Now, environment: dict[str, str]) -> str:
    """The day's backup, the monthly check, once for each folder whether others copy it; a sentence, or none."""
    from coachdesk.storage import backup, checks, synced

    backup.daily(store, home.backups, now)  # nothing where opening has just taken it
    if checks.due(home, now) and checks.full(store, home, now).wrong:
        return _(
            "The monthly check found the records damaged in places. Open Settings, Records, and restore a backup; "
            "the present file is kept."
        )
    service = synced.service(home.root, environment)
    if service is not None and not checks.warned(home, str(home.root)):
        return synced.warning(service)
    return ""
