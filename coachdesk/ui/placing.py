"""Where the window was, and how it comes back onto the screens there are now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

Place = tuple[int, int, int, int, bool]
"""Left, top, width, height in device-independent pixels, and whether it fills the screen."""

FRAME = (16, 48)
"""Pixels a system's frame and title bar take of a screen at most; they are not known before the window is shown."""
GRIP = 24
"""Pixels of the title bar, above the place of a window, that have to be on the screen for it to be moved and closed."""


def place_of(window: QWidget) -> Place:
    """Where a window is; of one that fills the screen, where it was before."""
    place = window.normalGeometry()
    return place.x(), place.y(), place.width(), place.height(), window.isMaximized()


def restore(window: QWidget, place: Place | None, least: tuple[int, int], usual: tuple[int, int]) -> None:
    """Put a window where it was, or give it its usual size; never outside the screens, nor larger than one."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    least = with_frame_on(least, screens)
    window.setMinimumSize(*least)
    if place is None:
        window.resize(*with_frame_on(usual, screens[:1]))
        return
    x, y, width, height, maximised = place
    wanted = QRect(x, y, max(width, least[0]), max(height, least[1]))
    window.setGeometry(onto_screens(wanted, screens))
    if maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def with_frame_on(size: tuple[int, int], screens: Sequence[QRect]) -> tuple[int, int]:
    """The size, shrunk so that a window of it fits the smallest of the screens together with its frame."""
    width, height = size
    for screen in screens:
        width, height = min(width, screen.width() - FRAME[0]), min(height, screen.height() - FRAME[1])
    return width, height


def onto_screens(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """The place wanted, moved and shrunk so that it and its title bar are on the screen that shows most of it."""
    if not screens:
        return wanted
    best = max(screens, key=lambda screen: _area(screen.intersected(wanted))).adjusted(0, GRIP, 0, 0)
    width, height = min(wanted.width(), best.width()), min(wanted.height(), best.height())
    x = min(max(wanted.x(), best.x()), best.x() + best.width() - width)
    y = min(max(wanted.y(), best.y()), best.y() + best.height() - height)
    return QRect(x, y, width, height)


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
