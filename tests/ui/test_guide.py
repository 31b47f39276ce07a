"""The guide of a rehearsal lies at the lower edge of the screen and is never in the way."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from coachdesk.ui.guide import Guide
from coachdesk.ui.theme import Theme


@dataclass
class Saying:
    """A rehearsal that says what it is told to say."""

    said: str = "Begin."

    def line(self, _desk, _moment) -> str:
        """The line now."""
        return self.said


@dataclass
class Window:
    """A window without a session."""

    sitting: None = None


@pytest.fixture
def guide(qtbot, desk):
    """A guide that has begun."""
    made = Guide(desk, Window(), Saying())
    made.begin()
    yield made
    made.finish()


def test_it_says_what_to_try_and_follows(qtbot, guide):
    assert ("Begin.", True) == (guide.line.text(), guide.isVisible())
    guide._rehearsal.said = "Mark this moment."
    qtbot.waitUntil(lambda: "Mark this moment." == guide.line.text())


def test_with_nothing_to_say_it_is_gone(guide):
    guide._rehearsal.said = ""
    guide.look()
    assert not guide.isVisible()


def test_it_takes_neither_keyboard_nor_pointer(guide):
    hint = Qt.WindowType
    for flag in (hint.WindowDoesNotAcceptFocus, hint.WindowTransparentForInput, hint.WindowStaysOnTopHint):
        assert guide.windowFlags() & flag
    assert guide.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


@pytest.mark.parametrize("words", ["Short.", "Long words that go on. " * 12])
def test_all_of_it_is_on_the_screen_whatever_it_says(guide, words):
    guide._rehearsal.said = words
    guide.look()
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.contains(guide.geometry())
    assert guide.line.heightForWidth(guide.line.width()) <= guide.line.height()


@pytest.fixture
def dressed(qapp, desk):
    """The program's look, with the room it puts round words."""
    made = Theme(qapp, desk.settings)
    yield
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.mark.usefixtures("dressed")
def test_the_first_line_has_the_room_its_look_asks_for(desk):
    for length in range(60, 130):
        guide = Guide(desk, Window(), Saying(("words " * 30)[:length]))
        guide.begin()
        assert guide.line.heightForWidth(guide.line.width()) <= guide.line.height()
        guide.finish()
