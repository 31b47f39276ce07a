"""Finding records by their words: clients first, then what was promised, noted and understood, the newest first."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import Session as Db

from coachdesk.practice.record import clean
from coachdesk.storage import search
from coachdesk.storage.search import Word

AROUND = 60
"""Letters shown on each side of a hit."""
MOST = 8
"""Hits of one kind, unless more are asked for."""
EVERYBODY = 1000
"""Clients that are looked through for those whose name was meant."""


@dataclass(frozen=True)
class Found:
    """One record that holds the words, and the piece of it around the first of them.

    ``of_id`` is the record on whose place it is shown: a review's promise, an answer's reflection; else its own id.
    ``hits`` are the places (start, end) of the words in ``snippet``. Reflections and prompts have no client.
    """

    what: str
    id: str
    of_id: str
    client_id: str | None
    name: str
    short_name: str
    session_id: str | None
    snippet: str
    hits: tuple[tuple[int, int], ...]
    when: datetime

    def shown(self, short: bool = True) -> str:
        """The client's name: the short one where the coach prefers it and gave one; empty without a client."""
        return (short and self.short_name) or self.name


@dataclass(frozen=True)
class Source:
    """One index: its name and number (revision 0003), its table, and where a row of it belongs, in SQL on ``r``."""

    what: str
    number: int
    table: str
    columns: tuple[str, ...]
    client: str = "NULL"
    session: str = "NULL"
    of: str = "r.id"
    private: bool = False

    @property
    def of_client(self) -> str:
        """Whether a row is with one client, put so that SQLite asks its indexes."""
        if self.client == _BY_SESSION:
            return "r.session_id IN (SELECT id FROM session WHERE client_id = :client)"
        if self.client == _BY_COMMITMENT:
            return "r.commitment_id IN (SELECT id FROM commitment WHERE client_id = :client)"
        return f"{self.client} = :client"


_BY_SESSION = "(SELECT client_id FROM session WHERE id = r.session_id)"
_TERMS = ("rescheduling", "between_sessions", "feedback", "confidentiality", "exceptions", "fee_note")
_OF_CLIENT = ("name", "short_name", "email", "phone", "needs_pace", "needs_topics", "needs_feedback", "conflict_note")
_BY_COMMITMENT = "(SELECT client_id FROM commitment WHERE id = r.commitment_id)"
SOURCES = (
    Source("client", 1, "client", _OF_CLIENT, "r.id"),
    Source("commitment", 2, "commitment", ("text", "cue", "evidence", "obstacle"), "r.client_id", "r.session_id"),
    Source("review", 3, "review", ("note", "acknowledged"), _BY_COMMITMENT, "r.session_id", "r.commitment_id"),
    Source("note", 4, "note", ("body",), _BY_SESSION, "r.session_id"),
    Source("canvas", 5, "canvas_line", ("text",), "r.client_id", "r.session_id"),
    Source("session", 6, "session", ("intention", "focus_line", "what_mattered"), "r.client_id", "r.id"),
    Source("mark", 7, "mark", ("text",), _BY_SESSION, "r.session_id"),
    Source("agreement", 8, "agreement", _TERMS, "r.client_id"),
    Source("reflection", 9, "reflection", ("text",)),
    Source("answer", 10, "reflection_answer", ("text",), of="r.reflection_id"),
    Source("prompt", 11, "prompt", ("short", "text")),
    Source("private_canvas", 12, "canvas_line", ("text",), "r.client_id", "r.session_id", private=True),
    Source("self_check", 13, "session", ("self_check",), "r.client_id", "r.id", private=True),
)
"""Everything that is found, in the order in which it is shown."""


def find(db: Db, words: str, *, private: bool = False, limit: int = MOST, client_id: str | None = None) -> list[Found]:
    """Records that hold all these words, at most ``limit`` of each kind; with ``private`` also what is for me alone.

    Whatever is typed is fine; where it holds no word, nothing is found.
    """
    wanted = search.typed(clean(words))
    if not wanted:
        return []
    found: list[Found] = []
    for source in SOURCES:
        if private or not source.private:
            found += _found(db, source, wanted, limit, client_id)
    return found


