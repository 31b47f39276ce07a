"""An app that enters and leaves focus mode as it is told on standard input, telling how long that took.

    python -m tests.bench.quieted PLAN [FOLDER COMPUTER]

PLAN is JSON. The computer is the one this runs on, or the made-up one in the file COMPUTER, noted down in FOLDER.
"""

import json
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from coachdesk import paths
from coachdesk.focus.mode import Mode, State
from coachdesk.focus.plan import Plan
from tests.focus import stand_in


def tell(what: str, **facts: Any) -> None:
    """Say on standard output what has happened."""
    sys.stdout.write(json.dumps({"what": what, **facts}) + "\n")
    sys.stdout.flush()


def spent(pid: int) -> float:
    """Processor seconds of all threads of a process so far (proc(5))."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


class App:
    """The near end of a guardian."""

    def __init__(self, focus: Mode, folder: Path) -> None:
        self._focus, self._folder = focus, folder
        self._states: SimpleQueue[tuple[State, float]] = SimpleQueue()
        focus.listeners.append(lambda state: self._states.put((state, time.perf_counter())))

    def enter(self, plan: Plan) -> None:
        """Begin, and tell once it is on."""
        begun, work = time.perf_counter(), time.process_time()
        self._focus.enter(plan)
        state, at = self._until("on")
        guardian = int((self._folder / "holder").read_text("utf-8"))
        worked = time.process_time() - work + spent(guardian)
        told = [[one.blocker, one.quiet, one.sentence] for one in state.told]
        tell("on", took=at - begun, worked=worked, told=told, guardian=guardian)

    def leave(self) -> None:
        """End, and tell once all is put back."""
        begun = time.perf_counter()
        self._focus.leave()
        state, at = self._until("off")
        tell("off", took=at - begun, sentence=state.sentence)

    def _until(self, phase: str) -> tuple[State, float]:
        while True:
            state, at = self._states.get()
            if state.phase == phase:
                return state, at
            if state.phase == "off":
                raise RuntimeError(state.sentence)


def main(plan: str, folder: str = "", computer: str = "") -> None:
    """Do as told until the end of the input."""
    if computer:
        there = Path(folder)
        command = stand_in.command(there, Path(computer))
        app = App(Mode(there, command, stand_in.computer(Path(computer))), there)
    else:
        app = App(Mode(), paths.focus_folder())
    tell("ready")
    for line in sys.stdin:
        if line.strip() == "enter":
            app.enter(Plan.of_json(json.loads(plan)))
        else:
            app.leave()


if __name__ == "__main__":
    main(*sys.argv[1:])
