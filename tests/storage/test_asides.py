"""Records that were put aside are found by their names, and nothing else is."""

from datetime import UTC, datetime

from coachdesk.storage import asides


def test_they_are_found_newest_first_with_why_they_lie_there(tmp_path):
    records = tmp_path / "records.db"
    for ending in (
        "", "-wal", ".before-restore-2026-03-02T12-00-00Z", ".before-restore-2026-03-02T12-00-00Z-wal",
        ".before-restore-2026-03-02T12-00-00Z-2", ".before-import-2026-03-04T12-00-00Z",
        ".damaged-2026-03-03T12-00-00Z", ".damaged-log", ".damaged-2026-13-03T12-00-00Z",
    ):  # fmt: skip
        (tmp_path / f"records.db{ending}").write_bytes(b"12345")
    listed = asides.found(records)
    assert ["before-import", "damaged", "before-restore", "before-restore"] == [each.why for each in listed]
    assert datetime(2026, 3, 4, 12, tzinfo=UTC) == listed[0].at
    assert {5} == {each.size for each in listed}


def test_nothing_is_found_where_nothing_is(tmp_path):
    assert [] == asides.found(tmp_path / "nowhere" / "records.db")
