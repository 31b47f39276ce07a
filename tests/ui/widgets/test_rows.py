"""Rows to press, words that act, and texts that hold any layout."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.ui.widgets.rows import Clamped, RowButton, WordButton, breakable, one_line
from coachdesk.ui.widgets.section import Entry, Section


@pytest.fixture
def stack(qtbot):
    """A narrow column that is on screen."""
    made = QWidget()
    made.setLayout(QVBoxLayout())
    qtbot.addWidget(made)
    made.resize(320, 400)
    return made


def on_screen(stack, *widgets):
    for widget in widgets:
        stack.layout().addWidget(widget)
    stack.show()
    stack.activateWindow()
    QTest.qWait(0)


def test_a_text_for_one_line_has_no_breaks_and_an_end():
    assert "One Two Three" == one_line("One\nTwo\r\n\tThree ")
    assert 300 == len(one_line("a" * 100_000))


def test_only_words_too_long_for_any_line_may_wrap_inside():
    assert "Konstantinopolitanskaja sat" == breakable("Konstantinopolitanskaja sat")
    assert "W" * 40 == breakable("W" * 40).replace("\u200b", "")
    assert 3 == breakable("W" * 40).count("\u200b")


@pytest.mark.parametrize("which", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_row_and_a_word_are_pressed_by_key(qtbot, stack, which):
    row, word = RowButton("Ana", lead="10:00"), WordButton("Kept")
    on_screen(stack, row, word)
    for widget in (row, word):
        with qtbot.waitSignal(widget.clicked):
            QTest.keyClick(widget, which)


def test_arrows_go_from_row_to_row(stack):
    rows = [RowButton(name) for name in ("Ana", "Ben")]
    on_screen(stack, *rows)
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    QTest.keyClick(rows[1], Qt.Key.Key_Up)
    assert rows[0].hasFocus()


def test_a_row_is_read_aloud_as_a_whole():
    assert (
        "10:00, Ana, a thread, session 2"
        == RowButton("Ana", "a thread", lead="10:00", aside="session 2").accessibleName()
    )


def test_targets_are_large_enough_to_hit(stack):
    widgets = (RowButton("Ana"), WordButton("Kept"))
    on_screen(stack, *widgets)
    assert all(widget.height() >= 32 for widget in widgets)


def test_focus_can_be_seen(stack):
    row, other = RowButton("Ana"), WordButton("Kept")
    on_screen(stack, row, other)
    other.setFocus()
    before = row.grab().toImage()
    row.setFocus()
    assert before != row.grab().toImage()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_row_draws_any_text_in_either_direction(stack, direction):
    stack.setLayoutDirection(direction)
    row = RowButton("مريم القاسم 🌿" * 30, "W" * 500, lead="10:00", aside="session 4 of 10" * 9, icon="user-light")
    on_screen(stack, row)
    assert QSize(row.width(), row.height()) == row.grab().deviceIndependentSize().toSize()
    assert 320 >= row.width()


def test_a_long_text_is_cut_after_two_lines_and_kept_whole_for_those_who_ask(stack):
    text = "a long promise " * 40
    clamped = Clamped(text)
    on_screen(stack, clamped)
    shown = clamped.findChild(QLabel).text()
    assert shown.endswith("…")
    assert clamped.height() <= 3 * clamped.fontMetrics().lineSpacing()
    assert (text, text) == (clamped.accessibleName(), clamped.toolTip())


def test_a_short_text_takes_one_line(stack):
    clamped = Clamped("Kept")
    on_screen(stack, clamped)
    assert "Kept" == clamped.findChild(QLabel).text()
    assert clamped.height() <= 2 * clamped.fontMetrics().lineSpacing()


def test_a_text_that_wraps_once_its_place_is_narrower_gets_the_height_for_it(stack):
    clamped = Clamped("A sentence of quite a few words that fits on one line")
    stack.resize(900, 400)
    on_screen(stack, clamped)
    before = clamped.height()
    stack.resize(clamped.fontMetrics().horizontalAdvance(clamped.text) - 20, 400)
    QTest.qWait(0)
    assert before < clamped.height()
    assert clamped.heightForWidth(clamped.width()) == clamped.height()


def test_times_of_a_section_share_one_width_and_the_keyboard_keeps_its_place(stack):
    section = Section("Next sessions")
    on_screen(stack, section)
    section.show_entries([Entry(RowButton("Ana", lead="9:00")), Entry(RowButton("Ben", lead="10:00"))])
    assert 1 == len({row.lead_width for row in section.rows})
    QTest.qWait(0)
    section.rows[1].setFocus()
    section.show_entries([Entry(RowButton("Ana", lead="9:00"))], "and 2 more")
    assert section.rows[0].hasFocus()
