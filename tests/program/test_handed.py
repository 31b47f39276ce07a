"""An archive that is double-clicked, with whole processes: the first start opens the window, the second hands over."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.clock import Now
from coachdesk.paths import Home
from coachdesk.storage import keys, store
from tests.another_computer import sealed_archive
from tests.desktop.reader import Bus, Reader
from tests.display import Display
from tests.program.window import Window
from tests.program_under_test import command

pytestmark = [pytest.mark.program, pytest.mark.timeout(180)]

PASSPHRASE = "Quiet Lantern Upon Wide Stairs"
SECRET = "a bridge over quiet water"


@pytest.fixture
def reader(screen: Display, bus: Bus) -> Iterator[Reader]:
    made = Reader(bus.address)
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path, now: Now) -> Path:
    """A sealed archive of another computer's records."""
    return sealed_archive(tmp_path, SECRET, now)


def test_the_first_start_with_a_file_opens_the_window_and_offers_it(
    screen: Display, reader: Reader, file: Path
) -> None:
    process = subprocess.Popen(command(str(file)), env=screen.environment)
    try:
        reader.wait("Take an archive in", role="label")
        assert reader.find(r"Passphrase of the archive.*")
    finally:
        process.terminate()
    assert 0 == process.wait(60)


def test_a_second_start_hands_its_file_to_the_window_that_is_open(
    screen: Display, reader: Reader, file: Path, home: Home, tmp_path: Path
) -> None:
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    with Window(screen, home, tmp_path / "output") as window:
        window.unlock(PASSPHRASE)
        address = file.as_uri()  # as some file managers say it
        done = subprocess.run(
            command(address), env={**os.environ, **screen.environment}, capture_output=True, text=True, timeout=60
        )
        assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
        reader.wait("Take an archive in", role="label")
        window.writes(SECRET)
        window.types("Return")
        window.until(lambda: [each["name"] for each in window.answer("client.list").get("ok", [])] == ["Ada"])
        assert 0 == window.end()
    assert "" == (tmp_path / "output").read_text()
