"""When the records do not open: why, in one sentence, and what can be done, with plain figures under each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.errors import RecordsDamaged, RecordsMissing, Refused, sentence_of
from coachdesk.ui import choosing
from coachdesk.ui.pages import restore_under_way
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Flow, Page, announce, button, label
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.under_way import UnderWay
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.storage.backup import Backup
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets import Shell


class TroublePage(Page):
    """Nothing is changed here but by a button."""

    column_width = UNIT * 80

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._key: bytes | None = None
        self._refusal: Refused | None = None
        self.column.setContentsMargins(0, UNIT * 8, 0, 0)
        self.head(_("Your records did not open"))
        self.sentence = label("", "note", selectable=True)
        self.column.addWidget(self.sentence)
        self.column.addWidget(label(_("Nothing was changed or removed. This is what you can do:"), "muted"))
        self._build_offers()
        self.again = button(_("Try again"), self._on_again)
        self.repair = button(_("Put the spare key file in its place"), self._on_repair)
        self.choose = button(_("Choose another backup"), self._on_choose)
        self.elsewhere = button(_("They lie in another folder now"), self._on_elsewhere)
        self.folder = button(_("Show the folder"), self._on_folder)
        self.leave = button(_("Quit"), QApplication.quit, quiet=True)
        self.column.addWidget(Flow(self.again, self.elsewhere, self.repair, self.choose, self.folder, self.leave))

    def _build_offers(self) -> None:
        self.read = Card(_("What can still be read"))
        self.reading = UnderWay(self.shell, _("Reading what can be read"), self)
        self.read_words = label("")
        self.go_on = button(_("Go on with what can be read"), self._on_go_on)
        self.read.add(self.reading.bar)
        self.read.add(self.read_words)
        self.read.act(self.go_on)
        self.backup = Card(_("The latest backup"))
        self.backup_words = label("")
        self.restore = button(_("Restore the latest backup"), self._on_restore)
        self.backup.add(self.backup_words)
        self.backup.act(self.restore)
        self.column.addWidget(self.read)
        self.column.addWidget(self.backup)

    def arrive(self, **what: object) -> None:
        """Say the ``refusal``; with the ``key`` it is shown what can be read and what a backup holds."""
        refusal = what["refusal"]
        assert isinstance(refusal, Refused)
        key = what.get("key")
        self._refusal, self._key = refusal, key if isinstance(key, bytes) else None
        self.sentence.setText(refusal.sentence)
        announce(self.sentence, refusal.sentence)
        ill = isinstance(refusal, RecordsDamaged | RecordsMissing)
        home = self.desk.home
        unopened = ill and self._key is None
        self.repair.setVisible(unopened and (home.backups / home.keys.name).exists())
        self.elsewhere.setVisible(isinstance(refusal, RecordsMissing) and home.is_away)
        self._latest = self._newest_backup() if ill and self._key is not None else None
        for part in (self.backup, self.choose):
            part.setVisible(self._latest is not None)
        readable = isinstance(refusal, RecordsDamaged) and self._key is not None
        self.read.setVisible(readable)
        self._look(readable)

    def _newest_backup(self) -> Backup | None:
        from coachdesk.storage import backup

        return backup.latest(self.desk.home.backups, self.desk.now())

    def _look(self, readable: bool) -> None:
        self.go_on.setEnabled(False)
        self.read_words.setText(_("Reading…"))
        self.reading.leave()
        if readable:
            self.reading.begin(_salvaged, self.desk.home, self._key, done=self._on_read, failed=self._on_unread)
        if self._latest is not None:
            self.backup_words.setText(self._when())
            self.restore.setEnabled(False)
            self.shell.tasks.run(
                _held, self._latest.path, self._key, done=self._on_held, failed=self._on_backup_unusable
            )

    def _when(self) -> str:
        return _("Taken {when}.").format(when=moment_words(self._latest.at, today(self.desk)))

    def _on_read(self, found: tuple[str, str]) -> None:
        figures, lost = found
        self.read_words.setText("\n".join(part for part in (f"{figures}.", lost) if part))
        self.go_on.setEnabled(True)
        announce(self.read_words, self.read_words.text())

    def _on_unread(self, error: Exception) -> None:
        self.read_words.setText(sentence_of(error))

    def _on_held(self, figures: str) -> None:
        self.backup_words.setText(f"{self._when()}\n{figures}.")
        self.restore.setEnabled(True)

    def _on_backup_unusable(self, error: Exception) -> None:
        self.backup_words.setText(sentence_of(error))

    @Slot()
    def _on_again(self) -> None:
        self.shell.opening.begin()

    @Slot()
    def _on_go_on(self) -> None:
        self._replace(_put_salvaged, _("Going on with what could be read"))

    @Slot()
    def _on_restore(self) -> None:
        assert self._latest is not None
        self._replace(partial(_restore, self._latest.path), _("Restoring the latest backup"))

    def _replace(self, work: restore_under_way.Work, title: str) -> None:
        self.reading.leave()  # else it would have to be waited for
        if self._key is not None:
            with self.shell.telling():
                restore_under_way.begin(self.shell.opening, self._key, work, title)

    @Slot()
    def _on_choose(self) -> None:
        self.reading.leave()
        self.shell.start_at("rescue", key=self._key, refusal=self._refusal)

    @Slot()
    def _on_elsewhere(self) -> None:
        folder = choosing.folder(self, "records", _("Choose the folder of the records"))
        if folder is not None:
            self.follow(folder)

    def follow(self, folder: Path) -> None:
        """Look for the moved records in this folder from the next start on; there is nothing more to do here."""
        from coachdesk.storage import relocation

        with self.shell.telling():
            relocation.follow(self.desk.home, folder)
            self.sentence.setText(_("They are found from the next start on. CoachDesk ends here; start it again."))
            announce(self.sentence, self.sentence.text())
            for part in (self.again, self.elsewhere):
                part.hide()
            self.leave.setFocus()

    @Slot()
    def _on_repair(self) -> None:
        with self.shell.telling():
            self.shell.opening.repair_keys()

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.home.root)))


def _salvaged(home: Home, key: bytes, *, progress: Progress) -> tuple[str, str]:
    """Read what can be read into a file beside the damaged one; the figures, and what could not be read."""
    from coachdesk.practice import kept, stand_ins
    from coachdesk.storage import salvage

    found = salvage.prepare(home, key, stand_ins.stand_in, progress=progress)
    return kept.in_words(kept.in_file(found.path, key)), kept.lost_in_words(found.lost, found.pieces)


def _held(path: object, key: bytes) -> str:
    from coachdesk.practice import kept

    return kept.in_words(kept.in_backup(path, key))


def _put_salvaged(home: Home, key: bytes, now: Now, _progress: Progress) -> str:
    from coachdesk.storage import salvage

    salvage.put(home, key, now)
    return _("These are the records as far as they could be read. The damaged file is kept in {folder}.").format(
        folder=home.root
    )


def _restore(path: Path, home: Home, key: bytes, now: Now, progress: Progress) -> str:
    from coachdesk.storage import backup

    backup.restore(home, path, key, now, progress=progress)
    return _("The backup is restored. What stood in its place before is kept in {folder}.").format(folder=home.root)
