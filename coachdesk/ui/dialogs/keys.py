"""The sheet of keys, behind F1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.settings import fields_of
from coachdesk.ui.dialogs.locking import bind_lock
from coachdesk.ui.pages import PAGES
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.settings import Settings

WINDOW_KEYS = (
    ("Ctrl+K", N_("Search, or say what to do")),
    ("Ctrl+Z", N_("Take the last change back")),
    ("Ctrl+Shift+Z", N_("Do it again")),
    ("Alt+Left", N_("Back")),
    ("Esc", N_("Put a message away, or go back")),
    ("Ctrl+L", N_("Lock the records")),
    ("F1", N_("This sheet")),
    ("Ctrl+Q", N_("Quit")),
)


PROMISE_KEYS = (
    ("K", N_("Kept, or done")),
    ("P", N_("Partly")),
    ("C", N_("Carried on")),
    ("R", N_("Let go")),
    ("N", N_("With a word about it")),
    ("Return", N_("Change it")),
    ("Del", N_("Remove it")),
)


class KeysSheet(QDialog):
    """Which keys do what: in this window, on a promise, and while a call has the keyboard."""

    def __init__(self, settings: Settings, places: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(NAME)
        titles = {entry.name: entry.title for entry in PAGES}
        window = [(f"Ctrl+{at + 1}", _(titles[name])) for at, name in enumerate(places) if name in titles]
        window += [(keys, _(text)) for keys, text in WINDOW_KEYS]
        session = [(getattr(settings.shortcuts, one.name), one.label) for one in fields_of("shortcuts")]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        across = QHBoxLayout()
        across.setSpacing(UNIT * 5)
        across.addWidget(_table(_("In this window"), window))
        across.addWidget(_table(_("On an open promise or step"), [(keys, _(text)) for keys, text in PROMISE_KEYS]))
        across.addWidget(_table(_("During a session, also in the call"), session))
        layout.addLayout(across)
        row = QHBoxLayout()
        row.addStretch()
        close = button(_("Close"), self.accept)
        row.addWidget(close)
        layout.addLayout(row)
        bind_lock(self)
        close.setFocus()


def _table(title: str, keys: Sequence[tuple[str, str]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(UNIT * 2)
    grid.setVerticalSpacing(UNIT)
    grid.addWidget(label(title, "strong", wrap=False), 0, 0, 1, 2)
    for at, (shortcut, text) in enumerate(keys, 1):
        shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) or _("none")
        grid.addWidget(label(shown, "key", wrap=False), at, 0)
        grid.addWidget(label(text, wrap=False), at, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    grid.setColumnStretch(1, 1)
    return made
