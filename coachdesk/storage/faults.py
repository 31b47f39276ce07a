"""What the disk and the database say when something goes wrong, turned into sentences for the coach."""

import contextlib
import errno
from collections.abc import Iterator

from sqlcipher3 import dbapi2

from coachdesk.errors import RecordsDamaged, RecordsMissing, RecordsReadOnly, Refused
from coachdesk.storage import turns
from coachdesk.words import N_, _

# Primary result codes, https://www.sqlite.org/rescode.html
PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
FOREIGN_KEY = "FOREIGN KEY constraint failed"
"""What SQLite says of a row that would belong to nothing; the driver leaves out the extended code that tells it."""

_FULL = N_("The disk is full, so nothing was stored. Make some room on it and try again.")
_READ_ONLY = N_(
    "The records cannot be written: the folder or the disk is read-only. "
    "Nothing was changed. Allow writing there, or move the records to another folder."
)
_BUSY = N_("Another program is using the records just now, so nothing was stored. Close it and try again.")
_STILL_OPEN = N_(
    "The records are still open, perhaps in another window. Close them and try again; nothing was changed."
)
_FAILING = N_(
    "The disk reported an error, so nothing was stored. Check that it is connected and not full, then try again; "
    "if it happens again, restore the latest backup onto another disk."
)
_DAMAGED = N_(
    "A part of the records cannot be read: the file is damaged. Nothing was changed. Restore the latest backup; "
    "the damaged file is kept aside."
)
_UNREACHABLE = N_(
    "The records cannot be opened or written in their folder. "
    "Check that the folder is there and that you may write in it."
)

_TOO_LONG = N_("This name is too long for a file.")
_GONE = N_("What this belongs to is no longer there, perhaps removed in another window. Nothing was stored.")
_UNWRITABLE = N_("This text holds a broken character that cannot be looked up or stored. Please type it again.")

_BY_RESULT: dict[int, tuple[type[Refused], str]] = {
    PERM: (RecordsReadOnly, _READ_ONLY),
    BUSY: (Refused, _BUSY),
    LOCKED: (Refused, _BUSY),
    READONLY: (RecordsReadOnly, _READ_ONLY),
    IOERR: (RecordsReadOnly, _FAILING),
    CORRUPT: (RecordsDamaged, _DAMAGED),
    FULL: (RecordsReadOnly, _FULL),
    CANTOPEN: (RecordsReadOnly, _UNREACHABLE),
    NOTADB: (RecordsDamaged, _DAMAGED),
}
_BY_MESSAGE = {
    "disk I/O error": IOERR,
    "database or disk is full": FULL,
    "attempt to write a readonly database": READONLY,
    "database is locked": BUSY,
    "database disk image is malformed": CORRUPT,
    "file is not a database": NOTADB,
}
_BY_ERRNO: dict[int, tuple[type[Refused], str]] = {
    errno.ENOSPC: (RecordsReadOnly, _FULL),
    errno.EDQUOT: (RecordsReadOnly, _FULL),
    errno.EFBIG: (RecordsReadOnly, _FULL),
    errno.EACCES: (RecordsReadOnly, _READ_ONLY),
    errno.EPERM: (RecordsReadOnly, _READ_ONLY),
    errno.EROFS: (RecordsReadOnly, _READ_ONLY),
    errno.EIO: (RecordsReadOnly, _FAILING),
    errno.ENODEV: (RecordsReadOnly, _FAILING),  # these five: a stick or a share that was there is gone
    errno.ENXIO: (RecordsReadOnly, _FAILING),
    errno.ENOTCONN: (RecordsReadOnly, _FAILING),
    errno.ECONNABORTED: (RecordsReadOnly, _FAILING),
    errno.ESTALE: (RecordsReadOnly, _FAILING),
    errno.ENOENT: (RecordsMissing, _UNREACHABLE),
    errno.ENOTDIR: (RecordsMissing, _UNREACHABLE),
    errno.EEXIST: (RecordsReadOnly, _UNREACHABLE),
    errno.ENAMETOOLONG: (Refused, _TOO_LONG),
    errno.EISDIR: (RecordsReadOnly, _UNREACHABLE),
}

Unfit: type[Exception] = dbapi2.IntegrityError
"""What the database raises for a row that its own rules do not allow."""


def still_open() -> Refused:
    """The refusal where a file must be closed and is not."""
    return Refused(_(_STILL_OPEN))


def damaged() -> RecordsDamaged:
    """The refusal where a check found damage."""
    return RecordsDamaged(_(_DAMAGED))


def result_code(error: BaseException) -> int | None:
    """SQLite's primary result code behind an error, through SQLAlchemy's wrapping; None if SQLite did not raise it."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF
    if isinstance(original, dbapi2.Error):  # errors of the driver's backup() come without their code
        return _BY_MESSAGE.get(str(original))
    return None


def explain(error: BaseException) -> Refused | None:
    """The sentence for an error of the disk or the database; None for anything else, which is a bug."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, UnicodeEncodeError):
        return Refused(_(_UNWRITABLE))
    if str(getattr(error, "orig", None)) == FOREIGN_KEY:
        return Refused(_(_GONE))
    code = result_code(error)
    if code in (BUSY, LOCKED) and turns.under_way():
        return turns.busy()
    known = _BY_RESULT.get(code) if code is not None else None
    if known is None and isinstance(error, OSError) and error.errno is not None:
        known = _BY_ERRNO.get(error.errno)
    if known is None:
        return None
    kind, sentence = known
    return kind(_(sentence))


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Whatever the disk or the database raises inside, raised as its sentence; bugs pass as they are."""
    try:
        yield
    except Exception as error:
        refused = explain(error)
        if refused is None or refused is error:
            raise
        raise refused from error
