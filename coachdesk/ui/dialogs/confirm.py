"""Asks once, in words, and names what goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.ui.dialogs.locking import bind_lock
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.naming import put_heading
from coachdesk.ui.widgets.points import Points
from coachdesk.ui.widgets.rows import shortened
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

MOST_ASKED, MOST_TOLD = 120, 240
"""Characters of a question, and of each thing that goes: three lines."""


class Confirm(QDialog):
    """One question, what would go, and two answers; Esc and the usual answer change nothing."""

    def __init__(
        self, question: str, going: Sequence[str] = (), act: str = "", keep: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(NAME)
        self.setAccessibleName(question)
        self.setMinimumWidth(UNIT * 52)
        self.setMaximumWidth(UNIT * 80)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        heading = label("", "title")
        put_heading(heading, question, MOST_ASKED)
        layout.addWidget(heading)
        if going:
            told = Points(shortened(what, MOST_TOLD) for what in going)
            told.setToolTip("\n".join(going) if any(len(what) > MOST_TOLD for what in going) else "")
            layout.addWidget(told)
        row = QHBoxLayout()
        row.setContentsMargins(0, UNIT * 2, 0, 0)
        row.addStretch()
        self.keep = button(keep or _("Cancel"), self.reject)
        self.act = button(act or _("Remove"), self.accept, primary=True)
        row.addWidget(self.keep)
        row.addWidget(self.act)
        layout.addLayout(row)
        bind_lock(self)
        self.keep.setDefault(True)
        self.keep.setFocus()


def ask(parent: QWidget | None, question: str, going: Sequence[str] = (), act: str = "", keep: str = "") -> bool:
    """Whether the coach wants it done."""
    asked = Confirm(question, going, act, keep, parent)
    try:
        return asked.exec() == QDialog.DialogCode.Accepted
    finally:
        asked.deleteLater()
