"""How an archive is sealed: by a passphrase of its own, or by explicit choice not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Toggle
from coachdesk.ui.widgets.fields import PassphraseField, labelled
from coachdesk.ui.widgets.new_passphrase import SHORTEST, NewPassphrase
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class ExportArchive(FormDialog):
    """Tells the passphrase, or an empty text for none; the place is asked afterwards."""

    sealed_by = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, _("Write an archive"), _("Choose the place"), parent)
        self.column.addWidget(
            label(
                _("It holds everything: clients, sessions, notes, what is for you alone. Keep its passphrase apart; "
                  "without it nobody can open the archive, you neither."),
                "muted",
            )
        )  # fmt: skip
        self.passphrase = NewPassphrase(_("Passphrase of the archive"))
        self.place = labelled(_("Passphrase of the archive"), self.passphrase)
        self.column.addWidget(self.place)
        self.again = PassphraseField(_("The same once more"))
        self.repeated = labelled(_("The same once more"), self.again)
        self.column.addWidget(self.repeated)
        self.plain = Toggle(_("Leave it unsealed"), text=_("Leave it unsealed"))
        self.plain.toggled.connect(self._on_plain)
        self.column.addWidget(self.plain)
        self.warning = label(_("Whoever has the file can then read all of it, without a passphrase."), "note")
        self.warning.hide()
        self.column.addWidget(self.warning)

    def store(self) -> None:
        """Tell what was chosen; raises Refused for a passphrase that is too short or mistyped."""
        if not self.plain.isChecked() and not self.passphrase.good:
            raise Refused(_("The passphrase needs at least {least} characters.").format(least=SHORTEST))
        if not self.plain.isChecked() and self.again.passphrase != self.passphrase.passphrase:
            raise Refused(_("The two are not the same. Look at what is typed, or type it once more."))
        self._chosen = "" if self.plain.isChecked() else self.passphrase.passphrase
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self.sealed_by.emit(self._chosen)

    @Slot(bool)
    def _on_plain(self, plain: bool) -> None:
        for part in (self.place, self.repeated):
            part.setVisible(not plain)
        self.warning.setVisible(plain)
        self.fit()
