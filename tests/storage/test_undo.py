"""Whatever is done to the records can be taken back, row for row, and done again."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlmodel import Session as Db
from sqlmodel import col, delete, update

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.paths import Home
from coachdesk.practice import (
    agreements,
    canvas,
    checklists,
    clients,
    commitments,
    corrections,
    cues_shown,
    drafts,
    forget,
    marks,
    notes,
    own_prompts,
    private_settings,
    sessions,
    undoing,
)
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Review
from coachdesk.storage import undo
from tests import quick

Rows = dict[str, dict[str, dict[str, Any]]]
WORDS = st.sampled_from(["call her", "议题", "a quiet hour", "straße"])
ADDED_OR_FLEETING = {"review", "draft", "duty_told", "setting_private"}


def rows(desk: Desk, *, without: set[str] = ADDED_OR_FLEETING) -> Rows:
    """Every row of every table, but of those that have rules of their own."""
    with desk.store.session() as db:
        connection = db.connection().connection.driver_connection
        named = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        found: Rows = {}
        for (table,) in connection.execute(named).fetchall():
            if table in without or table == "alembic_version":
                continue
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [each[0] for each in cursor.description]
            found[table] = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
        return found


class Changes(RuleBasedStateMachine):
    """A coach changes this and that, and at any moment takes everything back and does it again."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = Still.at(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
        self.desk = self.stack.enter_context(quick.desk(self.clock, Home(folder)))

    def teardown(self) -> None:
        self.everything_back_and_again()
        self.stack.close()

    @initialize()
    def begin(self) -> None:
        with self.desk.store.session() as db:  # what was there before this run is nobody's step
            client = clients.add(db, "Mira", now=self.clock.now())
            row = commitments.add(db, client.id, "an old promise", now=self.clock.now())
            commitments.review(db, row.id, "partly", note="half", now=self.clock.now())
            sessions.log(db, client.id, self.clock.now().at - timedelta(days=3), 50, now=self.clock.now())
            db.commit()
        self.start = rows(self.desk)

    def some(self, data: st.DataObject, table: str) -> str:
        found = sorted(rows(self.desk)[table])
        return data.draw(st.sampled_from(found)) if found else ""

    def do(self, verb: Callable[..., Any], *what: Any, **fields: Any) -> None:
        self.clock.advance(61)
        try:
            self.desk.do(verb, *what, **fields)
        except Refused:
            return

    @rule(words=WORDS)
    def a_client(self, words: str) -> None:
        self.do(clients.add, words, email="m@example.org")

    @rule(data=st.data(), words=WORDS)
    def change_a_client(self, data: st.DataObject, words: str) -> None:
        self.do(clients.edit, self.some(data, "client"), name=words)

    @rule(data=st.data())
    def archive_a_client(self, data: st.DataObject) -> None:
        self.do(clients.archive, self.some(data, "client"))

    @rule(data=st.data())
    def remove_a_client_with_everything(self, data: st.DataObject) -> None:
        self.do(_remove_client, self.some(data, "client"))

    @rule(data=st.data(), words=WORDS)
    def a_promise(self, data: st.DataObject, words: str) -> None:
        self.do(commitments.add, self.some(data, "client"), words, session_id=self.some(data, "session") or None)

    @rule(data=st.data(), outcome=st.sampled_from(commitments.OUTCOMES))
    def review_a_promise(self, data: st.DataObject, outcome: str) -> None:
        self.do(commitments.review, self.some(data, "commitment"), outcome, note="said")

    @rule(data=st.data())
    def withdraw_a_review(self, data: st.DataObject) -> None:
        self.do(commitments.withdraw, self.some(data, "commitment"))

    @rule(data=st.data(), words=WORDS)
    def carry_the_rest(self, data: st.DataObject, words: str) -> None:
        self.do(commitments.carry_rest, self.some(data, "commitment"), words)

    @rule(data=st.data(), words=WORDS)
    def change_a_promise(self, data: st.DataObject, words: str) -> None:
        self.do(commitments.edit, self.some(data, "commitment"), text=words, confidence=7)

    @rule(data=st.data())
    def remove_a_promise(self, data: st.DataObject) -> None:
        self.do(commitments.remove, self.some(data, "commitment"))

    @rule(data=st.data(), days=st.integers(-40, 40))
    def a_session(self, data: st.DataObject, days: int) -> None:
        at = self.clock.now().at + timedelta(days=days)
        client = self.some(data, "client")
        self.do(sessions.plan, client, at) if days > 0 else self.do(sessions.log, client, at - timedelta(hours=2), 50)

    @rule(
        data=st.data(), verb=st.sampled_from([sessions.cancel, sessions.missed, sessions.plan_again, sessions.remove])
    )
    def something_with_a_session(self, data: st.DataObject, verb: Callable[..., Any]) -> None:
        self.do(verb, self.some(data, "session"))

    @rule(data=st.data(), words=WORDS)
    def close_a_session(self, data: st.DataObject, words: str) -> None:
        self.do(sessions.close, self.some(data, "session"), what_mattered=words)

    @rule(data=st.data())
    def correct_a_session(self, data: st.DataObject) -> None:
        session = self.some(data, "session")
        began = self.clock.now().at - timedelta(days=50)
        self.do(corrections.times, session, started_at=began)

    @rule(data=st.data(), words=WORDS)
    def a_note(self, data: st.DataObject, words: str) -> None:
        self.do(notes.add, self.some(data, "session"), words)

    @rule(data=st.data(), private=st.booleans(), words=WORDS)
    def a_line(self, data: st.DataObject, private: bool, words: str) -> None:
        self.do(canvas.add, self.some(data, "client"), words, kind="thread", private=private)

    @rule(data=st.data())
    def change_every_line_at_once(self, data: st.DataObject) -> None:
        self.do(_lines_private, self.some(data, "client"))

    @rule(data=st.data())
    def remove_every_line_at_once(self, data: st.DataObject) -> None:
        self.do(_without_lines, self.some(data, "client"))

    @rule(data=st.data(), done=st.booleans())
    def tick(self, data: st.DataObject, done: bool) -> None:
        self.do(checklists.tick, self.some(data, "client"), self.some(data, "checklist_item"), done=done)

    @rule(data=st.data())
    def remove_an_item_with_its_ticks(self, data: st.DataObject) -> None:
        self.do(checklists.remove_item, self.some(data, "checklist_item"))

    @rule(data=st.data(), minutes=st.integers(20, 90))
    def agree(self, data: st.DataObject, minutes: int) -> None:
        self.do(agreements.agree, self.some(data, "client"), session_minutes=minutes)

    @rule(data=st.data())
    def remove_an_agreement(self, data: st.DataObject) -> None:
        self.do(agreements.remove, self.some(data, "agreement"))

    @rule(words=WORDS)
    def a_prompt_and_a_setting(self, words: str) -> None:
        self.do(own_prompts.add, "process_check", words, words)
        before = self.desk.steps.done
        self.desk.do(private_settings.keep, "coach", words)
        assert before is self.desk.steps.done

    @rule(data=st.data(), words=WORDS)
    def typing_is_no_step(self, data: st.DataObject, words: str) -> None:
        before = self.desk.steps.done
        self.desk.do_quietly(drafts.keep, "client", self.some(data, "client"), "name", words)
        assert before is self.desk.steps.done

    @rule()
    def everything_back_and_again(self) -> None:
        while self.desk.steps.undone is not None:
            self.desk.redo()
        end, told = rows(self.desk), set()
        while self.desk.steps.done is not None:
            told.add(self.desk.undo().split(":")[0])
        assert self.start == rows(self.desk)
        self.every_review_fits()
        while self.desk.steps.undone is not None:
            self.desk.redo()
        assert end == rows(self.desk)
        self.every_review_fits()
        assert told <= {"Taken back"}

    @precondition(lambda self: self.desk.steps.done is not None)
    @rule()
    def take_one_back(self) -> None:
        self.desk.undo()

    def every_review_fits(self) -> None:
        """A promise's history ends with what became of it."""
        with self.desk.store.session() as db:
            for row in commitments.every(db):
                history = commitments.history(db, row.id)
                last = history[-1].state if history else "withdrawn"
                assert ("open" if last == "withdrawn" else last) == row.state


