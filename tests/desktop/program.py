"""CoachDesk as a process of its own on a test's screen, with a faster clock where a test wants one.

Run as a program it opens the real window on the real machine, only that its clock runs faster, and on another day if
one is named: ``python -m tests.desktop.program HOME SPEED [MOMENT]``.
"""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from coachdesk.clock import Clock, Now
from tests import own_thread, program_under_test
from tests.program_under_test import ROOT

PASSPHRASE = "four words in a row"
"""Opens the records of the tests."""
CODE = r"(\w{4}\s+){8}\w{4}"
"""What a recovery code looks like."""


@dataclass(frozen=True)
class OnAnotherDay:
    """A clock that shows another day, as if the computer had slept until then."""

    clock: Clock
    by: timedelta

    @classmethod
    def at(cls, clock: Clock, moment: datetime) -> "OnAnotherDay":
        """Now it is ``moment``."""
        return cls(clock, moment - clock.now().at)

    def now(self) -> Now:
        """The present reading, moved."""
        real = self.clock.now()
        return replace(real, at=real.at + self.by, awake=real.awake + self.by.total_seconds())

    def real_seconds(self, seconds: float) -> float:
        """It runs as fast as the other."""
        return self.clock.real_seconds(seconds)


class Running:
    """One CoachDesk, started on entering and ended on leaving."""

    def __init__(self, home: Path, environment: dict[str, str], speed: float = 1.0) -> None:
        self.home, self._environment, self.speed = home, environment, speed
        self.process: subprocess.Popen[bytes] | None = None
        self.moment: datetime | None = None
        """When its next start is; None for now."""

    def __enter__(self) -> "Running":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start it; the window comes by itself."""
        moment = [] if self.moment is None else [self.moment.isoformat()]
        self.process = subprocess.Popen(
            program_under_test.module("tests.desktop.program", str(self.home), str(self.speed), *moment),
            env={**self._environment, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )

    def start_second(self) -> None:
        """Start CoachDesk again while this one runs; it brings this one's window to the front and ends."""
        command = program_under_test.command("--home", str(self.home))
        subprocess.run(command, env=self._environment, cwd=ROOT, check=True, timeout=60)

    def await_end(self) -> int:
        """Wait until it has ended by itself, as when the coach quits; its exit code."""
        assert self.process is not None
        code = self.process.wait(timeout=60)
        self.process = None
        return code

    def kill(self) -> None:
        """``kill -9``, as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


def main(home: str, speed: str, moment: str = "") -> int:
    """Open the window with a faster clock, on another day."""
    from coachdesk import paths, ui
    from coachdesk.clock import Faster
    from coachdesk.instance import Instance
    from coachdesk.machine.here import here

    machine, own = here(), Instance.take(paths.home(home))
    assert own is not None, "another CoachDesk holds these records"
    clock: Clock = OnAnotherDay.at(machine, datetime.fromisoformat(moment)) if moment else machine
    if float(speed) != 1:
        clock = Faster.than(clock, float(speed))
    try:
        return ui.run(paths.home(home), machine, clock, own)
    finally:
        own.close()


if __name__ == "__main__":
    os.umask(0o077)
    own_thread.keep()
    sys.exit(main(*sys.argv[1:]))
