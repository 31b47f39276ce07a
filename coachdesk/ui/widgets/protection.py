"""How the records are unlocked: the passphrase, the keychain, the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.ui.widgets.buttons import Flow, Toggle, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.new_passphrase import NewPassphrase
from coachdesk.ui.widgets.recovery_sheet import RecoverySheet
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class Protection(Card):
    """Each way can be set up, changed or put away; the records themselves are not rewritten."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Unlocking"), parent=parent)
        self._desk, self._shell = desk, shell
        self.keychain = Toggle(
            _("Let this computer's keychain open the records"), text=_("Let this computer's keychain open the records")
        )
        self.keychain.toggled.connect(self._on_keychain)
        self.state = label("", "muted")
        self.passphrase = NewPassphrase(_("New passphrase"))
        self.passphrase.changed.connect(self._on_typed)
        self.passphrase.field.returnPressed.connect(self._on_passphrase)
        self.use = button(_("Use this passphrase"), self._on_passphrase)
        self.use.setEnabled(False)
        self.new_code = button(_("New recovery code"), self._on_new_code)
        self.sheet = RecoverySheet()
        self.kept = button(_("I have it on paper"), self._on_kept, primary=True)
        self.lock = button(_("Lock now"), shell.lock, icon="lock-simple-light")
        for part in (self.state, self.keychain, labelled(_("New passphrase"), self.passphrase), Flow(self.use)):
            self.add(part)
        for part in (self.sheet, self.kept):
            part.hide()
            self.add(part)
        self.act(self.new_code, self.lock)
        self.refresh()

    def refresh(self) -> None:
        """Show the ways there are now."""
        from coachdesk.storage import keys

        ways = keys.ways(self._desk.home.keys)
        held = self.keychain.blockSignals(True)
        self.keychain.setChecked("keychain" in ways)
        self.keychain.blockSignals(held)
        self.keychain.update()
        self.keychain.setVisible("keychain" in ways or self._shell.opening.keychain is not None)
        self.state.setText(
            _("A passphrase is set; a new one takes its place.") if "passphrase" in ways else _("No passphrase is set.")
        )

    @Slot(bool)
    def _on_keychain(self, on: bool) -> None:
        from coachdesk.storage import keys

        self.keychain.setEnabled(False)
        keychain = self._shell.opening.keychain if on else None
        self._run(keys.set_keychain, keychain)

    @Slot()
    def _on_passphrase(self) -> None:
        from coachdesk.storage import keys

        if self.passphrase.good:
            self.use.setEnabled(False)
            self._run(keys.set_passphrase, self.passphrase.passphrase)

    @Slot()
    def _on_new_code(self) -> None:
        from coachdesk.storage import keys

        going = (_("The recovery code you have now: it will open nothing any more."),)
        if self._shell.ask(_("Draw a new recovery code?"), going, _("Draw a new one")):
            with self._shell.telling():
                self.sheet.show_code(keys.new_recovery(self._desk.home.keys, self._desk.store.key))
                self.sheet.show()
                self.kept.show()
                self.sheet.setFocus()

    @Slot()
    def _on_kept(self) -> None:
        self.sheet.forget()
        self.sheet.hide()
        self.kept.hide()

    @Slot()
    def _on_typed(self) -> None:
        self.use.setEnabled(self.passphrase.good)

    def _run(self, change: object, given: object) -> None:
        self._shell.tasks.run(
            change, self._desk.home.keys, self._desk.store.key, given, done=self._on_done, failed=self._on_failed
        )

    def _on_done(self, _nothing: object) -> None:
        self._settle()
        self.passphrase.clear()
        self._shell.say(_("Stored."))

    def _on_failed(self, error: Exception) -> None:
        self._settle()
        if not isinstance(error, Refused):
            raise error
        with self._shell.telling():
            raise error

    def _settle(self) -> None:
        self.keychain.setEnabled(True)
        self._on_typed()
        self.refresh()
