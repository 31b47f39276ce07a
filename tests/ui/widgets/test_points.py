"""A list to read, with a point before each line."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from coachdesk.ui.widgets.points import Points
from tests.ui.hands import words_on


def test_what_goes_on_below_begins_below_its_own_words(qtbot):
    made = Points(["the same in two backups and files kept aside, which are rewritten without them"])
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    point, words = made.findChildren(QLabel)
    assert words.height() > point.height()
    assert words.mapTo(made, QPoint()).x() >= point.mapTo(made, QPoint()).x() + point.width()


def test_other_lines_take_the_place_of_those_before(qtbot):
    made = Points(["a note", "two sessions"])
    qtbot.addWidget(made)
    made.show()
    made.put(["three promises"])
    assert "•\nthree promises" == words_on(made)
