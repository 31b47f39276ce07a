"""A table out of a file somebody gives us: CSV in any of its forms, or XLSX; within bounds, whatever the file says."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from coachdesk.errors import Refused
from coachdesk.exchange.icf_log import unshielded
from coachdesk.words import _

Row = list[Any]
"""Cells: text, numbers, dates, None; as the file gives them."""
Told = Callable[[float], None]

LARGEST = 25 * 1024 * 1024
"""Bytes of a file; a log of fifty years has a thousandth of it."""
UNPACKED = 100 * 1024 * 1024
"""Bytes of everything inside an XLSX; a small file can claim to hold far more."""
PARTS = 500
ROWS, COLUMNS = 20_000, 64
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", ".xls"),
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"SQLite format 3", ".db"),
)
_ENDED = 200
"""Empty rows after which nothing more is expected."""


def read(path: Path, told: Told = lambda _share: None) -> list[Row]:
    """All rows of the file, or of an XLSX's first sheet; ``told`` hears how far it is.

    Raises:
        Refused: it cannot be read, is too large, or is another kind of file; in one sentence.
    """
    content = _content(path)
    rows = _of_xlsx(content, told) if content.startswith(b"PK") else _of_csv(content)
    return list(_bounded(rows))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(_("{path} could not be read.").format(path=path)) from error
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than 25 MB; no log of hours is. Nothing was read."))
    if not content.strip():
        raise Refused(_("This file is empty."))
    for beginning, ending in _OTHERS:
        if content.startswith(beginning):
            raise Refused(_("This is a {ending} file; save the table as .xlsx or .csv first.").format(ending=ending))
    return content


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    empty = 0
    for at, row in enumerate(rows):
        if at >= ROWS:
            raise Refused(_("This table has more than {n} rows; nothing was read.").format(n=ROWS))
        empty = 0 if any(cell not in (None, "") for cell in row) else empty + 1
        if empty > _ENDED:
            return
        yield row[:COLUMNS]


# --- CSV --------------------------------------------------------------------------------------------------------


def _of_csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            yield [unshielded(cell) for cell in row]
    except csv.Error as error:
        raise Refused(
            _("Line {n} of this file is not written as CSV; a quotation mark may be missing.").format(n=reader.line_num)
        ) from error


def _decoded(content: bytes) -> str:
    """The text: UTF-8, UTF-16 where it says so, else the old code page of Windows, in which nothing is unreadable."""
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise Refused(_("This file is no table; give a .csv or .xlsx file."))
    return text


def _delimiter(text: str) -> str:
    """What stands between the cells: the sign that is most frequent, outside quotation marks, in the first lines."""
    beginning = re.sub(r'"[^"]*"', "", text[:4000])
    return max(",;\t", key=beginning.count)


# --- XLSX -------------------------------------------------------------------------------------------------------


def _of_xlsx(content: bytes, told: Told) -> Iterator[Row]:
    _refuse_bomb(content)
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    told(0.1)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            page = book.worksheets[0]
            rows = page.iter_rows(values_only=True, max_row=ROWS + 1, max_col=COLUMNS)
            for at, row in enumerate(rows):
                if at % 500 == 0:
                    told(0.1 + 0.8 * at / ROWS)
                yield [unescape(cell) if isinstance(cell, str) else cell for cell in row]
        finally:
            book.close()
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise almost anything
        if _ours(error):
            raise
        raise Refused(_("This workbook is damaged, or not one that Excel would open. Nothing was read.")) from error


def _ours(error: Exception) -> bool:
    """Whether it comes from being told to stop, not from the file."""
    return type(error).__module__.startswith("coachdesk.")


def _refuse_bomb(content: bytes) -> None:
    """What cannot be a workbook of a log: no zip, too many parts, far too much inside, or XML that defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if not any(part.filename.endswith("workbook.xml") for part in parts):
                raise Refused(_("This is a packed file, but no Excel workbook; save the table as .xlsx or .csv first."))
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise Refused(_("This workbook holds far more than a log of hours. Nothing was read."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _defines(packed, part):
                    raise Refused(_("This workbook holds what no table needs. Nothing was read."))
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
        raise Refused(_("This workbook is damaged, or locked with a password. Nothing was read.")) from error


def _defines(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as file:
        beginning = file.read(4096).replace(b"\x00", b"").upper()
    return b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning
