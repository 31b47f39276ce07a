"""Words in indexes: what was typed becomes conditions that SQLite's full-text indexes understand.

An index called ``note`` is the FTS5 table ``search_note``, whose rows are those of the table it reads. Words of scripts
without spaces are looked for in ``search_unspaced``, where the rows of index number *n* begin at *n* × 2^40. Revision
0003 makes both, and triggers that keep them: no verb has to think of it.
"""

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlcipher3 import dbapi2

from coachdesk.storage import faults

SPAN = 1 << 40
MOST_WORDS = 24
"""More of what was typed are not looked for; together they would say no more."""
LAST = "\U0010ffff"
_UNSPACED = re.compile(
    "[\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)
"""The scripts of revision 0003."""
_HANGUL = re.compile("[\uac00-\ud7a3\u3131-\u318e]")
_QUOTES = str.maketrans("“”„«»", '"' * 5)
_PIECES = re.compile(r'"([^"]*)("?)|([^\s"]+)')


@dataclass(frozen=True)
class Word:
    """One word, or several in this order (a phrase); ``begins`` if a word that begins like this will do."""

    text: str
    begins: bool

    @property
    def unspaced(self) -> bool:
        """Whether it is looked for letter by letter."""
        return _UNSPACED.search(self.text) is not None

    @cached_property
    def match(self) -> str:
        """It as FTS5 reads it: a string, so that nothing in it is an operator."""
        return '"' + self.text.replace('"', '""') + '"' + (" *" if self.begins else "")


@dataclass(frozen=True)
class Condition:
    """A subquery that gives the column ``row``, newest first, and its parameters."""

    sql: str
    parameters: dict[str, Any]


def typed(text: str) -> tuple[Word, ...]:
    """What somebody typed, as words that must all be found, in any order.

    The last one need only be begun. Quotes hold words together; a quote that is still open does too, and every other
    sign is read as the space between two words. Nothing is refused: what holds no letter and no digit is no word.
    """
    found: list[Word] = []
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    for piece in _PIECES.finditer(text):
        phrase, closed, single = piece.groups()
        held = (phrase if single is None else single).strip()
        if any(unicodedata.category(letter)[0] in "LN" for letter in held):
            begins = not closed and piece.end() == len(text)
            found.append(Word(held, begins=begins or (single is not None and _HANGUL.search(held) is not None)))
        if len(found) == MOST_WORDS:
            break
    return tuple(found)


def condition(index: str, number: int, words: tuple[Word, ...], *, among: str = "", most: int = 50) -> Condition:
    """Where to find all these words in one index: at most ``most`` rows, those written last first.

    ``among`` is a query for the rowids that may be found. Raises ValueError where there is no word to look for.
    """
    if not words:
        raise ValueError("no word to look for")
    by_letters = any(word.unspaced for word in words)  # other words may stand in such a text without spaces too
    queries = [among] if among else []
    parameters: dict[str, Any] = {}
    for at, word in enumerate(words if by_letters else ()):
        query, more = _letters(word.text, number, at)
        queries.append(query)
        parameters |= more
    # where the index of words is walked, + keeps SQLite from asking it anew for each row
    wanted = [f"{'' if by_letters else '+'}rowid IN ({query})" for query in queries]
    if not by_letters:
        wanted.append(f"search_{index} MATCH :words")
        parameters["words"] = " AND ".join(word.match for word in words)
    where = " AND ".join(wanted)
    parameters["most"] = most
    return Condition(
        f"SELECT rowid AS row FROM search_{index} WHERE {where} ORDER BY rowid DESC LIMIT :most", parameters
    )


def check(connection: Any) -> list[str]:
    """The indexes that do not fit their texts, empty if all do; on a driver connection, may take seconds.

    Raises the driver's other errors.
    """
    wrong = []
    for index in _indexes(connection):
        try:
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except dbapi2.DatabaseError as error:
            if faults.result_code(error) != faults.CORRUPT:
                raise
            wrong.append(index)
    return wrong


def rebuild(connection: Any) -> None:
    """Make every index anew from the texts; a transaction, where one is wanted, is the caller's.

    Needed after VACUUM, which may number rows anew, and where ``check`` found an index that does not fit.
    """
    for index in _indexes(connection):
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


@contextlib.contextmanager
def made_afterwards(connection: Any) -> Iterator[None]:
    """Within it rows by the hundred thousand go in without the indexes, which are made once at its end.

    On a driver connection and inside the caller's transaction, which a failure within must roll back.
    """
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%'"
    triggers = connection.execute(found).fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        connection.execute(sql)
    rebuild(connection)


def _indexes(connection: Any) -> list[str]:
    made = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE search_% USING fts5(%' ORDER BY name"
    return [name for (name,) in connection.execute(made).fetchall()]


def _letters(text: str, number: int, at: int) -> tuple[str, dict[str, Any]]:
    """The rows that hold these letters; a trigram needs three of them, fewer are the beginning of one."""
    first, last = number * SPAN, (number + 1) * SPAN - 1
    if len(text) >= 3:
        where = f"search_unspaced MATCH :letters{at} AND rowid BETWEEN {first} AND {last}"
        return f"SELECT rowid - {first} FROM search_unspaced WHERE {where}", {f"letters{at}": Word(text, False).match}
    begun = text.lower()
    where = f"term >= :letters{at} AND term < :after{at} AND doc BETWEEN {first} AND {last}"
    query = f"SELECT doc - {first} FROM search_unspaced_terms WHERE {where}"
    return query, {f"letters{at}": begun, f"after{at}": begun + LAST}
