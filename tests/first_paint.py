"""Start the window and print, as JSON, what is imported at its first paint and with open records; and its style.

    python -m tests.first_paint HOME [PASSPHRASE]

Without a passphrase it stops at the first paint; with one, once what begins with open records has come to its end.
"""

import json
import sys

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from coachdesk.machine.here import here
from coachdesk.paths import Home, home
from coachdesk.ui.program import Program
from tests import own_thread
from tests.bench.paint import Painted


def packages() -> list[str]:
    """The packages imported by now, and the classes of Qt, of which each is made when it is first named."""
    return sorted({name.split(".")[0] for name in sys.modules} | vars(QtCore).keys() | vars(QtWidgets).keys())


class Watch(QObject):
    """Notes what is imported at the first paint, then opens the records and notes it again."""

    def __init__(self, app: QApplication, program: Program, passphrase: str) -> None:
        super().__init__(app)
        self.app, self.program, self.passphrase = app, program, passphrase
        self.seen: dict[str, list[str]] = {}
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        Painted(program.window, self.painted)

    def painted(self) -> None:
        """The first picture is complete."""
        self.seen["first paint"] = packages()
        self.timer.start(20)
        if self.passphrase:
            QTimer.singleShot(0, self.unlock)

    def look(self) -> None:
        """Stop once the records are open, their page has been painted, and what they began is done."""
        if not self.passphrase:
            self.app.quit()
        elif self.program.desk.is_open and "open" not in self.seen:
            self.app.processEvents()
            self.seen["open"] = packages()
        elif "open" in self.seen and not self.program.tasks.busy:
            self.app.quit()

    def unlock(self) -> None:
        """Open the records as the unlock page does."""
        self.program.opening.with_passphrase(self.passphrase, sys.exit)


def main(folder: Home, passphrase: str) -> None:
    """Show the window for a home and print what was imported."""
    machine = here()
    program = Program(sys.argv[:1], folder, machine, machine)
    watch = Watch(program.app, program, passphrase)
    program.carry_on()
    program.app.setStyleSheet("")  # else Qt names the style of the sheet, which has no name
    watch.seen["style"] = [program.app.style().name()]
    print(json.dumps(watch.seen))


if __name__ == "__main__":
    own_thread.keep()
    main(home(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
