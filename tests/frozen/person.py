"""A person of their own, with the frozen program and nothing else: an empty home, and no Python within reach."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coachdesk.paths import Home
from tests import program_under_test

ROOT = Path(__file__).parents[2]
FOLDER = program_under_test.frozen() or ROOT / "dist" / "coachdesk"
PATIENCE = 60.0
"""Seconds for anything; only a fault takes as long."""
PASSPHRASE = "five quiet words in here"


@dataclass
class Person:
    """Who uses the program; ``root`` is short, as a socket's path may have 107 bytes."""

    root: Path
    screen: str = ""
    started: list["subprocess.Popen[str]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        for folder in (self.root, self.runtime):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.secret.write_text(f"{PASSPHRASE}\n")

    @property
    def runtime(self) -> Path:
        """For sockets."""
        return self.root / "run"

    @property
    def secret(self) -> Path:
        """The file with the passphrase."""
        return self.root / "secret"

    @property
    def home(self) -> Home:
        """Where the program keeps the records by itself."""
        return Home(self.root / ".local" / "share" / "CoachDesk")

    @property
    def focus(self) -> Path:
        """Where focus mode notes what it changed."""
        return self.home.root / "focus"

    @property
    def environment(self) -> dict[str, str]:
        """All that a program is told here; not even where commands lie, or in which letters to write."""
        told = {"HOME": str(self.root), "XDG_RUNTIME_DIR": str(self.runtime)}
        return {**told, "DISPLAY": self.screen} if self.screen else told

    def start(self, *words: str, program: str = "coachdesk") -> "subprocess.Popen[str]":
        """Begin the program with these words; it is killed when the person goes."""
        command = [str(FOLDER / program), *words]
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True}
        self.started.append(subprocess.Popen(command, env=self.environment, cwd=self.root, **piped))
        return self.started[-1]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """What comes of a command line, with the passphrase at hand."""
        process = self.start(*words, "--passphrase-file", str(self.secret))
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def told(self, *words: str) -> Any:
        """The JSON a command line answers with; nothing may be complained of."""
        done = self.run(*words, "--json")
        assert (0, "") == (done.returncode, done.stderr), words
        return json.loads(done.stdout)

    def go(self) -> None:
        """End all that was started."""
        for process in self.started:
            process.kill()
            process.communicate()


def children(pid: int) -> Iterator[list[str]]:
    """The command lines of the processes that one has started."""
    for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield os.fsdecode(Path(f"/proc/{number}/cmdline").read_bytes()).rstrip("\0").split("\0")
