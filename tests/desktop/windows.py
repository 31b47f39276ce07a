"""Runs as a program of its own on a test's screen: the windows beside the call, or a call; told what to do by lines.

``windows call`` is a window with a field; it prints what is typed, and each click. ``windows beside FOLDER`` begins a
session in new records and prints what changed; it knows ``advance SECONDS``, ``press ACTION``, ``where BUTTON`` and
``quit``. With ``window`` at the end it has its main window too, and says that window's number.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

KEY = bytes(range(32))


def say(*words: object) -> None:
    """One line for the test."""
    print(*words, flush=True)


class Call(QPlainTextEdit):
    """Stands for the video call: it has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("CALL")
        self.setStyleSheet("background: #102040; color: white; border: none;")
        self.resize(900, 600)
        self.textChanged.connect(self._on_text)
        self.told = Told(self._do)

    @Slot()
    def _on_text(self) -> None:
        say("typed", self.toPlainText())

    def _do(self, verb: str) -> None:
        """It can be asked where it is, and told to fill the screen."""
        if verb == "where":
            say("at", *self.geometry().getRect())
        else:
            self.showFullScreen()
            say("full screen")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        say("clicked")
        super().mousePressEvent(event)


class Told(QObject):
    """Hands each line of standard input on, as words."""

    def __init__(self, do) -> None:
        super().__init__()
        self._do = do
        self._rest = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_ready)

    @Slot()
    def _on_ready(self) -> None:
        read = os.read(0, 4096)
        if not read:
            QApplication.quit()
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            self._do(*line.decode().split())


class Beside:
    """A session in new records, with its windows, on the real machine; its clock is moved by the test."""

    def __init__(self, app: QApplication, folder: Path, *, with_window: bool) -> None:
        from coachdesk.clock import Still
        from coachdesk.desk import Desk
        from coachdesk.machine import here
        from coachdesk.paths import Home
        from coachdesk.practice import clients
        from coachdesk.sitting import Sitting
        from coachdesk.storage import store
        from coachdesk.ui.bridge import Bridge
        from coachdesk.ui.session_presence import SessionPresence
        from coachdesk.ui.theme import Theme

        home = Home(folder)
        self.clock = Still.at(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
        self.desk = Desk(self.clock, home)
        self.desk.adopt(store.create(home.records, KEY))
        say("open")
        self.theme = Theme(app, self.desk.settings)
        app.setProperty("reduce_motion", True)
        bridge, machine = Bridge(app), here.here()
        self.desk.listeners.append(bridge.announce)
        bridge.changed.connect(self._on_changed)
        sitting = Sitting(self.desk, machine)
        self.window = self._window(bridge, sitting) if with_window else None
        self.beside = SessionPresence(self.desk, sitting, machine, bridge, app, window=self.window)
        self.beside.follow()
        sitting.begin(self.desk.do(clients.add, "Alice Example").id, minutes=50)
        self.told = Told(self._do)
        self.beside.look()
        QTimer.singleShot(0, self.beside, self.report)

    def _window(self, bridge: QObject, sitting: object) -> QObject:
        """The main window, at Today."""
        from coachdesk.ui.main_window import MainWindow
        from coachdesk.ui.tasks import Tasks

        window = MainWindow(self.desk, bridge, Tasks(bridge), self.theme)
        window.sitting = sitting
        window.start_at("today")
        window.show()
        say("window", int(window.winId()))
        return window

    def report(self) -> None:
        """Say where the bar is, once the screen knows it too."""
        QApplication.sync()
        bar = self.beside.bar
        shown = bar.face.sentence or bar.face.time
        say("bar", int(bar.winId()), *bar.geometry().getRect(), ",".join(b.id for b in bar.face.buttons) or "-", shown)

    def _on_changed(self, changed: frozenset[type]) -> None:
        say("changed", *sorted(table.__name__ for table in changed))

    def _do(self, verb: str, *words: str) -> None:
        if verb == "advance":
            self.clock.advance(float(words[0]))
            self.beside.look()
        elif verb == "press":
            self.beside.press(words[0])
        elif verb == "where":
            place = self.beside.bar.button(words[0])
            say("at", *place.mapToGlobal(place.rect().center()).toTuple())
        elif verb == "quit":
            self.beside.close()
            self.desk.close()
            QApplication.quit()
        self.report()


def main() -> None:
    """Be one or the other."""
    app = QApplication([])
    say("here")
    app.setQuitOnLastWindowClosed(False)
    if sys.argv[1] == "call":
        call = Call()
        call.show()
    else:
        beside = Beside(app, Path(sys.argv[2]), with_window=sys.argv[3:] == ["window"])
        say("running", beside.beside.refused_keys)
    app.exec()


if __name__ == "__main__":
    main()
