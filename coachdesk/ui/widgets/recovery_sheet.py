"""The recovery code on screen: shown in groups, copied for a minute, printed; never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.exchange.paper import Paper

ON_CLIPBOARD = 60_000
"""Milliseconds the code stays on the clipboard."""

HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}
"""What asks those who keep what was copied to leave this out: Klipper and others after it, and the history and cloud of
Windows (learn.microsoft.com, *Clipboard Formats*; that one was not run)."""


class Clipboard(QObject):
    """Puts a secret on the clipboard and takes it off again, unless something else is there by then."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ON_CLIPBOARD)
        self._timer.timeout.connect(self.take_off)

    def put(self, text: str) -> None:
        """Put it there for a minute."""
        self._text = text
        data = QMimeData()
        data.setText(text)
        for kind, hint in HINTS.items():
            data.setData(kind, hint)
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.start()

    @Slot()
    def take_off(self) -> None:
        """Take it off now."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""


class RecoverySheet(QWidget):
    """Shows a code; what was printed or copied is all that stays of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.code = label("", "code", selectable=True)
        self.said = label("", "muted")
        self.clipboard = Clipboard(QGuiApplication.instance())
        self.copy = button(_("Copy"), self._on_copy, icon="copy-light")
        self.print = button(_("Print …"), self._on_print, icon="printer-light")
        layout.addWidget(self.code)
        layout.addWidget(Flow(self.copy, self.print))
        layout.addWidget(self.said)
        self.setFocusProxy(self.copy)

    def show_code(self, code: str) -> None:
        """Show this code, three groups in a line."""
        self._code = code
        groups = code.split("-")
        self.code.setText("\n".join("   ".join(groups[at : at + 3]) for at in range(0, len(groups), 3)))
        self.said.setText(_("Keep it on paper, not on this computer."))

    def forget(self) -> None:
        """Let go of the code."""
        self._code = ""
        self.code.clear()

    @Slot()
    def _on_copy(self) -> None:
        self.clipboard.put(self._code)
        self._say(_("Copied. CoachDesk clears it in a minute; a program that keeps what was copied may still have it."))

    @Slot()
    def _on_print(self) -> None:
        from coachdesk.ui import printing

        said = printing.send(self.sheet(), self)
        if said:
            self._say(said)

    def sheet(self) -> Paper:
        """The page to print; it names neither the coach nor a client."""
        from coachdesk.exchange.paper import Paper, Part

        advice = _("It opens your records if all else is lost. Keep it apart from the computer.")
        return Paper(NAME, (Part(_("Recovery code"), "heading"), Part(self.code.text(), "code"), Part(advice)))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        announce(self.said, sentence)
