"""The real program in a long session on a faster clock, with a process check every other minute, each answered at once.

    python -m tests.bench.many_cues HOME PASSPHRASE SPEED COUNT

Tells for each cue how many real milliseconds after its due time the bar was first painted with it.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from coachdesk.clock import Faster
from coachdesk.machine.here import here
from coachdesk.paths import Home
from coachdesk.practice import clients, cues_shown, sessions
from coachdesk.ui import session_path
from coachdesk.ui.program import Program
from tests.bench.paint import tell

MINUTES = 480
EVERY_OTHER = tuple(str(minute) for minute in range(4, MINUTES - 16, 2))


class Watch(QObject):
    """Sees every cue come, notes when, and answers it."""

    def __init__(self, program: Program, passphrase: str, speed: float, count: int) -> None:
        super().__init__(program)
        self._program, self._desk = program, program.desk
        self._passphrase, self._speed, self._count = passphrase, speed, count
        self._seen: dict[str, float] = {}
        program.bridge.opened.connect(self.opened)
        QTimer.singleShot(500, self, self.unlock)

    @Slot()
    def unlock(self) -> None:
        """Open the records."""
        self._program.opening.with_passphrase(self._passphrase, sys.exit)

    @Slot()
    def opened(self) -> None:
        """They are open; what follows from that is done first."""
        QTimer.singleShot(0, self, self.begin)

    @Slot()
    def begin(self) -> None:
        """Begin the session."""
        session_path.begin(self._program.window, self._desk.read(clients.present)[0].id, MINUTES, "open")
        self._program.presence.bar.installEventFilter(self)

    def eventFilter(self, _bar: QObject, event: QEvent) -> bool:
        """Qt tells of every event of the bar before it is handled."""
        if event.type() == QEvent.Type.Paint:
            self.look()
        return False

    def look(self) -> None:
        """Note a cue that was not seen before, in seconds since the session's start."""
        moment = self._program.window.sitting.moment()
        if moment is None or moment.cue is None or moment.cue.id in self._seen:
            return
        self._seen[moment.cue.id] = moment.elapsed
        QTimer.singleShot(0, self, self.answer)

    @Slot()
    def answer(self) -> None:
        """Answer it, or end after the last."""
        if len(self._seen) < self._count:
            self._program.presence.press("asked")
            return
        row = self._desk.read(sessions.running)
        points = {shown.id: shown.point for shown in self._desk.read(cues_shown.of_session, row.id)}
        due = {cue: 60 * float(point.removeprefix("check-")) for cue, point in points.items()}
        tell("cues", late=[1000 * (at - due[cue]) / self._speed for cue, at in self._seen.items()])
        os._exit(0)


def main(folder: str, passphrase: str, speed: str, count: str) -> None:
    """Run until so many cues were shown."""
    machine = here()
    program = Program(sys.argv[:1], Home(Path(folder)), machine, Faster.than(machine, float(speed)))
    cues = replace(program.desk.settings.cues, process_checks=EVERY_OTHER, seconds=20)
    program.desk.settings = replace(program.desk.settings, cues=cues)
    Watch(program, passphrase, float(speed), int(count))
    program.carry_on()


if __name__ == "__main__":
    main(*sys.argv[1:])
