"""An archive about to be taken in: its passphrase where it is sealed, and what it holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.pages import restore_under_way
from coachdesk.ui.widgets.fields import PassphraseField, labelled
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets.page import Shell


class ImportArchive(FormDialog):
    """Tells that the archive opens with what was typed; who asked does the rest."""

    chosen = Signal()

    def __init__(self, desk: Desk, shell: Shell, path: Path, parent: QWidget | None = None) -> None:
        """Raises Refused if the file is not there, or is no archive."""
        from coachdesk.exchange import archive

        self.sealed = archive.sealed(path)
        if not self.sealed:
            archive.look(path)
        super().__init__(desk, shell, _("Take an archive in"), _("Take it in"), parent)
        self.path = path
        self.column.addWidget(label(breakable(path.name), "strong"))
        self.passphrase = PassphraseField(_("Passphrase of the archive"))
        self.place = labelled(
            _("Passphrase of the archive"), self.passphrase, _("The one it was sealed with when it was written.")
        )
        self.place.setVisible(self.sealed)
        self.column.addWidget(self.place)
        self.column.addWidget(
            label(_("Its records come here as they were written. The archive itself is only read."), "muted")
        )

    @property
    def secret(self) -> str | None:
        """The passphrase typed; None for an archive that is not sealed."""
        return self.passphrase.passphrase if self.sealed else None

    def store(self) -> None:
        """Look whether it opens; raises Refused to stay."""
        from coachdesk.exchange import archive

        archive.look(self.path, self.secret)
        self.accepted.connect(self.chosen)

    @Slot()
    def replace(self) -> None:
        """Take it in, in the place of the open, empty records."""
        with self.shell.telling():
            restore_under_way.begin(
                self.shell.opening,
                self.desk.store.key,
                partial(taken_in, self.path, self.secret),
                _("Taking the archive in"),
            )


def taken_in(path: Path, passphrase: str | None, home: Home, key: bytes, now: Now, progress: Progress) -> str:
    """Take an archive into a home; the sentence that says so. Raises Refused."""
    from coachdesk.exchange import archive_arrival

    archive_arrival.take_in(home, path, passphrase, key, now, progress=progress)
    return _("The archive is taken in. Everything is as it was written.")
