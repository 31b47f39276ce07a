"""With two screens the bar stands on the one it was moved to, whole, and finds its way to the other by key."""

import json
import os

import pytest

from tests.desktop.talking import Program

pytestmark = pytest.mark.desktop

# Qt sorts them by name, and the first is the primary one
SCREENS = {
    "screens": [
        {"name": "wide", "x": 1280, "y": 0, "width": 1920, "height": 1080},
        {"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 800},
    ]
}


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "practice"
    folder.mkdir()
    return folder


@pytest.fixture
def begin(tmp_path, home):
    """Begin a session with these two screens; with the settings given."""
    file = tmp_path / "screens.json"
    file.write_text(json.dumps(SCREENS), "utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    begun = []

    def program(settings: str = "") -> Program:
        (home / "settings.toml").write_text(settings, "utf-8")
        begun.append(Program(environment, "beside", str(home)))
        return begun[-1]

    yield program
    for one in begun:
        one.end()


def place(words: list[str]) -> tuple[int, ...]:
    return tuple(int(word) for word in words[1:5])


def test_it_begins_on_the_primary_screen(begin):
    assert (560, 0, 160, 44) == place(begin().hear("bar"))


def test_it_comes_back_to_the_screen_it_was_moved_to_last(begin):
    assert (3040, 518, 160, 44) == place(
        begin('[bar.places]\nlaptop = ["top", 0.5]\nwide = ["right", 0.5]').hear("bar")
    )


def test_a_screen_that_is_not_there_today_is_passed_over(begin):
    assert (0, 378, 160, 44) == place(begin('[bar.places]\nlaptop = ["left", 0.5]\nbeamer = ["top", 0.2]').hear("bar"))


def test_its_key_goes_round_one_screen_and_then_to_the_other(begin):
    program = begin()
    program.hear("bar")
    edges = [place(program.asked("press move", "bar")) for _press in range(4)]
    assert [(1120, 378), (560, 756), (0, 378), (2160, 0)] == [(x, y) for x, y, _width, _height in edges]


def test_where_the_key_put_it_is_kept(begin, home):
    program = begin()
    program.hear("bar")
    program.asked("press move", "bar")
    assert 'laptop = ["right", 0.5]' in (home / "settings.toml").read_text("utf-8")
