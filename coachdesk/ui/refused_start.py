"""The only window of a start that is refused before it is known where the records are: why, and an end."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from coachdesk import NAME
from coachdesk.settings import Settings
from coachdesk.ui import icons
from coachdesk.ui.theme import STYLE, UNIT, Theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _


class RefusedStart(QDialog):
    """One sentence, which can be copied, and one button."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.setWindowIcon(icons.app_icon())
        self.setAccessibleName(sentence)
        self.setMinimumWidth(UNIT * 64)
        self.sentence = label(sentence, selectable=True)
        self.leave = button(_("Quit"), self.accept, primary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        layout.addWidget(self.sentence)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.leave)
        layout.addLayout(row)
        self.leave.setFocus()


def show(sentence: str) -> None:
    """Show it until it is closed."""
    app = QApplication.instance() or QApplication([NAME, *STYLE])
    app.setDesktopFileName("coachdesk")
    theme = Theme(app, Settings())
    refused = RefusedStart(sentence)
    try:
        refused.exec()
    finally:
        refused.deleteLater()
        theme.deleteLater()
