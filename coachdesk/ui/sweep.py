"""Python's cycle collector, kept on the window's thread: on any other it could destroy a widget, and Qt would abort."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer, Slot

EVERY = 5000
"""Milliseconds between two looks; each costs nothing while little was left behind."""
THRESHOLDS = (2000, 10, 10)
"""Things left behind before the youngest are swept; sweeps of one generation before the next is swept too."""


class Sweep(QObject):
    """Takes over from the collector's own timing (pyqtgraph and Anki do the same, for the same crash)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_itself = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Sweep here from now on, and nowhere else."""
        self._by_itself = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it as it was found: off where the program itself was started, whose end needs no sweeping."""
        self._timer.stop()
        if self._by_itself:
            gc.enable()

    @Slot()
    def soon(self) -> None:
        """Sweep everything once what is to be deleted is, as when every page has gone with all it showed."""
        QTimer.singleShot(0, self, self._everything)

    @Slot()
    def _everything(self) -> None:
        gc.collect()

    @Slot()
    def look(self) -> None:
        """Sweep what is due."""
        counts = gc.get_count()
        due = [at for at, (count, most) in enumerate(zip(counts, THRESHOLDS, strict=True)) if count > most]
        if due:
            gc.collect(max(due))
