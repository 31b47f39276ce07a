"""Promises and next steps: kept, partly, carried on, let go — and nothing is lost on the way."""

from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import clients, commitments, sessions
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Review
from tests import quick


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    return clients.add(db, "Ada", now=clock.now())


def test_a_promise_needs_words_an_owner_and_a_sane_confidence(db: Db, clock: Still, ada: Client) -> None:
    with pytest.raises(Refused, match="still empty"):
        commitments.add(db, ada.id, " \n ", now=clock.now())
    with pytest.raises(Refused, match="Whose it is"):
        commitments.add(db, ada.id, "x", owner="dog", now=clock.now())
    with pytest.raises(Refused, match="between 1 and 10"):
        commitments.add(db, ada.id, "x", confidence=11, now=clock.now())


@pytest.mark.parametrize("words", ["הבטחה", "约定 📎", "two\nlines", "x" * 100_000])
def test_words_are_kept_as_written(db: Db, clock: Still, ada: Client, words: str) -> None:
    row = commitments.add(db, ada.id, f" {words} ", now=clock.now())

    assert words == commitments.one(db, row.id).text


def test_each_outcome_closes_and_is_a_review(db: Db, clock: Still, ada: Client) -> None:
    for outcome in ("kept", "partly", "released"):
        row = commitments.add(db, ada.id, outcome, now=clock.now())
        commitments.review(db, row.id, outcome, now=clock.now(), note="why", acknowledged="well done")
        assert [(outcome, "why", "well done")] == [
            (r.state, r.note, r.acknowledged) for r in commitments.history(db, row.id)
        ]
    assert [] == list(commitments.open_ones(db))


def test_carrying_on_opens_a_successor_with_everything_but_the_date(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(
        db, ada.id, "walk", owner="client", due_on=date(2026, 3, 9), cue="when it rains", confidence=7, now=clock.now()
    )
    commitments.review(db, row.id, "carried", now=clock.now(), due=date(2026, 3, 16))

    after = commitments.successor(db, row.id)
    assert after is not None
    assert ("carried", row.id, "walk", "client", "when it rains", 7, date(2026, 3, 16)) == (
        row.state, after.carried_from_id, after.text, after.owner, after.cue, after.confidence, after.due_on,
    )  # fmt: skip


def test_a_date_goes_with_carrying_on_only(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())

    with pytest.raises(Refused, match="carrying on"):
        commitments.review(db, row.id, "kept", now=clock.now(), due=date(2026, 3, 16))
    with pytest.raises(Refused, match="What became of it"):
        commitments.review(db, row.id, "won", now=clock.now())


def test_what_is_closed_is_not_reviewed_again_until_taken_back(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())
    commitments.review(db, row.id, "kept", now=clock.now())
    with pytest.raises(Refused, match="closed already"):
        commitments.review(db, row.id, "kept", now=clock.now())

    commitments.withdraw(db, row.id, now=clock.now())

    assert "open" == row.state
    assert ["kept", "withdrawn"] == [r.state for r in commitments.history(db, row.id)]
    with pytest.raises(Refused, match="nothing to take back"):
        commitments.withdraw(db, row.id, now=clock.now())


def test_taking_back_a_carrying_on_takes_an_untouched_successor_along(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())
    commitments.review(db, row.id, "carried", now=clock.now())
    commitments.withdraw(db, row.id, now=clock.now())
    assert commitments.successor(db, row.id) is None

    commitments.review(db, row.id, "carried", now=clock.now())
    after = commitments.successor(db, row.id)
    assert after is not None
    commitments.review(db, after.id, "kept", now=clock.now())
    with pytest.raises(Refused, match="looked at since"):
        commitments.withdraw(db, row.id, now=clock.now())


def test_the_rest_of_something_partly_done_can_be_carried_on(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(db, ada.id, "write three pages", now=clock.now())
    with pytest.raises(Refused, match="partly"):
        commitments.carry_rest(db, row.id, "one page", now=clock.now())
    commitments.review(db, row.id, "partly", now=clock.now())

    rest = commitments.carry_rest(db, row.id, "one page", now=clock.now())

    assert ("one page", row.id, "partly") == (rest.text, rest.carried_from_id, row.state)
    with pytest.raises(Refused, match="already"):
        commitments.carry_rest(db, row.id, "again", now=clock.now())


def test_what_is_due_first_stands_first(db: Db, clock: Still, ada: Client) -> None:
    commitments.add(db, ada.id, "whenever", now=clock.now())
    commitments.add(db, ada.id, "later", due_on=date(2026, 4, 1), now=clock.now())
    commitments.add(db, ada.id, "past", due_on=date(2026, 1, 1), owner="both", now=clock.now())
    commitments.add(db, ada.id, "hers", owner="client", now=clock.now())

    mine = commitments.open_ones(db, client_id=ada.id, owners=("coach", "both"))
    assert ["past", "later", "whenever"] == [c.text for c in mine]
    assert ["past", "later"] == [c.text for c in commitments.of_client(db, ada.id)][:2]
    assert 4 == len(commitments.every(db))


def test_a_review_made_after_the_clock_was_set_back_still_follows_its_commitment(
    db: Db, clock: Still, ada: Client
) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())
    clock.step(-3600)

    assert row.created_at <= commitments.review(db, row.id, "kept", now=clock.now()).created_at


def test_the_database_refuses_a_review_before_its_commitment_and_any_change_of_one(
    db: Db, clock: Still, ada: Client
) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())
    review = commitments.review(db, row.id, "kept", now=clock.now())
    review.state = "released"
    with pytest.raises(IntegrityError, match="only ever added"):
        db.flush()
    db.rollback()

    clock.step(-3600)
    early = clock.now().at
    ada2 = clients.add(db, "Ada", now=clock.now())
    clock.step(3600)
    row = commitments.add(db, ada2.id, "walk", now=clock.now())
    db.add(Review(commitment_id=row.id, state="kept", created_at=early, updated_at=early))
    with pytest.raises(IntegrityError, match="never precedes"):
        db.flush()


