"""The same story told by verbs from a terminal while the window is open: it shows each change at once."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coachdesk import paths
from coachdesk.storage import keys, store
from tests.desktop.hand import Hand
from tests.desktop.program import SOURCE, Running
from tests.desktop.reader import Bus, Reader
from tests.display import Display

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

PASSPHRASE = "four words in a row"
BAR_HEIGHT = 120

Verb = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    home = paths.home(folder)
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    return folder


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    with Display() as screen, Bus() as bus:
        yield {**screen.environment, **bus.environment, "XDG_RUNTIME_DIR": tempfile.mkdtemp(prefix="desk-")}


@pytest.fixture
def verb(environment: dict[str, str], folder: Path) -> Verb:
    """Carry out a verb in a process of its own; its JSON."""

    def run(*words: str) -> Any:
        command = [sys.executable, "-m", "coachdesk", "--home", str(folder), "--json", *words]
        done = subprocess.run(command, env=environment, cwd=SOURCE, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def coach(environment: dict[str, str], folder: Path, tmp_path: Path) -> Iterator[Hand]:
    """The open and unlocked window."""
    with Running(folder, environment):
        screen = Display()
        screen.name = environment["DISPLAY"]
        reader = Reader(environment["DBUS_SESSION_BUS_ADDRESS"])
        hand = Hand(screen, reader, tmp_path / "pictures")
        hand.fills("Passphrase", PASSPHRASE)
        hand.presses("Return")
        hand.sees("Today", "label")
        yield hand
        reader.close()


def test_each_verb_is_seen_at_once_in_the_open_window(coach: Hand, verb: Verb) -> None:
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
