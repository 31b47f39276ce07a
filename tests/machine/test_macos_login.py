"""The agent by which macOS starts us at login."""

import plistlib
from pathlib import Path

import pytest

from coachdesk.errors import Refused
from coachdesk.machine.login import AtLogin
from coachdesk.machine.macos_login import LaunchAgent

LABEL = "coachdesk.focus.restore"
COMMAND = ("/Applications/CoachDesk.app/Contents/MacOS/coachdesk", "--restore-only")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of agents that is not there yet."""
    return tmp_path / "Library" / "LaunchAgents"


def test_it_is_written_found_and_taken_away(folder: Path) -> None:
    agent: AtLogin = LaunchAgent(folder, LABEL)
    assert not agent.installed()
    agent.install(COMMAND)
    assert agent.installed()
    (found,) = folder.iterdir()
    assert (f"{LABEL}.plist", 0o644) == (found.name, found.stat().st_mode & 0o777)
    assert {
        "Label": LABEL,
        "ProgramArguments": list(COMMAND),
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",
    } == plistlib.loads(found.read_bytes())
    agent.remove()
    agent.remove()
    assert [] == list(folder.iterdir())


def test_one_that_is_up_to_date_is_not_written_again(folder: Path) -> None:
    agent = LaunchAgent(folder, LABEL)
    agent.install(COMMAND)
    (found,) = folder.iterdir()
    earlier = found.stat().st_ino
    agent.install(COMMAND)
    assert earlier == found.stat().st_ino


@pytest.mark.parametrize("content", [b"", b"torn", b"<plist", b"bplist00", plistlib.dumps({"Label": LABEL})])
def test_one_that_is_old_or_damaged_is_brought_up_to_date(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / f"{LABEL}.plist").write_bytes(content)
    LaunchAgent(folder, LABEL).install(COMMAND)
    assert list(COMMAND) == plistlib.loads((folder / f"{LABEL}.plist").read_bytes())["ProgramArguments"]


def test_a_folder_that_cannot_be_written_is_a_refusal(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(Refused, match="did not let CoachDesk be started at login"):
        LaunchAgent(folder, LABEL).install(COMMAND)
    with pytest.raises(Refused, match="did not let CoachDesk be taken from"):
        LaunchAgent(folder, LABEL).remove()
