"""Every screen, as it is and mirrored with larger letters: nothing cut off, unnamed, too small or out of reach."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from coachdesk.ui.widgets.rows import Clamped, RowButton
from tests.screens import SCREENS, Screen
from tests.studio import Practices, Studio

pytestmark = pytest.mark.qt_log_ignore("does not support")  # Qt's offscreen screen has no stacking

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar,
)  # fmt: skip
LEAST = 32
LARGER = 1.5
HARSH = re.compile(r"\d:\d\d:\d\d|overdue|\bfailed\b|!", re.IGNORECASE)
"""Ticking seconds, and words that judge or alarm."""


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory) -> Practices:
    """The made-up practices, each filled once."""
    return Practices(tmp_path_factory.mktemp("practices") / "filled")


@pytest.fixture
def as_ever(qapp: QApplication) -> Iterator[QApplication]:
    """The application; its direction and letters are put back."""
    font, direction = QFont(qapp.font()), qapp.layoutDirection()
    yield qapp
    qapp.setLayoutDirection(direction)
    qapp.setFont(font)
    qapp.setStyleSheet("")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_screen_holds(screen: Screen, practices: Practices, as_ever: QApplication, tmp_path: Path):
    with Studio(practices.home(screen.practice, tmp_path / "here"), practices.coming[screen.practice]) as studio:
        seen = screen.show(studio)
        studio.settle()
        found = [*faults(seen), *unreached(seen), *unsaid(seen)]
        titles = {each.windowTitle() for each in as_ever.topLevelWidgets() if each.isVisible()}
    assert "" == "\n".join(found)
    assert {"CoachDesk"} >= titles


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_screen_holds_mirrored_with_larger_letters(
    screen: Screen, practices: Practices, as_ever: QApplication, tmp_path: Path
):
    as_ever.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    enlarge(as_ever)
    with Studio(practices.home(screen.practice, tmp_path / "here"), practices.coming[screen.practice]) as studio:
        seen = screen.show(studio)
        studio.settle()
        found = faults(seen)
    assert "" == "\n".join(found)


@pytest.mark.parametrize("practice", ["long", "leftward"])
@pytest.mark.parametrize("name", ["today", "clients", "client-promises", "session", "close", "dialog-plan-session"])
def test_any_words_fit(name: str, practice: str, practices: Practices, as_ever: QApplication, tmp_path: Path):
    with Studio(practices.home(practice, tmp_path / "here"), practices.coming[practice]) as studio:
        seen = SCREENS[name].show(studio)
        studio.settle()
        found = faults(seen)
        titles = {each.windowTitle() for each in as_ever.topLevelWidgets() if each.isVisible()}
    assert "" == "\n".join(found)
    assert {"CoachDesk"} >= titles


def enlarge(app: QApplication) -> None:
    """Let the system's letters be larger."""
    font = QFont(app.font())
    font.setPointSizeF(font.pointSizeF() * LARGER)
    app.setFont(font)


def faults(seen: QWidget) -> list[str]:
    """Everything wrong with what stands on a screen, in words."""
    return [*unnamed(seen), *small(seen), *cut(seen), *overflowing(seen), *overlapping(seen)]


def controls(seen: QWidget) -> list[QWidget]:
    """Everything to press or to type into; the field within a spin box or combo box belongs to that."""
    parts = (QAbstractSpinBox, QComboBox)
    return [
        each
        for each in seen.findChildren(QWidget)
        if isinstance(each, CONTROLS)
        and each.isVisibleTo(seen)
        and not isinstance(each.parent(), parts)
        and not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), QTabBar)
    ]


