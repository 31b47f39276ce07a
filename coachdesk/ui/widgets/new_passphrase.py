"""A new passphrase, with what it is worth said in plain words while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.fields import PassphraseField
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _, ngettext

SHORTEST = 12
"""As ``storage.keys`` asks; repeated here because the page is drawn before the key libraries are loaded."""


def is_long_enough(passphrase: str) -> bool:
    """Whether it may be used at all."""
    return len(passphrase) >= SHORTEST


def worth(passphrase: str) -> str:
    """What a passphrase is worth, in a sentence."""
    missing = SHORTEST - len(passphrase)
    if not passphrase:
        return _("Twelve characters or more. Four or five words that do not belong together are best.")
    if missing > 0:
        return ngettext("{n} more character.", "{n} more characters.", missing).format(n=missing)
    if len(set(passphrase.casefold())) < 6:
        return _("Long enough, but easy to guess: the same few characters again and again.")
    words = [word for word in passphrase.split() if len(word) > 2]
    if len(passphrase) >= 20 and len(set(words)) >= 4:
        return _("Very good: long, and made of words you can remember.")
    if len(passphrase) >= 16:
        return _("Good.")
    return _("Long enough. A few more words would make it much harder to guess.")


class NewPassphrase(QWidget):
    """A field and the sentence under it."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.entry = PassphraseField(name)
        self.field = self.entry.field
        self.field.textChanged.connect(self._on_typed)
        self.sentence = label(worth(""), "muted")
        layout.addWidget(self.entry)
        layout.addWidget(self.sentence)
        self.setFocusProxy(self.entry)

    @property
    def passphrase(self) -> str:
        """What is typed, exactly."""
        return self.entry.passphrase

    @property
    def good(self) -> bool:
        """Whether it may be used."""
        return is_long_enough(self.passphrase)

    def clear(self) -> None:
        """Forget what is typed."""
        self.entry.clear()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.sentence.setText(worth(text))
        self.field.setAccessibleDescription(self.sentence.text())
        self.changed.emit()
