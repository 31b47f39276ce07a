"""Files handed over from outside, as by a double click: each is opened as soon as nothing stands before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from coachdesk.errors import RecordsMissing, Refused
from coachdesk.ui import dropped
from coachdesk.ui.landing import ASKING
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


class Application(QApplication):
    """Qt's application; it hears which file the system wants opened, which macOS tells by an event."""

    file_asked = Signal(str)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and event.file():
            self.file_asked.emit(event.file())
            return True
        return super().event(event)


class Handed(QObject):
    """Keeps one file until the window may open it: not before it is there, nor locked, nor during a session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: Path | None = None
        self._told = ""
        self._begun = False
        self._in_session = False
        """Whether it came during a session; then it also waits until that is closed."""
        window.bridge.opened.connect(self._on_news)
        window.bridge.sitting_changed.connect(self._on_news)
        window.bridge.changed.connect(self._on_news)
        window.went.connect(self._on_news)

    def begin(self) -> None:
        """The window is on screen, and it is known whether there are records."""
        self._begun = True
        self.look()

    @Slot(str)
    def hear(self, file: str) -> None:
        """Take a file that the system asks us to open."""
        self.take(Path(file))

    def take(self, path: Path) -> None:
        """Open a file now, or as soon as that goes; the one before it that still waits is let go."""
        self._waiting, self._told, self._in_session = path, "", self._window.session_runs()
        if self._begun:
            if not self._in_session:  # else the window stays where it is, beside the call
                self._window.come_forward()
            self.look()

    @Slot()
    def look(self) -> None:
        """Open what waits, unless something stands before it; that is said, once."""
        if self._waiting is None or not self._begun:
            return
        with self._window.telling():
            path, self._waiting = self._waiting, None
            _refuse_unfit(path)
            before = self._before(path)
            if before is not None:
                self._waiting = path
                self._say_once(before)
            elif self._window.page_name == "first_run":
                self._window.page.bring(path)
            else:
                dropped.take(self._window, [path])

    def _say_once(self, before: str) -> None:
        if before and before != self._told:
            self._told = before
            self._window.say(before, "note")

    def _before(self, path: Path) -> str | None:
        """What has to come first, empty where that needs no words; None for nothing."""
        from coachdesk.ui.widgets.rows import breakable  # the first window has no rows

        window, file = self._window, breakable(path.name)
        if window.session_runs():
            return _("{file} waits until the session is over.").format(file=file)
        if self._in_session and window.page_name in ("session", "close"):
            return ""
        if window.page_name == "first_run":
            return None
        if not window.desk.is_open or window.page_name in ASKING:
            return _("{file} waits until the records are open.").format(file=file)
        return None

    @Slot()
    @Slot(object)
    def _on_news(self, _what: object = None) -> None:
        if self._waiting is not None:
            QTimer.singleShot(0, self, self.look)  # once whoever told it has done all of it


def _refuse_unfit(path: Path) -> None:
    """Raise Refused for what is gone, or is no file at all."""
    if path.is_dir():
        raise Refused(_("{path} is a folder; CoachDesk opens single files.").format(path=path))
    if not path.exists():
        raise RecordsMissing(_("{path} is not there any more. Nothing was changed.").format(path=path))
