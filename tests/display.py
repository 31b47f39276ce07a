"""A screen of a test's own: Xvfb on a free number, with openbox as its window manager.

    with Display() as screen:
        screen.run("xdotool", "key", "ctrl+alt+m")
        subprocess.Popen([...], env=screen.environment)

Entering returns when the screen takes connections and the window manager is at work; leaving ends both. Nothing of the
screen of the person who runs the tests is touched: the environment it hands on names this display alone.
"""

import os
import select
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from Xlib import X
from Xlib import display as xlib

PATIENCE = 20.0
"""Seconds for anything the screen has to do; only a fault takes as long."""


class Display:
    """One Xvfb, and one openbox unless ``managed`` is false."""

    def __init__(self, size: str = "1440x900", managed: bool = True) -> None:
        self._size = size
        self._managed = managed
        self._processes: list[subprocess.Popen[bytes]] = []
        self.name = ""

    def __enter__(self) -> "Display":
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as told:
            self._start(
                *("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{self._size}x24"),
                *("-nolisten", "tcp", "-noreset"),
                pass_fds=[writing],
            )
            os.close(writing)
            if not select.select([told], [], [], PATIENCE)[0]:
                raise TimeoutError("Xvfb has not started")
            self.name = f":{int(told.readline())}"
        if self._managed:
            self._manage()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()
        self._processes.clear()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to open its windows here and nowhere else."""
        elsewhere = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XAUTHORITY")
        kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
        return {**kept, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def run(self, *command: str) -> str:
        """What a command such as xdotool prints; raises CalledProcessError when it fails."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return done.stdout.strip()

    def picture(self, path: Path) -> None:
        """Keep the whole screen as it is now."""
        from PySide6.QtGui import QImage

        connection = xlib.Display(self.name)
        try:
            root = connection.screen().root
            size = root.get_geometry()
            pixels = root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF).data
        finally:
            connection.close()
        QImage(pixels, size.width, size.height, 4 * size.width, QImage.Format.Format_RGB32).save(str(path))

    @contextmanager
    def slow_manager(self) -> Iterator[None]:
        """The window manager does nothing meanwhile, as on a computer that is busy."""
        self._processes[-1].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._processes[-1].send_signal(signal.SIGCONT)

    def end_manager(self) -> None:
        """End the window manager, as when it crashes."""
        manager = self._processes.pop()
        manager.kill()
        manager.wait()

    def _start(self, *command: str, pass_fds: list[int] | None = None) -> None:
        self._processes.append(
            subprocess.Popen(
                command,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=pass_fds or (),
            )
        )

    def _manage(self) -> None:
        """Start openbox and wait for its start-up command: windows mapped before that are sometimes never managed."""
        with tempfile.TemporaryDirectory() as folder:
            pipe = Path(folder) / "ready"
            os.mkfifo(pipe)
            with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as told:
                self._start("openbox", "--sm-disable", "--startup", f"sh -c 'echo ready > {shlex.quote(str(pipe))}'")
                if not select.select([told], [], [], PATIENCE)[0]:
                    raise TimeoutError("openbox has not started")
                told.read()


def wait_for(screen: xlib.Display, wanted: Callable[[Any], bool]) -> Any:
    """The next event that is wanted; the others are passed over. Raises TimeoutError."""
    screen.flush()
    while True:
        while screen.pending_events():
            event = screen.next_event()
            if wanted(event):
                return event
        if not select.select([screen], [], [], PATIENCE)[0]:
            raise TimeoutError("the screen has not done what was waited for")
