"""While the records are moved to another folder, and what becomes of the old copy afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk import paths
from coachdesk.errors import Refused
from coachdesk.ui.pages.restore_under_way import Failed, UnderWayPage, opened_or_none
from coachdesk.ui.widgets import Flow, announce, button, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.ui.pages.restore_under_way import Work
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets import Shell


class MoveRecordsPage(UnderWayPage):
    """Once the records are moved there is only one way on: out, so that nothing is written into the old ones."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.words = label("")
        self.remove = button(_("Remove the old copy and quit"), self._on_remove, primary=True)
        self.keep = button(_("Keep the old copy and quit"), QApplication.quit)
        self.after = Flow(self.remove, self.keep)
        self.after.hide()
        self.column.addWidget(self.words)
        self.column.addWidget(self.after)

    @staticmethod
    def carry_out(home: Home, key: bytes, now: Now, work: Work, *, progress: Progress) -> object:
        """Move on a worker thread; the old records are opened again only if that was refused."""
        try:
            return work(home, key, now, progress)
        except Refused as refusal:
            raise Failed(refusal, opened_or_none(home, key)) from refusal

    def _on_done(self, sentence: object) -> None:
        self.stop.hide()
        self.words.setText(str(sentence))
        self.after.show()
        self.keep.setFocus()
        announce(self.words, str(sentence))

    @Slot()
    def _on_remove(self) -> None:
        with self.shell.telling():
            cleared(self.desk.home, self._key)
            QApplication.quit()


def moved(folder: Path, home: Home, key: bytes, _now: Now, progress: Progress) -> str:
    """Move the closed records; the sentence that says so. Raises Refused."""
    from coachdesk.storage import relocation

    relocation.move(home, folder, key, progress=progress)
    return moved_sentence(home)


def moved_sentence(home: Home) -> str:
    """Where the records are now, and what that means."""
    return _(
        "The records are in {folder} now and were opened there. CoachDesk ends here; start it again as always, and it "
        "finds them. The old copy still lies in {old}."
    ).format(folder=paths.home(home.root).root, old=home.root)


def cleared(home: Home, key: bytes) -> None:
    """Remove the old copy; raises Refused."""
    from coachdesk.storage import relocation

    relocation.clear_old(home, paths.home(home.root), key)
