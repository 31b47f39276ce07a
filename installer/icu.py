"""The data of ICU as Qt carries it on Linux, without the parts that we never ask Qt for: half of a large library.

Qt converts letters, compares texts and names zones of time with ICU (what ``libQt6Core`` imports of it), and we show no
name of a zone by Qt. It has its own names of languages, currencies and units, and its own rules for where lines break.
The form is ICU's common data: a header, a table of contents, the items (``icu/source/common/ucmndata.h``).
"""

import struct
import subprocess
import tempfile
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

NEVER_ASKED = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
"""Folders of the data: breaking text, currencies, languages, spelled numbers, regions, other scripts, units, zones."""

Item = tuple[str, bytes]

_LIBRARY = """\
    .section .rodata
    .globl {symbol}
    .type {symbol}, @object
    .balign 16
{symbol}:
    .incbin "data"
    .size {symbol}, . - {symbol}
    .section .note.GNU-stack, "", @progbits
"""


def trim(library: Path) -> None:
    """Replace a library of ICU's data by one without ``NEVER_ASKED``; raises ValueError for another kind of file."""
    content = library.read_bytes()
    header, items = read(content)
    kept = [item for item in items if item[0].split("/")[1] not in NEVER_ASKED]
    _link(library, written(header, kept), symbol=items[0][0].split("/")[0].rstrip("bel") + "_dat")


def read(content: bytes) -> tuple[bytes, list[Item]]:
    """The header of the data that a library holds, and its items by name, in their order."""
    start = content.find(b"CmnD") - 12
    if start < 0 or content[start + 2 : start + 4] != b"\xda\x27":
        raise ValueError("no common data of ICU")
    (length,) = struct.unpack_from("<H", content, start)
    base = start + length
    (count,) = struct.unpack_from("<I", content, base)
    table = list(struct.iter_unpack("<II", content[base + 4 : base + 4 + 8 * count]))
    ends = [*(at for _name, at in table[1:]), len(content) - base]
    names = [content[base + at : content.index(b"\0", base + at)].decode("ascii") for at, _data in table]
    return content[start:base], [
        (name, content[base + at : base + end])
        for name, (_name, at), end in zip(names, table, ends, strict=True)
    ]  # fmt: skip


def written(header: bytes, items: Iterable[Item]) -> bytes:
    """Common data with these items, each at a multiple of 16."""
    items = list(items)
    named = [name.encode("ascii") + b"\0" for name, _data in items]
    bodies = [_padded(data) for _name, data in items]
    names_at = accumulate((len(name) for name in named), initial=4 + 8 * len(items))
    start = len(_padded(b"\0" * (4 + 8 * len(items)) + b"".join(named)))
    data_at = accumulate((len(body) for body in bodies), initial=start)
    table = b"".join(struct.pack("<II", *each) for each in zip(names_at, data_at, strict=True))[: 8 * len(items)]
    return header + _padded(struct.pack("<I", len(items)) + table + b"".join(named)) + b"".join(bodies)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 16)


def _link(library: Path, data: bytes, symbol: str) -> None:
    """A library of this one symbol in the place of another, by the tools that PyInstaller needs as well (binutils)."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "data").write_bytes(data)
        (work / "data.s").write_text(_LIBRARY.format(symbol=symbol))
        for command in (
            ["as", "data.s", "-o", "data.o"],
            ["ld", "-shared", "-soname", library.name, "-o", "made", "data.o"],
        ):
            subprocess.run(command, cwd=work, check=True)
        library.write_bytes((work / "made").read_bytes())
