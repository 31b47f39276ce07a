"""A file being written: how far it is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.under_way import UnderWay
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell

SOON = 400
"""Milliseconds before it is shown at all; most files are written by then."""


class Work(QWidget):
    """One file at a time; out of sight while there is none."""

    rested = Signal()
    """Whatever became of it."""

    def __init__(self, shell: Shell, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._under_way = UnderWay(shell, name, self)
        self._under_way.rested.connect(self._on_rested)
        self._under_way.stopped.connect(self._on_stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.bar = self._under_way.bar
        layout.addWidget(self.bar, 1)
        self.stop = button(_("Stop"), self._on_stop, quiet=True)
        layout.addWidget(self.stop)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.show)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._under_way.busy

    def begin(self, work: Callable[..., object], *args: object, done: Callable[[object], object]) -> None:
        """Carry out ``work(*args, progress=…)`` beside the window; what is under way already goes on alone."""
        if not self.busy:
            self._soon.start()
            self.stop.setEnabled(True)
            self._under_way.begin(work, *args, done=done)

    @Slot()
    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._under_way.stop()

    @Slot()
    def _on_stopped(self) -> None:
        self._shell.say(_("Stopped. No file was written."))

    @Slot()
    def _on_rested(self) -> None:
        self._soon.stop()
        self.hide()
        self.rested.emit()
