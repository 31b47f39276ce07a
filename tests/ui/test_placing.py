"""The window comes back where it was, and never outside the screens."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from coachdesk.ui.placing import GRIP, onto_screens, place_of, restore, with_frame_on

SCREEN = QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 1280, 1024)


@pytest.mark.parametrize(
    ("wanted", "screens", "expected"),
    [
        (QRect(100, 100, 900, 700), [SCREEN], QRect(100, 100, 900, 700)),
        (QRect(2000, 100, 900, 700), [SCREEN], QRect(1020, 100, 900, 700)),
        (QRect(2000, 100, 900, 700), [SCREEN, SECOND], QRect(2000, 100, 900, 700)),
        (QRect(-500, -90, 900, 700), [SCREEN], QRect(0, GRIP, 900, 700)),
        (QRect(0, 0, 4000, 3000), [SCREEN], QRect(0, GRIP, 1920, 1080 - GRIP)),
        (QRect(9000, 9000, 900, 700), [SCREEN, SECOND], QRect(1020, 380, 900, 700)),
        (QRect(5, 5, 900, 700), [], QRect(5, 5, 900, 700)),
    ],
)
def test_it_is_restored_onto_existing_screens_only(wanted, screens, expected):
    assert expected == onto_screens(wanted, screens)


@pytest.mark.parametrize(
    ("wanted", "screens", "expected"),
    [
        ((1040, 740), [SCREEN], (1040, 740)),
        ((1040, 740), [QRect(0, 0, 1366, 728)], (1040, 680)),
        ((720, 560), [SCREEN, QRect(0, 0, 720, 450)], (704, 402)),
        ((720, 560), [], (720, 560)),
    ],
)
def test_a_window_and_its_frame_fit_a_small_screen(wanted, screens, expected):
    assert expected == with_frame_on(wanted, screens)


def test_on_a_small_screen_it_begins_within_the_screen(window):
    restore(window, None, (5000, 5000), (9000, 9000))
    room = window.screen().availableGeometry()
    assert room.width() > window.minimumWidth()
    assert room.height() > window.height()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_without_a_place_it_has_its_usual_size(window):
    restore(window, None, (100, 100), (300, 200))
    assert (300, 200) == (window.width(), window.height())


def test_it_comes_back_where_it_was(window):
    restore(window, (20, 30, 400, 300, False), (100, 100), (300, 200))
    assert QRect(20, 30, 400, 300) == window.geometry()


def test_it_is_never_smaller_than_can_be_used(window):
    restore(window, (20, 30, 10, 10, False), (100, 120), (300, 200))
    assert (100, 120) == (window.width(), window.height())


def test_one_that_filled_the_screen_fills_it_again(window):
    restore(window, (20, 30, 400, 300, True), (100, 100), (300, 200))
    assert window.isMaximized()
    assert place_of(window)[4]