def _remove_client(db: Db, client_id: str) -> None:
    db.delete(db.get_one(Client, client_id)) if client_id else None


def _lines_private(db: Db, client_id: str) -> None:
    db.exec(update(CanvasLine).where(col(CanvasLine.client_id) == client_id).values(private=True))


def _without_lines(db: Db, client_id: str) -> None:
    db.exec(delete(CanvasLine).where(col(CanvasLine.client_id) == client_id))


Changes.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TestEverythingBackAndAgain = Changes.TestCase


@pytest.fixture
def promised(desk: Desk) -> tuple[str, str]:
    """A client and a promise."""
    client = desk.do(clients.add, "Mira")
    return client.id, desk.do(commitments.add, client.id, "Call her").id


def test_a_review_is_taken_back_by_one_that_withdraws_it(desk: Desk, promised: tuple[str, str]) -> None:
    _client, promise = promised
    desk.do(commitments.review, promise, "kept", note="done")

    assert "Taken back: what became of a promise." == desk.undo()
    assert "open" == desk.read(commitments.one, promise).state
    assert ["kept", "withdrawn"] == states(desk, promise)

    assert "Done again: what became of a promise." == desk.redo()
    assert ["kept", "withdrawn", "kept"] == states(desk, promise)
    assert "done" == desk.read(commitments.history, promise)[-1].note


