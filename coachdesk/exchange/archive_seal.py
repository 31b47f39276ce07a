"""The sealed file of an archive: one stream of bytes under a passphrase of its own, written once, read at any place.

The file is, in this order::

    12 bytes                b"COACHDESK\\r\\n\\x1a": a transfer that changes line ends shows at once
    4 bytes                 length of the header, big-endian
    the header              JSON in UTF-8: format, version, salt (16 bytes, base64), memory_kib, passes, lanes,
                            check (base64), checksum (SHA-256 of the others, hex)
    the chunks              AES-256-GCM, 65,536 bytes of content and 16 of tag each; the last one may be shorter, or
                            have no content at all

The key is Argon2id of the passphrase (NFKC, UTF-8) with this salt and cost; being salted it seals this one file.
``check`` is HMAC-SHA256 under that key, cut to 16 bytes: it tells a wrong passphrase from a damaged file.
The nonce of a chunk is seven zero bytes, its number (4 bytes, big-endian, from 0) and 1 for the last chunk, else 0;
its associated data is the whole beginning of the file up to the first chunk. So a chunk that was changed, moved, left
out, put in or taken from another file does not open, nor does a file that ends early: the construction is STREAM
(Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
"""

import base64
import hashlib
import hmac
import io
import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, BinaryIO

from coachdesk.errors import RecordsDamaged, RecordsNewer, WrongKey
from coachdesk.storage import keys
from coachdesk.words import _

MAGIC = b"COACHDESK\r\n\x1a"
FORMAT, VERSION = "coachdesk-sealed", 1
CHUNK, TAG = 64 * 1024, 16
LONGEST_HEADER = 4096
KEPT = 8
"""Opened chunks kept in memory: a reader goes back and forth only a little."""


class Sealing(io.RawIOBase):
    """A file to write to; what is written is sealed. It is whole only once ``finish`` was called."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        """Begin the file; raises Refused for a passphrase that is too short. Takes 0.2 s and 64 MiB."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        super().__init__()
        keys.refuse_short(passphrase)
        salt = secrets.token_bytes(16)
        key = keys.stretched(passphrase, keys.COST, salt)
        self._file, self._aead = file, AESGCM(key)
        self._beginning = _beginning(salt, key)
        self._waiting, self._number = bytearray(), 0
        file.write(self._beginning)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any, /) -> int:
        """Take more content; a chunk is sealed once it is known not to be the last."""
        given = bytes(content)
        self._waiting += given
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(given)

    def finish(self) -> None:
        """Seal the last chunk; the file itself stays open."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._file.write(self._aead.encrypt(_nonce(self._number, last=last), content, self._beginning))
        self._number += 1


class Unsealed(io.RawIOBase):
    """The content of a sealed file, readable at any place; every chunk is proved before any of it is given out."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        """Open the file and prove its end.

        Raises:
            WrongKey: it was sealed with another passphrase.
            RecordsDamaged: it is no sealed file, was changed, or ends early.
            RecordsNewer: its form is newer than this program.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        super().__init__()
        self._file = file
        self._beginning, header = _read_beginning(file)
        key = keys.stretched(passphrase, _cost(header), _bytes(header, "salt"))
        if not hmac.compare_digest(_bytes(header, "check"), _check(key)):
            raise WrongKey(
                _("This is not the passphrase of this archive. Check upper and lower case and the keyboard.")
            )
        self._aead = AESGCM(key)
        self._chunks = _chunks(file, len(self._beginning))
        self._opened: OrderedDict[int, bytes] = OrderedDict()
        self._size = (self._chunks - 1) * CHUNK + len(self._chunk(self._chunks - 1))
        self._place = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        self._place = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence])
        return self._place

    def readinto(self, buffer: Any, /) -> int:
        """Read what one chunk gives; 0 at the end. Raises RecordsDamaged."""
        if self._place >= self._size:
            return 0
        number, within = divmod(self._place, CHUNK)
        part = self._chunk(number)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if number not in self._opened:
            self._opened[number] = self._open(number)
            while len(self._opened) > KEPT:
                self._opened.popitem(last=False)
        return self._opened[number]

    def _open(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        self._file.seek(len(self._beginning) + number * (CHUNK + TAG))
        sealed = self._file.read(CHUNK + TAG)
        try:
            return self._aead.decrypt(_nonce(number, last=number == self._chunks - 1), sealed, self._beginning)
        except InvalidTag:
            raise changed() from None


def is_sealed(file: BinaryIO) -> bool:
    """Whether a file begins as a sealed one; it stands at its beginning again afterwards."""
    file.seek(0)
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def changed() -> RecordsDamaged:
    """The refusal of a file that is not as it was written."""
    return RecordsDamaged(
        _("This archive is not whole: it ends early or was changed after it was written. Take another copy of it.")
    )


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _check(key: bytes) -> bytes:
    return hmac.digest(key, b"coachdesk archive check", hashlib.sha256)[:16]


def _beginning(salt: bytes, key: bytes) -> bytes:
    memory, passes, lanes = keys.COST
    header: dict[str, Any] = {
        "format": FORMAT, "version": VERSION, "salt": base64.b64encode(salt).decode(), "memory_kib": memory,
        "passes": passes, "lanes": lanes, "check": base64.b64encode(_check(key)).decode(),
    }  # fmt: skip
    header["checksum"] = _checksum(header)
    encoded = json.dumps(header).encode()
    return MAGIC + len(encoded).to_bytes(4, "big") + encoded


def _checksum(header: Mapping[str, Any]) -> str:
    plain = json.dumps({name: header[name] for name in header if name != "checksum"}, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _read_beginning(file: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    file.seek(0)
    start = file.read(len(MAGIC) + 4)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if start[: len(MAGIC)] != MAGIC or length > LONGEST_HEADER:
        raise changed()
    encoded = file.read(length)
    try:
        header = json.loads(encoded)
        ours = header["format"] == FORMAT and header["checksum"] == _checksum(header)
        newer = ours and int(header["version"]) > VERSION
    except (ValueError, KeyError, TypeError, RecursionError):
        raise changed() from None
    if newer:
        raise RecordsNewer(_("This archive was written by a newer CoachDesk. Install the newer version to open it."))
    if not ours:
        raise changed()
    return start + encoded, header


def _cost(header: Mapping[str, Any]) -> tuple[int, int, int]:
    try:
        return keys.cost_of(header)
    except ValueError:
        raise changed() from None


def _bytes(header: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(header[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise changed() from None


def _chunks(file: BinaryIO, beginning: int) -> int:
    """How many chunks follow the beginning; raises RecordsDamaged where the end cannot be one."""
    size = file.seek(0, io.SEEK_END) - beginning
    whole, rest = divmod(size, CHUNK + TAG)
    if size < TAG or 0 < rest < TAG:
        raise changed()
    return whole + (1 if rest else 0)
