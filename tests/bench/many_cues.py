"""The real program in a long session on a faster clock, with a process check every other minute, each answered at once.

    python -m tests.bench.many_cues HOME PASSPHRASE SPEED COUNT

Tells for each cue how many real milliseconds after its due time the bar was first painted with it.
"""

import os
import sys
from dataclasses import replace


def main(folder: str, passphrase: str, speed: str, count: str) -> None:
    """Run until so many cues were shown."""
    from pathlib import Path

    from PySide6.QtCore import QEvent, QObject, QTimer, Slot

    from coachdesk.clock import Faster
    from coachdesk.machine.here import here
    from coachdesk.paths import Home
    from coachdesk.practice import clients, cues_shown, sessions
    from coachdesk.ui import session_path
    from coachdesk.ui.program import Program
    from tests.bench.paint import tell

    machine = here()
    program = Program(sys.argv[:1], Home(Path(folder)), machine, Faster.than(machine, float(speed)))
    desk = program.desk
    every_other = tuple(str(minute) for minute in range(4, 464, 2))
    desk.settings = replace(desk.settings, cues=replace(desk.settings.cues, process_checks=every_other, seconds=20))

    class Watch(QObject):
        """Sees every cue come, notes when, and answers it."""

        def __init__(self) -> None:
            super().__init__(program)
            self.seen: dict[str, float] = {}

        @Slot()
        def unlock(self) -> None:
            program.opening.with_passphrase(passphrase, sys.exit)

        @Slot()
        def opened(self) -> None:
            QTimer.singleShot(0, self, self.begin)

        @Slot()
        def begin(self) -> None:
            client = desk.read(clients.present)[0].id
            session_path.begin(program.window, client, 480, "open")
            program.presence.bar.installEventFilter(self)

        def eventFilter(self, _bar: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.look()
            return False

        def look(self) -> None:
            moment = program.window.sitting.moment()
            if moment is None or moment.cue is None or moment.cue.id in self.seen:
                return
            row = desk.read(sessions.one, moment.session_id)
            self.seen[moment.cue.id] = desk.read(sessions.clock_of, row).since_start(desk.now())
            QTimer.singleShot(0, self, self.answer)

        @Slot()
        def answer(self) -> None:
            if len(self.seen) < int(count):
                program.presence.press("asked")
                return
            self.report()
            os._exit(0)

        def report(self) -> None:
            row = desk.read(sessions.running)
            due = {
                shown.id: 60 * float(shown.point.removeprefix("check-"))
                for shown in desk.read(cues_shown.of_session, row.id)
            }
            late = [1000 * (at - due[cue]) / float(speed) for cue, at in self.seen.items()]
            tell("cues", late=late)

    watch = Watch()
    program.bridge.opened.connect(watch.opened)
    QTimer.singleShot(500, watch, watch.unlock)
    program.carry_on()


if __name__ == "__main__":
    main(*sys.argv[1:])
