"""The real program, started as ``python -m coachdesk`` starts it, telling how far it is.

    python -m tests.bench.real_window HOME PASSPHRASE KEYCHAIN GOAL [CLIENT]

PASSPHRASE may be empty; KEYCHAIN is the content of a made-up keychain as JSON. GOAL is ``window``, ``usable``,
``screens`` (every screen is opened in turns) or ``session``: with that a session with CLIENT is begun as from its page,
which hides the window and shows the bar.
"""

import json
import os
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from coachdesk import words
from coachdesk.cli import given
from coachdesk.instance import Instance
from coachdesk.machine.here import here
from coachdesk.ui.opening import Opening
from coachdesk.ui.program import Program
from tests.bench.paint import Painted, tell
from tests.bench.screens import open_each

if TYPE_CHECKING:
    from coachdesk.storage.keys import Keychain


class Course(QObject):
    """Leads the program to its goal, telling of each step."""

    def __init__(self, program: Program, passphrase: str, goal: str, client: str) -> None:
        super().__init__(program)
        self._program, self._passphrase, self._goal, self._client = program, passphrase, goal, client
        program.bridge.opened.connect(self.opened)
        Painted(program.window, self.painted)

    def painted(self) -> None:
        """The first window is on screen."""
        tell("window", page=self._program.window.page_name)
        if self._goal == "window":
            os._exit(0)
        QTimer.singleShot(0, self, self.unlock)

    @Slot()
    def unlock(self) -> None:
        """Give the passphrase, as soon as it can be given."""
        if not self._program.begun:
            QTimer.singleShot(1, self, self.unlock)
        elif self._passphrase:
            self._program.opening.with_passphrase(self._passphrase, sys.exit)

    @Slot()
    def opened(self) -> None:
        """The records are open; what follows from that is done first."""
        QTimer.singleShot(0, self, self.usable)

    @Slot()
    def usable(self) -> None:
        """Today is filled; once it is painted, the coach can work."""
        self._program.app.processEvents()
        tell("usable", page=self._program.window.page_name)
        if self._goal == "usable":
            os._exit(0)  # the daily look after the records begins now; it is not what is measured
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Wait for the work in the background."""
        if any(thread.name == "coachdesk-task" for thread in threading.enumerate()):
            QTimer.singleShot(200, self, self.settle)
            return
        if self._goal == "screens":
            tell("screens", seconds=open_each(self._program, self._client))
            os._exit(0)
        from coachdesk.ui import session_path

        window = self._program.window
        window.show_page("brief", client_id=self._client)
        self._program.app.processEvents()
        session_path.begin(window, self._client, 50, "open")
        self._program.app.processEvents()
        tell("session", pid=os.getpid(), bar=self._program.presence.bar.isVisible())


class MadeUpKeychain:
    """Gives the content it was made with, without loading anything before it is asked."""

    def __init__(self, content: str) -> None:
        self._content = content

    def __call__(self) -> "Keychain":
        from coachdesk.storage.keys import FakeKeychain

        return FakeKeychain(entries=json.loads(self._content))


def main(folder: str, passphrase: str, keychain: str, goal: str, client: str = "") -> None:
    """Run until killed."""
    asked = given.read(["--home", folder])
    words.speak()
    machine = here()
    own = Instance.take(asked.home)
    assert own is not None, "another CoachDesk holds these records"
    program = Program(sys.argv[:1], asked.home, machine, machine)
    own.serve(program.bridge.handle)
    if keychain:
        opening = Opening(program.desk, program.window, machine, MadeUpKeychain(keychain))
        program.opening = program.window.opening = opening
    Course(program, passphrase, goal, client)
    program.carry_on()


if __name__ == "__main__":
    main(*sys.argv[1:])