def test_a_withdrawal_is_taken_back_by_the_review_before_it(desk: Desk, promised: tuple[str, str]) -> None:
    _client, promise = promised
    desk.do(commitments.review, promise, "partly", note="half of it")
    desk.do(commitments.withdraw, promise)
    desk.undo()
    assert ["partly", "withdrawn", "partly"] == states(desk, promise)
    assert "half of it" == desk.read(commitments.history, promise)[-1].note


def states(desk: Desk, promise: str) -> list[str]:
    return [each.state for each in desk.read(commitments.history, promise)]


def test_a_removal_brings_back_what_went_with_it(desk: Desk, promised: tuple[str, str]) -> None:
    client, promise = promised
    desk.do(commitments.review, promise, "carried")
    held = desk.do(sessions.log, client, desk.now().at - timedelta(days=1), 50)
    desk.do(notes.add, held.id, "A note")
    desk.do(commitments.edit, promise, session_id=held.id)
    before = rows(desk, without={"draft"})
    desk.do(_remove_client, client)
    assert {} == rows(desk)["note"]
    assert "Taken back: the removal of a client." == desk.undo()
    assert before == rows(desk, without={"draft"})
    desk.do(sessions.remove, held.id)  # the promise stays, and only loses its session
    desk.undo()
    assert before == rows(desk, without={"draft"})


def test_what_was_changed_since_stays_as_it_is(desk: Desk, promised: tuple[str, str]) -> None:
    _client, promise = promised
    desk.do(commitments.edit, promise, text="Write to her")
    desk.do_quietly(commitments.edit, promise, text="Visit her")
    with pytest.raises(Refused, match="changed again since"):
        desk.undo()
    assert "Visit her" == desk.read(commitments.one, promise).text
    with pytest.raises(Refused, match="changed again since"):
        desk.undo()  # the promise itself: it is not what was added then
    assert "Visit her" == desk.read(commitments.one, promise).text


def test_nothing_is_taken_along_that_came_by_another_way(desk: Desk, promised: tuple[str, str]) -> None:
    client, _promise = promised
    desk.undo()
    assert [] == list(desk.read(commitments.of_client, client))
    desk.do_quietly(canvas.add, client, "A line nobody takes back")
    with pytest.raises(Refused, match="changed again since"):
        desk.undo()
    assert ["Mira"] == [one.name for one in desk.read(clients.every)]
    assert 1 == len(desk.read(canvas.lines, client))


