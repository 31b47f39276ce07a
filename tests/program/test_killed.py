"""``kill -9`` at any moment loses nothing: what the desk took is there, what was typed a second ago is there."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coachdesk import paths
from coachdesk.desk import Desk
from coachdesk.machine.here import here
from coachdesk.practice import commitments, drafts, marks, notes, sessions
from coachdesk.storage import store
from tests.conftest import KEY

ROUNDS = 10
"""Kills in one test; there are 20 of them, so 200 in all."""
PATIENCE = 60.0
"""Seconds for anything a coach has to say; only a fault takes as long."""
KEPT_AFTER = 1.0
"""Seconds after which a keystroke must have been kept."""


@dataclass
class Told:
    """What the coach said was done, over all rounds."""

    marks: set[str] = field(default_factory=set)
    promises: dict[str, str] = field(default_factory=dict)
    jots: dict[str, str] = field(default_factory=dict)
    typed: dict[tuple[str, ...], list[tuple[float, str]]] = field(default_factory=dict)
    closed: dict[str, dict[str, str]] = field(default_factory=dict)
    begun: dict[str, datetime] = field(default_factory=dict)
    awake: float = 0.0

    def hear(self, line: dict[str, Any]) -> None:
        """One more thing was done."""
        self.awake = line["awake"]
        match line["what"]:
            case "marked":
                self.marks.add(line["id"])
            case "promised":
                self.promises[line["id"]] = line["text"]
            case "jotted":
                self.jots[line["id"]] = line["text"]
            case "typed" | "found":
                self.typed.setdefault(tuple(line["place"]), []).append((line["awake"], line["text"]))
            case "begun":
                self.begun[line["session"]] = datetime.fromisoformat(line["at"])
            case "closed":
                self.closed[line["session"]] = line
            case "ended" | "cleared":
                self.typed = {place: said for place, said in self.typed.items() if place[1] != line["session"]}


@pytest.fixture
def folder(tmp_path: Path, empty_records: Path) -> Path:
    import shutil

    made = tmp_path / "practice"
    made.mkdir()
    shutil.copyfile(empty_records, made / "records.db")
    return made


class Practice:
    """A process of its own that forks one coach after the other; all of them speak through its output."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.program.coach", str(folder), KEY.hex()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=Path(__file__).parents[2],
        )
        self._heard = b""

    def until_killed(self, seed: int, seconds: float) -> Iterator[dict[str, Any]]:
        """Have a coach work, kill it so many seconds after it sat down, and give everything it said."""
        self._process.stdin.write(f"{seed}\n".encode())
        pid = self._next(PATIENCE, "born")["pid"]
        yield self._next(PATIENCE, "begun", "resumed")
        end = time.monotonic() + seconds
        while (line := self._next(end - time.monotonic())) and line["what"] != "gone":
            yield line
        assert line is None, f"the coach ended by themselves: {line}"
        os.kill(pid, signal.SIGKILL)
        while (line := self._next(PATIENCE))["what"] != "gone":
            yield line
        assert line["signal"] == signal.SIGKILL

    def close(self) -> None:
        """No more coaches."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(PATIENCE)

    def _next(self, patience: float, *wanted: str) -> dict[str, Any] | None:
        """The next thing that is said in so many seconds; what a kill cut off is passed over."""
        until = time.monotonic() + patience
        while True:
            while b"\n" in self._heard:
                line, self._heard = self._heard.split(b"\n", 1)
                if line.startswith(b"{") and line.endswith(b"}"):
                    said = json.loads(line)
                    assert not wanted or said["what"] in wanted, said
                    return said
            if not select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
                assert not wanted, f"nothing was said, but {wanted} was waited for"
                return None
            more = self._process.stdout.read(65536)
            assert more, "the process that makes coaches has ended"
            self._heard += more


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    made = Practice(folder)
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(20))
def test_nothing_the_desk_took_and_nothing_typed_a_second_ago_is_lost(
    practice: Practice, folder: Path, seed: int
) -> None:
    chance, told = random.Random(seed), Told()
    for number in range(ROUNDS):
        for line in practice.until_killed(seed * 1000 + number, chance.uniform(0.0, 2.2)):
            told.hear(line)
        killed = here().now().awake
        check(folder, told, killed)
        told.typed.clear()  # the fields may be emptied by the next round; it tells what it found


def check(folder: Path, told: Told, killed: float) -> None:
    desk = Desk(here(), paths.Home(folder))
    desk.open(KEY)
    try:
        assert [] == store.check(desk.store, quick=False)
        kept = {c.id: c.text for c in desk.read(commitments.every)}
        assert told.promises.items() <= kept.items()
        every = desk.read(sessions.every)
        assert told.marks <= {m.id for s in every for m in desk.read(marks.of_session, s.id)}
        assert told.jots.items() <= {n.id: n.body for s in every for n in desk.read(notes.of_session, s.id)}.items()
        for place, said in told.typed.items():
            older = [text for at, text in said if at < told.awake - KEPT_AFTER]
            if older:
                assert desk.read(drafts.get, *place).startswith(older[-1]), place
        for session in every:
            if session.id in told.closed:
                line = told.closed[session.id]
                assert (line["what_mattered"], line["focus_line"]) == (session.what_mattered, session.focus_line)
            if session.id in told.begun and session.started_at is not None:
                assert abs((session.started_at - told.begun[session.id]).total_seconds()) < 0.5
        check_time(desk, killed)
    finally:
        desk.close()


def check_time(desk: Desk, killed: float) -> None:
    """The running session's time is the true time since its start, without its pauses."""
    row = desk.read(sessions.running)
    if row is None or row.started_at is None:
        return
    now = here().now()
    clock = desk.read(sessions.clock_of, row)
    paused = sum(((s.end or clock.timeline(now)) - s.start).total_seconds() for s in clock.pauses)
    true = (now.at - row.started_at).total_seconds() - paused
    assert abs(clock.elapsed(now) - true) < 0.1
    assert killed - (row.last_seen_awake or 0.0) < 6.0
