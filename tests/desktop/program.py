"""CoachDesk as a process of its own on a test's screen, with a faster clock where a test wants one.

Run as a program it opens the real window on the real machine, only that its clock runs faster:
``python -m tests.desktop.program HOME SPEED``.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

SOURCE = Path(__file__).parents[2]


class Running:
    """One CoachDesk, started on entering and ended on leaving."""

    def __init__(self, home: Path, environment: dict[str, str], speed: float = 1.0) -> None:
        self.home, self._environment, self._speed = home, environment, speed
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Running":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start it; the window comes by itself."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.program", str(self.home), str(self._speed)],
            env={**self._environment, "PYTHONPATH": str(SOURCE)},
            cwd=SOURCE,
        )

    def start_second(self) -> None:
        """Start CoachDesk again while this one runs; it brings this one's window to the front and ends."""
        command = [sys.executable, "-m", "coachdesk", "--home", str(self.home)]
        subprocess.run(command, env=self._environment, cwd=SOURCE, check=True, timeout=60)

    def kill(self) -> None:
        """``kill -9``, as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


def main(home: str, speed: str) -> int:
    """Open the window with a faster clock."""
    from coachdesk import paths, ui
    from coachdesk.clock import Faster
    from coachdesk.instance import Instance
    from coachdesk.machine.here import here

    machine, own = here(), Instance.take(paths.home(home))
    assert own is not None, "another CoachDesk holds these records"
    clock = Faster.than(machine, float(speed)) if float(speed) != 1 else machine
    try:
        return ui.run(paths.home(home), machine, clock, own)
    finally:
        own.close()


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(*sys.argv[1:]))