def test_a_running_session_keeps_its_clock_and_its_own_ways_back(desk: Desk, promised: tuple[str, str]) -> None:
    client, _promise = promised
    live = desk.do(sessions.start, client)
    desk.do(sessions.pause)
    desk.do(sessions.resume)
    desk.do(sessions.extend, 10)
    shown = desk.do(cues_shown.shown, live.id, "end", "end")
    desk.do(cues_shown.answered, shown.id, "asked")
    with pytest.raises(Refused, match="The time of the session went on since; that has its own way back"):
        desk.undo()

    desk.do(marks.mark)
    desk.do(notes.jot, "A line")
    seen = desk.read(sessions.running).last_seen_at
    assert ["Taken back: a new note.", "Taken back: a new mark."] == [desk.undo(), desk.undo()]
    assert ([], []) == (list(desk.read(marks.of_session, live.id)), list(desk.read(notes.of_session, live.id)))
    assert (seen, "running") == (desk.read(sessions.running).last_seen_at, desk.read(sessions.running).state)

    line = desk.do(notes.jot, "The last line")
    desk.do(sessions.finish)
    for _again in range(2):
        with pytest.raises(Refused, match="The session was ended since; that has its own way back"):
            desk.undo()
    assert [line.id] == [one.id for one in desk.read(notes.of_session, live.id)]

    desk.do(sessions.close, live.id, what_mattered="much")
    assert "Taken back: the change of a session." == desk.undo()
    closed = desk.read(sessions.one, live.id)
    assert ("finished", None, "") == (closed.state, closed.closed_at, closed.what_mattered)


def test_nothing_is_left_to_take_back_after_locking_forgetting_or_a_hundred_steps(
    desk: Desk, promised: tuple[str, str]
) -> None:
    client, promise = promised
    for number in range(undo.MOST_STEPS + 5):
        desk.do(commitments.edit, promise, text=f"Call her {number}")
    for _each in range(undo.MOST_STEPS):
        desk.undo()
    with pytest.raises(Refused, match="nothing to take back"):
        desk.undo()
    desk.do(commitments.edit, promise, text="Call her again")
    with pytest.raises(Refused, match="nothing to do again"):
        desk.redo()
    desk.do(forget.forget, client)
    assert None is desk.steps.done
    desk.do(clients.add, "Paul")
    store = desk.store
    desk.close()
    desk.adopt(store)
    assert None is desk.steps.done


def test_what_is_taken_back_is_announced(desk: Desk, promised: tuple[str, str]) -> None:
    _client, promise = promised
    desk.do(commitments.review, promise, "kept")
    heard: list[frozenset[type]] = []
    desk.listeners.append(heard.append)
    desk.undo()
    assert [frozenset({commitments.Commitment, Review})] == heard


def test_a_step_tells_nothing_of_its_words_in_a_crash_report(desk: Desk, promised: tuple[str, str]) -> None:
    assert "Call her" not in repr(desk.steps.done)


@pytest.mark.parametrize(("table", "sentence"), [("client", "a new client"), ("unknown", "a change")])
def test_a_step_is_named_after_what_matters_most(table: str, sentence: str) -> None:
    step = (undo.Change("note", "2", {"a": 1}, {"a": 2}), undo.Change(table, "1", None, {"a": 1}))
    assert sentence == undoing.what(step if table == "client" else step[1:])


def test_a_step_of_several_rows_is_told_with_its_number() -> None:
    came = tuple(undo.Change("session", str(n), None, {"a": 1}) for n in range(7))
    beside = (undo.Change("calendar_rule", "r", None, {"a": 1}), undo.Change("session", "s", {"a": 1}, {"a": 2}))
    assert "7 new sessions and 2 more changes" == undoing.what((*came, *beside))
    assert "7 new sessions" == undoing.what(came)
    assert "a new session" == undoing.what((came[0], *beside))


def test_a_refused_verb_is_no_step_and_leaves_nothing_behind(desk: Desk, promised: tuple[str, str]) -> None:
    before = desk.steps.done
    with pytest.raises(Refused):
        desk.do(clients.add, "")
    assert before is desk.steps.done
    desk.do_quietly(clients.add, "Paul")
    desk.do(clients.add, "Rosa")
    assert ["Taken back: a new client.", ["Mira", "Paul"]] == [
        desk.undo(), [one.name for one in desk.read(clients.every)],
    ]  # fmt: skip
