"""The file a release leaves for those after it."""

import shutil
from pathlib import Path

import pytest

from coachdesk.storage import cipher, migrate, store
from tests.storage import released


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The file of the present form."""
    return released.write(tmp_path)


def test_it_has_rows_in_every_table(left: Path) -> None:
    connection = cipher.connect(left, released.KEY, "ro")
    counts = cipher.counts(connection)
    connection.close()
    assert f"{migrate.revisions()[-1]}.db" == left.name
    assert 20 < len(counts)
    assert [] == [table for table, rows in counts.items() if not rows]


def test_it_opens_as_it_is(left: Path, tmp_path: Path) -> None:
    path = tmp_path / "home" / "records.db"
    path.parent.mkdir()
    shutil.copyfile(left, path)
    opened = store.open(path, released.KEY)
    assert [] == store.check(opened, quick=False)
    opened.close()
    assert not (path.parent / "backups").exists()


def test_a_form_that_was_released_is_never_written_again(left: Path) -> None:
    before = left.read_bytes()
    with pytest.raises(FileExistsError):
        released.write(left.parent)
    assert before == left.read_bytes()
