"""A field for a day."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, QLocale, Qt

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.ui.widgets.days import DayField, PickDay


@pytest.fixture
def desk(home):
    """A desk whose clock stands in Berlin at half past midnight: in UTC it is still Sunday."""
    return Desk(Still.at(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)), home)


@pytest.fixture
def field(qtbot, desk):
    made = DayField(desk, "By when")
    qtbot.addWidget(made)
    made.show()
    return made


def offered(field):
    field.menu().aboutToShow.emit()
    return {action.text(): action for action in field.menu().actions() if action.text()}


def test_the_near_days_are_one_press_away_and_count_from_the_day_here(qtbot, field):
    with qtbot.waitSignal(field.changed) as told:
        offered(field)["Tomorrow"].trigger()
    assert [date(2026, 3, 3)] == told.args
    assert ("Tomorrow", "By when: tomorrow") == (field.text(), field.accessibleName())


def test_a_day_can_be_taken_away_again(field):
    field.put(date(2026, 3, 9))
    offered(field)["No date"].trigger()
    assert field.day is None


def test_a_needed_day_cannot_be_taken_away(field):
    assert "No date" not in offered(field.need())


def test_a_day_that_has_a_name_here_is_offered_first(field):
    field.offer([("Next session", date(2026, 3, 12))])
    assert "Next session" == next(iter(offered(field)))
    offered(field)["Next session"].trigger()
    assert date(2026, 3, 12) == field.day


def test_for_the_past_yesterday_is_near(qtbot, desk):
    field = DayField(desk, "Day", past=True)
    qtbot.addWidget(field)
    offered(field)["Yesterday"].trigger()
    assert date(2026, 3, 1) == field.day


def test_any_other_day_is_picked_from_a_calendar_by_key(qtbot, field):
    field.put(date(2026, 3, 9))
    offered(field)["Another day …"].trigger()
    calendar = field.findChild(PickDay)
    qtbot.waitExposed(calendar)
    calendar.calendar.setSelectedDate(QDate(2026, 3, 12))
    calendar.calendar.activated.emit(calendar.calendar.selectedDate())
    assert date(2026, 3, 12) == field.day


def test_the_calendar_has_no_red_and_begins_with_the_weekday_of_the_country(qtbot):
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    picker = PickDay("Day", date(2026, 3, 2))
    qtbot.addWidget(picker)
    QLocale.setDefault(before)
    assert Qt.DayOfWeek.Sunday == picker.calendar.firstDayOfWeek()
    assert picker.calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday) == picker.calendar.weekdayTextFormat(
        Qt.DayOfWeek.Monday
    )
