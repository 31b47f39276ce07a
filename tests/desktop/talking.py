"""Programs that a test starts on its screen and talks with, line by line."""

import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from tests import program_under_test
from tests.display import PATIENCE
from tests.program_under_test import ROOT

WINDOWS = Path(__file__).with_name("windows.py")
AT_WORK = 0.01
"""The share of the time for which a program that is at work has a processor at least, however busy the computer is."""


class Program:
    """One program on the screen: it is told lines and says lines.

    The windows beside the call are those of the program under test; the call is the test's own.
    """

    def __init__(self, environment: Mapping[str, str], what: str, *arguments: str) -> None:
        ours = what == "beside"
        start = program_under_test.module("tests.desktop.windows") if ours else [sys.executable, str(WINDOWS)]
        environment = {**environment, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [*start, what, *arguments],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._rest = b""

    def tell(self, line: str) -> None:
        """Have it do something."""
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def hear(self, start: str) -> list[str]:
        """The words of the next line that starts so, without that start; raises TimeoutError."""
        while True:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                if line.decode().startswith(start):
                    return line.decode().removeprefix(start).split()
            if not speaks(self._process):
                raise TimeoutError(f"it has not said “{start}”")
            read = self._process.stdout.raw.read(65536) if hasattr(self._process.stdout, "raw") else b""
            if not read:
                raise EOFError(f"it has ended before saying “{start}”")
            self._rest += read

    def asked(self, line: str, start: str) -> list[str]:
        """Tell it something, and hear the answer."""
        self.tell(line)
        return self.hear(start)

    def end(self) -> None:
        """End it and wait for that."""
        self._process.kill()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def speaks(process: subprocess.Popen[bytes], patience: float = PATIENCE) -> bool:
    """Wait until a program says something or ends; False once it has, for so many seconds, not even been at work.

    How long its work takes says how busy the computer is; that it rests says that nothing will come.
    """
    before = _worked(process)
    while not select.select([process.stdout], [], [], patience)[0]:
        now = _worked(process)
        if now - before < AT_WORK * patience:
            return False
        before = now
    return True


def _worked(process: subprocess.Popen[bytes]) -> float:
    """Seconds a processor has worked on it."""
    times = psutil.Process(process.pid).cpu_times()
    return times.user + times.system
