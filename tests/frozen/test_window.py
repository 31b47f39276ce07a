"""The window frozen: it opens with its letters, icons and charts, and only once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.display import Display
from tests.frozen.person import PASSPHRASE, Person
from tests.frozen.test_focus import until

pytestmark = pytest.mark.frozen

BAR = "#3d7064"
"""The colour in which a chart is filled."""


@pytest.fixture
def shown(screen: Display, tmp_path: Path) -> Callable[[], QImage]:
    """What the screen shows."""

    def look() -> QImage:
        screen.picture(tmp_path / "screen.png")
        return QImage(str(tmp_path / "screen.png"))

    return look


def appears(screen: Display) -> list[str]:
    """Wait for the window, give it the keyboard; the ids of all its kind."""
    found = screen.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^CoachDesk").split()
    screen.run("xdotool", "windowactivate", "--sync", found[-1])
    return found


def colours(picture: QImage) -> set[str]:
    """Every colour on a coarse grid."""
    width, height = picture.width(), picture.height()
    return {picture.pixelColor(x, y).name() for x in range(0, width, 3) for y in range(0, height, 3)}


def test_the_first_run_is_on_screen_and_nothing_is_complained_of(
    seated: Person, screen: Display, shown: Callable[[], QImage]
) -> None:
    process = seated.start()
    appears(screen)
    until(lambda: len(colours(shown())) > 20)  # letters have many shades; a window without any has few
    screen.run("xdotool", "key", "ctrl+q")
    assert ("", "", 0) == (*process.communicate(timeout=60), process.returncode)


def test_a_second_start_brings_the_window_to_the_front_and_ends(seated: Person, screen: Display) -> None:
    first = seated.start()
    own = appears(screen)
    screen.run("xdotool", "windowminimize", "--sync", own[0])
    second = seated.start()
    assert ("", "", 0) == (*second.communicate(timeout=60), second.returncode)
    until(lambda: own == screen.run("xdotool", "search", "--onlyvisible", "--name", "^CoachDesk").split())
    assert first.poll() is None


@pytest.fixture
def opened(coach: Person, screen: Display) -> Person:
    """Somebody with the window open on their records, unlocked by typing."""
    coach.screen = screen.name
    coach.start()
    appears(screen)

    def unlocked() -> bool:
        screen.run("xdotool", "key", "ctrl+a")
        screen.run("xdotool", "type", "--delay", "5", PASSPHRASE)
        screen.run("xdotool", "key", "Return")
        return coach.start("client", "list", "--json").communicate(timeout=60)[0].startswith("[")

    until(unlocked)
    return coach


def test_verbs_are_carried_out_by_the_open_window(opened: Person) -> None:
    process = opened.start("client", "list")
    out, err = process.communicate(timeout=60)
    assert ("", 0, True) == (err, process.returncode, "Ada" in out)


def test_every_page_opens_and_charts_are_drawn(opened: Person, screen: Display, shown: Callable[[], QImage]) -> None:
    for number in (2, 3, 4, 5, 1, 4):
        before = shown()
        screen.run("xdotool", "key", f"ctrl+{number}")
        until(lambda before=before: shown() != before)
    window = appears(screen)[0]
    over_time = ("483", "164")  # the third of the switches above the week
    screen.run("xdotool", "mousemove", "--window", window, *over_time, "click", "1")
    loaded = Path(f"/proc/{screen.run('xdotool', 'getwindowpid', window)}/maps")
    until(lambda: "openblas" in loaded.read_text())
    until(lambda: BAR in colours(shown()) or opened.home.logs.exists())
    assert not opened.home.logs.exists()


def test_a_rehearsal_opens_in_a_window_of_its_own(seated: Person, screen: Display) -> None:
    process = seated.start("rehearse", "--minutes", "5", "--speed", "1000")
    appears(screen)
    assert process.poll() is None
    assert not seated.home.records.exists()
