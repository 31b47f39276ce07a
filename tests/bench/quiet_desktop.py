"""The computer that focus mode is measured on: a small real desktop where one is installed, else a made-up one."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from coachdesk.focus.plan import App, Plan
from tests import program_under_test
from tests.bench.ground import ROOT, Ground
from tests.focus import stand_in
from tests.focus.linux.others import Others
from tests.focus.linux.stand_ins import Answer, Program
from tests.real.browsers import ground as browsers

HOSTS = tuple(f"distraction-{number}.example" for number in range(40))
OBSERVE = "import json; from coachdesk.focus import blockers, check; print(json.dumps(check.observe(blockers.here())))"


class Desktop(Protocol):
    """A computer that can be kept quiet."""

    words: str
    """What it is, for the table."""
    plan: Plan
    environment: dict[str, str]
    arguments: tuple[str, ...]
    """What ``quieted`` is given beside the plan."""
    folder: Path
    """Where the journal lies."""
    undo: list[str]
    """The command that puts everything back."""

    def state(self) -> Any:
        """Everything focus mode could change."""
        ...


@dataclass
class MadeUp:
    """Settings in a file."""

    environment: dict[str, str]
    folder: Path
    file: Path

    words = "made-up computer"
    plan = Plan(3600.0, ("notifications", "awake", "sites", "apps"), HOSTS, (App("chat", "Chat"),), at_login=False)

    @property
    def arguments(self) -> tuple[str, ...]:
        """Folder and file."""
        return str(self.folder), str(self.file)

    @property
    def undo(self) -> list[str]:
        """The command line on the made-up computer."""
        return program_under_test.module("tests.program.focus_command", str(self.file), "focus", "undo")

    def state(self) -> Any:
        """The settings."""
        return dict(stand_in.Settings(self.file))


class Real:
    """dunst, dconf as under GNOME, a screen with openbox and an open window, and a screen saver that can be asked."""

    words = "dunst, dconf, X11"
    arguments = ()
    plan = Plan(3600.0, ("notifications", "awake", "sites", "apps"), HOSTS, (App("distraction", "Distraction"),))

    def __init__(self, stack: ExitStack) -> None:
        desk = stack.enter_context(browsers.Ground())
        private = {"PYTHONPATH": ROOT, "PYTHONPYCACHEPREFIX": desk.folder / "bytecode"}
        self.environment = desk.environment | {name: str(path) for name, path in private.items()}
        self.folder = Path(self.environment["XDG_DATA_HOME"]) / "CoachDesk" / "focus"
        self.undo = program_under_test.command("focus", "undo")
        dunst = subprocess.Popen(["dunst"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(dunst.wait)
        stack.callback(dunst.kill)
        stack.enter_context(Saver(self.environment["DBUS_SESSION_BUS_ADDRESS"], "org.freedesktop.ScreenSaver"))
        others = Others(Named(self.environment["DISPLAY"]))
        stack.callback(others.close)
        others.open("Distraction")

    def state(self) -> Any:
        """What the blockers see."""
        done = subprocess.run(
            [sys.executable, "-c", OBSERVE], env=self.environment, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)


@dataclass(frozen=True)
class Named:
    """A screen by its name."""

    name: str


class Saver(Program):
    """Keeps the screen on for whoever asks."""

    def answer(self, member: str, sender: str, body: tuple[Any, ...]) -> Answer | None:
        """``Inhibit`` and ``UnInhibit``."""
        if member == "Inhibit":
            return "u", (1,)
        if member == "UnInhibit":
            return "", ()
        return super().answer(member, sender, body)


@contextmanager
def desktop(ground: Ground) -> Iterator[Desktop]:
    """The real one where make test-machine has installed its parts."""
    with ExitStack() as stack:
        if shutil.which("dunst") and shutil.which("openbox") and browsers.DCONF.exists():
            yield Real(stack)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=ground.folder))
            environment = ground.environment | {"XDG_DATA_HOME": folder}
            yield MadeUp(environment, Path(folder) / "CoachDesk" / "focus", Path(folder) / "computer")


class Quieted:
    """The app on such a computer."""

    def __init__(self, here: Desktop) -> None:
        plan = json.dumps(here.plan.as_json())
        self.process = subprocess.Popen(
            program_under_test.module("tests.bench.quieted", plan, *here.arguments),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=here.environment, cwd=ROOT, text=True,
        )  # fmt: skip
        assert "ready" == self._hear()["what"]

    def tell(self, word: str) -> dict[str, Any]:
        """Tell it to ``enter`` or ``leave``; what it tells of that."""
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self._hear()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def _hear(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise EOFError("the app ended before its answer")
        return json.loads(line)


def seconds_to_forget(here: Desktop, begun: float) -> float:
    """Seconds since ``begun`` at which the journal is gone: the last thing when everything is put back."""
    while any(here.folder.glob("journal*")):
        if time.perf_counter() > begun + 20:
            raise TimeoutError("what was quiet was not put back")
        os.sched_yield()
        time.sleep(0.0005)
    return time.perf_counter() - begun
