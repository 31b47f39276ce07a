"""The desk carries out verbs whole or not at all, and says exactly which tables changed."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, delete, update

from coachdesk.clock import Now, Still
from coachdesk.desk import Desk
from coachdesk.errors import Locked, RecordsMissing, RecordsReadOnly, Refused
from coachdesk.paths import Home
from coachdesk.practice import clients, commitments, forget, sessions
from coachdesk.practice.checklists import Checklist
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.settings import Settings, load
from coachdesk.storage import store
from tests.conftest import KEY


@pytest.fixture
def heard(desk: Desk) -> list[frozenset[type]]:
    found: list[frozenset[type]] = []
    desk.listeners.append(found.append)
    return found


def test_a_verb_is_announced_by_the_tables_it_touched(desk: Desk, heard: list[Any]) -> None:
    client = desk.do(clients.add, "Ada")
    desk.do(commitments.add, client.id, "write")

    assert [frozenset({Client}), frozenset({Commitment})] == heard


def test_a_verb_that_changes_nothing_is_not_announced(desk: Desk, heard: list[Any]) -> None:
    client = desk.do(clients.add, "Ada")
    heard.clear()
    desk.do(clients.edit, client.id, name="Ada")

    assert [] == heard


def test_a_bulk_statement_is_announced_too(desk: Desk, heard: list[Any]) -> None:
    def rename_all(db: Session) -> None:
        db.exec(update(Client).values(short_name="X"))

    desk.do(rename_all)

    assert [frozenset({Client})] == heard


def test_a_deletion_may_touch_every_table(desk: Desk, heard: list[Any]) -> None:
    client = desk.do(clients.add, "Ada")
    desk.do(forget.forget, client.id)

    assert {Client, Commitment, sessions.Session} <= heard[-1]


def test_a_refused_verb_changes_and_announces_nothing(desk: Desk, heard: list[Any]) -> None:
    def half(db: Session, *, now: Now) -> None:
        clients.add(db, "Ada", now=now)
        raise Refused("no")

    with pytest.raises(Refused, match="no"):
        desk.do(half)

    assert ([], []) == (heard, list(desk.read(clients.every)))


def test_a_bug_in_a_verb_changes_nothing_and_stays_a_bug(desk: Desk, heard: list[Any]) -> None:
    def broken(db: Session, *, now: Now) -> None:
        clients.add(db, "Ada", now=now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do(broken)

    assert ([], []) == (heard, list(desk.read(clients.every)))


def test_what_the_disk_refuses_is_said_in_a_sentence(desk: Desk) -> None:
    def full(db: Session) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(RecordsReadOnly, match="disk is full"):
        desk.do(full)


def test_quiet_verbs_are_stored_and_not_announced(desk: Desk, heard: list[Any]) -> None:
    desk.do_quietly(clients.add, "Ada")

    assert ([], ["Ada"]) == (heard, [c.name for c in desk.read(clients.every)])


def test_what_a_verb_returns_stays_readable(desk: Desk) -> None:
    assert "Ada" == desk.do(clients.add, "Ada").name


def test_a_query_keeps_nothing(desk: Desk) -> None:
    def peek(db: Session, *, now: Now) -> None:
        clients.add(db, "Ada", now=now)

    desk.read(peek)

    assert [] == list(desk.read(clients.every))


def test_what_the_disk_refuses_to_read_is_said_too(desk: Desk) -> None:
    def broken(db: Session) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(RecordsReadOnly, match="disk reported an error"):
        desk.read(broken)


def test_records_that_cannot_be_made_ready_stay_locked(desk: Desk) -> None:
    desk.do(_without_checklists)
    desk.close()
    opened = store.open(desk.home.records, KEY)
    with opened.session() as db:
        db.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON checklist BEGIN SELECT RAISE(ABORT, ''); END"
        )
        db.commit()

    with pytest.raises(IntegrityError):
        desk.adopt(opened)
    assert not desk.is_open


def _without_checklists(db: Session) -> None:
    db.exec(delete(Checklist))


def test_a_bulk_deletion_may_touch_every_table(desk: Desk, heard: list[Any]) -> None:
    desk.do(_without_checklists)

    assert {Client, Commitment, Checklist} <= heard[-1]


def test_a_verb_may_be_given_another_time(desk: Desk, clock: Still) -> None:
    then = clock.now()
    clock.advance(60)

    assert then.at == desk.do(clients.add, "Ada", now=then).created_at


def test_locked_records_say_so(desk: Desk) -> None:
    desk.close()
    desk.close()

    assert not desk.is_open
    with pytest.raises(Locked, match="locked"):
        desk.read(clients.every)


def test_records_that_are_not_there_say_so(clock: Still, home: Home) -> None:
    with pytest.raises(RecordsMissing):
        Desk(clock, home).open(KEY)


def test_a_setting_is_stored_and_announced(desk: Desk, heard: list[Any]) -> None:
    desk.change_setting("session.minutes", 45)
    desk.change_setting("session.minutes", 45)

    assert [frozenset({Settings})] == heard
    assert 45 == load(desk.home.settings).session.minutes == desk.settings.session.minutes


def test_a_setting_out_of_range_changes_nothing(desk: Desk, heard: list[Any]) -> None:
    with pytest.raises(Refused):
        desk.change_setting("session.minutes", 1)

    assert ([], 50) == (heard, desk.settings.session.minutes)
