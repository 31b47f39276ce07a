"""Folders that another program copies to other computers, and folders that only look alike."""

from pathlib import Path

import pytest

from coachdesk.storage import synced


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Dropbox/CoachDesk", "Dropbox"),
        ("Dropbox (Personal)/work/CoachDesk", "Dropbox"),
        ("OneDrive - Lind Coaching/Documents/CoachDesk", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/CoachDesk", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-ada@example.org/My Drive/x", "Google Drive"),
        ("Nextcloud/CoachDesk", "Nextcloud"),
        ("Documents/CoachDesk", None),
        ("boxes/CoachDesk", None),
        (".local/share/CoachDesk", None),
    ],
)
def test_the_usual_names_are_known(tmp_path: Path, place: str, expected: str | None) -> None:
    (tmp_path / place).mkdir(parents=True)
    assert expected == synced.service(tmp_path / place, {})


@pytest.mark.parametrize(
    ("mark", "expected"),
    [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".sync_0123456789ab.db", "Nextcloud")],
)
def test_a_mark_above_tells_whatever_the_name(tmp_path: Path, mark: str, expected: str) -> None:
    (tmp_path / "mine" / "deep").mkdir(parents=True)
    (tmp_path / "mine" / mark).touch()
    assert expected == synced.service(tmp_path / "mine" / "deep", {})


def test_the_folder_dropbox_keeps_for_itself_in_a_home_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / "records").mkdir()
    assert synced.service(tmp_path / "records", {}) is None


def test_the_environment_of_windows_tells(tmp_path: Path) -> None:
    (tmp_path / "Ada" / "records").mkdir(parents=True)
    assert "OneDrive" == synced.service(tmp_path / "Ada" / "records", {"OneDrive": str(tmp_path / "Ada")})
    assert synced.service(tmp_path / "Ada" / "records", {"OneDrive": str(tmp_path / "Bea")}) is None


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "records").mkdir(parents=True)
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox" / "records")
    assert "Dropbox" == synced.service(tmp_path / "plain", {})
