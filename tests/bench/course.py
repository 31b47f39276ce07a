"""Leads the real program to a goal, telling of each step on the way."""

import json
import os
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from coachdesk.ui.opening import Opening
from coachdesk.ui.program import Program
from tests.bench.paint import Painted, Repainted, tell

if TYPE_CHECKING:
    from coachdesk.storage.keys import Keychain


class Course(QObject):
    """Unlocks the program, and goes on until the goal: ``window``, ``usable``, ``ready``, ``screens``, ``session``."""

    def __init__(self, program: Program, passphrase: str, goal: str, client: str) -> None:
        super().__init__(program)
        self._program, self._passphrase, self._goal, self._client = program, passphrase, goal, client
        program.bridge.opened.connect(self.opened)
        program.window.went.connect(self.went)
        Painted(program.window, self.painted)

    def painted(self) -> None:
        """The first window is on screen."""
        self._tell("window")
        QTimer.singleShot(0, self, self.unlock)

    @Slot()
    def unlock(self) -> None:
        """Give the passphrase, as soon as it can be given."""
        if not self._program.begun:
            QTimer.singleShot(1, self, self.unlock)
        elif self._passphrase:
            self._program.opening.with_passphrase(self._passphrase, sys.exit)

    @Slot(object)
    def went(self, _way: object) -> None:
        """Another page is shown; Today's first picture is waited for."""
        if self._program.window.page_name == "today":
            self._program.window.went.disconnect(self.went)
            Repainted(self._program.window, self.usable)

    def usable(self) -> None:
        """Today is filled and painted: the coach can work."""
        self._tell("usable")

    @Slot()
    def opened(self) -> None:
        """The records are open; what follows from that is done first."""
        QTimer.singleShot(0, self, self.ready)

    @Slot()
    def ready(self) -> None:
        """What stands beside a session is there too."""
        self._program.app.processEvents()
        self._tell("ready")
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Wait for the work in the background."""
        if any(thread.name == "coachdesk-task" for thread in threading.enumerate()):
            QTimer.singleShot(200, self, self.settle)
        elif self._goal == "screens":
            self.open_screens()
        else:
            self.begin_session()

    def open_screens(self) -> None:
        """Open every screen in turns."""
        from tests.bench.screens import open_each

        tell("screens", seconds=open_each(self._program, self._client))
        os._exit(0)

    def begin_session(self) -> None:
        """Begin a session as from its page."""
        from coachdesk.ui import session_path

        window = self._program.window
        window.show_page("brief", client_id=self._client)
        self._program.app.processEvents()
        session_path.begin(window, self._client, 50, "open")
        self._program.app.processEvents()
        tell("session", pid=os.getpid(), bar=self._program.presence.bar.isVisible())

    def _tell(self, what: str) -> None:
        """Tell of a step; at the goal, end before anything else begins, such as the daily look after the records."""
        tell(what, page=self._program.window.page_name)
        if self._goal == what:
            os._exit(0)


def ask_made_up_keychain(program: Program, content: str) -> None:
    """Let the program find a keychain with this content, given as JSON, in place of the computer's."""

    def keychain() -> "Keychain":
        from coachdesk.storage.keys import FakeKeychain  # nothing is loaded before it is asked

        return FakeKeychain(entries=json.loads(content))

    program.opening = program.window.opening = Opening(program.desk, program.window, program.machine, keychain)
