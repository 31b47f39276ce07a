"""Scrolling a page by accident changes no number, no choice and no time."""

from datetime import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets.times import TimeField
from coachdesk.ui.widgets.wheel import ChoiceField, NumberField


@pytest.fixture
def page(qtbot):
    made = QWidget()
    layout = QVBoxLayout(made)
    made.number, made.choice, made.hour, made.other = NumberField(), ChoiceField(), TimeField("Time"), NumberField()
    made.choice.addItems(["one", "two", "three"])
    made.choice.setCurrentIndex(1)
    made.number.setValue(5)
    made.hour.put(time(9, 30))
    for field in (made.other, made.number, made.choice, made.hour):
        layout.addWidget(field)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.other.setFocus()
    return made


def turn(field: QWidget) -> bool:
    """Turn the wheel over a field; whether the field took it."""
    middle = QPointF(field.rect().center())
    buttons, keys, phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(middle, middle, QPoint(), QPoint(0, 120), buttons, keys, phase, False)
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def shown(page) -> tuple[int, int, time]:
    return page.number.value(), page.choice.currentIndex(), page.hour.clock


def test_over_a_field_without_the_keyboard_the_wheel_is_the_pages(page):
    before = shown(page)
    assert [False] * 3 == [turn(field) for field in (page.number, page.choice, page.hour)]
    assert before == shown(page)
    assert page.other.hasFocus()


def test_over_the_field_one_is_in_it_turns_the_number(page):
    page.number.setFocus()
    turn(page.number)
    assert 6 == page.number.value()


def test_a_choice_opens_with_rows_that_are_easy_to_hit(qapp, desk, page):
    dressed = Theme(qapp, desk.settings)
    assert page.choice.view().sizeHintForRow(0) >= 32
    qapp.setStyleSheet("")
    dressed.deleteLater()
