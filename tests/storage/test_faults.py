"""What goes wrong on the disk, in sentences."""

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from coachdesk.errors import Locked, RecordsDamaged, RecordsMissing, RecordsReadOnly, Refused
from coachdesk.storage import faults


def coded(code: int) -> dbapi2.OperationalError:
    """An error of the driver with a result code of SQLite."""
    error = dbapi2.OperationalError("in SQLite's words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind", "sentence"),
    [
        (coded(13), RecordsReadOnly, "The disk is full"),
        (coded(8), RecordsReadOnly, "read-only"),
        (coded(8 | 6 << 8), RecordsReadOnly, "read-only"),
        (coded(14), RecordsReadOnly, "cannot be opened or written"),
        (coded(10 | 3 << 8), RecordsReadOnly, "The disk reported an error"),
        (coded(5), Refused, "Another program is using"),
        (coded(6), Refused, "Another program is using"),
        (coded(11), RecordsDamaged, "damaged"),
        (coded(26), RecordsDamaged, "damaged"),
        (OperationalError("UPDATE", {}, coded(13)), RecordsReadOnly, "The disk is full"),
        (dbapi2.OperationalError("disk I/O error"), RecordsReadOnly, "The disk reported an error"),
        (dbapi2.OperationalError("database or disk is full"), RecordsReadOnly, "The disk is full"),
        (OSError(errno.ENOSPC, "no space"), RecordsReadOnly, "The disk is full"),
        (OSError(errno.EDQUOT, "quota"), RecordsReadOnly, "The disk is full"),
        (OSError(errno.EROFS, "read-only"), RecordsReadOnly, "read-only"),
        (OSError(errno.EACCES, "denied"), RecordsReadOnly, "read-only"),
        (OSError(errno.EIO, "broken"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ENODEV, "pulled"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ENXIO, "pulled"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ENOTCONN, "pulled"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ECONNABORTED, "pulled"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ESTALE, "pulled"), RecordsReadOnly, "The disk reported an error"),
        (OSError(errno.ENOENT, "gone"), RecordsMissing, "Check that the folder is there"),
    ],
)
def test_each_fault_has_its_sentence(error: Exception, kind: type[Refused], sentence: str) -> None:
    refused = faults.explain(error)
    assert kind is type(refused)
    assert sentence in refused.sentence


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a bug"),
        coded(1),
        coded(19),
        dbapi2.OperationalError("no such table: x"),
        OperationalError("SELECT", {}, Exception("disk I/O error")),
        OSError("without a number"),
        OSError(errno.EBADF, "a bug"),
    ],
)
def test_a_bug_stays_a_bug(error: Exception) -> None:
    assert faults.explain(error) is None
    with pytest.raises(type(error)) as caught, faults.explained():
        raise error
    assert caught.value is error


def test_a_refusal_explains_itself() -> None:
    refused = Locked("The records are locked.")
    assert refused is faults.explain(refused)
    with pytest.raises(Locked) as caught, faults.explained():
        raise refused
    assert caught.value is refused


def test_the_fault_stays_known_behind_its_sentence() -> None:
    error = coded(13)
    with pytest.raises(RecordsReadOnly) as caught, faults.explained():
        raise error
    assert error is caught.value.__cause__


def test_a_really_full_disk_is_said() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(RecordsReadOnly, match="The disk is full"), faults.explained():
        os.write(full, b"x")
    os.close(full)


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="Check that the folder is there"), faults.explained():
        (tmp_path / "file" / "inside").mkdir()
