"""Start the window and print, as JSON, the packages imported at its first paint and when the records are open.

    python -m tests.first_paint HOME [PASSPHRASE]

Without a passphrase it stops at the first paint.
"""

import json
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.machine.here import here
from coachdesk.paths import Home, home
from coachdesk.ui.program import Program


def packages() -> list[str]:
    """The packages imported by now."""
    return sorted({name.split(".")[0] for name in sys.modules})


class Watch(QObject):
    """Notes what is imported at the first paint, then opens the records and notes it again."""

    def __init__(self, app: QApplication, program: Program, passphrase: str) -> None:
        super().__init__(app)
        self.app, self.program, self.passphrase = app, program, passphrase
        self.seen: dict[str, list[str]] = {}
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        app.installEventFilter(self)

    def look(self) -> None:
        """Stop once the records are open and their page has been painted."""
        if not self.passphrase:
            self.app.quit()
        elif self.program.desk.is_open:
            self.app.processEvents()
            self.seen["open"] = packages()
            self.app.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells of every event before it is handled."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and not self.seen:
            self.seen["first paint"] = packages()
            self.timer.start(20)
            if self.passphrase:
                QTimer.singleShot(0, self.unlock)
        return False

    def unlock(self) -> None:
        """Open the records as the unlock page does."""
        self.program.opening.with_passphrase(self.passphrase, sys.exit)


def main(folder: Home, passphrase: str) -> None:
    """Show the window for a home and print what was imported."""
    machine = here()
    program = Program(sys.argv[:1], folder, machine, machine)
    watch = Watch(program.app, program, passphrase)
    program.carry_on()
    print(json.dumps(watch.seen))


if __name__ == "__main__":
    main(home(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
