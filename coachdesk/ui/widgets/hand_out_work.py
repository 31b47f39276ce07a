"""A file being written: how far it is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from coachdesk.errors import Refused
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.tasks import Task
    from coachdesk.ui.widgets.page import Shell

SOON = 400
"""Milliseconds before it is shown at all; most files are written by then."""


class Work(QWidget):
    """One piece of work at a time; out of sight while there is none."""

    def __init__(self, shell: Shell, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._task: Task | None = None
        self._done: Callable[[object], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(name)
        self.bar.setRange(0, 1000)
        layout.addWidget(self.bar, 1)
        self.stop = button(_("Cancel"), self._on_stop, quiet=True)
        layout.addWidget(self.stop)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.show)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    def begin(self, work: Callable[..., object], *args: object, done: Callable[[object], object]) -> None:
        """Carry out ``work(*args, progress=…)`` beside the window; what is under way already goes on alone."""
        if self.busy:
            return
        self._done = done
        self.bar.setValue(0)
        self._soon.start()
        self._task = self._shell.tasks.run(work, *args, done=self._on_done, failed=self._on_failed, reports=True)
        self._task.progressed.connect(self._on_progressed)

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.bar.setValue(round(share * 1000))

    @Slot()
    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._rest()
            self._shell.say(_("Stopped. No file was written."))

    def _on_done(self, value: object) -> None:
        self._rest()
        self._done(value)

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Refused):
            raise error
        with self._shell.telling():
            raise error

    def _rest(self) -> None:
        self._task = None
        self._soon.stop()
        self.hide()
