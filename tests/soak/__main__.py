"""Let the program live through hours of sessions, and say what grew.

    python -m tests.soak [--hours 2] [--frozen FOLDER] [--into FOLDER]

A session of fifty minutes takes fifty seconds, a round about a minute. After each round a line is added to notes.jsonl
and the table in table.txt is written anew, so that it can be cut at any time.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil
from Xlib import display as xlib

from coachdesk.paths import Home
from tests import program_under_test
from tests.bench.ground import Ground, Running, say
from tests.desktop.program import PASSPHRASE
from tests.program_under_test import ROOT
from tests.soak.notes import Note, note, table

SPEED = 60.0
SETTINGS = """
[cues]
seconds = 60

[privacy]
lock_minutes = 0

[focus]
own_sites = ["distraction.example"]
programs = [["distraction", "Distraction"]]
"""
"""Cues stay long enough to be answered; nobody touches this computer, which is not to lock by itself."""


def records(home: Home) -> None:
    """The records of the example practice, with such settings."""
    from coachdesk import example
    from coachdesk.desk import Desk
    from coachdesk.machine.here import here
    from coachdesk.storage import keys, store

    home.settings.write_text(SETTINGS, "utf-8")
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    desk = Desk(here(), home)
    desk.adopt(store.create(home.records, key))
    try:
        example.fill(desk)
    finally:
        desk.close()


@contextmanager
def started(ground: Ground, home: Home) -> Iterator[Running]:
    """The program with its coach; at the end the coach quits, and it is killed where that is not enough."""
    process = subprocess.Popen(
        program_under_test.module("tests.soak.coach", str(home.root), str(SPEED)),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ground.environment, cwd=ROOT, text=True,
    )  # fmt: skip
    try:
        yield Running(time.monotonic(), process, busy=False)
        process.stdin.close()
        print(f"It ended by itself with {process.wait(timeout=60)}.", flush=True)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def lived(ground: Ground, running: Running, seconds: float, into: Path) -> list[Note]:
    """Round after round, for so many seconds; each is noted at once."""
    process, screen = psutil.Process(running.process.pid), xlib.Display(f"unix/{ground.screen.name}")
    notes: list[Note] = []
    begun = 0.0
    while not notes or notes[-1].hours * 3600 < seconds:
        told = running.hear("rest")
        begun = begun or told["at"]
        notes.append(note(process, screen, told, begun))
        with (into / "notes.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(notes[-1])) + "\n")
        (into / "table.txt").write_text(table(notes) + "\n", "utf-8")
        print(json.dumps(asdict(notes[-1])), flush=True)
        running.process.stdin.write("on\n")
        running.process.stdin.flush()
    screen.close()
    return notes


def main() -> None:
    """Live, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Let CoachDesk live for hours.")
    parser.add_argument("--hours", type=float, default=2.0, help="how long, from the first round on")
    parser.add_argument("--frozen", metavar="FOLDER", help="this frozen program under test instead of the source")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="where notes.jsonl and table.txt are written")
    asked = parser.parse_args()
    if asked.frozen:
        os.environ[program_under_test.FOLDER] = os.path.abspath(asked.frozen)
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit("It was cut."))  # so that nothing is left running
    into = asked.into or Path(tempfile.mkdtemp(prefix="soak-"))
    into.mkdir(parents=True, exist_ok=True)
    say(f"The notes are in {into}.")
    with Ground() as ground:
        home = ground.home("practice")
        records(home)
        with started(ground, home) as running:
            notes = lived(ground, running, asked.hours * 3600, into)
    print(table(notes), flush=True)


if __name__ == "__main__":
    main()
