"""A tag becomes a release only where version and changelog agree with it."""

import subprocess
import sys

import pytest

from coachdesk import __version__
from coachdesk.errors import Refused
from installer import ROOT, release

CHANGELOG = f"""# Changelog

## [Unreleased]

### Added

- Not yet.

## [{__version__}] - 2026-03-01

Two sentences for coaches. They are short.

### Added

- Clients.

## [0.0.1] - 2026-01-01

- Long ago.
"""


def test_the_words_are_those_of_the_changelog() -> None:
    words = release.words(f"v{__version__}", CHANGELOG)
    assert words.startswith("Two sentences for coaches. They are short.\n\n### Added\n\n- Clients.\n\n")
    assert "Not yet" not in words
    assert "Long ago" not in words


def test_another_tag_is_refused() -> None:
    with pytest.raises(Refused, match=r"v9\.9\.9"):
        release.words("v9.9.9", CHANGELOG)


@pytest.mark.parametrize(
    "changelog",
    [
        "# Changelog\n\n## [Unreleased]\n\n- Words.\n",
        f"## [{__version__}]\n\n- Words without a date.\n",
        f"## [{__version__}] - 2026-03-01\n\n## [0.0.1] - 2026-01-01\n\n- Words.\n",
    ],
    ids=["unreleased only", "no date", "no words"],
)
def test_a_changelog_that_says_nothing_of_it_is_refused(changelog: str) -> None:
    with pytest.raises(Refused, match="CHANGELOG"):
        release.words(f"v{__version__}", changelog)


def test_what_could_not_be_signed_is_said() -> None:
    assert "Windows warns" not in release.words(f"v{__version__}", CHANGELOG)
    said = release.words(f"v{__version__}", CHANGELOG, ["Windows", "macOS"])
    assert "The installer for Windows is not signed" in said
    assert "The disk image for macOS is not signed" in said


def test_a_wrong_tag_is_answered_in_one_sentence_and_nothing_is_printed_for_the_release() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "installer.release", "v9.9.9"],
        cwd=release.CHANGELOG.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (1, "", 1) == (asked.returncode, asked.stdout, len(asked.stderr.splitlines()))


def test_where_the_source_lies_is_said_in_one_place() -> None:
    said = [
        path.name for path in (ROOT / "installer").rglob("*.py") if "__file__).parent.parent" in path.read_text("utf-8")
    ]
    assert ["__init__.py"] == said
