"""When the records do not open: why, in one sentence, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, Page, announce, button, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets import Shell


class TroublePage(Page):
    """Nothing is changed here but by a button."""

    column_width = UNIT * 64

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._key: bytes | None = None
        self.column.setContentsMargins(0, UNIT * 8, 0, 0)
        self.head(_("Your records did not open"))
        self.sentence = label("", "note", selectable=True)
        self.column.addWidget(self.sentence)
        self.column.addWidget(label(_("Nothing was changed or removed. This is what you can do:"), "muted"))
        self.again = button(_("Try again"), self._on_again, primary=True)
        self.restore = button(_("Restore the latest backup"), self._on_restore)
        self.repair = button(_("Put the spare key file in its place"), self._on_repair)
        self.folder = button(_("Show the folder"), self._on_folder)
        self.leave = button(_("Quit"), QApplication.quit, quiet=True)
        self.column.addWidget(Flow(self.again, self.restore, self.repair, self.folder, self.leave))

    def arrive(self, **what: object) -> None:
        """Say the ``refusal``; with the ``key`` a backup can be restored."""
        refusal = what["refusal"]
        assert isinstance(refusal, Refused)
        key = what.get("key")
        self._key = key if isinstance(key, bytes) else None
        self.sentence.setText(refusal.sentence)
        announce(self.sentence, refusal.sentence)
        ill = isinstance(refusal, RecordsDamaged | RecordsMissing)
        backups = self.desk.home.backups
        self.restore.setVisible(ill and self._key is not None and any(backups.glob("*.db")))
        self.repair.setVisible(ill and self._key is None and (backups / self.desk.home.keys.name).exists())
        self._busy(False)

    @Slot()
    def _on_again(self) -> None:
        self.shell.opening.begin()

    @Slot()
    def _on_restore(self) -> None:
        if self._key is not None:
            self._busy(True)
            self.shell.opening.restore_latest(self._key, self._on_failed)

    @Slot()
    def _on_repair(self) -> None:
        with self.shell.telling():
            self.shell.opening.repair_keys()

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.home.root)))

    def _busy(self, busy: bool) -> None:
        for part in (self.again, self.restore, self.repair):
            part.setEnabled(not busy)

    def _on_failed(self, error: Exception) -> None:
        self._busy(False)
        if not isinstance(error, Refused):
            raise error
        self.sentence.setText(error.sentence)