def called(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def unnamed(seen: QWidget) -> list[str]:
    return [f"{type(each).__name__} has no name" for each in controls(seen) if not called(each).strip()]


def small(seen: QWidget) -> list[str]:
    """Targets lower than 32 pixels, or buttons as narrow."""
    return [
        f"“{called(each)}” is {each.width()} × {each.height()}"
        for each in controls(seen)
        if each.height() < LEAST or (isinstance(each, QAbstractButton) and each.width() < LEAST)
    ]


def cut(seen: QWidget) -> list[str]:
    """Buttons and labels that have less room than their words."""
    found = []
    for each in seen.findChildren(QWidget):
        if not each.isVisibleTo(seen) or isinstance(each.parent(), Clamped):
            continue
        if isinstance(each, QAbstractButton) and not isinstance(each, RowButton):
            need = (each.sizeHint().width() if each.text() else 0, each.fontMetrics().height())
            if need[0] > each.width() or need[1] > each.height():
                found.append(f"“{called(each)}” needs {need}, has {each.size().toTuple()}")
        elif isinstance(each, QLabel) and each.text():
            needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            wide = each.minimumSizeHint().width() if each.wordWrap() else each.sizeHint().width()
            if needed > each.height() or wide > each.width():
                found.append(f"“{each.text()[:40]}” needs {(wide, needed)}, has {each.size().toTuple()}")
    return found


def overflowing(seen: QWidget) -> list[str]:
    """What is wider than the column it scrolls in, so that its end is out of sight."""
    found = []
    for area in seen.findChildren(QScrollArea):
        if area.isVisibleTo(seen) and area.widget() is not None:
            wide, room = area.widget().width(), area.viewport().width()
            if wide > room:
                found.append(f"the column is {wide} wide, there is room for {room}")
    return found


def overlapping(seen: QWidget) -> list[str]:
    """Controls and labels that lie on each other."""
    things = [*controls(seen), *(each for each in seen.findChildren(QLabel) if each.isVisibleTo(seen) and each.text())]
    places = [(each, QRect(each.mapTo(seen, QPoint(0, 0)), each.size())) for each in things]
    found = []
    for (one, place), (other, there) in combinations(places, 2):
        both = place.intersected(there)
        if min(both.width(), both.height()) > 1 and _same_layer(one, other):
            found.append(f"“{called(one)[:40]}” and “{called(other)[:40]}” overlap by {both.size().toTuple()}")
    return found


def _same_layer(one: QWidget, other: QWidget) -> bool:
    """Whether both lie beside each other and scroll together; what is scrolled under a fixed foot is not on it."""
    within = one.isAncestorOf(other) or other.isAncestorOf(one)
    return not within and _scrolled_by(one) is _scrolled_by(other)


def _scrolled_by(widget: QWidget) -> QWidget | None:
    while widget is not None and not isinstance(widget, QScrollArea):
        widget = widget.parentWidget()
    return widget


def unreached(seen: QWidget) -> list[str]:
    """Controls that Tab never comes to."""
    wanted = [each for each in controls(seen) if _takes_tab(each)]
    if not wanted or not (seen.windowFlags() & Qt.WindowType.Dialog or seen.isWindow()):
        return []
    seen.activateWindow()
    QTest.qWaitForWindowActive(seen)
    wanted[0].setFocus()
    come_to: list[QWidget] = []
    stays = 0  # in a field for the time, Tab first goes from the hour to the minutes
    while (held := QApplication.focusWidget()) is not None and stays < 3:
        stays = stays + 1 if held in come_to else 0
        come_to.append(held)
        QTest.keyClick(held, Qt.Key.Key_Tab)
    reached = {id(each) for each in come_to} | {id(each.parent()) for each in come_to}
    return [f"Tab does not reach “{called(each)}”" for each in wanted if id(each) not in reached]


def _takes_tab(widget: QWidget) -> bool:
    """Whether Tab is to come to it; to the other choices of a group the arrow keys lead."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if not widget.isEnabled() or widget.focusProxy() is not None or (group and group.checkedButton() is not widget):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def unsaid(seen: QWidget) -> list[str]:
    """Words that no screen of ours says."""
    texts = [
        each.text()
        for each in [*seen.findChildren(QLabel), *seen.findChildren(QAbstractButton)]
        if each.isVisibleTo(seen)
    ]
    return [f"“{text}” is not said" for text in texts if HARSH.search(text)]
