"""Days and times in words, in the coach's zone and language."""

from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtCore import QLocale

from coachdesk.ui.widgets import dates

TODAY = date(2026, 3, 2)


@pytest.fixture
def speak():
    """Choose the language of dates for one test."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        (date(2026, 3, 28), time(10, 0), datetime(2026, 3, 28, 9, 0, tzinfo=UTC)),
        (date(2026, 3, 30), time(10, 0), datetime(2026, 3, 30, 8, 0, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 26), time(10, 0), datetime(2026, 10, 26, 9, 0, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "left out", "doubled", "winter again"],
)
def test_a_day_and_a_time_are_the_moment_the_wall_clock_shows_them(day, hour, moment):
    assert moment == dates.moment(day, hour)


def test_a_moment_is_shown_with_the_offset_of_its_own_day(speak):
    speak("en_GB")
    assert "10:00" == dates.clock_words(datetime(2026, 3, 28, 9, 0, tzinfo=UTC))
    assert "11:00" == dates.clock_words(datetime(2026, 3, 30, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "today"),
        (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 1), "yesterday"),
        (date(2026, 3, 13), "Fri, 13 Mar"),
        (date(2025, 3, 14), "Fri, 14 Mar 2025"),
    ],
)
def test_a_day_is_told_from_where_one_stands(speak, day, words):
    speak("en_GB")
    assert words == dates.day_words(day, TODAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en_US", "Fri, Mar 13"), ("de_DE", "Fr., 13. März"), ("fr_FR", "ven. 13 mars"), ("es_ES", "vie, 13 de mar")],
)
def test_a_day_without_its_year_reads_well_in_other_languages(speak, language, words):
    speak(language)
    assert words == dates.day_words(date(2026, 3, 13), TODAY)


@pytest.mark.parametrize(
    "language", ["ja_JP", "zh_CN", "ko_KR", "hu_HU", "ar_EG", "lt_LT", "fi_FI", "ru_RU", "fa_IR", "th_TH"]
)
def test_no_language_shows_a_year_or_stray_letters_of_a_pattern(speak, language):
    speak(language)
    words = dates.day_words(date(2026, 3, 13), TODAY)
    assert "2026" not in words
    assert words == words.strip(" ,'")
    assert QLocale().toString(13) in words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min"), (3120, "52 min"), (5340, "89 min"), (5400, "1 h 30 min"), (7200, "2 h")]
)
def test_a_length_is_told_in_minutes_then_in_hours(seconds, words):
    assert words == dates.length_words(seconds)


@pytest.mark.parametrize(
    ("like", "found"),
    [
        (date(2026, 2, 25), date(2026, 3, 4)),
        (date(2026, 2, 23), date(2026, 3, 9)),
        (date(2026, 2, 24), date(2026, 3, 3)),
    ],
)
def test_the_next_same_weekday_is_never_today(like, found):
    assert found == dates.next_like(like, TODAY)
