"""What is due between sessions: each rule, each setting, and the hours that days of changed clocks lack or repeat."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coachdesk.clock import Now
from coachdesk.reminders.duties import (
    Agreed,
    Dateless,
    Duty,
    Facts,
    Past,
    Planned,
    Promised,
    duties,
    morning_of,
    next_change,
)
from coachdesk.settings import Settings, changed

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = Settings()


def at(*when: int) -> Now:
    """A reading of the clocks at a moment of 2026, in UTC."""
    return Now(datetime(2026, *when, tzinfo=UTC), 0.0, 0.0, "boot")


def wanting(**names: object) -> Settings:
    """The usual settings but for these of the reminders."""
    settings = USUAL
    for name, value in names.items():
        settings = changed(settings, f"reminders.{name}", value)
    return settings


def keys(facts: Facts, now: Now, settings: Settings = USUAL, zone: ZoneInfo = BERLIN) -> list[tuple[str, str, str]]:
    return [duty.key for duty in duties(facts, settings, now, zone)]


PROMISE = Promised("p", "ana", "coach", date(2026, 3, 10))


# Promises


def test_a_promise_is_due_on_its_day_from_the_morning_on():
    facts = Facts(promised=(PROMISE,))
    assert [] == keys(facts, at(3, 10, 6, 59))
    assert [("my_promise", "p", "2026-03-10")] == keys(facts, at(3, 10, 7))  # 8:00 in Berlin
    assert [("my_promise", "p", "2026-03-10")] == keys(facts, at(5, 1))


def test_my_own_promises_come_before_those_of_both_of_us():
    shared = replace(PROMISE, id="s", owner="both", due_on=date(2026, 3, 1))
    assert ["my_promise", "our_promise"] == [key[0] for key in keys(Facts(promised=(shared, PROMISE)), at(3, 11))]


def test_promises_that_are_not_wanted_are_not_due():
    assert [] == keys(Facts(promised=(PROMISE,)), at(3, 11), wanting(promises=False))


def test_the_day_begins_at_the_chosen_hour_of_the_coachs_own_zone():
    facts, settings = Facts(promised=(PROMISE,)), wanting(morning=10)
    assert datetime(2026, 3, 10, 9, tzinfo=UTC) == next_change(facts, settings, at(3, 1), BERLIN)
    assert datetime(2026, 3, 10, 14, tzinfo=UTC) == next_change(facts, settings, at(3, 1), ZoneInfo("America/New_York"))


@pytest.mark.parametrize("year", [1, 9999])
def test_a_mistyped_year_breaks_nothing(year):
    facts = Facts(promised=(replace(PROMISE, due_on=date(year, 12, 31)),))
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert (year == 1) == bool(keys(facts, at(3, 1), zone=ZoneInfo(zone)))


# Mornings of days on which the clocks are changed


def test_an_hour_that_is_skipped_begins_where_the_clocks_go_on():
    assert datetime(2026, 3, 29, 1, tzinfo=UTC) == morning_of(date(2026, 3, 29), 2, BERLIN)  # 3:00, there is no 2:00


def test_of_an_hour_that_comes_twice_it_is_the_first():
    assert datetime(2026, 10, 25, 0, tzinfo=UTC) == morning_of(date(2026, 10, 25), 2, BERLIN)


def test_a_midnight_that_is_skipped_is_the_first_moment_of_the_day():
    beirut = ZoneInfo("Asia/Beirut")
    assert datetime(2026, 3, 29, 1, tzinfo=beirut).astimezone(UTC) == morning_of(date(2026, 3, 29), 0, beirut)


# A session soon

MEETING = Planned("s", "ana", datetime(2026, 3, 10, 14, tzinfo=UTC), 50)


def test_a_session_is_soon_ten_minutes_before_until_its_time_is_over():
    facts, key = Facts(planned=(MEETING,)), ("session_soon", "s", "2026-03-10T14:00+00:00")
    assert [] == keys(facts, at(3, 10, 13, 49))
    assert [key] == keys(facts, at(3, 10, 13, 50))
    assert [key] == keys(facts, at(3, 10, 14, 49))
    assert [] == keys(facts, at(3, 10, 14, 50))


def test_the_answer_changes_when_it_begins_to_be_soon_and_when_it_is_over():
    facts = Facts(planned=(MEETING,))
    assert datetime(2026, 3, 10, 13, 50, tzinfo=UTC) == next_change(facts, USUAL, at(3, 10), BERLIN)
    assert datetime(2026, 3, 10, 14, 50, tzinfo=UTC) == next_change(facts, USUAL, at(3, 10, 13, 50), BERLIN)


def test_without_a_time_before_sessions_none_is_soon():
    assert [] == keys(Facts(planned=(MEETING,)), at(3, 10, 13, 55), wanting(brief_minutes=0))


def test_another_start_of_the_same_session_is_another_occasion():
    first = keys(Facts(planned=(MEETING,)), at(3, 10, 13, 55))
    moved = Facts(planned=(replace(MEETING, start=MEETING.start + timedelta(hours=1)),))
    assert set(first).isdisjoint(keys(moved, at(3, 10, 14, 55)))


# The weekly reflection

HELD = Facts(held_any=True)  # Friday is 6 March


def test_the_reflection_is_due_from_its_day_until_the_week_is_over():
    assert [] == keys(HELD, at(3, 6, 6, 59))
    assert [("reflection", "", "2026-W10")] == keys(HELD, at(3, 6, 7))
    assert [("reflection", "", "2026-W10")] == keys(HELD, at(3, 8, 22, 59))
    assert [] == keys(HELD, at(3, 8, 23))  # Monday in Berlin


def test_a_written_week_is_not_due_and_the_next_one_is_awaited():
    written = replace(HELD, reflected=frozenset({"2026-W10"}))
    assert [] == keys(written, at(3, 7))
    assert datetime(2026, 3, 13, 7, tzinfo=UTC) == next_change(written, USUAL, at(3, 7), BERLIN)


def test_on_a_monday_the_week_is_a_single_day_longer_and_on_a_sunday_one_day():
    assert ["2026-W10"] == [key[2] for key in keys(HELD, at(3, 2, 7), wanting(reflection_day="monday"))]
    assert [] == keys(HELD, at(3, 7, 12), wanting(reflection_day="sunday"))
    assert ["2026-W10"] == [key[2] for key in keys(HELD, at(3, 8, 7), wanting(reflection_day="sunday"))]


def test_before_the_first_session_there_is_nothing_to_reflect_on():
    assert [] == keys(Facts(), at(3, 7))


def test_a_reflection_that_is_not_wanted_is_not_due():
    assert [] == keys(HELD, at(3, 7), wanting(reflection=False))


def test_around_a_new_year_weeks_are_those_of_iso_8601():
    assert ["2026-W53"] == [key[2] for key in keys(HELD, Now(datetime(2027, 1, 3, 12, tzinfo=UTC), 0, 0, "boot"))]


# Agreements

AGREED = Agreed("a", "ana", date(2026, 1, 1), date(2026, 3, 10))


def test_an_agreement_is_up_for_review_on_its_day():
    assert [] == keys(Facts(agreed=(AGREED,)), at(3, 9, 12))
    assert [("agreement", "a", "2026-03-10")] == keys(Facts(agreed=(AGREED,)), at(3, 10, 7))


def test_what_was_agreed_anew_since_has_been_looked_at():
    assert [] == keys(Facts(agreed=(replace(AGREED, agreed_on=date(2026, 3, 10)),)), at(3, 12))


# Clients without a next session

DATELESS = Dateless("ana", datetime(2026, 3, 9, 23, 30, tzinfo=UTC))  # half past midnight of the 10th in Berlin


def test_a_client_without_a_next_session_comes_to_mind_the_morning_after():
    facts = Facts(dateless=(DATELESS,))
    assert [] == keys(facts, at(3, 11, 6, 59))
    assert [("without_next", "ana", "2026-03-09T23:30:00+00:00")] == keys(facts, at(3, 11, 7))


def test_clients_without_a_next_session_are_left_alone_if_so_wished():
    assert [] == keys(Facts(dateless=(DATELESS,)), at(3, 20), wanting(without_next=False))


# Retention

PAST = Past("ana", datetime(2020, 2, 29, 12, tzinfo=UTC))
SIX_YEARS = changed(USUAL, "privacy.retention_years", 6)


def test_nothing_is_proposed_for_forgetting_without_a_period():
    assert [] == keys(Facts(past=(PAST,)), at(3, 10))


def test_forgetting_is_proposed_so_many_years_after_the_last_session():
    assert [] == keys(Facts(past=(PAST,)), at(3, 2, 6, 59), SIX_YEARS)
    assert [("retention", "ana")] == [key[:2] for key in keys(Facts(past=(PAST,)), at(3, 2, 7), SIX_YEARS)]


def test_nobody_is_past_with_whom_a_session_is_planned():
    facts = Facts(past=(replace(PAST, planned=MEETING.start),))
    assert [] == keys(facts, at(3, 10, 13), SIX_YEARS)
    assert 1 == len(keys(facts, at(3, 10, 14), SIX_YEARS))
    assert MEETING.start == next_change(facts, SIX_YEARS, at(3, 9), BERLIN)


def test_the_day_on_which_the_coaching_was_ended_counts_where_it_is_later():
    ended = replace(PAST, ended_on=date(2020, 3, 9))
    assert [] == keys(Facts(past=(ended,)), at(3, 9, 12), SIX_YEARS)
    assert 1 == len(keys(Facts(past=(ended,)), at(3, 10, 12), SIX_YEARS))


def test_an_earlier_end_does_not_shorten_the_period():
    ended = replace(PAST, ended_on=date(2019, 1, 1))
    assert [] == keys(Facts(past=(ended,)), at(2, 20), SIX_YEARS)


# Backups and erasures


def test_a_backup_is_due_so_many_days_after_the_last():
    facts = Facts(backup_at=datetime(2026, 3, 1, 12, tzinfo=UTC), begun_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert [] == keys(facts, at(3, 8, 6, 59))
    assert [("backup", "", "2026-03-01T12:00:00+00:00")] == keys(facts, at(3, 8, 7))
    assert [] == keys(facts, at(3, 8, 7), wanting(backup_days=8))


def test_without_any_backup_the_days_count_from_the_beginning():
    facts = Facts(begun_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert [] == keys(facts, at(3, 7, 12))
    assert ["backup"] == [key[0] for key in keys(facts, at(3, 8, 12))]


def test_empty_records_need_no_backup():
    assert [] == keys(Facts(), at(12, 31))


def test_an_erasure_that_was_not_finished_comes_to_mind_the_next_day():
    facts = Facts(unfinished=(("e", datetime(2026, 3, 1, 12, tzinfo=UTC)),))
    assert [] == keys(facts, at(3, 1, 13))
    assert [("erasure", "e", "")] == keys(facts, at(3, 2, 12))


# All together


def test_what_matters_most_is_first_and_within_it_what_is_due_longest():
    facts = Facts(
        promised=(PROMISE, replace(PROMISE, id="o", due_on=date(2026, 3, 1))),
        planned=(MEETING,),
        dateless=(DATELESS,),
        agreed=(AGREED,),
        backup_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert ["s", "o", "p", "a", ""] == [key[1] for key in keys(facts, at(3, 10, 14))]


def test_with_nothing_ahead_nothing_changes_by_itself():
    assert next_change(Facts(), USUAL, at(3, 10), BERLIN) is None
    assert next_change(Facts(promised=(PROMISE,)), USUAL, at(3, 11), BERLIN) is None


def test_a_duty_knows_whose_it_is():
    assert [Duty("my_promise", "p", "2026-03-10", datetime(2026, 3, 10, 7, tzinfo=UTC), None, "ana")] == list(
        duties(Facts(promised=(PROMISE,)), USUAL, at(3, 10, 8), BERLIN)
    )
