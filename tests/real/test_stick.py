"""Records on a real stick: an exFAT image mounted by root, small enough to be full, and pulled out while in use."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk import paths
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import RecordsReadOnly, Refused
from coachdesk.practice import clients
from coachdesk.storage import backup, keys, store
from tests import stick as on_stick
from tests.display import Display
from tests.program.window import Window

pytestmark = [pytest.mark.installed, pytest.mark.timeout(300)]

SIZE = 24 * 1024**2
KILLS = 12
FAILING = "The disk reported an error, so nothing was stored."


class Stick:
    """One exFAT file system in a file, put in here or there."""

    def __init__(self, folder: Path, size: int = SIZE) -> None:
        image = folder / "image"
        with image.open("wb") as file:
            file.truncate(size)
        run("mkfs.exfat", str(image))
        self._folder = folder
        self._device = run("losetup", "--find", "--show", str(image))
        self.place = folder / "nowhere"

    def put_in(self, name: str) -> Path:
        """Mount it under a name of this computer."""
        self.place = self._folder / name
        self.place.mkdir()
        run("mount.exfat-fuse", self._device, str(self.place))
        return self.place

    def take_out(self) -> None:
        """Unmount it, as one should."""
        run("umount", str(self.place))
        self.place.rmdir()

    def pull(self) -> None:
        """Let it be gone at once, with whatever was not written: what serves it dies."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it has ended meanwhile
                continue
            if words[0].endswith(b"mount.exfat-fuse") and os.fsencode(self.place) in words:
                os.kill(int(process.name), signal.SIGKILL)

    def close(self) -> None:
        """Let go of everything."""
        if self.place.name in Path("/proc/mounts").read_text():
            subprocess.run(["umount", "--lazy", str(self.place)], check=False)
        run("losetup", "--detach", self._device)


def run(*command: str) -> str:
    """What a command of the system prints; raises where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    made = Stick(tmp_path)
    yield made
    made.close()


def test_a_whole_practice_lives_there_and_goes_on_in_another_place(stick: Stick, clock: Still) -> None:
    first = stick.put_in("D")
    home, key = on_stick.begin(first, clock)
    on_stick.keep_safe(first, home, key, clock)
    on_stick.forget_one(home, key, clock)
    on_stick.move(home, key, first / "Praxis")
    assert [] == on_stick.places_named(paths.home(home.root), key, first)
    stick.take_out()

    again = paths.home(stick.put_in("E") / paths.PORTABLE)
    assert (stick.place / "Praxis", False) == (again.root, again.is_away)
    assert ["Bea"] == on_stick.names(again, key, clock)
    stick.take_out()


def test_a_full_stick_keeps_what_is_there_and_goes_on_when_there_is_room(stick: Stick, clock: Still) -> None:
    home, key = on_stick.begin(stick.put_in("D"), clock)
    desk = Desk(clock, home)
    desk.adopt(store.open(home.records, key))
    filler = fill_up(stick.place)
    with pytest.raises(RecordsReadOnly, match="The disk is full"):
        desk.do(clients.add, "Cem " + "x" * 5000)
    with pytest.raises(RecordsReadOnly, match="The disk is full"):
        backup.back_up(desk.store, home.backups, clock.now())
    with pytest.raises(Refused):
        desk.change_setting("session.minutes", 60)
    assert ["Bea"] == [each.name for each in desk.read(clients.every) if each.name != on_stick.FORGOTTEN]
    filler.unlink()
    desk.do(clients.add, "Cem")
    desk.close()
    assert [on_stick.FORGOTTEN, "Bea", "Cem"] == on_stick.names(home, key, clock)
    stick.take_out()


def fill_up(folder: Path) -> Path:
    """A file that takes all the room there is."""
    filler = folder / "filler"
    for size in (65536, 512):
        try:
            with filler.open("ab", buffering=0) as file:
                while file.write(b"x" * size):
                    pass
        except OSError:
            continue
    return filler


def test_killed_while_writing_everything_stored_is_there(stick: Stick, clock: Still) -> None:
    home, key = on_stick.begin(stick.put_in("D"), clock)
    chance, stored = random.Random(5), 0
    for _number in range(KILLS):
        stored += killed_after(home, key, clock, chance.uniform(0.05, 0.5))
        here = on_stick.names(home, key, clock)
        assert stored <= len(here) - 2 <= stored + KILLS, "what was told as stored is there, and at most one more each"
    assert stored > 0
    stick.take_out()


def killed_after(home: paths.Home, key: bytes, clock: Still, seconds: float) -> int:
    """Clients told as stored by a process that was killed while it stored more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            desk = Desk(clock, home)
            desk.adopt(store.open(home.records, key))
            while True:
                desk.do(clients.add, "Dora")
                os.write(writing, b".")
        finally:
            os._exit(3)
    os.close(writing)
    time.sleep(seconds)  # the moment of the kill
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return len(told.read())


def test_pulled_out_everything_asked_is_refused_in_words_and_nothing_stored_is_lost(stick: Stick, clock: Still) -> None:
    home, key = on_stick.begin(stick.put_in("D"), clock)
    desk = Desk(clock, home)
    desk.adopt(store.open(home.records, key))
    desk.do(clients.add, "Cem")
    stick.pull()
    for ask in (
        lambda: desk.do(clients.add, "Dora"),
        lambda: desk.read(clients.every),
        lambda: desk.change_setting("session.minutes", 60),
        lambda: backup.back_up(desk.store, home.backups, clock.now()),
        lambda: store.check(desk.store),
        lambda: store.open(home.records, key),
        lambda: keys.ways(home.keys),
    ):
        with pytest.raises(Refused):
            ask()
    desk.close()
    run("umount", str(stick.place))
    again = paths.home(stick.put_in("E") / paths.PORTABLE)
    assert [on_stick.FORGOTTEN, "Bea", "Cem"] == on_stick.names(again, key, clock)
    stick.take_out()


def test_the_window_says_so_and_ends_calmly_when_it_is_pulled_out(
    stick: Stick, clock: Still, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, key = on_stick.begin(stick.put_in("D"), clock)
    monkeypatch.setenv("COACHDESK_HOME", str(home.root))
    with Display() as screen, Window(screen, home, tmp_path / "output") as window:
        window.unlock(on_stick.PASSPHRASE)
        assert "ok" in window.answer("client.add", name="Cem")
        stick.pull()
        assert FAILING in window.answer("client.add", name="Dora")["refused"]
        assert "refused" in window.answer("client.list")
        assert 0 == window.end()
    assert "" == (tmp_path / "output").read_text()
    run("umount", str(stick.place))
    again = paths.home(stick.put_in("E") / paths.PORTABLE)
    assert [on_stick.FORGOTTEN, "Bea", "Cem"] == on_stick.names(again, key, clock)
    stick.take_out()
