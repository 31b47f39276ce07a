"""One piece of work beside the window: its bar follows it, a refusal is told, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from coachdesk.errors import Refused

if TYPE_CHECKING:
    from coachdesk.ui.tasks import Task
    from coachdesk.ui.widgets.page import Shell

WHOLE = 1000
"""What the bar counts to."""


class UnderWay(QObject):
    """One at a time; its outcome is told only where it came to its end. Whoever has it places its ``bar``."""

    rested = Signal()
    """Whatever became of it; told before its outcome is."""

    def __init__(self, shell: Shell, name: str, parent: QWidget) -> None:
        """``name`` says to a screen reader what goes on."""
        super().__init__(parent)
        self._shell = shell
        self.bar = QProgressBar()
        self.bar.setAccessibleName(name)
        self.bar.setRange(0, WHOLE)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._task: Task | None = None
        self._done: Callable[[object], object] | None = None

    @property
    def busy(self) -> bool:
        """Whether anything goes on."""
        return self._task is not None

    def begin(self, work: Callable[..., object], *args: object, done: Callable[[object], object]) -> None:
        """Carry out ``work(*args, progress=…)`` beside the window; what is under way already goes on alone."""
        if self.busy:
            return
        self._done = done
        self.bar.setValue(0)
        self.bar.show()
        self._task = self._shell.tasks.run(work, *args, done=self._on_done, failed=self._on_failed, reports=True)
        self._task.progressed.connect(self._on_progressed)

    @Slot()
    def stop(self) -> bool:
        """Want it no more; whether there was anything."""
        if self._task is None:
            return False
        self._task.cancel()
        self._rest()
        return True

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.bar.setValue(round(share * WHOLE))

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
        self.bar.hide()
        self.rested.emit()
