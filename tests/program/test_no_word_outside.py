"""No byte of what a client said or is called stands in any file in clear: not while typing, not after a crash."""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coachdesk.desk import Desk
from coachdesk.machine.here import here
from coachdesk.paths import Home
from coachdesk.storage import keys, store
from coachdesk.verbs import carry_out
from tests.desktop.reader import Bus
from tests.display import Display
from tests.program.window import PATIENCE, PROGRAM, Window

pytestmark = [pytest.mark.program, pytest.mark.timeout(300)]

PASSPHRASE = "Quiet Lantern Upon Wide Stairs"
WORDS = ("Brambleheart", "Weißdornhüterin", "Шиповникова", "בןשושן", "茨木ハナ")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


class Plants:
    """Words found nowhere else, each put into one text; remembers them."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def text(self, *, typed: bool = False) -> str:
        """A sentence with a new word in it; one that is ``typed`` by keys has ASCII letters alone."""
        number = len(self.words)
        word = f"{WORDS[0 if typed else number % len(WORDS)]}{number:03}x"
        self.words.append(word)
        return f"She said {word} and stopped"


def forms(word: str) -> set[bytes]:
    """Every way in which a word might stand in a file."""
    cases = {word, word.lower(), word.upper(), word.casefold(), word.title()}
    escaped = {json.dumps(case)[1:-1] for case in cases}
    return {case.encode(encoding) for case in cases | escaped for encoding in ENCODINGS}


def found(roots: Iterable[Path], words: Iterable[str]) -> dict[str, list[str]]:
    """The words that stand in any file below the roots, or in a file's name, and where."""
    wanted = [(word, forms(word)) for word in words]
    there: dict[str, list[str]] = {}
    for path in (path for root in roots for path in root.rglob("*")):
        content = os.fsencode(path.name) + (path.read_bytes() if path.is_file() else b"")
        for word, ways in wanted:
            if any(way in content for way in ways):
                there.setdefault(word, []).append(str(path))
    return there


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_clear_is_found(tmp_path: Path, encoding: str) -> None:
    deep = tmp_path / "logs" / "old"
    deep.mkdir(parents=True)
    for number, word in enumerate(WORDS):
        (deep / str(number)).write_bytes(b"\0\1" + word.lower().encode(encoding) + b"\2")
    assert set(WORDS) == set(found([tmp_path], [*WORDS, "Absent"]))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    with Bus() as bus, Display() as display:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield display


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    """Everything the program may write to: records, the person's folders, runtime and temporary folder, its output."""
    return [tmp_path, Path(os.environ["XDG_RUNTIME_DIR"]), Path(os.environ["TMPDIR"])]


def test_nothing_planted_is_found_while_running_after_a_kill_and_after_a_fault(
    screen: Display, home: Home, roots: list[Path], tmp_path: Path
) -> None:
    key, code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    plants, output = Plants(), tmp_path / "output"
    secrets = [PASSPHRASE, "Lantern", code, key.hex(), *code.split()]

    def nothing_in_clear() -> None:
        assert {} == found(roots, [*plants.words, *secrets])

    with Window(screen, home, output) as window:
        window.unlock(PASSPHRASE)
        client = plant_client(window, plants)
        plant_session(window, client, plants)
        nothing_in_clear()
        type_a_line(window, home, key, plants)
        window.kill()
    nothing_in_clear()
    assert set() == {word for word in plants.words if word not in everything(home, key)}, "was not planted"
    with Window(screen, home, output) as window:
        window.unlock(PASSPHRASE)
        a_fault(home, plants)
        window.answer("backup.now")
        window.answer("session.finish", what_mattered=plants.text())
        nothing_in_clear()
        assert 0 == window.end()
    by_command_line(plants)
    nothing_in_clear()
    assert list(home.backups.glob("*.db"))
    assert list(home.logs.glob("crash-*.txt"))
    assert_plain_sqlite_cannot_open(home.records, *home.backups.glob("*.db"))


