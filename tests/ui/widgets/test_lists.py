"""Lists: rows to choose by pointer and keyboard, readable aloud, quick with thousands."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.ui.widgets import Row, RowList

ROWS = [Row("a", "Alice", "50 minutes", "Thursday", "user-light"), Row("b", "Bob"), Row("c", "Carol", "group")]


@pytest.fixture
def rows(qtbot):
    made = RowList("Clients", "Nobody yet.")
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.resize(400, 300)
    made.show()
    return made


def test_a_row_is_chosen_by_pointer(qtbot, rows):
    place = rows.visualRect(rows.model().index(1)).center()
    with qtbot.waitSignal(rows.activated_row) as told:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ["b"] == told.args


def test_a_row_is_chosen_by_keyboard(qtbot, rows):
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(0))
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.activated_row) as told:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert ["b"] == told.args


def test_letters_are_passed_on_with_the_row(qtbot, rows):
    rows.setCurrentIndex(rows.model().index(2))
    with qtbot.waitSignal(rows.key_pressed) as told:
        qtbot.keyClick(rows, Qt.Key.Key_K)
    assert ["k", "c"] == told.args


def test_a_row_is_read_aloud_whole(rows):
    assert "Alice, 50 minutes, Thursday" == rows.model().index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_place_is_kept_when_the_rows_change(rows):
    rows.setCurrentIndex(rows.model().index(2))
    rows.show_rows(ROWS[1:])
    assert "c" == rows.current_id


def test_the_place_is_lost_with_its_row(rows):
    rows.setCurrentIndex(rows.model().index(0))
    rows.show_rows(ROWS[1:])
    assert rows.current_id is None


def test_it_is_as_high_as_its_rows(rows):
    three = rows.sizeHint().height()
    rows.show_rows(ROWS * 10)
    assert rows.sizeHint().height() > 9 * three


def test_an_empty_list_says_so(qtbot, rows):
    shown = rows.grab().toImage()
    rows.show_rows([])
    assert shown != rows.grab().toImage()


def test_thousands_of_rows_are_shown_without_a_widget_each(qtbot):
    made = RowList("Sessions", fits=False)
    qtbot.addWidget(made)
    made.show_rows([Row(n, f"Session {n}") for n in range(20_000)])
    made.show()
    assert len(made.findChildren(object)) < 60


def test_a_row_that_leads_nowhere_is_not_lit_before_the_keyboard_comes(rows):
    rows.show_rows([Row(None, "1 client without a name")])
    assert not rows.currentIndex().isValid()
