"""What software centres show: the releases of the changelog."""

import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coachdesk import __version__
from installer import deb, identity, origin, store_page

DAY = date(2026, 3, 2)
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n## [0.0.9] - 2026-01-31\n\n- Something.\n"


def test_a_version_that_the_changelog_does_not_date_is_of_the_day_of_the_build() -> None:
    assert [(__version__, "2026-03-02"), ("0.0.9", "2026-01-31")] == store_page.releases(CHANGELOG, DAY)


def test_a_version_that_the_changelog_dates_is_of_that_day() -> None:
    dated = CHANGELOG.replace("## [Unreleased]", f"## [{__version__}] - 2026-02-28")
    assert [(__version__, "2026-02-28"), ("0.0.9", "2026-01-31")] == store_page.releases(dated, DAY)


def test_the_page_has_its_releases_and_leads_to_the_entry_of_the_menu(tmp_path: Path) -> None:
    store_page.write(tmp_path, DAY)
    page = ElementTree.parse(tmp_path / f"{identity.ID}.metainfo.xml").getroot()
    assert __version__ == page.findall("releases/release")[0].attrib["version"]
    assert (identity.ID, "coachdesk.desktop") == (page.findtext("id"), page.findtext("launchable"))
    assert page.find("url") is None


def test_where_releases_live_is_told_where_it_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(origin.RELEASES, "https://example.org/releases")
    store_page.write(tmp_path, DAY)
    page = ElementTree.parse(tmp_path / f"{identity.ID}.metainfo.xml").getroot()
    assert "https://example.org/releases" == page.findtext("url")


@pytest.mark.machine
def test_software_centres_understand_the_page(tmp_path: Path) -> None:
    store_page.write(tmp_path / "metainfo", DAY)
    (page,) = (tmp_path / "metainfo").iterdir()
    words = ["appstreamcli", "validate", "--no-net", "--pedantic", str(page)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout


@pytest.mark.machine
def test_desktops_understand_the_entry_of_the_menu() -> None:
    done = subprocess.run(
        ["desktop-file-validate", str(deb.PARTS / "coachdesk.desktop")], capture_output=True, text=True
    )
    assert ("", 0) == (done.stdout + done.stderr, done.returncode)
