"""The archive in the settings: everything written as one file, or taken in where there is nothing yet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.ui import choosing
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.work import Work
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
        self.work = Work(shell, _("Writing the archive"))
        self.work.rested.connect(self._on_rested)
        self.write = button(_("Write an archive"), self._on_write)
        self.take = button(_("Take an archive in"), self._on_take)
        self.add(self.work)
        self.act(self.write, self.take)

    def write_to(self, path: Path, passphrase: str | None) -> None:
        """Write the archive; the window goes on meanwhile."""
        from coachdesk.exchange import archive

        with self._shell.telling():
            replaced = partial(archive.write, replace=True)  # the file dialog asked
            done = partial(self._on_done, path)
            self.work.begin(replaced, self._desk.store, path, passphrase, self._desk.now(), done=done)
            self.write.setEnabled(False)

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

    def _on_done(self, path: Path, _counts: object) -> None:
        self._shell.say(_("The archive is written: {path}.").format(path=path))

    @Slot()
    def _on_rested(self) -> None:
        self.write.setEnabled(True)


def take_in(desk: Desk, shell: Shell, path: Path, parent: QWidget) -> None:
    """Ask for what an archive needs and take it in; refused in words where there are records already."""
    from coachdesk.exchange import archive_arrival
    from coachdesk.ui.dialogs.import_archive import ImportArchive

    with shell.telling():
        archive_arrival.refuse_unless_empty(desk.home, desk.store.key)
        dialog = ImportArchive(desk, shell, path, parent)
        dialog.chosen.connect(dialog.replace)
        dialog.open()
