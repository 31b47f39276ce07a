"""Forgetting a client: what goes, what stays, and what is said of both."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session as Db
from sqlmodel import select

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import (
    canvas,
    clients,
    commitments,
    drafts,
    forget,
    hours,
    notes,
    private_settings,
    sessions,
)
from coachdesk.practice.calendar_rules import CalendarRule
from coachdesk.practice.clients import Client
from coachdesk.practice.drafts import Draft
from coachdesk.practice.duties_told import DutyTold
from coachdesk.practice.forget import Erasure
from coachdesk.practice.hours import HoursNoted, Report
from coachdesk.practice.record import made, put
from coachdesk.practice.sessions import Session
from tests import hours_practices, quick
from tests.hours_practices import Practice

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def held(db: Db, client: Client, clock: Still, start: datetime, minutes: int = 50, **fields: Any) -> Session:
    """A session that was held."""
    zone = fields.pop("time_zone", "")
    row = sessions.log(db, client.id, start, minutes, now=clock.now(), **fields)
    row.time_zone = zone
    return row


def totals(told: Report) -> tuple[object, ...]:
    """Every figure of a log that does not name anybody."""
    people = sum(each.people for each in told.every)
    return (
        people,
        told.total,
        dict(told.months),
        told.over_months,
        told.large_groups,
        told.across_start,
        told.recent_seconds,
    )


class TestGoes:
    def test_everything_about_the_client_goes_and_nothing_of_others(
        self, db: Db, clock: Still, ada: Client, ben: Client
    ) -> None:
        for client in (ada, ben):
            session = held(db, client, clock, NOON - timedelta(days=3 if client is ada else 2))
            notes.add(db, session.id, "a note", now=clock.now())
            commitments.add(db, client.id, "a promise", now=clock.now())
            drafts.keep(db, "brief", client.id, "intention", "typing", now=clock.now())
            drafts.keep(db, "session", session.id, "note", "typing", now=clock.now())
            put(db, CalendarRule(client_id=client.id, kind="title", value=client.name, **made(clock.now())))
            put(db, DutyTold(kind="close", subject_id=session.id, occasion="now", **made(clock.now())))
            put(db, DutyTold(kind="soon", occasion=f"{session.id} 2026-03-02", **made(clock.now())))
        private_settings.keep(db, f"last sheet {ada.id}", "what was on it", now=clock.now())
        private_settings.keep(db, "name", "A coach", now=clock.now())

        forget.forget(db, ada.id, now=clock.now())

        assert [ben.id] == [client.id for client in clients.every(db)]
        assert {ben.id} == {row.client_id for row in sessions.every(db)}
        assert {ben.id} == {row.client_id for row in commitments.every(db)}
        left = [row.id for row in sessions.every(db)]
        assert {ben.id, *left} == {row.subject_id for row in db.exec(select(Draft))}
        assert {ben.id} == {row.client_id for row in db.exec(select(CalendarRule))}
        assert ["", *left] == sorted(row.subject_id for row in db.exec(select(DutyTold)))
        assert ("", "A coach") == (
            private_settings.value(db, f"last sheet {ada.id}"),
            private_settings.value(db, "name"),
        )

    def test_what_only_points_there_stays(self, db: Db, clock: Still, ada: Client, ben: Client) -> None:
        session = held(db, ada, clock, NOON - timedelta(days=3))
        made_there = commitments.add(db, ben.id, "Ben's", session_id=session.id, now=clock.now())
        line = canvas.add(db, ben.id, "Ben's", session_id=session.id, now=clock.now())
        forget.forget(db, ada.id, now=clock.now())
        assert [None, None] == [db.get(type(row), row.id).session_id for row in (made_there, line)]

    def test_that_somebody_was_forgotten_is_noted_in_the_same_transaction(
        self, db: Db, clock: Still, ada: Client
    ) -> None:
        forget.forget(db, ada.id, now=clock.now())
        assert [(ada.id, NOON, None)] == [(row.client_id, row.created_at, row.done_at) for row in forget.pending(db)]
        db.rollback()
        assert [] == list(forget.pending(db))

    def test_every_screen_hears_of_it(self, desk: Desk) -> None:
        ada = desk.do(clients.add, "Ada")
        heard: list[frozenset[type]] = []
        desk.listeners.append(heard.append)
        desk.do(forget.forget, ada.id)
        assert {Client, Session, Erasure, Draft} <= heard[0]

    def test_a_running_session_with_the_client_refuses(self, db: Db, clock: Still, ada: Client, ben: Client) -> None:
        sessions.start(db, ada.id, now=clock.now())
        for act in (forget.preview, forget.forget):
            with pytest.raises(Refused, match="running"):
                act(db, ada.id, **({"now": clock.now()} if act is forget.forget else {}))
        forget.forget(db, ben.id, now=clock.now())

    def test_a_client_who_is_gone_already_is_said(self, db: Db, clock: Still) -> None:
        with pytest.raises(Refused, match="no longer there"):
            forget.forget(db, "nobody", now=clock.now())


class TestSays:
    def test_what_goes_is_counted_by_kind_in_words(self, db: Db, clock: Still, ada: Client) -> None:
        session = held(db, ada, clock, NOON - timedelta(days=3))
        for body in ("one", "two"):
            notes.add(db, session.id, body, now=clock.now())
        commitments.add(db, ada.id, "a promise", now=clock.now())
        put(db, DutyTold(kind="close", subject_id=session.id, **made(clock.now())))
        assert (
            "the name, and everything noted about the person",
            "1 session, planned or held",
            "2 notes",
            "1 promise or next step",
            "1 smaller record, such as a pause or a cue",
        ) == forget.preview(db, ada.id).going

    def test_every_row_that_goes_is_counted(self, desk: Desk) -> None:
        from tests import planted

        client_id, _words = desk.do(planted.plant)
        before = rows(desk)
        said = desk.read(forget.preview, client_id).going
        desk.do(forget.forget, client_id)
        counted = sum(int(line.split()[0]) for line in said[1:])
        assert before - rows(desk) + 1 == counted + 1, "one erasure came, one client went"

    def test_the_number_that_stays_is_said(self, db: Db, ada: Client) -> None:
        (only,) = forget.preview(db, ada.id).staying
        assert "under a random number" in only

    def test_texts_about_something_else_in_which_the_name_stands_are_said(
        self, db: Db, clock: Still, ada: Client, ben: Client
    ) -> None:
        session = held(db, ben, clock, NOON - timedelta(days=2))
        notes.add(db, session.id, "ada sent him. Adamant about it.", now=clock.now())
        notes.add(db, session.id, "Adamant", now=clock.now())
        private_settings.keep(db, "lines", "for Ada Lovelace", now=clock.now())
        notes.add(db, held(db, ada, clock, NOON - timedelta(days=3)).id, "Ada herself", now=clock.now())
        assert (
            "2 texts about something else in which the name or e-mail address stands: "
            "other clients (1), your own details (1)" == forget.preview(db, ada.id).staying[1]
        )

    def test_each_place_is_named_once_with_its_number_and_the_address_is_looked_for_too(
        self, db: Db, clock: Still, ada: Client, ben: Client
    ) -> None:
        clients.edit(db, ada.id, email="lovelace@example.org", now=clock.now())
        notes.add(db, held(db, ben, clock, NOON - timedelta(days=2)).id, "Ada sent him", now=clock.now())
        commitments.add(db, ben.id, "write to lovelace@example.org", now=clock.now())
        put(db, CalendarRule(kind="email", value="lovelace@example.org", **made(clock.now())))
        assert (
            "3 texts about something else in which the name or e-mail address stands: "
            "other clients (2), rules about entries of your calendar (1)" == forget.preview(db, ada.id).staying[1]
        )

    def test_hours_are_offered_only_where_there_are_some(self, db: Db, clock: Still, ada: Client) -> None:
        assert "" == forget.preview(db, ada.id).hours
        held(db, ada, clock, NOON - timedelta(days=3), 45)
        held(db, ada, clock, NOON - timedelta(days=2), 50)
        assert "1.58 hours of 2 sessions, by day, without a name" == forget.preview(db, ada.id).hours


def rows(desk: Desk) -> int:
    from coachdesk.storage import cipher

    connection = desk.store.connection()
    try:
        counts = cipher.counts(connection)
        return sum(n for table, n in counts.items() if not table.startswith("search_"))
    finally:
        connection.close()


class TestHoursThatStay:
    def test_by_choice_they_stay_by_day_without_a_name(self, db: Db, clock: Still, ada: Client) -> None:
        held(db, ada, clock, datetime(2026, 1, 5, 9, tzinfo=UTC), 45, paid="paid")
        held(db, ada, clock, datetime(2026, 1, 5, 15, tzinfo=UTC), 50, paid="pro_bono")
        held(db, ada, clock, datetime(2025, 12, 31, 23, 30, tzinfo=UTC), 60, paid="paid", time_zone="Europe/Vienna")
        held(db, ada, clock, datetime(2025, 12, 30, 9, tzinfo=UTC), 60, paid="paid")
        sessions.plan(db, ada.id, NOON + timedelta(days=1), now=clock.now())
        forget.forget(db, ada.id, now=clock.now(), keep_hours=True)

        kept = list(db.exec(select(HoursNoted).order_by(HoursNoted.from_on)))
        assert [
            (date(2025, 12, 30), 1, 3600, 0),
            (date(2026, 1, 1), 1, 3600, 0),
            (date(2026, 1, 5), 2, 45 * 60, 50 * 60),
        ] == [(row.from_on, row.sessions, row.paid_seconds, row.pro_bono_seconds) for row in kept]
        assert {(None, "forgotten", "individual", None)} == {
            (row.client_id, row.source, row.kind, row.group_size) for row in kept
        }
        (stands_for,) = {row.stands_for for row in kept}
        assert stands_for not in ("", ada.id)

    @settings(max_examples=40)
    @given(hours_practices.practices, st.integers(0, 9), st.dates(date(2023, 9, 1), date(2026, 3, 1)))
    def test_every_total_of_the_log_is_the_same_afterwards(self, practice: Practice, whom: int, recent: date) -> None:
        records = quick.records()
        with records.session() as db:
            practice.make(db)
            before = totals(hours.report(db, practice.rules, recent_from=recent))
            if practice.ids:
                gone = practice.ids[whom % len(practice.ids)]
                forget.forget(db, gone, now=Still.at(NOON).now(), keep_hours=True, zone=hours_practices.HERE)
            assert before == totals(hours.report(db, practice.rules, recent_from=recent))
        records.close()

    def test_without_the_choice_none_stay(self, db: Db, clock: Still, ada: Client) -> None:
        held(db, ada, clock, NOON - timedelta(days=3))
        forget.forget(db, ada.id, now=clock.now())
        assert [] == list(db.exec(select(HoursNoted)))

    def test_groups_of_another_size_are_rows_of_their_own(self, db: Db, clock: Still) -> None:
        team = clients.add(db, "Team", kind="group", group_size=6, now=clock.now())
        for hour, size in ((9, 6), (11, 6), (15, 5)):
            held(db, team, clock, datetime(2026, 2, 3, hour, tzinfo=UTC)).group_size = size
        forget.forget(db, team.id, now=clock.now(), keep_hours=True)
        assert {("group", 6, 2), ("group", 5, 1)} == {
            (row.kind, row.group_size, row.sessions) for row in db.exec(select(HoursNoted))
        }

    def test_those_of_an_imported_log_stay_as_they_are(self, db: Db, clock: Still, ada: Client) -> None:
        span = {"from_on": date(2024, 5, 6), "to_on": date(2025, 1, 2)}
        put(
            db,
            HoursNoted(client_id=ada.id, source="imported", **span, paid_seconds=7200, sessions=2, **made(clock.now())),
        )
        assert "2.00 hours of 2 sessions" in forget.preview(db, ada.id).hours
        forget.forget(db, ada.id, now=clock.now(), keep_hours=True)
        (kept,) = db.exec(select(HoursNoted))
        assert (None, "forgotten", 7200, 2) == (kept.client_id, kept.source, kept.paid_seconds, kept.sessions)
        assert span == {"from_on": kept.from_on, "to_on": kept.to_on}

    def test_time_for_oneself_is_no_hour_of_coaching(self, db: Db, clock: Still) -> None:
        me = clients.add(db, "Me", kind="self", now=clock.now())
        held(db, me, clock, NOON - timedelta(days=3))
        assert "" == forget.preview(db, me.id).hours

    def test_a_zone_nobody_knows_is_taken_as_that_of_this_computer(self, db: Db, clock: Still, ada: Client) -> None:
        held(db, ada, clock, datetime(2026, 1, 31, 23, 30, tzinfo=UTC), time_zone="Mars/Olympus")
        forget.forget(db, ada.id, now=clock.now(), keep_hours=True, zone=ZoneInfo("Europe/Vienna"))
        assert [date(2026, 2, 1)] == [row.from_on for row in db.exec(select(HoursNoted))]
