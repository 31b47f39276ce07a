"""The real program, started as ``python -m coachdesk`` starts it, telling how far it is.

    python -m tests.bench.real_window HOME PASSPHRASE KEYCHAIN GOAL [CLIENT]

PASSPHRASE may be empty; KEYCHAIN is the content of a made-up keychain as JSON. GOAL is ``window``, ``usable`` or
``session``: with the last a session with CLIENT is begun as from its page, which hides the window and shows the bar.
"""

import json
import os
import sys
import threading

from coachdesk import words
from coachdesk.cli import given
from coachdesk.instance import Instance
from coachdesk.machine.here import here


def main(folder: str, passphrase: str, keychain: str, goal: str, client: str = "") -> None:
    """Run until killed."""
    asked = given.read(["--home", folder])
    words.speak()
    machine = here()
    own = Instance.take(asked.home)
    assert own is not None, "another CoachDesk holds these records"
    from PySide6.QtCore import QObject, QTimer, Slot

    from coachdesk.ui.opening import Opening
    from coachdesk.ui.program import Program
    from tests.bench.paint import Painted, tell

    program = Program(sys.argv[:1], asked.home, machine, machine)
    own.serve(program.bridge.handle)

    class Course(QObject):
        """Leads the program to its goal, telling of each step."""

        @Slot()
        def unlock(self) -> None:
            if not program.begun:
                QTimer.singleShot(1, self, self.unlock)
            elif passphrase:
                program.opening.with_passphrase(passphrase, sys.exit)

        @Slot()
        def opened(self) -> None:
            QTimer.singleShot(0, self, self.usable)

        @Slot()
        def usable(self) -> None:
            program.app.processEvents()
            tell("usable", page=program.window.page_name)
            if goal == "usable":
                os._exit(0)  # the daily backup begins now; it is not what is measured
            self.settle()

        @Slot()
        def settle(self) -> None:
            if any(thread.name == "coachdesk-task" for thread in threading.enumerate()):
                QTimer.singleShot(200, self, self.settle)
            else:
                self.begin()

        def begin(self) -> None:
            from coachdesk.ui import session_path

            program.window.show_page("brief", client_id=client)
            program.app.processEvents()
            session_path.begin(program.window, client, 50, "open")
            program.app.processEvents()
            tell("session", pid=os.getpid(), bar=program.presence.bar.isVisible())

    course = Course()

    def painted() -> None:
        tell("window", page=program.window.page_name)
        if goal == "window":
            os._exit(0)
        QTimer.singleShot(0, course, course.unlock)

    if keychain:
        program.opening = program.window.opening = _with_keychain(Opening, program, machine, json.loads(keychain))
    program.bridge.opened.connect(course.opened)
    Painted(program.window, painted)
    program.carry_on()


def _with_keychain(opening: type, program: object, machine: object, entries: dict[str, str]) -> object:
    def made_up() -> object:
        from coachdesk.storage.keys import FakeKeychain

        return FakeKeychain(entries=entries)

    return opening(program.desk, program.window, machine, made_up)


if __name__ == "__main__":
    main(*sys.argv[1:])
