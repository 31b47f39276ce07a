"""The archive in the settings: everything written as one file, or taken in where there is nothing yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from coachdesk.errors import Refused
from coachdesk.ui import choosing
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import today
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class Archive(Card):
    """One file for another computer, or for the years to come."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Archive"),
            _("Everything as one file that opens on any computer, sealed with a passphrase of its own."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self._task = None
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Writing the archive"))
        self.stop = button(_("Stop writing"), self._on_stop, quiet=True)
        self.write = button(_("Write an archive"), self._on_write)
        self.take = button(_("Take an archive in"), self._on_take)
        self.add(self.bar)
        self.act(self.write, self.take, self.stop)
        self._rest()

    def write_to(self, path: Path, passphrase: str | None) -> None:
        """Write the archive; the window goes on meanwhile."""
        from coachdesk.exchange import archive

        with self._shell.telling():
            store = self._desk.store
            self.write.setEnabled(False)
            for part in (self.bar, self.stop):
                part.show()
            self.stop.setEnabled(True)
            self.bar.setValue(0)
            self._task = self._shell.tasks.run(
                _written, archive.write, store, path, passphrase, self._desk.now(),
                done=self._on_done, failed=self._on_failed, reports=True,
            )  # fmt: skip
            self._task.progressed.connect(self._on_progressed)
            self._task.stopped.connect(self._on_stopped)

    @Slot()
    def _on_write(self) -> None:
        from coachdesk.ui.dialogs.export_archive import ExportArchive

        dialog = ExportArchive(self._desk, self._shell, self.window())
        dialog.sealed_by.connect(self._on_sealed_by)
        dialog.open()

    @Slot(str)
    def _on_sealed_by(self, passphrase: str) -> None:
        """The passphrase is chosen, or none; now the place."""
        name = f"CoachDesk-{today(self._desk).isoformat()}.coachdesk"
        kinds = _("Archives of CoachDesk (*.coachdesk)")
        path, _taken = choosing.to_write(self, "archive", _("Where the archive goes"), name, kinds)
        if path is not None:
            self.write_to(path, passphrase or None)

    @Slot()
    def _on_take(self) -> None:
        """Ask for the file, unless there are records already: that is said before anybody looks for one."""
        from coachdesk.exchange import archive_arrival

        with self._shell.telling():
            archive_arrival.refuse_unless_empty(self._desk.home, self._desk.store.key)
            self._choose()

    def _choose(self) -> None:
        path = choosing.to_read(self, "archive", _("Choose an archive"), _("Archives of CoachDesk (*.coachdesk)"))
        if path is not None:
            take_in(self._desk, self._shell, path, self.window())

    @Slot(float)
    def _on_progressed(self, share: float) -> None:
        self.bar.setValue(round(100 * share))

    @Slot()
    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._task.progress.cancel()

    @Slot()
    def _on_stopped(self) -> None:
        self._rest()
        self._shell.say(_("Stopped; no archive was written."))

    def _on_done(self, path: Path) -> None:
        self._rest()
        self._shell.say(_("The archive is written: {path}.").format(path=path))

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Refused):
            raise error
        self._shell.say(error.sentence)

    def _rest(self) -> None:
        self._task = None
        self.write.setEnabled(True)
        self.bar.hide()
        self.stop.hide()


def take_in(desk: Desk, shell: Shell, path: Path, parent: QWidget) -> None:
    """Ask for what an archive needs and take it in; refused in words where there are records already."""
    from coachdesk.exchange import archive_arrival
    from coachdesk.ui.dialogs.import_archive import ImportArchive

    with shell.telling():
        archive_arrival.refuse_unless_empty(desk.home, desk.store.key)
        dialog = ImportArchive(desk, shell, path, parent)
        dialog.chosen.connect(dialog.replace)
        dialog.open()


def _written(
    write: object, store: object, path: Path, passphrase: str | None, now: object, *, progress: object
) -> Path:
    write(store, path, passphrase, now, replace=True, progress=progress)  # the file dialog asked
    return path
