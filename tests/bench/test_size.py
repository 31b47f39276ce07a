"""What is on the disk is counted once."""

from pathlib import Path

from tests.bench.size import megabytes


def test_a_folder_is_as_large_as_its_files_and_a_link_is_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "library").write_bytes(bytes(2_000_000))
    (tmp_path / "data").write_bytes(bytes(500_000))
    (tmp_path / "same").symlink_to("inner/library")
    assert 2.5 == round(megabytes(tmp_path), 3)
    assert 0.5 == megabytes(tmp_path / "data")


def test_what_was_not_built_has_no_size(tmp_path: Path) -> None:
    assert megabytes(tmp_path / "coachdesk") is None
