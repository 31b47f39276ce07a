"""SHA256SUMS: what sha256sum itself finds right, and finds wrong once a file was changed."""

import subprocess
from pathlib import Path

import pytest

from installer import checksums


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A folder with the files of a release, and one folder that is no part of it."""
    (tmp_path / "coachdesk_0.1.0_amd64.deb").write_bytes(b"a package")
    (tmp_path / "CoachDesk 0.1.0.dmg").write_bytes(b"a disk image")
    (tmp_path / "coachdesk").mkdir()
    checksums.make(tmp_path / "coachdesk", tmp_path)
    return tmp_path


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What sha256sum says of a folder."""
    return subprocess.run(
        ["sha256sum", "--strict", "--check", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_sha256sum_finds_every_file_as_it_was(released: Path) -> None:
    assert "CoachDesk 0.1.0.dmg: OK\ncoachdesk_0.1.0_amd64.deb: OK\n" == checked(released).stdout
    assert 0 == checked(released).returncode


def test_sha256sum_finds_a_file_that_was_changed(released: Path) -> None:
    (released / "coachdesk_0.1.0_amd64.deb").write_bytes(b"another package")
    assert "coachdesk_0.1.0_amd64.deb: FAILED" in checked(released).stdout
    assert 1 == checked(released).returncode


def test_made_again_it_says_the_same(released: Path) -> None:
    before = (released / "SHA256SUMS").read_bytes()
    assert [released / "SHA256SUMS"] == checksums.make(released / "coachdesk", released)
    assert before == (released / "SHA256SUMS").read_bytes()
