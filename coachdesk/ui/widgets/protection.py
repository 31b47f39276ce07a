"""How the records are unlocked: the passphrase, the keychain, the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.ui.dialogs.prove import Prove
from coachdesk.ui.widgets.buttons import Flow, Toggle, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.fields import labelled
from coachdesk.ui.widgets.new_passphrase import NewPassphrase
from coachdesk.ui.widgets.recovery_groups import RecoveryGroups
from coachdesk.ui.widgets.recovery_sheet import RecoverySheet
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class Protection(Card):
    """Each way can be set up, changed or put away, by whoever knows one; the records themselves are not rewritten."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Unlocking"), parent=parent)
        self._desk, self._shell = desk, shell
        self._key = b""
        self._code = ""
        words = _("Let this computer's keychain open the records")
        self.keychain = Toggle(words, text=words)
        self.keychain.toggled.connect(self._on_keychain)
        self.state = label("", "muted")
        self.passphrase = NewPassphrase(_("New passphrase"))
        self.passphrase.changed.connect(self._on_typed)
        self.passphrase.field.returnPressed.connect(self._on_passphrase)
        self.use = button(_("Use this passphrase"), self._on_passphrase)
        self.use.setEnabled(False)
        for part in (self.state, self.keychain, labelled(_("New passphrase"), self.passphrase), Flow(self.use)):
            self.add(part)
        self._build_code()
        self.new_code = button(_("New recovery code"), self._on_new_code)
        self.lock = button(_("Lock now"), shell.lock, icon="lock-simple-light")
        self.add(
            label(
                _(
                    "A copy of the key file that you keep elsewhere, beside a copied backup perhaps, "
                    "still opens with what was valid when it was copied."
                ),
                "muted",
            )
        )
        self.act(self.new_code, self.lock)
        self.refresh()

    def _build_code(self) -> None:
        self.sheet = RecoverySheet()
        self.groups = RecoveryGroups()
        self.groups.entered.connect(self._on_confirmed)
        self.said = label("", "note")
        self.written = button(_("I have it on paper"), self._on_written, primary=True)
        self.confirm = button(_("Use the new code"), self._on_confirmed, primary=True)
        self.look_again = button(_("See it once more"), self._on_look_again)
        self.keep_old = button(_("Keep the old code"), self._on_keep_old, quiet=True)
        buttons = Flow(self.written, self.confirm, self.look_again, self.keep_old)
        self._of_code = (self.sheet, self.groups, self.said, buttons)
        for part in self._of_code:
            self.add(part)
        self._show_code("")

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

    def _ask_who(self, why: str, proved: Callable[[bytes], object]) -> None:
        """Have it proved who sits here; what was touched shows again what holds when it is not."""
        asked = Prove(self._desk, self._shell, why, self.window())
        asked.proved.connect(proved)
        asked.rejected.connect(self.refresh)
        asked.open()

    # The keychain

    @Slot(bool)
    def _on_keychain(self, on: bool) -> None:
        if on:
            self._ask_who(_("Before the keychain of this computer may open your records:"), self._join_keychain)
        else:
            self._ask_who(_("Before the keychain no longer opens your records:"), self._leave_keychain)

    @Slot(object)
    def _join_keychain(self, key: bytes) -> None:
        from coachdesk.storage import keys

        self._run(keys.set_keychain, key, self._shell.opening.keychain)

    @Slot(object)
    def _leave_keychain(self, key: bytes) -> None:
        from coachdesk.storage import keys

        self._run(keys.leave_keychain, key, self._shell.opening.keychain)

    # The passphrase

    @Slot()
    def _on_passphrase(self) -> None:
        if self.passphrase.good:
            self._ask_who(_("Before the new passphrase takes the place of what opens your records now:"), self._change)

    @Slot(object)
    def _change(self, key: bytes) -> None:
        from coachdesk.storage import keys

        if self.passphrase.good:
            self.use.setEnabled(False)
            self._run(keys.set_passphrase, key, self.passphrase.passphrase)

    @Slot()
    def _on_typed(self) -> None:
        self.use.setEnabled(self.passphrase.good)

    # The recovery code

    @Slot()
    def _on_new_code(self) -> None:
        self._ask_who(_("Before a new recovery code takes the place of the old one:"), self._draw)

    @Slot(object)
    def _draw(self, key: bytes) -> None:
        from coachdesk.storage import keys

        self._key, self._code = key, keys.draw_recovery()
        self.sheet.show_code(self._code)
        self._show_code("sheet")
        self.said.setText(_("The old code opens your records until you have typed two groups of the new one."))

    @Slot()
    def _on_written(self) -> None:
        self.groups.ask_for(self._code)
        self._show_code("groups")
        self.said.setText("")
        self.groups.setFocus()

    @Slot()
    def _on_look_again(self) -> None:
        self._show_code("sheet")

    @Slot()
    def _on_confirmed(self) -> None:
        from coachdesk.storage import keys

        if self.groups.right:
            self._run(keys.set_recovery, self._key, self._code)
            self._forget_code()
        else:
            self.said.setText(_("That does not match the code. Look again, or see it once more."))
            announce(self.said, self.said.text())

    @Slot()
    def _on_keep_old(self) -> None:
        self._forget_code()

    def _forget_code(self) -> None:
        self._key, self._code = b"", ""
        self.sheet.forget()
        self.groups.forget()
        self._show_code("")

    def _show_code(self, step: str) -> None:
        """Show the new code (``sheet``), ask for two groups of it (``groups``), or nothing of it."""
        for part in self._of_code:
            part.setVisible(bool(step))
        self.sheet.setVisible(step == "sheet")
        self.groups.setVisible(step == "groups")
        self.written.setVisible(step == "sheet")
        self.confirm.setVisible(step == "groups")
        self.look_again.setVisible(step == "groups")
        if step == "sheet":
            self.sheet.setFocus()

    # Storing

    def _run(self, change: Callable[[Path, bytes, object], None], key: bytes, given: object) -> None:
        self.keychain.setEnabled(False)
        self._shell.tasks.run(change, self._desk.home.keys, key, given, done=self._on_done, failed=self._on_failed)

    def _on_done(self, _nothing: object) -> None:
        self._settle()
        self.passphrase.clear()
        self._shell.say(_("Stored."))

    def _on_failed(self, error: Exception) -> None:
        self._settle()
        with self._shell.telling():
            raise error

    def _settle(self) -> None:
        self.keychain.setEnabled(True)
        self._on_typed()
        self.refresh()
