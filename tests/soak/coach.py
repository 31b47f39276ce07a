"""The real program, with a coach inside it who holds one session after the other on a faster clock.

    python -m tests.soak.coach HOME SPEED

After each round it says how it stands, and goes on when it reads ``on``; at the end of its input it quits as a coach
does.
"""

import gc
import itertools
import os
import sys
import time
import traceback

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from coachdesk import paths, ui
from coachdesk.clock import Faster
from coachdesk.instance import Instance
from coachdesk.machine.here import here
from coachdesk.ui.program import Program
from tests.bench.paint import tell
from tests.soak.rounds import Rounds, Step, Wait

LOOK = 100
"""Milliseconds between two looks at what is waited for."""
PATIENCE = 300.0
"""Seconds for anything; only a fault takes as long."""
GO_ON = "the word to go on"
"""It may take as long as it takes."""


class Coach(QObject):
    """Goes from step to step, as soon as what is waited for is there."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program, self._rounds = program, Rounds(program)
        self._told = False
        self._steps = self._all()
        self._wait = Wait("the first look", lambda: program.begun)
        self._since = time.monotonic()
        self._input = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._on_input)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    @Slot()
    def look(self) -> None:
        """Do the next thing, if it is time."""
        try:
            self._rounds.answer()
            if self._wait.holds():
                self._wait, self._since = next(self._steps), time.monotonic()
            elif time.monotonic() > self._since + PATIENCE and self._wait.what != GO_ON:
                raise TimeoutError(f"{self._wait.what} does not come; the page is {self._program.window.page_name}")
        except Exception:
            traceback.print_exc()
            os._exit(1)

    def _all(self) -> Step:
        yield from self._rounds.unlocked()
        for number in itertools.count(1):
            yield from self._rounds.round(number)
            self._told = False
            tell("rest", round=number, **standing())
            yield Wait(GO_ON, lambda: self._told)

    @Slot()
    def _on_input(self) -> None:
        if os.read(0, 64):
            self._told = True
            return
        self._input.setEnabled(False)
        self._timer.stop()
        self._program.window.close()


def standing() -> dict[str, int]:
    """What the program holds, as Qt and Python know it."""
    windows = QApplication.topLevelWidgets()
    return {
        "windows": len(windows),
        "shown": sum(window.isVisible() for window in windows),
        "widgets": len(QApplication.allWidgets()),
        "objects": len(gc.get_objects()),
    }


def main(folder: str, speed: str) -> int:
    """Run until the input ends."""
    machine, home = here(), paths.home(folder)
    own = Instance.take(home)
    assert own is not None, "another CoachDesk holds these records"
    program = Program(sys.argv[:1], home, machine, Faster.than(machine, float(speed)), None, ui.real_focus)
    own.serve(program.bridge.handle)
    Coach(program)
    try:
        return program.carry_on()
    finally:
        own.close()


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(*sys.argv[1:]))