def done(answer: dict[str, Any]) -> Any:
    """The value of an answer; fails with its sentence if it was refused."""
    assert "ok" in answer, answer
    return answer["ok"]


def plant_client(window: Window, plants: Plants) -> str:
    """A client with a planted word in every text; their name."""
    name = plants.text()
    texts = (
        "short_name",
        "email",
        "phone",
        "pronouns",
        "needs_pace",
        "needs_topics",
        "needs_feedback",
        "conflict_note",
    )
    done(window.answer("client.add", name=name, **{field: plants.text() for field in texts}))
    for kind in ("context", "words", "strength", "value", "thread"):
        done(window.answer("canvas.add", client=name, text=plants.text(), kind=kind))
    done(window.answer("canvas.add", client=name, text=plants.text(), private=True))
    texts = ("rescheduling", "between_sessions", "feedback", "confidentiality", "exceptions", "fee_note")
    done(window.answer("agreement.set", client=name, **{field: plants.text() for field in texts}))
    return name


def plant_session(window: Window, client: str, plants: Plants) -> None:
    """A running session with promises, a review, notes and marks."""
    done(window.answer("session.start", client=client))
    more = {field: plants.text() for field in ("cue", "evidence", "obstacle")}
    made = done(window.answer("commitment.add", client=client, text=plants.text(), owner="client", **more))
    done(window.answer("commitment.review", commitment=made["id"], outcome="kept", note=plants.text()))
    done(window.answer("commitment.add", client=client, text=plants.text(), owner="coach"))
    done(window.answer("session.note", text=plants.text() + "\n" + plants.text()))
    done(window.answer("session.mark", kind="insight"))


def type_a_line(window: Window, home: Home, key: bytes, plants: Plants) -> None:
    """Type into the field of the bar, and leave it unfinished once it is a draft."""
    text = plants.text(typed=True)
    end = time.monotonic() + PATIENCE
    while plants.words[-1] not in everything(home, key):
        assert time.monotonic() < end, "what is typed is not kept"
        window.types("ctrl+alt+shift+j")  # again if need be: the keys are held a moment after the session has begun
        window.types("ctrl+a")
        window.writes(text)
        time.sleep(1)  # so long a draft may take


def a_fault(home: Home, plants: Plants) -> None:
    """A bug in a verb that holds what a client said; a report of it is written."""

    def broken(_desk: Desk, *, text: str) -> str:
        return {}[text]

    request = {"verb": "broken", "arguments": {"text": plants.text()}}
    answer = carry_out(Desk(here(), home), request, {"broken": broken})
    assert "fault" in answer, answer
    assert Path(answer["report"]).is_file()


def by_command_line(plants: Plants) -> None:
    """Records opened by a verb alone, a refusal about somebody unknown among them."""
    given = {**os.environ, "COACHDESK_PASSPHRASE": PASSPHRASE}
    for words in (("client", "add", plants.text()), ("brief", plants.text()), ("rehearse", "--no-window")):
        subprocess.run([*PROGRAM, *words], env=given, capture_output=True, timeout=PATIENCE, check=False)


def everything(home: Home, key: bytes) -> str:
    """Every text in the records, read with their key."""
    opened = store.open(home.records, key)
    connection = opened.connection()
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"'))
        return "\n".join(str(value) for row in rows for value in row)
    finally:
        connection.close()
        opened.close()


def assert_plain_sqlite_cannot_open(*files: Path) -> None:
    """Neither Python's SQLite nor the sqlite3 command."""
    for file in files:
        with pytest.raises(sqlite3.DatabaseError, match="file is not a database"):
            sqlite3.connect(file).execute("SELECT count(*) FROM sqlite_master")
        asked = subprocess.run(
            ["sqlite3", str(file), ".tables"], capture_output=True, text=True, timeout=60, check=False
        )
        assert "file is not a database" in asked.stderr
