"""What the frozen folder tells of itself: the licences of everything in it, and the list of its contents."""

from pathlib import Path

import pytest
from cyclonedx.validation.json import JsonStrictValidator

from installer import ROOT, checksums, notices, pieces, sbom

pytestmark = pytest.mark.frozen


@pytest.fixture
def shipped() -> Path:
    """The folder that is packed, whichever program the other tests try."""
    return ROOT / "dist" / "coachdesk"


def test_the_notices_are_those_of_everything_in_it(shipped: Path) -> None:
    told = (shipped / "NOTICES.txt").read_text("utf-8")
    assert notices.written(pieces.of(shipped)) == told
    for name in ("CPython", "PySide6_Essentials", "Qt ", "SQLCipher", "OpenSSL", "Phosphor Icons", "libxcb-cursor0"):
        assert name in told, name


def test_nothing_that_only_tests_or_builds_is_in_it(shipped: Path) -> None:
    names = {it.name.lower() for it in pieces.of(shipped)}
    assert 50 < len(names)
    assert not {"pytest", "mypy", "ruff", "babel", "hypothesis", "cyclonedx-python-lib", "pyyaml", "rich"} & names


def test_the_list_of_contents_is_valid_and_has_every_file(shipped: Path, tmp_path: Path) -> None:
    (listed,) = sbom.make(shipped, tmp_path)
    text = listed.read_text("utf-8")
    assert JsonStrictValidator(sbom.SCHEMA).validate_str(text) is None
    files = [path for path in shipped.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) == text.count('"type": "file"')
    assert checksums.of(shipped / "coachdesk") in text


def test_made_again_the_list_is_the_same(shipped: Path, tmp_path: Path) -> None:
    (first,) = sbom.make(shipped, tmp_path)
    before = first.read_bytes()
    sbom.make(shipped, tmp_path)
    assert before == first.read_bytes()
