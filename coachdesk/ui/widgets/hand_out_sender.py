"""The coach's name and address on what is handed out, and the words usually around a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.exchange.summary import CLOSING, GREETING, SENDER_ADDRESS, SENDER_NAME
from coachdesk.practice import private_settings
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.fields import DraftLine, DraftText, labelled
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

FIELDS = (
    (SENDER_NAME, N_("Your name"), 0),
    (SENDER_ADDRESS, N_("Address, telephone, web page"), 3),
    (GREETING, N_("Words before a summary"), 2),
    (CLOSING, N_("Words after it"), 2),
)
"""Key, label, and lines of the field; 0 for a single line."""


class HandOutSender(Card):
    """Kept in the encrypted records, not in the settings file."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("On what you hand out"), _("Kept encrypted with the records; all of it may stay empty."), parent
        )
        self._desk, self._shell = desk, shell
        self.fields: dict[str, DraftLine | DraftText] = {}
        for key, words, lines in FIELDS:
            made = (
                DraftText(desk, "sender", key, _(words), lines=lines)
                if lines
                else DraftLine(desk, "sender", key, _(words))
            )
            self.fields[key] = made
            self.add(labelled(_(words), made))
        self.store = button(_("Store"), self._on_store)
        self.act(self.store)
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored; what is being typed stays."""
        if self._desk.is_open:
            for key, field in self.fields.items():
                if not field.hasFocus():
                    field.about("", self._desk.read(private_settings.value, key))

    @Slot()
    def _on_store(self) -> None:
        with self._shell.telling():
            for key, field in self.fields.items():
                words = field.words
                self._desk.do(private_settings.keep, key, words)
                field.cleared(words)
            self._shell.say(_("Stored."))
