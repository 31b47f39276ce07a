"""A summary holds what was agreed, line by line as chosen, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.exchange import summary
from coachdesk.exchange.days import MONTHS, Days, day_words, zone_of
from coachdesk.exchange.paper import as_html, as_markdown, as_text
from coachdesk.exchange.summary import NEXT, Offer
from coachdesk.practice import (
    canvas,
    clients,
    commitments,
    marks,
    notes,
    private_settings,
    sessions,
)

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


@pytest.fixture
def ada(desk: Desk) -> clients.Client:
    return desk.do(clients.add, "Ada Lovelace", short_name="Ada")


@pytest.fixture
def held(desk: Desk, ada: clients.Client, clock: Still) -> sessions.Session:
    """A session in which each promised something."""
    row = desk.do(sessions.start, ada.id, minutes=50)
    for owner, words in (("coach", "Send the paper"), ("client", "Call the board"), ("both", "Look at the plan")):
        desk.do(
            commitments.add, ada.id, words, owner=owner, session_id=row.id, due_on=date(2026, 3, 6),
            cue="when it rains", evidence="evidenceword", obstacle="obstacleword", confidence=7,
        )  # fmt: skip
    clock.advance(3000)
    return desk.do(sessions.finish)


def offered(desk: Desk, session_id: str, **how: object) -> Offer:
    return desk.read(summary.offer, session_id, **{"zone": BERLIN, **how})


def told(desk: Desk, session_id: str, chosen: object = None, **words: str) -> str:
    return as_text(summary.summary(offered(desk, session_id), chosen, **words))


def test_what_was_promised_stands_in_it_by_whose_it_is(desk: Desk, held: sessions.Session):
    assert told(desk, held.id) == (
        "Summary of our session\n\nSession of Monday, 2 March 2026\n\n"
        "What I promised\n• Send the paper\n  by Friday, 6 March 2026\n\n"
        "Your next steps\n• Call the board\n  when it rains\n  by Friday, 6 March 2026\n\n"
        "What we agreed to do together\n• Look at the plan\n  when it rains\n  by Friday, 6 March 2026\n"
    )


def test_nothing_but_what_was_agreed_comes_into_it(desk: Desk, ada: clients.Client, held: sessions.Session):
    secret = "secretword"
    desk.do(sessions.edit, held.id, **dict.fromkeys(("intention", "focus_line", "what_mattered", "self_check"), secret))
    desk.do(notes.add, held.id, secret)
    desk.do(canvas.add, ada.id, secret, session_id=held.id)
    desk.do(canvas.add, ada.id, secret, private=True)

    def marked(db: Db, *, now):
        db.add(marks.Mark(session_id=held.id, at_seconds=1, text=secret, created_at=now.at, updated_at=now.at))

    desk.do(marked)
    offer = offered(desk, held.id)
    paper = summary.summary(offer, [line.id for line in offer.lines])
    for page in (as_text(paper), as_markdown(paper), as_html(paper)):
        assert set() == {word for word in (secret, "evidenceword", "obstacleword", "Lovelace", "Ada") if word in page}


def test_a_line_that_is_not_chosen_is_left_out(desk: Desk, held: sessions.Session):
    first = next(line for line in offered(desk, held.id).lines if line.owner == "client")
    page = told(desk, held.id, {first.id})
    assert "Call the board" in page
    assert "What I promised" not in page


def test_nothing_chosen_leaves_the_day_alone(desk: Desk, held: sessions.Session):
    assert "Summary of our session\n\nSession of Monday, 2 March 2026\n" == told(desk, held.id, ())


def test_what_is_open_from_earlier_is_offered_and_not_chosen(desk: Desk, ada: clients.Client, held: sessions.Session):
    earlier = desk.do(commitments.add, ada.id, "An earlier one", owner="client")
    done = desk.do(commitments.add, ada.id, "A finished one")
    desk.do(commitments.review, done.id, "kept")
    other = desk.do(clients.add, "Bob")
    desk.do(commitments.add, other.id, "Somebody else's")
    offer = offered(desk, held.id)
    assert [earlier.id] == [line.id for line in offer.lines if not line.here]
    assert earlier.id not in offer.usual()
    assert "An earlier one" in told(desk, held.id, {*offer.usual(), earlier.id})


@pytest.mark.parametrize(
    ("outcome", "usual"), [("kept", True), ("partly", True), ("released", False), ("carried", False)]
)
def test_what_was_let_go_or_carried_on_is_not_chosen_by_itself(
    desk: Desk, held: sessions.Session, outcome: str, usual: bool
):
    promise = desk.read(commitments.of_session, held.id)[0]
    desk.do(commitments.review, promise.id, outcome)
    offer = offered(desk, held.id)
    assert promise.id in {line.id for line in offer.lines}
    assert usual == (promise.id in offer.usual())


def test_the_next_session_is_told(desk: Desk, ada: clients.Client, held: sessions.Session):
    assert NEXT not in {line.id for line in offered(desk, held.id).lines}
    desk.do(sessions.plan, ada.id, datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    desk.do(sessions.plan, ada.id, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    assert told(desk, held.id).endswith("Our next session\n\nMonday, 9 March 2026, 10:00\n")
    assert "next session" not in told(desk, held.id, offered(desk, held.id).usual() - {NEXT})


def test_a_session_missed_an_hour_ago_is_not_the_next(
    desk: Desk, ada: clients.Client, held: sessions.Session, clock: Still
):
    desk.do(sessions.plan, ada.id, desk.now().at - timedelta(hours=1))
    assert NEXT not in {line.id for line in offered(desk, held.id).lines}


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Tokyo", "Monday, 9 March 2026, 18:00 (Asia/Tokyo)"),
        ("America/New_York", "Monday, 9 March 2026, 05:00 (America/New York)"),
        ("Europe/Paris", "Monday, 9 March 2026, 10:00\n"),
        ("Nowhere/At all", "Monday, 9 March 2026, 10:00\n"),
        ("../etc/passwd", "Monday, 9 March 2026, 10:00\n"),
    ],
)
def test_the_next_session_is_told_where_the_client_lives(
    desk: Desk, ada: clients.Client, held: sessions.Session, zone: str, words: str
):
    desk.do(clients.edit, ada.id, time_zone=zone)
    desk.do(sessions.plan, ada.id, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    assert words in told(desk, held.id)


def test_words_before_and_after_and_the_sender_stand_around_it(desk: Desk, held: sessions.Session):
    desk.do(private_settings.keep, "coach_name", "Kim Lee")
    desk.do(private_settings.keep, "coach_address", "Linden 4\n\n 10115 Berlin ")
    desk.do(private_settings.keep, "summary_greeting", "Good to see you.")
    desk.do(private_settings.keep, "summary_closing", "Warmly,")
    usual = told(desk, held.id)
    assert usual.startswith("Kim Lee\nLinden 4\n10115 Berlin\n\nSummary of our session\n\nSession of")
    assert "2026\n\nGood to see you.\n\nWhat I promised" in usual
    assert usual.endswith("\n\nWarmly,\n\nKim Lee\n")
    own = told(desk, held.id, greeting="Dear Ada,", closing="")
    assert "Dear Ada," in own
    assert "Good to see you." not in own
    assert "Warmly" not in own


def test_time_for_oneself_is_summed_up_without_a_you(desk: Desk, clock: Still):
    me = desk.do(clients.add, "Me", kind="self")
    row = desk.do(sessions.start, me.id, minutes=50)
    desk.do(commitments.add, me.id, "Rest", session_id=row.id)
    page = told(desk, row.id)
    assert page.startswith("Summary\n\n")
    assert "What I promised myself\n• Rest" in page


def test_a_session_that_has_not_begun_has_no_summary(desk: Desk, ada: clients.Client):
    planned = desk.do(sessions.plan, ada.id, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    with pytest.raises(Refused, match="nothing to sum up yet"):
        offered(desk, planned.id)


def test_the_day_is_that_of_the_coach(desk: Desk, ada: clients.Client, clock: Still):
    clock.advance(11.5 * 3600)
    row = desk.do(sessions.start, ada.id, minutes=50)
    assert (date(2026, 3, 3), date(2026, 3, 2)) == (
        offered(desk, row.id).day, offered(desk, row.id, zone=ZoneInfo("America/New_York")).day,
    )  # fmt: skip


def test_a_face_may_write_days_its_own_way(desk: Desk, held: sessions.Session):
    days = Days(lambda day: day.isoformat(), lambda at: f"{at:%I %p}")
    offer = offered(desk, held.id, days=days)
    page = as_text(summary.summary(offer, days=days))
    assert "Session of 2026-03-02" in page
    assert "by 2026-03-06" in page


def test_the_file_is_named_after_the_day_alone(desk: Desk, held: sessions.Session):
    assert "coaching-summary-2026-03-02.pdf" == summary.file_name(offered(desk, held.id), "pdf")


def test_days_are_written_in_full():
    assert ["Thursday, 1 January 2026", "Thursday, 31 December 2026"] == [
        day_words(date(2026, 1, 1)), day_words(date(2026, 12, 31)),
    ]  # fmt: skip
    assert 12 == len(MONTHS)


def test_an_unknown_zone_is_the_other_one():
    assert [TOKYO, BERLIN, BERLIN] == [zone_of(name, BERLIN) for name in ("Asia/Tokyo", "", "Middle-earth/Shire")]
