"""Everything that is kept about one client, for the client: a page to read and the same as data, in one zip file."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db

from coachdesk import NAME, __version__
from coachdesk.clock import Now
from coachdesk.exchange import files
from coachdesk.exchange.client_page import Page
from coachdesk.exchange.client_rows import PRIVATE_COLUMNS, ClientRows
from coachdesk.practice import clients
from coachdesk.storage.faults import explained
from coachdesk.words import _

PAGE, DATA, TELLS = "readable.html", "data.json", "README.txt"

Progress = Callable[[float], None]


@dataclass
class _Share:
    """How much is done; both the page and the data go over every row once."""

    whole: int
    told: Progress | None
    done: int = 0

    def more(self, rows: int) -> None:
        """So many rows more are written."""
        self.done += rows
        if self.told is not None:
            self.told(min(1.0, self.done / max(1, self.whole)))


def write(
    db: Db,
    client_id: str,
    path: Path,
    *,
    now: Now,
    zone: ZoneInfo,
    with_private: bool = False,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Write the zip file; how many rows of each table are in it, is the answer.

    The coach's private lines (private canvas, self checks, and what is being typed into them) are in it only
    ``with_private``. Rows are read a few hundred at a time, all as they stood when it began. ``progress`` is told the
    share done and may raise to stop; then no file is left.

    Raises:
        Refused: there is no such client; the file cannot be written.
    """
    clients.one(db, client_id)
    rows = ClientRows(db, client_id, with_private)
    counts = rows.counts()
    share = _Share(2 * sum(counts.values()), progress)
    share.more(0)
    made = now.at.astimezone(zone)
    with explained(), files.in_place_of(path) as file, zipfile.ZipFile(file, "w") as bundle:
        _put(bundle, TELLS, [_tells(with_private)], made)
        _put(bundle, PAGE, Page(rows, counts, made, zone, share.more).pieces(), made)
        _put(bundle, DATA, _data(rows, made, share.more), made)
    return counts


def file_name(day: date) -> str:
    """A name for the file that tells nobody whose it is."""
    return f"coaching-data-{day.isoformat()}.zip"


def plain(value: Any) -> Any:
    """A value in what JSON knows: moments and dates in ISO 8601, moments in UTC with offset."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _put(bundle: zipfile.ZipFile, name: str, pieces: Iterable[str], made: datetime) -> None:
    """One file of the zip, piece by piece; its date is the moment of the whole."""
    entry = zipfile.ZipInfo(name, made.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with bundle.open(entry, "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8", newline="\n") as text:
        text.writelines(pieces)


def _data(rows: ClientRows, made: datetime, told: Callable[[int], None]) -> Iterator[str]:
    """The rows as one JSON document: ``about``, then each table as a list of objects."""
    about = {
        "program": f"{NAME} {__version__}", "made_at": plain(made), "with_private": rows.with_private,
        "left_out": [] if rows.with_private else _left_out(),
    }  # fmt: skip
    yield f'{{\n"about": {json.dumps(about, ensure_ascii=False)}'
    for name in rows.owned:
        yield f',\n"{name}": ['
        before = "\n"
        for batch in rows.batches(name):
            for row in batch:
                line = json.dumps({column: plain(value) for column, value in row.items()}, ensure_ascii=False)
                yield f"{before}{line}"
                before = ",\n"
            told(len(batch))
        yield "\n]"
    yield "\n}\n"


def _left_out() -> list[str]:
    columns = [f"{table}.{column}" for table, names in PRIVATE_COLUMNS.items() for column in sorted(names)]
    return ["canvas_line where private", *columns]


def _tells(with_private: bool) -> str:
    if with_private:
        private = _("It also holds the coach's private lines about their own work with you.")
    else:
        private = _("The coach's private lines about their own work, where there are any, are not in it.")
    return "\n".join((
        _("This is what your coach keeps about you in the program {name}.").format(name=NAME),
        "",
        _("{file}: the same to read. Open it with any browser; it loads nothing from the internet.").format(file=PAGE),
        _("{file}: the same as data (JSON), for another program.").format(file=DATA),
        "",
        private,
        _("The records themselves are encrypted. This copy is not: keep it where only you can open it."),
        "",
    ))  # fmt: skip
