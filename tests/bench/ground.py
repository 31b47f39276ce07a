"""What every row of the table stands on: a folder, screen and bus of its own, and the practice of twenty years."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from coachdesk.machine.here import here
from coachdesk.paths import Home
from tests import program_under_test
from tests.desktop.reader import Bus
from tests.display import Display
from tests.practice_of_20_years import PASSPHRASE, make
from tests.program_under_test import ROOT

TIMES = 7
"""How often a figure and its yardstick are measured, in turns; the median counts."""
PATIENCE = 180.0


def say(sentence: str) -> None:
    """Tell whoever waits what is being done."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


class Ground:
    """Made when first needed, gone at the end of the run.

    On a ``busy`` machine, what would take as long as the processor works on it is measured in processor time, for
    both the figure and its yardstick: there the time on the wall tells more of the others than of us. Memory is then
    measured as if nothing were shared.
    """

    def __init__(self, busy: bool = False) -> None:
        self.busy = busy

    def __enter__(self) -> "Ground":
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        (self.folder / "run").mkdir(mode=0o700)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @cached_property
    def screen(self) -> Display:
        """A screen with a window manager."""
        return self._stack.enter_context(Display())

    @cached_property
    def practice(self) -> "Practice":
        """The records of twenty years."""
        say("making the practice of twenty years …")
        return Practice.made(self.folder)

    def seconds(self, work: Callable[[], object]) -> float:
        """How long some work takes."""
        clock = time.process_time if self.busy else time.perf_counter
        begun = clock()
        work()
        return clock() - begun

    def home(self, name: str) -> Home:
        """An empty folder for records."""
        home = Home(self.folder / name)
        home.root.mkdir(mode=0o700)
        return home

    @cached_property
    def environment(self) -> dict[str, str]:
        """What programs of the bench find: the screen and bus, and nothing of the person who runs it."""
        hidden = ("COACHDESK_HOME", "COACHDESK_PASSPHRASE", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in self.screen.environment.items() if name not in hidden}
        private = {"HOME": self.folder, "XDG_RUNTIME_DIR": self.folder / "run", "PYTHONPATH": ROOT}
        private["PYTHONPYCACHEPREFIX"] = self.folder / "bytecode"  # compiled once, as an installed program is
        bus = self._stack.enter_context(Bus())
        fixed = {
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
            "COACHDESK_NO_KEYCHAIN": "1",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
        }
        return kept | fixed | {name: str(path) for name, path in private.items()}

    def program(self, module: str, *arguments: str) -> AbstractContextManager["Running"]:
        """A module of the bench inside the program under test, as a process of its own; killed at the end."""
        return self._running(program_under_test.module(f"tests.bench.{module}", *arguments))

    def label(self) -> AbstractContextManager["Running"]:
        """The yardstick of the window, from source whatever program is measured; killed at the end."""
        return self._running([sys.executable, "-m", "tests.bench.label_window"])

    @contextmanager
    def _running(self, command: list[str]) -> Iterator["Running"]:
        environment, begun = self.environment, time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True)
        try:
            yield Running(begun, process, self.busy)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


@dataclass(frozen=True)
class Running:
    """A program of the bench at work."""

    begun: float
    process: subprocess.Popen[str]
    busy: bool

    def hear(self, what: str) -> dict[str, Any]:
        """What it tells of this, passing over the rest; raises EOFError when it ends before."""
        for line in self.process.stdout:
            told = json.loads(line)
            if told["what"] == what:
                return told
        raise EOFError(f"the program ended before telling “{what}”")

    def seconds_to(self, what: str) -> float:
        """Seconds from its start to what it tells."""
        told = self.hear(what)
        return told["spent"] if self.busy else told["at"] - self.begun


@dataclass(frozen=True)
class Practice:
    """Records of twenty years, once openable by passphrase and once by a made-up keychain."""

    by_passphrase: Home
    by_keychain: Home
    key: bytes = field(repr=False)
    keychain: str = field(repr=False)
    """The content of the made-up keychain, as JSON."""

    @classmethod
    def made(cls, folder: Path) -> "Practice":
        """Make them below a folder, with the backup of the day done."""
        from coachdesk.storage import backup, keys, store

        now, home, twin = here().now(), Home(folder / "passphrase"), Home(folder / "keychain")
        key = make(home, now.at)
        opened = store.open(home.records, key)
        backup.daily(opened, home.backups, now)
        opened.close()
        shutil.copytree(home.root, twin.root)
        keychain = keys.FakeKeychain()
        keys.set_keychain(twin.keys, key, keychain)
        keys.set_passphrase(twin.keys, key, None)
        return cls(home, twin, key, json.dumps(keychain.entries))

    def way(self, kind: str) -> tuple[str, str, str]:
        """What ``real_window`` is given to open them: home, passphrase, keychain."""
        if kind == "passphrase":
            return str(self.by_passphrase.root), PASSPHRASE, ""
        return str(self.by_keychain.root), "", self.keychain


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0))
