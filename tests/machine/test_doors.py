"""The door only this person's programs can knock at, as socket and as pipe."""

import os
import socket
import stat
import struct
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from coachdesk.errors import Refused
from coachdesk.machine import doors
from coachdesk.machine.doors import Door, UnixDoor, UnixWire, Wire
from coachdesk.machine.pipe import PipeDoor, PipeWire, new_address

PATIENCE = 20.0
Opened = tuple[Door, Callable[[], Wire]]


@pytest.fixture(params=["socket", "pipe"])
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    """An open door and how to knock at it; the pipe runs over AF_UNIX here, with the same calls."""
    folder = Path(os.environ["TMPDIR"])
    if request.param == "socket":
        door: Door = UnixDoor(folder / "door")
        yield door, lambda: UnixWire.to(folder / "door", PATIENCE)
    else:
        door = PipeDoor(str(folder / "door"), "AF_UNIX", folder / "address")
        address = (folder / "address").read_text()
        yield door, lambda: PipeWire.to(address, PATIENCE)
    close(door)


def close(door: Door) -> None:
    """Close the door while somebody waits at it."""
    with ThreadPoolExecutor() as pool:
        ended = pool.submit(door.accept)
        door.close()
        assert ended.result(PATIENCE) is None


def test_messages_of_any_length_arrive_whole(opened: Opened) -> None:
    door, knock = opened
    with ThreadPoolExecutor() as pool:
        answering = pool.submit(door.accept)
        here = knock()
        there = answering.result(PATIENCE)
        assert there is not None
        for message in (b"", b"x", bytes(5_000_000)):
            sent = pool.submit(here.send, message, PATIENCE)
            assert there.receive(PATIENCE) == message
            sent.result(PATIENCE)
        here.close()
        there.close()


def test_waiting_for_a_silent_caller_ends(opened: Opened) -> None:
    door, knock = opened
    with ThreadPoolExecutor() as pool:
        answering = pool.submit(door.accept)
        here = knock()
        there = answering.result(PATIENCE)
        assert there is not None
        with pytest.raises(TimeoutError):
            there.receive(0.01)
        here.close()
        with pytest.raises((EOFError, OSError)):
            there.receive(PATIENCE)
        there.close()


def test_sending_to_one_that_does_not_listen_ends(opened: Opened) -> None:
    door, knock = opened
    with ThreadPoolExecutor() as pool:
        answering = pool.submit(door.accept)
        here = knock()
        with pytest.raises(TimeoutError):
            here.send(bytes(20_000_000), 0.05)
        there = answering.result(PATIENCE)
        assert there is not None
        there.close()
        here.close()


def test_a_closed_door_leaves_no_file(opened: Opened) -> None:
    door, _knock = opened
    assert list(Path(os.environ["TMPDIR"]).iterdir())
    close(door)
    assert list(Path(os.environ["TMPDIR"]).iterdir()) == []


@pytest.fixture
def given() -> Iterator[tuple[Path, Door]]:
    """A door in a folder that was given."""
    folder = Path(os.environ["TMPDIR"]) / "given"
    door = doors.open_door("ours", folder)
    yield folder, door
    close(door)


def test_a_door_in_a_given_folder_is_found_whatever_the_runtime_folder_is(
    given: tuple[Path, Door], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, door = given
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with ThreadPoolExecutor() as pool:
        answering = pool.submit(door.accept)
        here = doors.knock("ours", PATIENCE, folder)
        there = answering.result(PATIENCE)
        assert there is not None
        there.close()
        here.close()
    with pytest.raises(OSError, match="No such file"):
        doors.knock("ours", PATIENCE)
    assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


def test_a_message_too_long_to_be_ours_is_not_taken() -> None:
    here, there = socket.socketpair()
    here.sendall(struct.pack("!Q", doors.LARGEST + 1))
    with pytest.raises(OSError, match="a message of"):
        UnixWire(there).receive(PATIENCE)
    here.close()
    there.close()


class Stranger:
    """A socket whose other side runs as another user."""

    def getsockopt(self, _level: int, _option: int, _size: int) -> bytes:
        """What SO_PEERCRED tells: pid, uid, gid."""
        return struct.pack("3i", 1, os.getuid() + 1, 1)


def test_another_user_is_not_ours() -> None:
    here, there = socket.socketpair()
    assert doors._is_ours(there)
    assert not doors._is_ours(cast("socket.socket", Stranger()))
    here.close()
    there.close()


def test_a_folder_that_is_no_folder_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(Refused, match="belongs to somebody else"):
        doors.private(tmp_path / "link")


def test_a_pipe_has_a_name_nobody_can_guess() -> None:
    one, two = new_address(), new_address()
    assert one != two
    assert one.startswith("\\\\.\\pipe\\coachdesk-")


def test_an_error_on_the_helping_thread_reaches_the_caller() -> None:
    with pytest.raises(FileNotFoundError):
        PipeWire.to(str(Path(os.environ["TMPDIR"]) / "nobody"), PATIENCE)


@pytest.mark.parametrize("depth", [1, 20])
def test_knocking_where_nobody_is_leaves_nothing_behind(tmp_path: Path, depth: int) -> None:
    folder = tmp_path.joinpath(*["deep"] * depth)
    before = sorted(Path(tempfile.gettempdir()).iterdir())
    with pytest.raises(FileNotFoundError):
        doors.knock("nobody", 1.0, folder)
    assert (False, before) == (folder.exists(), sorted(Path(tempfile.gettempdir()).iterdir()))
