"""CoachDesk's own command with its window, on a screen of a test's own, unlocked by typing the passphrase."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from coachdesk.errors import Refused
from coachdesk.instance import ask
from coachdesk.paths import Home
from tests.display import Display

PROGRAM = (sys.executable, "-m", "coachdesk")
PATIENCE = 60.0
"""Seconds for anything; only a fault takes as long."""


class Window:
    """``python -m coachdesk`` for a home, started on entering; what it prints goes into a file."""

    def __init__(
        self,
        screen: Display,
        home: Home,
        output: Path,
        *,
        under: Sequence[str] = (),
        given: Mapping[str, str] | None = None,
    ) -> None:
        """``under`` is a command that runs the program and looks on, such as strace."""
        self._screen, self._home, self._output = screen, home, output
        self._command = (*under, *PROGRAM)
        self._environment = {**screen.environment, **(given or {})}
        self._traced = bool(under)

    def __enter__(self) -> "Window":
        with self._output.open("ab") as output:
            self.process = subprocess.Popen(self._command, env=self._environment, stdout=output, stderr=output)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    @property
    def pid(self) -> int:
        """The program's own process, also where another one looks on."""
        return self._children[0] if self._traced else self.process.pid

    @property
    def _children(self) -> list[int]:
        if self.process.poll() is not None:
            return []
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def send(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def end(self) -> int:
        """Ask it to end, as the system does when the computer shuts down; its exit code."""
        self.send(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """``kill -9``, as a power cut would."""
        self.send(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def appears(self) -> None:
        """Wait for the window, and give it the keyboard."""
        self._screen.run(
            "xdotool", "search", "--sync", "--onlyvisible", "--name", "^CoachDesk", "windowactivate", "--sync"
        )

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase into the window until the records are open."""
        self.appears()
        self.until(lambda: self.answer("client.list") is not None)  # it answers, were it to say that it is locked
        end = time.monotonic() + PATIENCE
        while "ok" not in self.answer("client.list"):
            assert time.monotonic() < end, "the records do not open"
            self.types("ctrl+a")
            self._screen.run("xdotool", "type", "--delay", "5", passphrase)
            self.types("Return")
            again = time.monotonic() + 8
            while "ok" not in self.answer("client.list") and time.monotonic() < again:
                time.sleep(0.1)  # another process is at work; there is nothing here to wait on

    def types(self, *keys: str) -> None:
        """Press keys, one after the other, by the names xdotool has for them."""
        self._screen.run("xdotool", "key", *keys)

    def writes(self, text: str) -> None:
        """Type a text into whatever has the keyboard."""
        self._screen.run("xdotool", "type", "--delay", "10", text)

    def answer(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """What the running program answers to a verb handed over."""
        try:
            return ask(self._home, {"verb": verb, "arguments": arguments}, timeout=10.0) or {}
        except Refused as why:
            return {"refused": why.sentence}

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"it did not come to that; it printed: {self._output.read_text('utf-8')}")
            time.sleep(0.05)  # another process is at work; there is nothing here to wait on
