"""One piece of work beside the window: its bar follows it, a refusal is told, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

if TYPE_CHECKING:
    from coachdesk.ui.tasks import Task
    from coachdesk.ui.widgets.page import Shell

WHOLE = 1000
"""What the bar counts to."""


class UnderWay(QObject):
    """One at a time; its outcome is told once it has come to its end. Whoever has it places its ``bar``."""

    rested = Signal()
    """Whatever became of it; told before its outcome is."""
    stopped = Signal()
    """After ``rested``, where the work itself ended because it was told to stop; it has no other outcome then."""

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
        self._failed: Callable[[Exception], object] = self._tell

    @property
    def busy(self) -> bool:
        """Whether anything goes on."""
        return self._task is not None

    def begin(
        self,
        work: Callable[..., object],
        *args: object,
        done: Callable[[object], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Carry out ``work(*args, progress=…)`` beside the window; what is under way already goes on alone.

        Without ``failed`` a refusal is told in the window, and any other error reaches the crash screen.
        """
        if self.busy:
            return
        self._done, self._failed = done, failed or self._tell
        self.bar.setValue(0)
        self.bar.show()
        self._task = self._shell.tasks.run(work, *args, done=self._on_done, failed=self._on_failed, reports=True)
        self._task.progressed.connect(self._on_progressed)
        self._task.stopped.connect(self._on_stopped)

    @Slot()
    def stop(self) -> None:
        """Tell it to stop; it rests once it has, or has come to its end all the same."""
        if self._task is not None:
            self._task.progress.cancel()

    def leave(self) -> None:
        """Want neither it nor its outcome any more; another can begin at once."""
        if self._task is not None:
            self._task.progressed.disconnect(self._on_progressed)
            self._task.stopped.disconnect(self._on_stopped)
            self._task.cancel()
            self._rest()

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.bar.setValue(round(share * WHOLE))

    @Slot()
    def _on_stopped(self) -> None:
        self._rest()
        self.stopped.emit()

    def _on_done(self, value: object) -> None:
        self._rest()
        self._done(value)

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        self._failed(error)

    def _tell(self, error: Exception) -> None:
        with self._shell.telling():
            raise error

    def _rest(self) -> None:
        self._task = None
        self.bar.hide()
        self.rested.emit()
