"""A screen with a call on it, and the windows beside that call, each a program of its own."""

import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.display import PATIENCE, Display

ROOT = Path(__file__).parent.parent.parent
WINDOWS = Path(__file__).with_name("windows.py")


class Program:
    """One program on the screen: it is told lines and says lines."""

    def __init__(self, screen: Display, *arguments: str) -> None:
        environment = {**screen.environment, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, str(WINDOWS), *arguments],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
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
            if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
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


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def call(screen: Display) -> Iterator[Program]:
    """A call that has the keyboard."""
    program = Program(screen, "call")
    screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^CALL$", "windowactivate", "--sync")
    yield program
    program.end()


@pytest.fixture
def beside(screen: Display, call: Program, tmp_path: Path) -> Iterator[Program]:
    """A session with its bar, begun while the call has the keyboard."""
    folder = tmp_path / "practice"
    folder.mkdir()
    program = Program(screen, "beside", str(folder))
    assert ["{}"] == program.hear("running")
    program.hear("bar")
    yield program
    program.end()
