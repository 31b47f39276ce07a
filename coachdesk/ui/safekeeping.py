"""What is looked after once the records are open: the monthly full check, and a folder that others copy."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from coachdesk.errors import Refused
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.paths import Home
    from coachdesk.storage.store import Store
    from coachdesk.ui.main_window import MainWindow


class Safekeeping(QObject):
    """Works on a worker thread after Today shows, and says one sentence if there is anything to say."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        window.bridge.opened.connect(self._on_opened)

    @Slot()
    def _on_opened(self) -> None:
        desk = self._window.desk
        if desk.is_open:
            self._window.tasks.run(
                _looked_after, desk.store, desk.home, desk.now(), dict(os.environ),
                done=self._on_looked, failed=self._on_failed,
            )  # fmt: skip

    def _on_looked(self, sentence: str) -> None:
        if sentence:
            self._window.say(sentence, "note")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self._window.say(error.sentence, "note")


def _looked_after(store: Store, home: Home, now: Now, environment: dict[str, str]) -> str:
    """The monthly check, and once for each folder whether another program copies it; a sentence, or none."""
    from coachdesk.storage import checks, synced
    from coachdesk.ui.widgets.records_place import warning

    if checks.due(home, now) and checks.full(store, home, now).wrong:
        return _(
            "The monthly check found the records damaged in places. Open Settings, Records, and restore a backup; "
            "the present file is kept."
        )
    service = synced.service(home.root, environment)
    if service is not None and not checks.warned(home, str(home.root)):
        return warning(service)
    return ""
