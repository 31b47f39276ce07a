"""Where the records lie, whether another program copies that folder, and when they were last checked."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from coachdesk.errors import sentence_of
from coachdesk.ui import choosing
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.storage.checks import Checked
    from coachdesk.ui.widgets.page import Shell


class RecordsPlace(Card):
    """The folder, what is to be said about it, and a full check on request."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Where the records lie"), parent=parent)
        self._desk, self._shell = desk, shell
        self.folder = label(breakable(str(desk.home.root)), selectable=True)
        self.synced = label("", "note")
        self.checked = label("", "muted")
        for part in (self.folder, self.synced, self.checked):
            self.add(part)
        self.check = button(_("Check every page now"), self._on_check)
        self.move = button(_("Move the records"), self._on_move)
        self.act(self.check, self.move, button(_("Show the folder"), self._on_folder, quiet=True))
        self.refresh()

    def refresh(self) -> None:
        """Say what holds now."""
        from coachdesk.storage import checks, synced

        service = synced.service(self._desk.home.root, os.environ)
        self.synced.setVisible(service is not None)
        if service is not None:
            self.synced.setText(synced.warning(service))
        self._show_checked(checks.last(self._desk.home))

    def _show_checked(self, last: Checked | None) -> None:
        if last is None:
            self.checked.setText(_("Every page is checked once a month; that is still to come."))
            return
        when = moment_words(last.at, today(self._desk))
        self.checked.setText(
            _("Every page was checked {when}: damage was found. Restore a backup before you go on.").format(when=when)
            if last.wrong
            else _("Every page was checked {when}: all is whole. It happens once a month.").format(when=when)
        )

    @Slot()
    def _on_check(self) -> None:
        from coachdesk.storage import checks

        with self._shell.telling():
            store = self._desk.store
            self.check.setEnabled(False)
            self.checked.setText(_("Checking…"))
            self._shell.tasks.run(
                checks.full, store, self._desk.home, self._desk.now(), done=self._on_done, failed=self._on_failed
            )

    @Slot()
    def _on_move(self) -> None:
        folder = choosing.folder(self, "records", _("Choose an empty folder"))
        if folder is not None:
            self.move_to(folder)

    def move_to(self, folder: Path) -> None:
        """Move everything to an empty folder; CoachDesk ends afterwards and finds it there at the next start."""
        from coachdesk.ui.pages import move_records, restore_under_way

        going = (
            _("They are copied to {folder} and opened there once before anything else changes.").format(folder=folder),
            _("CoachDesk ends afterwards; from its next start on it finds them there."),
        )
        if self._shell.ask(_("Move the records?"), going, _("Move them")):
            with self._shell.telling():
                restore_under_way.begin(
                    self._shell.opening,
                    self._desk.store.key,
                    partial(move_records.moved, folder),
                    _("Moving the records"),
                    "move_records",
                )

    def _on_done(self, checked: Checked) -> None:
        self.check.setEnabled(True)
        self._show_checked(checked)

    def _on_failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self.refresh()
        self._shell.say(sentence_of(error))

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.home.root)))