def test_editing_and_removing(db: Db, clock: Still, ada: Client) -> None:
    row = commitments.add(db, ada.id, "walk", now=clock.now())
    commitments.edit(db, row.id, text="run", owner="client", evidence="shoes", now=clock.now())
    commitments.edit(db, row.id, obstacle=" rain ", now=clock.now())
    assert ("run", "client", "shoes", "rain") == (row.text, row.owner, row.evidence, row.obstacle)
    with pytest.raises(Refused, match="still empty"):
        commitments.edit(db, row.id, text="", now=clock.now())
    with pytest.raises(Refused, match="Whose"):
        commitments.edit(db, row.id, owner="", now=clock.now())

    commitments.remove(db, row.id, now=clock.now())
    assert [] == list(commitments.of_client(db, ada.id))


def test_removing_a_session_keeps_what_was_promised_in_it(db: Db, clock: Still, ada: Client) -> None:
    session = sessions.log(db, ada.id, clock.now().at.replace(hour=8), 30, now=clock.now())
    row = commitments.add(db, ada.id, "walk", session_id=session.id, now=clock.now())
    assert [row.id] == [c.id for c in commitments.of_session(db, session.id)]
    sessions.remove(db, session.id, now=clock.now())

    assert commitments.one(db, row.id).session_id is None


class Promises(RuleBasedStateMachine):
    """Whatever is reviewed, carried on and taken back in any order, the chain stays whole."""

    @initialize()
    def begin(self) -> None:
        from datetime import UTC, datetime

        self.records, self.clock = quick.records(), Still.at(datetime(2026, 3, 2, tzinfo=UTC))
        self.db = self.records.session()
        self.client = clients.add(self.db, "Ada", now=self.clock.now())
        self.count = 0

    def pick(self, number: int) -> commitments.Commitment:
        rows = sorted(commitments.every(self.db), key=lambda c: (c.created_at, c.id))
        return rows[number % len(rows)]

    @rule()
    def promise(self) -> None:
        self.clock.advance(60)
        commitments.add(self.db, self.client.id, f"promise {self.count}", now=self.clock.now())
        self.count += 1

    @precondition(lambda self: self.count)
    @rule(number=st.integers(0, 20), outcome=st.sampled_from(commitments.OUTCOMES), step=st.integers(-4000, 4000))
    def look_at(self, number: int, outcome: str, step: int) -> None:
        self.clock.step(step)
        row = self.pick(number)
        if row.state == "open":
            commitments.review(self.db, row.id, outcome, now=self.clock.now())
        else:
            with pytest.raises(Refused):
                commitments.review(self.db, row.id, outcome, now=self.clock.now())

    @precondition(lambda self: self.count)
    @rule(number=st.integers(0, 20))
    def take_back(self, number: int) -> None:
        row = self.pick(number)
        after = commitments.successor(self.db, row.id)
        if row.state == "open" or (after and commitments.history(self.db, after.id)):
            with pytest.raises(Refused):
                commitments.withdraw(self.db, row.id, now=self.clock.now())
        else:
            commitments.withdraw(self.db, row.id, now=self.clock.now())

    @precondition(lambda self: self.count)
    @rule(number=st.integers(0, 20))
    def take_out(self, number: int) -> None:
        commitments.remove(self.db, self.pick(number).id, now=self.clock.now())
        self.count = len(commitments.every(self.db))

    @invariant()
    def carried_means_a_successor_and_a_review_last(self) -> None:
        for row in commitments.every(self.db):
            history = commitments.history(self.db, row.id)
            last = history[-1].state if history else "withdrawn"
            assert row.state == ("open" if last == "withdrawn" else last)
            if row.state == "carried":
                assert commitments.successor(self.db, row.id) is not None
            if row.state == "open":
                assert commitments.successor(self.db, row.id) is None
            assert all(r.created_at >= row.created_at for r in history)

    def teardown(self) -> None:
        self.db.close()
        self.records.close()


TestPromises = Promises.TestCase
TestPromises.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
