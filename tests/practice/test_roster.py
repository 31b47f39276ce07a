"""The practice at a glance."""

from datetime import UTC, datetime

from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.practice import clients, commitments, roster, sessions


def test_each_client_stands_with_sessions_held_the_last_and_the_next(db: Db, clock: Still) -> None:
    ada = clients.add(db, "Ada", now=clock.now())
    zoe = clients.add(db, "Zoe", now=clock.now())
    clients.archive(db, clients.add(db, "Bob", now=clock.now()).id, now=clock.now())
    first, last = datetime(2026, 2, 2, 9, tzinfo=UTC), datetime(2026, 2, 9, 9, tzinfo=UTC)
    for start in (first, last):
        sessions.log(db, ada.id, start, 50, now=clock.now())
    following = datetime(2026, 3, 9, 9, tzinfo=UTC)
    sessions.plan(db, ada.id, datetime(2026, 3, 16, 9, tzinfo=UTC), now=clock.now())
    sessions.plan(db, ada.id, following, now=clock.now())
    sessions.cancel(
        db, sessions.plan(db, ada.id, datetime(2026, 3, 3, 9, tzinfo=UTC), now=clock.now()).id, now=clock.now()
    )
    found = roster.roster(db, now=clock.now())
    assert ["Ada", "Zoe", "Bob"] == [entry.client.name for entry in found]
    assert (2, last, following, 3) == (found[0].held, found[0].last_at, found[0].next_at, found[0].number)
    assert (0, None, None, 1) == (found[1].held, found[1].last_at, found[1].next_at, found[1].number)
    assert {ada.id: 2} == roster.held(db, [ada.id, zoe.id])


def test_what_was_closed_last_stands_first(db: Db, clock: Still) -> None:
    ada = clients.add(db, "Ada", now=clock.now())
    rows = [commitments.add(db, ada.id, text, now=clock.now()) for text in ("One", "Two", "Three", "Open")]
    theirs = commitments.add(db, ada.id, "Theirs", owner="client", now=clock.now())
    for row in (rows[1], theirs, rows[0], rows[2]):
        clock.advance(60)
        commitments.review(db, row.id, "kept", now=clock.now())
    assert ["Three", "One"] == [row.text for row in roster.closed_lately(db, most=2)]


def test_whether_anything_was_ever_closed(db: Db, clock: Still) -> None:
    ada, ben = (clients.add(db, name, now=clock.now()) for name in ("Ada", "Ben"))
    row = commitments.add(db, ada.id, "One", owner="client", now=clock.now())
    assert not roster.anything_closed(db)
    commitments.review(db, row.id, "kept", now=clock.now())

    asked = ({}, {"client_id": ada.id}, {"client_id": ben.id}, {"owners": ("coach",)})
    assert [True, True, False, False] == [roster.anything_closed(db, **each) for each in asked]
