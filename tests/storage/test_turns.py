"""Several connections of one process write one after the other, and none is refused for having read first."""

import pytest
from sqlcipher3 import dbapi2
from sqlmodel import Session, select

from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.storage import faults, turns


def test_nobody_writes_between_what_a_verb_reads_and_what_it_writes(desk: Desk) -> None:
    other = desk.store.connection()
    other.execute("PRAGMA busy_timeout = 0")

    def add_after_reading(db: Session) -> None:
        db.exec(select(Client)).all()
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("INSERT INTO tick (id) VALUES ('x')")
        clients.add(db, "Ada", now=desk.now())

    desk.do(add_after_reading)
    desk.do_quietly(add_after_reading)
    other.close()

    assert ["Ada", "Ada"] == [client.name for client in desk.read(clients.every)]


def test_reading_waits_for_nobody_who_writes(desk: Desk) -> None:
    desk.do(clients.add, "Ada")
    other = desk.store.connection()
    other.execute("BEGIN IMMEDIATE")
    assert ["Ada"] == [client.name for client in desk.read(clients.every)]
    other.close()


def test_beside_our_own_long_work_it_is_ourselves_whom_the_sentence_names(desk: Desk) -> None:
    busy = dbapi2.OperationalError("database is locked")
    with turns.long_work():
        with pytest.raises(Refused, match="CoachDesk itself is still busy"):
            desk.do(clients.add, "Ada")
        assert "CoachDesk itself is still busy" in str(faults.explain(busy))
    desk.do(clients.add, "Bea")

    assert ["Bea"] == [client.name for client in desk.read(clients.every)]
    assert "Another program" in str(faults.explain(busy))
