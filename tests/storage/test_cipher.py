"""One encrypted file: what it looks like from outside, and how its form can be read by another tool."""

import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachdesk.storage import cipher, store
from tests.storage.conftest import KEY, OTHER_KEY


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"SQLite format 3\0" + bytes(4080), "plain_sqlite"),
        (b"Dear diary", "text"),
        ("ü".encode() * 3000, "text"),
        (b"x" + "ü".encode() * 3000, "text"),
        (b"\xef\xbb\xbfname;town\r\n", "text"),
        (b"\x00" * 4096, "another_key"),
        (b"\xff\xd8\xff\xe0" * 1000, "another_key"),
        (cipher.salt(KEY) + os.urandom(100), "ours"),
        (cipher.salt(OTHER_KEY) + b"\xff" * 100, "another_key"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "file").write_bytes(content)
    assert kind == cipher.kind(tmp_path / "file", KEY)


def test_the_records_can_be_read_with_sqlcipher_s_own_raw_key(closed: Path) -> None:
    """So that nobody depends on this program: PRAGMA key = "x'…'" with the 64 digits of the key is enough."""
    connection = dbapi2.connect(str(closed))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    assert [("Ada",)] == connection.execute("SELECT name FROM pupil").fetchall()
    connection.close()


def test_the_salt_tells_nothing_of_the_key(tmp_path: Path) -> None:
    store.create(tmp_path / "one.db", KEY).close()
    start = (tmp_path / "one.db").read_bytes()[:16]
    assert cipher.salt(KEY) == start
    assert cipher.salt(OTHER_KEY) != start
    assert KEY[:16] != start


def test_a_missing_file_is_not_made_by_connecting(tmp_path: Path) -> None:
    with pytest.raises(dbapi2.OperationalError):
        cipher.connect(tmp_path / "none.db", KEY)
    assert not (tmp_path / "none.db").exists()


def test_a_strange_path_is_opened_as_it_is_written(tmp_path: Path, versions: tuple[Path, ...]) -> None:
    path = tmp_path / "Jörg & Co? 100% #1" / "re cords.db"
    store.create(path, KEY, versions).close()
    assert path.exists()
    assert ["re cords.db"] == [each.name for each in path.parent.iterdir()]


def test_the_cipher_says_its_version() -> None:
    library, sqlite = cipher.versions()
    assert library.startswith("4.")
    assert sqlite.startswith("3.")
