"""An app with nothing but focus mode, started as a process of its own so that a test can kill it.

``python -m tests.real.browsers.app PLAN``, a plan in JSON, takes a line for each thing to do (``enter``, ``leave``,
``put back``) on its standard input and writes each state of focus mode as a line of JSON. The end of its input ends it
in good order.
"""

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from coachdesk.focus.mode import Mode, State
from coachdesk.focus.plan import Plan
from tests.real.browsers.ground import Ground

PATIENCE = 20.0
"""Seconds for the app to reach a state; only a fault takes as long."""


def main() -> None:
    """Do what standard input says until it ends."""
    plan = Plan.of_json(json.loads(sys.argv[1]))
    mode = Mode()
    mode.listeners.append(tell)
    tell(State("ready"))
    for line in sys.stdin:
        match line.strip():
            case "enter":
                mode.enter(plan)
            case "leave":
                mode.leave()
            case "put back":
                mode.put_back()
                tell(State("put back"))
    mode.close()


def tell(state: State) -> None:
    """Write a state as a line."""
    told = {"phase": state.phase, "quiet": state.quiet, "loud": [one.sentence for one in state.loud]}
    print(json.dumps({**told, "sentence": state.sentence}), flush=True)


class App:
    """The process, as the test holds it."""

    def __init__(self, ground: Ground, plan: Plan, under: Sequence[str] = ()) -> None:
        """``under`` is a command that runs the program and looks on, such as strace."""
        self._ground = ground
        self._command = (*under, sys.executable, "-m", "tests.real.browsers.app", json.dumps(plan.as_json()))
        self._told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def __enter__(self) -> "App":
        self.process = subprocess.Popen(
            self._command,
            env=self._ground.environment,
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._listening = threading.Thread(target=self._listen, name="listens to the app", daemon=True)
        self._listening.start()
        self.reaches("ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for guardian in guardians(self._ground):  # of a test that failed
            guardian.kill()
        self._listening.join(PATIENCE)
        self.process.stdout.close()

    def tell(self, what: str) -> None:
        """Say what to do, and wait for nothing."""
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")

    def says(self) -> dict[str, Any]:
        """The next state; raises queue.Empty when there is none."""
        return self._told.get(timeout=PATIENCE)

    def reaches(self, phase: str) -> dict[str, Any]:
        """The first state of this phase from here on; raises TimeoutError with what was told instead."""
        told: list[dict[str, Any]] = []
        end = time.monotonic() + PATIENCE
        with contextlib.suppress(queue.Empty):
            while not told or told[-1]["phase"] not in (phase, "ended"):
                told.append(self._told.get(timeout=max(0.0, end - time.monotonic())))
        if not told or told[-1]["phase"] != phase:
            raise TimeoutError(f"the app has not reached {phase!r}, but told {told}")
        return told[-1]

    def kill(self) -> None:
        """As the system does when it is out of memory."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told.put(json.loads(line))
        self._told.put({"phase": "ended"})


def guardians(ground: Ground) -> list[psutil.Process]:
    """The guardians of this session and no other."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        with contextlib.suppress(psutil.Error):
            if "--guardian" in (process.info["cmdline"] or ()) and process.environ().get("HOME") == ground.home:
                found.append(process)
    return found


if __name__ == "__main__":
    main()
