"""The package is as Debian and its desktops want packages to be."""

import subprocess
from pathlib import Path

import pytest

from tests.installed.conftest import field

pytestmark = [pytest.mark.installed, pytest.mark.timeout(3600)]  # the first makes the package

LARGEST_MB, LARGEST_INSTALLED_MB = 60, 170
"""From docs/performance.md."""


@pytest.fixture(scope="module")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files, in a folder."""
    folder = tmp_path_factory.mktemp("unpacked") / "tree"
    subprocess.run(["dpkg-deb", "--extract", str(package), str(folder)], check=True)
    return folder


def said_by(*command: str) -> str:
    """What a checker says, where it has nothing against the package."""
    done = subprocess.run(command, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_lintian_finds_no_error_and_nothing_to_warn_of(package: Path) -> None:
    said = said_by("lintian", "--no-cfg", "--allow-root", "--fail-on", "error,warning", str(package))
    assert "" == said


def test_the_entry_of_the_menu_is_valid(unpacked: Path) -> None:
    assert "" == said_by("desktop-file-validate", str(unpacked / "usr/share/applications/coachdesk.desktop"))


def test_the_page_of_software_centres_is_valid(unpacked: Path) -> None:
    (page,) = (unpacked / "usr/share/metainfo").iterdir()
    said_by("appstreamcli", "validate", "--no-net", "--pedantic", str(page))
    said_by("appstreamcli", "validate-tree", "--no-net", str(unpacked))


def test_an_archive_is_known_by_its_name(unpacked: Path) -> None:
    said_by("update-mime-database", str(unpacked / "usr/share/mime"))
    globs = (unpacked / "usr/share/mime/globs").read_text("utf-8").splitlines()
    assert "application/x-coachdesk-archive:*.coachdesk" in globs


def test_it_is_no_larger_than_promised(package: Path) -> None:
    assert LARGEST_MB >= package.stat().st_size / 1e6
    assert LARGEST_INSTALLED_MB >= int(field(package, "Installed-Size")) * 1024 / 1e6


def test_the_commands_lead_to_the_program(unpacked: Path) -> None:
    for name in ("coachdesk", "coachdesk-window"):
        program = (unpacked / "usr/bin" / name).resolve()
        assert unpacked / "usr/lib/coachdesk" == program.parent
        assert 0o755 == program.stat().st_mode & 0o7777


def test_the_notices_of_others_lie_among_its_papers(unpacked: Path) -> None:
    notices = unpacked / "usr/share/doc/coachdesk/NOTICES.txt"
    assert unpacked / "usr/lib/coachdesk/NOTICES.txt" == notices.resolve()
    assert "SQLCipher" in notices.read_text("utf-8")


def test_nothing_of_the_computer_it_was_made_on_is_in_its_papers(unpacked: Path) -> None:
    root = Path(__file__).parent.parent.parent
    papers = [path for path in (unpacked / "usr/share").rglob("*") if path.is_file()]
    assert [] == [path for path in papers if str(root).encode() in path.read_bytes()]
