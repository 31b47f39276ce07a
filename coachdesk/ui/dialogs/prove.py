"""Asks for the passphrase or the recovery code before a way in is changed: records that stand open prove nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import sentence_of
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.fields import PassphraseField, labelled
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.desk import Desk
    from coachdesk.storage.keys import Keychain
    from coachdesk.ui.widgets.page import Shell


class Prove(FormDialog):
    """Stays until the words open the records; where no passphrase is set, this computer's keychain may be asked too."""

    proved = Signal(object)
    """The key, found through what was given."""

    def __init__(self, desk: Desk, shell: Shell, why: str, parent: QWidget | None = None) -> None:
        from coachdesk.storage import keys

        super().__init__(desk, shell, _("Is it you?"), _("Go on"), parent)
        by_passphrase = "passphrase" in keys.ways(desk.home.keys)
        name = _("Your present passphrase, or your recovery code") if by_passphrase else _("Your recovery code")
        self.words = PassphraseField(name)
        self.words.field.returnPressed.connect(self._on_act)
        self.column.addWidget(label(why))
        self.column.addWidget(labelled(name, self.words))
        self.by_keychain = button(_("Ask this computer's keychain instead"), self._on_keychain, quiet=True)
        self.by_keychain.setVisible(not by_passphrase and shell.opening.keychain is not None)
        self.column.addWidget(Flow(self.by_keychain))

    @Slot()
    def _on_act(self) -> None:
        if self.words.passphrase and self.act.isEnabled():
            from coachdesk.storage import keys

            self._busy(True)
            self.shell.tasks.run(
                keys.prove, self.desk.home.keys, self.words.passphrase, done=self._on_proved, failed=self._on_failed
            )

    @Slot()
    def _on_keychain(self) -> None:
        self._busy(True)
        self.shell.tasks.run(
            _by_keychain, self.desk.home.keys, self.shell.opening.keychain, done=self._on_proved, failed=self._on_failed
        )

    def _busy(self, busy: bool) -> None:
        self.act.setEnabled(not busy)
        self.by_keychain.setEnabled(not busy)

    def _on_proved(self, key: bytes) -> None:
        self.words.clear()
        self.proved.emit(key)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        sentence = sentence_of(error)
        self._busy(False)
        self.words.field.setFocus()
        self.words.field.selectAll()
        self.refusal.setText(sentence)
        self.refusal.show()
        announce(self.refusal, sentence)


def _by_keychain(path: Path, keychain: Keychain) -> bytes:
    from coachdesk.storage import keys

    return keys.with_keychain(path, keychain)
