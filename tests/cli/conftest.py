"""The command line run in this process on encrypted records of its own."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coachdesk.__main__ import main
from coachdesk.desk import Desk
from coachdesk.instance import Instance
from coachdesk.paths import Home
from coachdesk.verbs import carry_out

PASSPHRASE = "five quiet words in here"


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    exit: int
    out: str
    err: str

    def json(self) -> Any:
        """Its answer; there must be exactly one document, and nothing may have been refused."""
        assert (0, "") == (self.exit, self.err)
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def locked_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with empty records under a passphrase, made once and copied for each test."""
    from coachdesk.storage import keys, store

    home = Home(tmp_path_factory.mktemp("locked"))
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    return home.root


@pytest.fixture
def records(home: Home, locked_records: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Empty records in the usual folder, their passphrase in the environment."""
    shutil.copytree(locked_records, home.root, dirs_exist_ok=True)
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE)
    return home


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line as from a shell; the answer is what it printed and its exit code."""

    def run(*words: str) -> Result:
        code = main(words)
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


@pytest.fixture
def running(desk: Desk, home: Home) -> Iterator[Desk]:
    """A CoachDesk that runs for the folder, as a window does: its records open, its listeners told."""
    heard: list[frozenset[type]] = []
    desk.listeners.append(heard.append)
    own = Instance.take(home)
    assert own is not None
    own.serve(lambda request: carry_out(desk, request))
    yield desk
    own.close()
