"""Unlocking: the keychain by itself, the passphrase, the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import sentence_of
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, LineField, Page, PassphraseField, announce, button, label, labelled
from coachdesk.ui.widgets.new_passphrase import NewPassphrase
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.storage.store import Store
    from coachdesk.ui.widgets import Shell


class UnlockPage(Page):
    """One way at a time; the others are a quiet button away."""

    column_width = UNIT * 56

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._store: Store | None = None
        self.column.setContentsMargins(0, UNIT * 8, 0, 0)
        self.head(_("Welcome back"))
        self._parts = {
            "waiting": self._build_waiting(),
            "passphrase": self._build_passphrase(),
            "recovery": self._build_recovery(),
            "renewal": self._build_renewal(),
        }
        self.refused = label("", "note")
        for part in (*self._parts.values(), self.refused):
            self.column.addWidget(part)
            part.hide()
        self.column.addWidget(self._build_others())
        self._ways: frozenset[str] = frozenset()
        self._show("waiting")

    def arrive(self, **what: object) -> None:
        """Show the ``ways`` there are, and try the keychain where it may be tried ``at_once``."""
        self._ways = what.get("ways", frozenset())
        if not self._ways:
            self._show("waiting")
        elif what.get("at_once"):
            self.try_keychain()
        else:
            self._show(self._usual())

    @property
    def way(self) -> str:
        """The way shown: ``waiting``, ``passphrase``, ``recovery`` or ``renewal``."""
        return next(name for name, part in self._parts.items() if not part.isHidden())

    @Slot()
    def try_keychain(self) -> None:
        """Ask the keychain; it may show a prompt of its own."""
        self._show("waiting")
        self.shell.opening.with_keychain(self._on_failed)

    @Slot()
    def try_passphrase(self) -> None:
        """Unlock by what is typed."""
        if self.passphrase.passphrase:
            self._busy(True)
            self.shell.opening.with_passphrase(self.passphrase.passphrase, self._on_failed)

    @Slot()
    def try_recovery(self) -> None:
        """Unlock by the recovery code typed."""
        if self.code.words:
            self._busy(True)
            self.shell.opening.with_recovery(self.code.words, self._on_recovered, self._on_failed)

    @Slot()
    def renew(self) -> None:
        """Let the new passphrase open the records from now on, and go on."""
        if self._store is not None and self.new_passphrase.good:
            self._busy(True)
            self.shell.opening.set_passphrase(
                self._store.key, self.new_passphrase.passphrase, self._on_renewed, self._on_failed
            )

    @Slot()
    def go_on(self) -> None:
        """Open the records without a new passphrase."""
        if self._store is not None:
            self.shell.opening.adopt(self._store)

    @Slot()
    def use_passphrase(self) -> None:
        """Show the passphrase's field."""
        self._show("passphrase")

    @Slot()
    def use_recovery(self) -> None:
        """Show the recovery code's field."""
        self._show("recovery")

    def _build_waiting(self) -> QWidget:
        return _column(label(_("Opening your records …"), "muted"))

    def _build_passphrase(self) -> QWidget:
        self.passphrase = PassphraseField(_("Passphrase"))
        self.passphrase.field.returnPressed.connect(self.try_passphrase)
        self.unlock = button(_("Unlock"), self.try_passphrase, primary=True)
        return _column(labelled(_("Passphrase"), self.passphrase), Flow(self.unlock))

    def _build_recovery(self) -> QWidget:
        self.code = LineField(_("Recovery code"), "XXXX-XXXX-XXXX-…")
        self.code.returnPressed.connect(self.try_recovery)
        self.recover = button(_("Unlock"), self.try_recovery, primary=True)
        sentence = _("Nine groups of four, from your paper. Dashes and upper case do not matter.")
        return _column(labelled(_("Recovery code"), self.code, sentence), Flow(self.recover))

    def _build_renewal(self) -> QWidget:
        words = label(_("The code fits. Choose a new passphrase, so that you need the code no more."))
        self.new_passphrase = NewPassphrase(_("New passphrase"))
        self.new_passphrase.changed.connect(self._on_new_typed)
        self.new_passphrase.field.returnPressed.connect(self.renew)
        self.store_new = button(_("Use this passphrase"), self.renew, primary=True)
        self.store_new.setEnabled(False)
        self.not_now = button(_("Not now"), self.go_on, quiet=True)
        return _column(words, labelled(_("New passphrase"), self.new_passphrase), Flow(self.store_new, self.not_now))

    def _build_others(self) -> QWidget:
        self.to_passphrase = button(_("Use my passphrase instead"), self.use_passphrase, quiet=True)
        self.to_keychain = button(_("Use this computer's keychain"), self.try_keychain, quiet=True)
        self.to_recovery = button(_("I have a recovery code"), self.use_recovery, quiet=True)
        return Flow(self.to_passphrase, self.to_keychain, self.to_recovery)

    def _usual(self) -> str:
        return "passphrase" if "passphrase" in self._ways else "recovery"

    def _show(self, way: str) -> None:
        for name, part in self._parts.items():
            part.setVisible(name == way)
        self.refused.hide()
        self._busy(False)
        renewing = way == "renewal"
        self.to_passphrase.setVisible("passphrase" in self._ways and way != "passphrase" and not renewing)
        self.to_keychain.setVisible("keychain" in self._ways and way != "waiting" and not renewing)
        self.to_recovery.setVisible("recovery" in self._ways and way != "recovery" and not renewing)
        first = {"passphrase": self.passphrase, "recovery": self.code, "renewal": self.new_passphrase}.get(way)
        if first is not None:
            first.setFocus()
            self.setFocusProxy(first)

    def _busy(self, busy: bool) -> None:
        for part in (self.unlock, self.recover, self.not_now):
            part.setEnabled(not busy)
        self.store_new.setEnabled(not busy and self.new_passphrase.good)

    def _on_recovered(self, store: Store) -> None:
        self._store = store
        self.code.clear()
        self._show("renewal")

    @Slot()
    def _on_new_typed(self) -> None:
        self.store_new.setEnabled(self.new_passphrase.good)

    def _on_renewed(self, _nothing: object) -> None:
        self.new_passphrase.clear()
        self.go_on()

    def _on_failed(self, error: Exception) -> None:
        sentence = sentence_of(error)
        if self.way == "waiting":
            self._show(self._usual())
        self._busy(False)
        self.focusProxy().setFocus()  # a button that was disabled meanwhile has passed the keyboard on
        if self.way == "passphrase":
            self.passphrase.field.selectAll()
        self.refused.setText(sentence)
        self.refused.show()
        announce(self.refused, sentence)


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT * 2)
    for part in parts:
        layout.addWidget(part)
    return made
