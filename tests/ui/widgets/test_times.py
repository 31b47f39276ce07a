"""A time of day is understood as it is typed, wherever one clicked before, and never becomes another one unnoticed."""

from datetime import time

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.dates import SHORT
from coachdesk.ui.widgets.times import TimeField, minutes_said

ANY = QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry


@pytest.fixture(params=["en_GB"])
def language(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def field(qtbot, language):
    """A field at four in the afternoon, in a window whose button has the keyboard."""
    ground = QWidget()
    layout = QVBoxLayout(ground)
    ground.before, made = button("Before", lambda: None), TimeField("Time")
    made.put(time(16, 0))
    layout.addWidget(ground.before)
    layout.addWidget(made)
    qtbot.addWidget(ground)
    ground.show()
    ground.activateWindow()
    ground.before.setFocus()
    made.ground = ground
    return made


def click(qtbot, field: TimeField, part: float) -> None:
    """Click into it, that part of the way across, and wait for what a click is followed by."""
    line = field.lineEdit()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(int(line.width() * part), line.height() // 2))
    qtbot.waitUntil(lambda: field.text() == line.selectedText())


@pytest.mark.parametrize("typed", ["15:05", "1505", "15.05", "15h05", "3:05pm", "3:05 PM"])
@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_a_time_typed_after_a_click_is_that_time(qtbot, field, typed, part):
    click(qtbot, field, part)
    QTest.keyClicks(field, typed)
    assert time(15, 5) == field.clock
    field.ground.before.setFocus()
    assert "15:05" == field.text()


def test_a_time_typed_over_the_whole_text_is_that_time(qtbot, field):
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "15:05")
    assert time(15, 5) == field.clock


@pytest.mark.parametrize("typed", ["25", "25:00", "99", "16:75", "2400", "soon", "12345", " "])
@pytest.mark.parametrize("done", ["elsewhere", "enter"])
def test_what_is_no_time_gives_way_to_the_time_before(qtbot, field, typed, done):
    click(qtbot, field, 0.5)
    QTest.keyClicks(field, typed)
    assert time(16, 0) == field.clock
    field.ground.before.setFocus() if done == "elsewhere" else QTest.keyClick(field, Qt.Key.Key_Return)
    assert ("16:00", time(16, 0)) == (field.text(), field.clock)


def test_each_key_tells_what_is_meant_so_far(qtbot, field):
    told = []
    field.changed.connect(lambda: told.append(field.clock))
    click(qtbot, field, 0.5)
    QTest.keyClicks(field, "9:3")
    assert [time(9, 0), time(9, 0), time(9, 3)] == told


def test_an_arrow_goes_on_from_what_is_typed(qtbot, field):
    click(qtbot, field, 0.5)
    QTest.keyClicks(field, "15:55")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert ("16:00", time(16, 0)) == (field.text(), field.clock)


@pytest.mark.parametrize("language", ["en_US"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3:05", time(15, 5)),
        ("15:05", time(15, 5)),
        ("9:30 am", time(9, 30)),
        ("12", time(12, 0)),
        ("12a", time(0, 0)),
        ("9:30", time(21, 30)),
        ("09:30", time(21, 30)),
        ("0930", time(21, 30)),
    ],
)
def test_counted_to_twelve_it_stays_in_the_half_of_the_day_that_is_shown(qtbot, field, typed, meant):
    click(qtbot, field, 0.5)
    QTest.keyClicks(field, typed)
    assert meant == field.clock


@pytest.mark.parametrize("language", ["en_US"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "meant"), [("12:30", time(12, 30)), ("0:30", time(0, 30)), ("12:30 am", time(0, 30))]
)
def test_counted_to_twelve_it_is_noon_that_is_typed_over_a_morning(qtbot, field, typed, meant):
    field.put(time(9, 0))
    click(qtbot, field, 0.5)
    QTest.keyClicks(field, typed)
    assert meant == field.clock


@pytest.mark.parametrize("language", ["en_US"], indirect=True)
def test_it_is_written_as_the_language_writes_it(field):
    assert "4:00 PM" == field.text().replace("\u202f", " ")


def test_what_any_language_writes_is_read_as_what_it_was():
    locales = {QLocale(each.name()) for each in QLocale.matchingLocales(*ANY)}
    said = {(each.timeFormat(SHORT), each.amText(), each.pmText(), each.zeroDigit()): each for each in locales}
    assert len(said) > 20
    for locale in said.values():
        written = [(minutes, locale.toString(QTime(*divmod(minutes, 60)), SHORT)) for minutes in (0, 5, 719, 720, 905)]
        assert written == [(minutes_said(text, 0, locale), text) for _minutes, text in written], locale.name()


def test_arrows_go_on_by_five_minutes_pages_by_an_hour_and_round_midnight(field):
    field.setFocus()
    after = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(field, key)
        after.append(field.clock)
    assert [time(16, 5), time(17, 5), time(17, 0), time(16, 0)] == after
    field.put(time(23, 55))
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert time(0, 0) == field.clock


def test_being_shown_a_time_tells_nobody(qtbot, field):
    with qtbot.assertNotEmitted(field.changed):
        field.put(time(9, 0))
    assert time(9, 0) == field.clock
