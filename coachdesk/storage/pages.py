"""The pages of an encrypted file read one by one, so that a damaged one costs nothing but what stands on it.

SQLCipher refuses everything once it has met a page whose signature is wrong, and SQLite reaches a page only through the
ones above it. Here each page is proved and opened by itself. Forms: https://www.zetetic.net/sqlcipher/design/ (a raw
key; AES-256-CBC; HMAC-SHA512 over content, vector and page number; 80 bytes at the end of a page of 4,096) and
https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1 (records) and 4.1 (the write-ahead log).
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coachdesk.storage import cipher
from coachdesk.storage.columns import Value

SIZE, VECTOR, SIGNATURE = 4096, 16, 64
USABLE = SIZE - VECTOR - SIGNATURE
LEAF, INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 0x0D, 0x05, 0x0A, 0x02
KINDS = (LEAF, INTERIOR, INDEX_LEAF, INDEX_INTERIOR)
_WAL_HEADER, _FRAME_HEADER, _FIRST = 32, 24, 100


@dataclass(frozen=True)
class Cell:
    """One row as it stands on a page."""

    rowid: int
    fields: tuple[Value, ...]
    cut: bool = False
    """Whether a part of it stands on a page that cannot be read; the last field may end early, others are missing."""


class Pages:
    """The newest readable content of every page: in the write-ahead log, else in the file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        self._signing = hashlib.pbkdf2_hmac("sha512", key, bytes(each ^ 0x3A for each in cipher.salt(key)), 2, 32)
        self._file = path.read_bytes() if path.exists() else b""
        log = path.with_name(path.name + "-wal")
        self._logged = _committed(log.read_bytes()) if log.exists() else {}
        self.count = max([len(self._file) // SIZE, *self._logged])

    def read(self, number: int) -> bytes | None:
        """The content of a page (from 1) without its signature; None if it cannot be read."""
        for sealed in (self._logged.get(number), self._file[(number - 1) * SIZE : number * SIZE]):
            if sealed and (opened := self._open(number, sealed)) is not None:
                return opened
        return None

    def _open(self, number: int, sealed: bytes) -> bytes | None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        skipped = 16 if number == 1 else 0  # the salt stands where SQLite has its magic words
        content, vector = sealed[skipped:USABLE], sealed[USABLE : USABLE + VECTOR]
        signed = hmac.digest(self._signing, content + vector + number.to_bytes(4, "little"), hashlib.sha512)
        if len(sealed) != SIZE or not hmac.compare_digest(signed, sealed[-SIGNATURE:]):
            return None
        opened = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        return bytes(skipped) + opened.update(content) + opened.finalize()

    def kind(self, number: int, page: bytes) -> int:
        """What a page is: one of ``KINDS``, or something without rows."""
        return page[_FIRST if number == 1 else 0]

    def children(self, number: int, page: bytes) -> Iterator[int]:
        """The pages below an interior page."""
        start = _FIRST if number == 1 else 0
        for at in _cells(page, start, 12):
            yield int.from_bytes(page[at : at + 4], "big")
        yield int.from_bytes(page[start + 8 : start + 12], "big")

    def rows(self, number: int, page: bytes) -> Iterator[Cell | None]:
        """The rows of a table's leaf; None for one that makes no sense."""
        for at in _cells(page, _FIRST if number == 1 else 0, 8):
            try:
                length, at = varint(page, at)
                rowid, at = varint(page, at)
                payload, whole = self._payload(page, at, length, USABLE - 35)
                yield Cell(_signed(rowid), _fields(payload), not whole)
            except (IndexError, ValueError, struct.error):
                yield None

    def entries(self, number: int, page: bytes) -> Iterator[tuple[Value, ...]]:
        """The entries of an index page: the columns it is by, then the number of the row."""
        below = self.kind(number, page) == INDEX_INTERIOR
        for at in _cells(page, 0, 12 if below else 8):
            try:
                length, at = varint(page, at + (4 if below else 0))
                payload, whole = self._payload(page, at, length, (USABLE - 12) * 64 // 255 - 23)
                if whole:
                    yield _fields(payload)
            except (IndexError, ValueError, struct.error):
                continue

    def _payload(self, page: bytes, at: int, length: int, most: int) -> tuple[bytes, bool]:
        """A record, put together from the pages it runs over to; whether all of it could be read."""
        least = (USABLE - 12) * 32 // 255 - 23
        here = length
        if length > most:
            wanted = least + (length - least) % (USABLE - 4)
            here = wanted if wanted <= most else least
        found = bytearray(page[at : at + here])
        following = int.from_bytes(page[at + here : at + here + 4], "big") if length > here else 0
        while len(found) < length:
            further = self.read(following) if 0 < following <= self.count else None
            if further is None:
                return bytes(found), False
            found += further[4 : 4 + length - len(found)]
            following = int.from_bytes(further[:4], "big")
        return bytes(found), True


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends; raises IndexError."""
    value = 0
    for step in range(8):
        value = value << 7 | data[at + step] & 0x7F
        if data[at + step] < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _cells(page: bytes, start: int, header: int) -> list[int]:
    count = min(int.from_bytes(page[start + 3 : start + 5], "big"), (USABLE - start - header) // 2)
    first = start + header
    return [int.from_bytes(page[first + 2 * at : first + 2 * at + 2], "big") for at in range(count)]


def _fields(payload: bytes) -> tuple[Value, ...]:
    size, at = varint(payload, 0)
    kinds = []
    while at < size:
        kind, at = varint(payload, at)
        kinds.append(kind)
    found: list[Value] = []
    at = size
    for kind in kinds:
        length = _length(kind)
        if at >= len(payload) and length:
            break
        found.append(_field(kind, payload[at : at + length]))
        at += length
    return tuple(found)


def _length(kind: int) -> int:
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind] if kind < 12 else (kind - 12) // 2


def _field(kind: int, content: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", content)[0])
    if kind < 7:
        return int.from_bytes(content, "big", signed=True)
    return content.decode(errors="ignore") if kind % 2 else content


def _committed(log: bytes) -> dict[int, bytes]:
    """Page → content of the last transaction in a write-ahead log that was committed whole."""
    if len(log) < _WAL_HEADER or log[:3] != b"\x37\x7f\x06":
        return {}
    order = ">" if log[3] & 1 else "<"
    sums = _summed(log[:24], order, (0, 0))
    if sums != struct.unpack(">II", log[24:32]):
        return {}
    sure: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(log) - _FRAME_HEADER - SIZE + 1, _FRAME_HEADER + SIZE):
        head, page = log[at : at + _FRAME_HEADER], log[at + _FRAME_HEADER : at + _FRAME_HEADER + SIZE]
        sums = _summed(page, order, _summed(head[:8], order, sums))
        if head[8:16] != log[16:24] or sums != struct.unpack(">II", head[16:24]):
            break
        waiting[int.from_bytes(head[:4], "big")] = page
        if head[4:8] != bytes(4):  # the number of pages after a commit
            sure.update(waiting)
            waiting.clear()
    return sure


def _summed(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
