"""Rows of any table as lines of JSON, and back into a table of the same columns."""

import base64
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from coachdesk.exchange.archive_seal import changed
from coachdesk.storage.columns import Value, columns

LONGEST_LINE = 64 * 1024**2
"""Bytes of one row: a dozen texts of a million letters, each written in six."""
AT_ONCE = 500


def written(connection: Any, table: str) -> Iterator[bytes]:
    """The rows of a table in their order, a line for each."""
    names = [column.name for column in columns(connection, table)]
    chosen = ", ".join(f'"{name}"' for name in names)
    for row in connection.execute(f'SELECT {chosen} FROM "{table}" ORDER BY rowid'):
        content = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines(file: IO[bytes], count: int) -> Iterator[bytes]:
    """So many lines of a file; raises RecordsDamaged if there are more or less, or one is far too long."""
    for _number in range(count):
        line = file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise changed()
        yield line
    if file.read(1):
        raise changed()


def put(connection: Any, table: str, written_lines: Iterable[bytes]) -> None:
    """Put rows into a table that has none.

    Raises RecordsDamaged for a row that has other columns or holds what its columns cannot, the driver's errors.
    """
    there = columns(connection, table)
    names = [column.name for column in there]
    chosen, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _name in names)
    waiting = iter(written_lines)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        rows = [_row(line, names) for line in some]
        if not all(column.holds(value) for row in rows for column, value in zip(there, row, strict=True)):
            raise changed()
        connection.executemany(f'INSERT INTO "{table}" ({chosen}) VALUES ({places})', rows)


def _row(line: bytes, names: list[str]) -> list[Value]:
    content = json.loads(line)
    if not isinstance(content, dict) or content.keys() != set(names):
        raise changed()
    return [_value(content[name]) for name in names]


def _plain(value: Value) -> Any:
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _value(plain: Any) -> Value:
    if isinstance(plain, dict):
        return base64.b64decode(plain["bytes"], validate=True)
    if isinstance(plain, list | bool):
        raise changed()
    if isinstance(plain, str):
        plain.encode()  # half a character cannot be stored; raises ValueError
    return plain  # type: ignore[no-any-return]
