"""Backups: when the last one was taken, take one now, choose one to restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.under_way import UnderWay
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class Backups(Card):
    """Encrypted copies, taken once a day by themselves."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Backups"), _("Encrypted like the records, taken once a day when you use CoachDesk."), parent
        )
        self._desk, self._shell = desk, shell
        self._held = False
        self.last = label("")
        self._under_way = UnderWay(shell, _("Backing up"), self)
        self._under_way.rested.connect(self._on_rested)
        self.progress = self._under_way.bar
        self.add(self.last)
        self.add(self.progress)
        self.now = button(_("Back up now"), self._on_now)
        self.restore = button(_("Restore a backup"), self._on_restore)
        self.act(self.now, self.restore, button(_("Show the folder"), self._on_folder, quiet=True))
        self.refresh()

    def refresh(self) -> None:
        """Show the last backup."""
        from coachdesk.storage import backup

        latest = backup.latest(self._desk.home.backups, self._desk.now())
        words = ""
        if latest is not None:
            words = _("The last backup: {when}.").format(when=moment_words(latest.at, today(self._desk)))
        self.last.setText(words or _("There is no backup yet."))

    @Slot()
    def _on_now(self) -> None:
        from coachdesk.storage import backup

        with self._shell.telling():
            store = self._desk.store
            self._held = self.window().focusWidget() is self.now
            self.now.setEnabled(False)
            self._under_way.begin(backup.back_up, store, self._desk.home.backups, self._desk.now(), done=self._on_done)

    @Slot()
    def _on_restore(self) -> None:
        self._shell.show_page("restore")

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.home.backups)))

    def _on_done(self, _path: object) -> None:
        self._shell.say(_("Backed up."))

    @Slot()
    def _on_rested(self) -> None:
        self.now.setEnabled(True)
        if self._held and self.window().focusWidget() is self.restore:
            self.now.setFocus()  # disabled, it had passed the keyboard on
        self.refresh()
