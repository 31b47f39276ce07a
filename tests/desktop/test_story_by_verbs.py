"""The same story told by verbs from a terminal while the window is open: it shows each change at once."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coachdesk import paths
from coachdesk.storage import keys, store
from tests import program_under_test
from tests.desktop.hand import Hand
from tests.desktop.program import PASSPHRASE, Running
from tests.desktop.reader import BAR_HEIGHT
from tests.program_under_test import ROOT

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

Verb = Callable[..., Any]


@pytest.fixture
def verb(environment: dict[str, str], folder: Path) -> Verb:
    """Carry out a verb in a process of its own; its JSON."""

    def run(*words: str) -> Any:
        command = program_under_test.command("--home", str(folder), "--json", *words)
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def running(environment: dict[str, str], folder: Path) -> Iterator[Running]:
    """The program with records that a passphrase opens."""
    home = paths.home(folder)
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    with Running(folder, environment) as program:
        yield program


def test_each_verb_is_seen_at_once_in_the_open_window(running: Running, coach: Hand, verb: Verb) -> None:
    coach.fills("Passphrase", PASSPHRASE)
    coach.presses("Return")
    coach.sees("Today", "label")

    client = verb("client", "add", "Maria Keller")
    coach.clicks("Clients", "radio button")
    coach.sees("Maria Keller.*", "list item")

    coach.clicks("Maria Keller.*", "list item")
    promise = verb("commitment", "add", client["id"], "send the reading list", "--owner", "coach")
    coach.sees("send the reading list.*")
    verb("commitment", "add", client["id"], "walk by the river", "--owner", "client")
    coach.sees("walk by the river.*")

    session = verb("session", "start", client["id"], "--minutes", "50")
    coach.reader.wait("50 min", lower_than=BAR_HEIGHT)
    verb("session", "mark", "insight")
    verb("session", "note", "a line from the terminal")
    verb("session", "pause")
    coach.reader.wait(".*paused.*", lower_than=BAR_HEIGHT)
    verb("session", "resume")
    assert verb("session", "status")["id"] == session["id"]
    verb("session", "finish", "--what-mattered", "the pause")

    verb("commitment", "review", promise["id"], "kept")
    coach.sees_no("send the reading list.*")
    assert ["kept"] == [c["state"] for c in verb("commitment", "list") if c["id"] == promise["id"]]
    brief = verb("brief", client["id"])
    assert "walk by the river" in json.dumps(brief)
