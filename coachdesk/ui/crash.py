"""What happens when there is a bug: a report without anything a client said, and a calm screen."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.errors import RecordsReadOnly, Refused
from coachdesk.reports import report_of, store_report
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.fields import TextField
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.ui.main_window import MainWindow


QUIT = 2
"""The screen's result when the coach wants to quit; closing it or Esc goes on."""


class Reporter(QObject):
    """Takes every error nobody expected: writes its report, checks the records, shows one screen and no second one.

    The screen waits while the keyboard is with another program, such as the call, and while a promise is typed. A
    fault that comes back, perhaps with every tick of a session, is told once more in a line and reported once.
    """

    _of_thread = Signal(object)

    def __init__(self, home: Home, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._home, self._desk, self._window = home, desk, window
        self._before = sys.excepthook, threading.excepthook
        self._of_thread.connect(self._on_of_thread)
        self._screen: CrashScreen | None = None
        self._waiting: tuple[str, Path | None] | None = None
        self._known: set[str] = set()

    def install(self) -> None:
        """Take errors from now on; those of a thread too, whose text Python would print."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self.take, self._take_of_thread

    def uninstall(self) -> None:
        """Leave errors to whoever took them before."""
        sys.excepthook, threading.excepthook = self._before

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error reached the top: a refusal is said, an interrupt quits, anything else is a bug."""
        refusal = error if isinstance(error, Refused) else self._of_the_disk(error)
        if refusal is not None:
            self._window.say(refusal.sentence, "note")
            return
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        now = self._desk.now()
        text = report_of(error.with_traceback(trace), now)
        where = text.partition("\n\n")[2]
        if where in self._known:
            if self._screen is None and self._waiting is None:
                self._window.say(_("The same mistake of ours happened again."), "note")
            return
        self._known.add(where)
        if sys.stderr is not None:  # a program without a terminal has none on Windows
            sys.stderr.write(text)
        path = self._stored(text, now)
        if self._screen is None and self._waiting is None:
            self._waiting = text, path
            QGuiApplication.instance().focusWindowChanged.connect(self._on_keyboard)
            self.show_waiting()

    def _take_of_thread(self, ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
            self._of_thread.emit(ended.exc_value)

    @Slot(object)
    def _on_of_thread(self, error: BaseException) -> None:
        self.take(type(error), error, error.__traceback__)

    def _of_the_disk(self, error: BaseException) -> Refused | None:
        """What the disk of the records says when it fails, as a stick that was pulled out; that is no bug."""
        if not isinstance(error, OSError) or not str(error.filename or "").startswith(str(self._home.root)):
            return None
        from coachdesk.storage import faults

        refusal = faults.explain(error)
        return refusal if isinstance(refusal, RecordsReadOnly) else None

    @Slot()
    def show_waiting(self) -> None:
        """Show the screen if one waits and the keyboard is in a window of ours that is not the field of the bar."""
        active = QApplication.activeWindow()
        if self._waiting is None or active is None or active.windowType() is Qt.WindowType.Tool:
            return
        text, path = self._waiting
        self._waiting = None
        QGuiApplication.instance().focusWindowChanged.disconnect(self._on_keyboard)
        self._screen = CrashScreen(text, path, self._safety(), self._window)
        self._screen.finished.connect(self._on_finished)
        self._screen.open()

    @Slot()
    def _on_keyboard(self) -> None:
        QTimer.singleShot(0, self.show_waiting)  # the window that has it now is known a moment later

    def _stored(self, text: str, now: Now) -> Path | None:
        try:
            return store_report(text, self._home.logs, now)
        except OSError:
            return None

    def _safety(self) -> str:
        """What a check of the records says, in one sentence."""
        if not self._desk.is_open:
            return _("The records were locked and were not touched.")
        try:
            from coachdesk.storage.store import check

            ill = check(self._desk.store)
        except Exception:  # the screen must come, whatever else is broken
            return _("The records could not be checked just now; there are backups in their folder.")
        if ill:
            return _("A check found the records damaged in places. Your backups are in their folder.")
        return _("Your records were checked and are whole.")

    @Slot(int)
    def _on_finished(self, result: int) -> None:
        self._screen = None
        if result == QUIT:
            self._window.close()


class CrashScreen(QDialog):
    """What happened in a sentence, that the records are safe, and what can be sent to us."""

    def __init__(self, report: str, path: Path | None, safety: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(NAME)
        self._report, self._path = report, path
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        layout.addWidget(label(_("Something in CoachDesk went wrong, and it is our mistake."), "title"))
        layout.addWidget(label(safety))
        layout.addWidget(
            label(_("The details below name places in the program only, nothing you or a client wrote."), "muted")
        )
        self.details = TextField(_("Details"), lines=8)
        self.details.setPlainText(report)
        self.details.setReadOnly(True)
        self.details.setMinimumWidth(UNIT * 62)
        layout.addWidget(self.details)
        row = QHBoxLayout()
        row.addWidget(button(_("Copy the details"), self._on_copy))
        if path is not None:
            row.addWidget(button(_("Show the file"), self._on_folder, quiet=True))
        row.addStretch()
        row.addWidget(button(_("Quit"), self._on_quit))
        go_on = button(_("Go on"), self.accept, primary=True)
        row.addWidget(go_on)
        layout.addLayout(row)
        go_on.setFocus()

    @Slot()
    def _on_quit(self) -> None:
        self.done(QUIT)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    @Slot()
    def _on_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