def _found(db: Db, source: Source, words: tuple[Word, ...], limit: int, client_id: str | None) -> list[Found]:
    if client_id is not None and source.client == "NULL":
        return []
    is_client = source.what == "client"
    deep = EVERYBODY if is_client else limit
    among = f"SELECT r.rowid FROM {source.table} r WHERE {source.of_client}" if client_id else ""
    where = search.condition(source.what, source.number, words, among=among, most=deep)
    columns = ", ".join(f"r.{name}" for name in source.columns)
    rows = db.execute(
        sql(
            f"SELECT r.id, {source.of}, c.id, coalesce(c.name, ''), coalesce(c.short_name, ''), {source.session}, "
            f"r.created_at, {columns} FROM ({where.sql}) h JOIN {source.table} r ON r.rowid = h.row "
            f"LEFT JOIN client c ON c.id = {source.client} ORDER BY h.row DESC"
        ),
        where.parameters | ({"client": client_id} if client_id else {}),
    ).all()
    if is_client:  # a name that holds the words is what was meant
        rows = sorted(rows, key=lambda row: (not _holds(f"{row[3]} {row[4]}", words), row[3].casefold()))[:limit]
    return [_one(source.what, tuple(row), words) for row in rows]


def _one(what: str, row: tuple[Any, ...], words: tuple[Word, ...]) -> Found:
    id_, of_id, client_id, name, short_name, session_id, made, *texts = row
    snippet, hits = _snippet([text for text in texts if text], words)
    when = datetime.fromisoformat(made).replace(tzinfo=UTC)
    return Found(what, id_, of_id, client_id, name, short_name, session_id, snippet, hits, when)


# --- what is shown of a text ------------------------------------------------------------------------------------


def _holds(text: str, words: tuple[Word, ...]) -> bool:
    folded, _places = _folded(text)
    return all(_folded(word.text)[0] in folded for word in words)


def _snippet(texts: list[str], words: tuple[Word, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The piece of the text that holds most of the words, on one line, and where they stand in it."""
    if not texts:
        return "", ()
    found = [(text, _hits(text, words)) for text in texts]
    text, hits = max(found, key=lambda each: len({word for word, _start, _end in each[1]}))
    first = hits[0][1] if hits else 0
    start = max(0, first - AROUND // 2)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), first + 2 * AROUND)
    if end < len(text):
        end = max(text.rfind(" ", first + AROUND, end), 0) or end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    piece = "".join(" " if letter.isspace() or not letter.isprintable() else letter for letter in text[start:end])
    shift = len(before) - start
    places = tuple((a + shift, b + shift) for _word, a, b in hits if a >= start and b <= end)
    return f"{before}{piece}{after}", places


LOOKED_THROUGH = 20_000
"""Letters of one text in which the places of words are looked for."""


def _hits(text: str, words: tuple[Word, ...]) -> list[tuple[int, int, int]]:
    """Which word stands where, each at the beginning of a word of the text; in order."""
    folded, places = _folded(text[:LOOKED_THROUGH])
    found: list[tuple[int, int, int]] = []
    for number, word in enumerate(words):
        needle = _folded(word.text)[0]
        at = folded.find(needle) if needle else -1
        while at >= 0 and len(found) < 200:
            if word.unspaced or at == 0 or not folded[at - 1].isalnum():
                found.append((number, places[at], places[at + len(needle) - 1] + 1))
            at = folded.find(needle, at + len(needle))
    return sorted(found, key=lambda each: each[1])


def _folded(text: str) -> tuple[str, list[int] | range]:
    """A text without capitals and accents, and for each of its letters the place it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for part in unicodedata.normalize("NFD", letter).lower():
            if not "\u0300" <= part <= "\u036f":
                letters.append(part)
                places.append(at)
    return "".join(letters), places
