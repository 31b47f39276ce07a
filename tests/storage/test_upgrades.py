"""Records of every earlier form keep every value of every row when they are brought to the newest one."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from coachdesk.storage import cipher, columns, migrate, store
from tests import every_table
from tests.storage.released import EARLIER, FORMS, KEY

SEEDS = range(3)

Values = dict[str, dict[str, dict[str, Any]]]
"""By table and id, the values of a row by column."""


def values(path: Path) -> Values:
    """Everything that stands in a closed file."""
    connection = cipher.connect(path, KEY, "ro")
    try:
        found: Values = {}
        for table in columns.tables(connection):
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found[table] = {str(row["id"]): row for row in rows}
        return found
    finally:
        connection.close()


def lost(before: Values, after: Values) -> list[str]:
    """Every table, row and value that is not there any more as it was; what came along is no loss."""
    return [
        f"{table}.{column} of {row_id}"
        for table, rows in before.items()
        for row_id, row in rows.items()
        for column, value in row.items()
        if value != after.get(table, {}).get(row_id, {}).get(column, f"no {column}")
    ]


def revision_of(path: Path) -> str | None:
    """The form of a closed file."""
    connection = cipher.connect(path, KEY, "ro")
    try:
        return migrate.stored(connection)
    finally:
        connection.close()


def brought_to_the_newest(path: Path) -> Values:
    """What stands in the records after they were opened as the program opens them."""
    opened = store.open(path, KEY)
    try:
        assert [] == store.check(opened, quick=False)
    finally:
        opened.close()
    assert migrate.revisions()[-1] == revision_of(path)
    return values(path)


@pytest.mark.parametrize("released", FORMS, ids=lambda path: path.stem)
def test_released_records_keep_every_value_of_every_row(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(released, path)
    before = values(path)
    assert sum(map(len, before.values())) > 50
    assert [] == lost(before, brought_to_the_newest(path))


@pytest.mark.parametrize("released", EARLIER, ids=lambda path: path.stem)
def test_the_copy_kept_first_is_what_was_there(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(released, path)
    before = values(path)
    brought_to_the_newest(path)
    (copy,) = (tmp_path / "backups").glob("before-migration-*.db")
    assert (before, released.stem) == (values(copy), revision_of(copy))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", migrate.revisions()[:-1])
def test_every_table_of_every_earlier_form_filled_at_random_keeps_every_value(
    form: str, seed: int, tmp_path: Path
) -> None:
    path = tmp_path / "records.db"
    path.touch()
    migrate.climb(path, KEY, backups=None, to=form)
    connection = cipher.connect(path, KEY)
    counts = every_table.fill(connection, seed)
    connection.close()
    before = values(path)
    assert counts == {table: len(rows) for table, rows in before.items()}
    assert all(counts.values())
    assert [] == lost(before, brought_to_the_newest(path))


DRAFTS = """
    INSERT INTO draft (id, created_at, updated_at, screen, subject_id, field, text) VALUES
    (hex(randomblob(8)), '2026-03-01', '2026-03-01', ?, ?, ?, ?)
"""


def test_what_was_typed_beside_the_call_lies_where_the_pages_look_for_it(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    path.touch()
    migrate.climb(path, KEY, backups=None, to="0003")
    connection = cipher.connect(path, KEY)
    for typed in (
        ("beside the call", "s1", "promise", "Send the list"),
        ("beside the call", "s1", "owner", "client"),
        ("beside the call", "s1", "jot", "her father again"),
        ("beside the call", "s2", "jot", "a pause"),
        ("note", "s2", "body", "her words"),
        ("session", "s2", "promise", "Read it"),
    ):
        connection.execute(DRAFTS, typed)
    connection.close()
    found = brought_to_the_newest(path)["draft"].values()
    assert {
        ("session", "s1", "promise", "Send the list"),
        ("session", "s1", "promise-owner", "client"),
        ("note", "s1", "body", "her father again"),
        ("note", "s2", "body", "her words\na pause"),
        ("session", "s2", "promise", "Read it"),
    } == {(row["screen"], row["subject_id"], row["field"], row["text"]) for row in found}


def test_a_loss_is_found() -> None:
    before = {"client": {"1": {"name": "Ada", "email": ""}, "2": {"name": "Bea"}}, "note": {"3": {"body": "a"}}}
    after = {"client": {"1": {"name": "Ada", "email": None}}}
    assert ["client.email of 1", "client.name of 2", "note.body of 3"] == lost(before, after)
