"""A client with a word of its own in every text there is, and a look at every decrypted byte a file has.

The look is a second reader: it decrypts pages by itself, as https://www.zetetic.net/sqlcipher/design/ describes them,
so that free pages, gaps within pages and the write-ahead log are seen, which no query shows.
"""

import hashlib
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel

from coachdesk import practice
from coachdesk.practice import record

for _module in pkgutil.iter_modules(practice.__path__):
    importlib.import_module(f"{practice.__name__}.{_module.name}")  # every table there is

PAGE, RESERVED, SALT = 4096, 80, 16
"""Bytes of a page, of its end (initialisation vector and signature), and of the salt at the beginning of a file."""
WAL_HEAD, FRAME_HEAD = 32, 24

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
CHOSEN = {
    ("client", "kind"): "individual", ("client", "time_zone"): "Europe/Vienna",
    ("session", "state"): "finished", ("session", "paid"): "paid", ("session", "kind"): "individual",
    ("session", "time_zone"): "Europe/Vienna", ("review", "state"): "kept", ("hours_noted", "source"): "imported",
    ("hours_noted", "kind"): "individual",
}  # fmt: skip
"""Where a word of ours would be no sense, and what stands there."""
ALONE = ("draft", "duty_told")
"""Tables that name a client, or a row of theirs, by an id only."""


def word(place: str) -> str:
    """A word found nowhere else; no two begin alike, because a search index leaves out what two words share."""
    number = int.from_bytes(hashlib.sha256(place.encode()).digest(), "big")
    return "".join(chr(ord("a") + number // 26**at % 26) for at in range(16))


def plant(db: Session, number: int = 0) -> tuple[str, dict[str, str]]:
    """A client with a row in every table in which they can have one; their id, and the word in each text."""
    rows: dict[str, str] = {}
    words: dict[str, str] = {}
    for table in sorted(SQLModel.metadata.sorted_tables, key=lambda each: each.name in ALONE):
        parents = {column.name: key.column.table.name for column in table.c for key in column.foreign_keys}
        if table.name == "client" or table.name in ALONE or set(parents.values()) & set(rows):
            rows[table.name] = record.new_id()
            nobodys = {name: _any_id(db, name) for name in {*parents.values()} - {*rows}}
            db.execute(table.insert().values(_row(table, nobodys | rows, parents, words, number)))
    return rows["client"], words


def _any_id(db: Session, table: str) -> str | None:
    return db.execute(select(SQLModel.metadata.tables[table].c["id"]).limit(1)).scalar()


def _row(
    table: Table, rows: dict[str, str | None], parents: dict[str, str], words: dict[str, str], number: int
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.c:
        place = f"{table.name}.{column.name}"
        if column.name == "id":
            values["id"] = rows[table.name]
        elif column.name in parents:
            values[column.name] = rows.get(parents[column.name]) if parents[column.name] != table.name else None
        elif column.name == "subject_id":
            values[column.name] = rows["client" if number % 2 else "session"]
        elif _kind(column) is str and (table.name, column.name) not in CHOSEN and not _allowed(column):
            words[place] = word(f"{place} {number}")
            values[column.name] = f"{words[place]} {'and so on, ' * (900 if column.name in LONG else 1)} {words[place]}"
        else:
            values[column.name] = CHOSEN.get((table.name, column.name)) or _value(column)
    return values


LONG = ("body", "text")
"""Texts that fill more than a page."""


def _allowed(column: Any) -> list[str]:
    """The words a check lets a column have."""
    for check in column.table.constraints:
        said = str(getattr(check, "sqltext", ""))
        if found := re.search(rf"\b{column.name} IN \(([^)]*)\)", said):
            return re.findall(r"'(\w+)'", found[1])
    return []


def _kind(column: Any) -> type:
    """What a column holds, in Python."""
    return getattr(column.type, "impl_instance", column.type).python_type


def _value(column: Any) -> object:
    if allowed := _allowed(column):
        return allowed[0]
    return {bool: False, date: date(2026, 2, 3), datetime: AT, int: 3, float: 3.0}[_kind(column)]


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """The decrypted pages of a database or of a write-ahead log."""
    content = path.read_bytes()
    if path.name.endswith("-wal"):
        for at in range(WAL_HEAD, len(content) - FRAME_HEAD, FRAME_HEAD + PAGE):
            number = int.from_bytes(content[at : at + 4], "big")
            yield _plain(content[at + FRAME_HEAD : at + FRAME_HEAD + PAGE], key, number)
    else:
        for at in range(0, len(content), PAGE):
            yield _plain(content[at : at + PAGE], key, at // PAGE + 1)


def _plain(page: bytes, key: bytes, number: int) -> bytes:
    start = SALT if number == 1 else 0
    if len(page) < PAGE or not any(page):
        return b""
    body, vector = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
    opened = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return opened.update(body) + opened.finalize()


def found(folder: Path, key: bytes, words: dict[str, str]) -> dict[str, list[str]]:
    """In which files below a folder, decrypted and as they are, the ends of these words stand, in any encoding."""
    sought = {place: _forms(one[-9:]) for place, one in words.items()}
    there: dict[str, list[str]] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = (path.read_bytes() + b"\0" + b"\0".join(pages(path, key))).upper()
        for place, forms in sought.items():
            if any(form in content for form in forms):
                there.setdefault(path.name, []).append(place)
    return there


def _forms(text: str) -> tuple[bytes, bytes]:
    """A word in capitals, in UTF-8, and without the first or last zero byte in UTF-16 of either order."""
    capitals = text.upper()
    return capitals.encode(), "\0".join(capitals).encode()
