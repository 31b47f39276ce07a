"""What is laid beside the items of a week: figures from the records, in words, and never an answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from coachdesk.clock import Still
from coachdesk.practice import clients, commitments, cues_shown, evidence, sessions, weeks
from coachdesk.practice.checklists import WEEKLY_CLIENTS, WEEKLY_SELF, shipped
from coachdesk.practice.evidence import Evidence

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
"""The first moment of 2026-W10 in Berlin."""
WEEK = weeks.read("2026-W10")


def told(db: Session, key: str = WEEKLY_CLIENTS, whom: str = "clients") -> Evidence:
    return evidence.of_week(db, WEEK, key, whom, zone=BERLIN)


def at(clock: Still, moment: datetime) -> None:
    clock.advance((moment - clock.now().at).total_seconds())


def hold(db: Session, clock: Still, client_id: str, *answers: str, quiet: bool = False) -> None:
    """A session of ten minutes in which checks are shown and answered."""
    row = sessions.start(db, client_id, now=clock.now())
    for answer in answers:
        cue = cues_shown.shown(db, row.id, "process_check", "check-1", now=clock.now())
        cues_shown.answered(db, cue.id, answer, now=clock.now())
    clock.advance(600)
    sessions.finish(db, now=clock.now())
    sessions.edit(db, row.id, now=clock.now(), focus_used=quiet)


@pytest.fixture
def ada(db: Session, clock: Still) -> str:
    at(clock, MONDAY - timedelta(days=9))
    return clients.add(db, "Ada", now=clock.now()).id


@pytest.fixture
def me(db: Session, clock: Still) -> str:
    return clients.add(db, "Me", kind="self", now=clock.now()).id


def test_an_empty_week_says_so(db: Session) -> None:
    assert Evidence() == told(db)
    assert "No promise of mine was due or looked at." == Evidence().words("promises_kept")
    for kind in ("process_checks", "focus_used", "sessions_held"):
        assert "No session was held this week." == Evidence().words(kind)


def test_promises_due_or_looked_at_in_the_week_are_counted_once(db: Session, clock: Still, ada: str) -> None:
    def promise(due: date | None, owner: str = "coach") -> str:
        return commitments.add(db, ada, "x", owner=owner, due_on=due, now=clock.now()).id

    inside, outside = date(2026, 3, 4), date(2026, 3, 9)
    rows = {
        name: promise(due, owner)
        for name, due, owner in (
            ("due and kept", inside, "coach"), ("due and open", WEEK.sunday, "both"), ("theirs", inside, "client"),
            ("kept in time", outside, "coach"), ("let go", None, "coach"), ("not yet", outside, "coach"),
            ("taken back", None, "coach"), ("kept before", None, "coach"), ("reviewed again later", None, "coach"),
        )
    }  # fmt: skip
    commitments.review(db, rows["kept before"], "kept", now=clock.now())
    at(clock, MONDAY)
    for name in ("due and kept", "kept in time", "theirs", "taken back", "reviewed again later"):
        commitments.review(db, rows[name], "kept", now=clock.now())
    at(clock, MONDAY + timedelta(days=7) - timedelta(seconds=1))
    commitments.review(db, rows["let go"], "released", now=clock.now())
    commitments.withdraw(db, rows["taken back"], now=clock.now())
    at(clock, MONDAY + timedelta(days=7))
    commitments.withdraw(db, rows["reviewed again later"], now=clock.now())
    commitments.review(db, rows["reviewed again later"], "partly", now=clock.now())
    assert Evidence(promises=4, kept=2, released=1, open=1) == told(db)
    assert "4 promises of mine were due or looked at: 2 kept, 1 let go, 1 still open." == told(db).words(
        "promises_kept"
    )
    assert "1 thing was let go this week." == told(db).words("promises_released")


def test_checks_and_quiet_are_told_of_the_sessions_begun_in_the_week(db: Session, clock: Still, ada: str) -> None:
    at(clock, MONDAY - timedelta(minutes=5))
    hold(db, clock, ada, "asked", quiet=True)
    hold(db, clock, ada, "asked", "asked", "later", quiet=True)
    hold(db, clock, ada, "not_today", "none")
    clock.advance(86400)
    hold(db, clock, ada, "asked")
    at(clock, MONDAY + timedelta(days=7))
    hold(db, clock, ada, "asked", quiet=True)
    found = told(db)
    assert Evidence(sessions=3, quiet=1, checks=3, checked=2) == found
    assert "3 process checks asked, in 2 of 3 sessions." == found.words("process_checks")
    assert "Focus mode was on in 1 of 3 sessions." == found.words("focus_used")


def test_a_session_that_runs_is_not_held_yet(db: Session, clock: Still, ada: str) -> None:
    at(clock, MONDAY + timedelta(days=1))
    sessions.start(db, ada, now=clock.now())
    assert 0 == told(db).sessions


def test_used_for_both_each_list_is_told_of_its_own(db: Session, clock: Still, ada: str, me: str) -> None:
    at(clock, MONDAY + timedelta(days=1))
    for whose in (ada, me, me):
        commitments.add(db, whose, "x", due_on=date(2026, 3, 5), now=clock.now())
        hold(db, clock, whose)
    assert (1, 1) == (told(db, whom="both").promises, told(db, whom="both").sessions)
    mine = told(db, WEEKLY_SELF, "both")
    assert (2, 2) == (mine.promises, mine.sessions)
    assert "2 sessions were held this week." == mine.words("sessions_held")
    assert 3 == told(db).promises == told(db, WEEKLY_SELF, "self").promises


def test_every_kind_of_evidence_that_ships_has_words_and_none_is_a_share_or_a_judgement() -> None:
    kinds = {item.evidence for each in shipped().values() for item in each.items} - {""}
    full = Evidence(5, 1, 1, 1, 1, 1, 4, 2, 3, 2)
    for kind in kinds:
        for value in (Evidence(), full, Evidence(1, 1, sessions=1, quiet=1, checks=1, checked=1)):
            words = value.words(kind)
            assert words.endswith(".")
            assert not any(bad in words for bad in ("%", "!", "only", "should", "failed", "missed"))
    assert "" == full.words("")
    assert (
        "5 promises of mine were due or looked at: 1 kept, 1 partly, 1 carried on, 1 let go, 1 still open."
        == full.words("promises_kept")
    )


def test_none_is_told_in_a_sentence_that_is_no_mark() -> None:
    assert "No process check was noted in this week's one session." == Evidence(sessions=1).words("process_checks")
    assert "Focus mode was not on in this week's 2 sessions." == Evidence(sessions=2).words("focus_used")
