"""Clients, agreements, canvas, checklists, drafts, own prompts, hours and the brief."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import (
    agreements,
    brief,
    canvas,
    checklists,
    clients,
    commitments,
    drafts,
    forget,
    marks,
    own_prompts,
    private_settings,
    record,
    sessions,
)  # fmt: skip
from coachdesk.practice.clients import Client

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    return clients.add(db, "Ada Lovelace", short_name="Ada", now=clock.now())


class TestClients:
    def test_a_client_needs_a_name_and_a_kind(self, db: Db, clock: Still) -> None:
        with pytest.raises(Refused, match="The name is still empty"):
            clients.add(db, "  ", now=clock.now())
        with pytest.raises(Refused, match="The kind cannot be “robot”"):
            clients.add(db, "R", kind="robot", now=clock.now())

    def test_the_short_name_stands_in_for_the_name(self, ada: Client) -> None:
        assert ("Ada", "Ada Lovelace") == (ada.shown(True), ada.shown(False))
        assert "X" == Client(name="X").shown(True)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("example.org/room", "https://example.org/room"),
            ("https://x.example/1", "https://x.example/1"),
            ("zoommtg://zoom.us/join?confno=1", "zoommtg://zoom.us/join?confno=1"),
            ("", ""),
        ],
    )
    def test_a_call_link_opens_a_call(self, db: Db, clock: Still, typed: str, kept: str) -> None:
        assert kept == clients.add(db, "A", call_link=typed, now=clock.now()).call_link

    @pytest.mark.parametrize("typed", ["file:///etc/passwd", "javascript:alert(1)", "no link", "https://"])
    def test_anything_else_is_refused_as_a_call_link(self, db: Db, clock: Still, typed: str) -> None:
        with pytest.raises(Refused, match="web address"):
            clients.add(db, "A", call_link=typed, now=clock.now())

    def test_dates_and_numbers_are_looked_at(self, db: Db, clock: Still, ada: Client) -> None:
        with pytest.raises(Refused, match="cannot end before"):
            clients.edit(db, ada.id, started_on=date(2026, 3, 1), ended_on=date(2026, 2, 1), now=clock.now())
        with pytest.raises(Refused, match="size of the group"):
            clients.edit(db, ada.id, group_size=0, now=clock.now())
        with pytest.raises(Refused, match="kind"):
            clients.edit(db, ada.id, kind="x", now=clock.now())
        with pytest.raises(Refused, match="name"):
            clients.edit(db, ada.id, name="", now=clock.now())

    def test_archived_clients_come_last_and_come_back(self, db: Db, clock: Still, ada: Client) -> None:
        ben = clients.add(db, "ben", now=clock.now())
        clients.archive(db, ada.id, now=clock.now())
        assert [ben.id] == [c.id for c in clients.present(db)]
        assert [ben.id, ada.id] == [c.id for c in clients.every(db)]

        clients.bring_back(db, ada.id, now=clock.now())
        assert [ada.id, ben.id] == [c.id for c in clients.present(db)]

    def test_a_client_is_found_by_id_name_or_short_name(self, db: Db, clock: Still, ada: Client) -> None:
        ege = clients.add(db, "ÉGE", now=clock.now())

        assert ada.id == clients.find(db, ada.id).id == clients.find(db, " ada ").id
        assert ege.id == clients.find(db, "ége").id
        with pytest.raises(Refused, match="No client is called"):
            clients.find(db, "")
        clients.add(db, "Ada", now=clock.now())
        with pytest.raises(Refused, match="2 clients are called"):
            clients.find(db, "Ada")

    def test_a_list_narrows_as_one_types(self, db: Db, clock: Still, ada: Client) -> None:
        clients.add(db, "Ben", now=clock.now())

        assert [ada.id] == [c.id for c in clients.holding(db, "lovel")]

    def test_removing_a_client_removes_everything_about_them(self, db: Db, clock: Still, ada: Client) -> None:
        sessions.start(db, ada.id, now=clock.now())
        with pytest.raises(Refused, match="running"):
            forget.forget(db, ada.id, now=clock.now())
        sessions.finish(db, now=clock.now())
        commitments.add(db, ada.id, "x", now=clock.now())
        forget.forget(db, ada.id, now=clock.now())

        assert ([], []) == (list(sessions.every(db)), list(commitments.every(db)))

    def test_the_coach_has_a_record_of_their_own(self, db: Db, clock: Still) -> None:
        assert clients.myself(db) is None
        me = clients.add(db, "Me", kind="self", now=clock.now())

        assert me == clients.myself(db) == clients.one(db, me.id)


class TestAgreements:
    def test_a_change_makes_a_new_one_and_the_old_one_stays(self, db: Db, clock: Still, ada: Client) -> None:
        old = agreements.agree(db, ada.id, now=clock.now(), session_minutes=50, rescheduling="a day before")
        new = agreements.agree(db, ada.id, now=clock.now(), session_minutes=60, agreed_on=date(2026, 4, 1))

        assert (date(2026, 4, 1), 50) == (old.ended_on, old.session_minutes)
        assert ("a day before", 60) == (new.rescheduling, new.session_minutes)
        assert new == agreements.present(db, ada.id)
        assert [new.id, old.id] == [a.id for a in agreements.history(db, ada.id)]

    def test_a_slip_is_corrected_in_place(self, db: Db, clock: Still, ada: Client) -> None:
        row = agreements.agree(db, ada.id, now=clock.now())
        agreements.edit(db, row.id, now=clock.now(), feedback=" at the end ")

        assert ["at the end"] == [a.feedback for a in agreements.history(db, ada.id)]
        with pytest.raises(Refused, match="length of a session"):
            agreements.edit(db, row.id, now=clock.now(), session_minutes=1)

    def test_removing_the_present_one_brings_the_one_before_back(self, db: Db, clock: Still, ada: Client) -> None:
        old = agreements.agree(db, ada.id, now=clock.now())
        new = agreements.agree(db, ada.id, now=clock.now())
        agreements.remove(db, new.id, now=clock.now())
        assert old == agreements.present(db, ada.id)

        agreements.remove(db, old.id, now=clock.now())
        assert agreements.present(db, ada.id) is None


class TestCanvas:
    def test_private_lines_are_apart(self, db: Db, clock: Still, ada: Client) -> None:
        canvas.add(db, ada.id, "likes rivers", now=clock.now())
        canvas.add(db, ada.id, "stirs me", private=True, kind="thread", now=clock.now())

        assert ["likes rivers"] == [c.text for c in canvas.lines(db, ada.id)]
        assert ["stirs me"] == [c.text for c in canvas.lines(db, ada.id, private=True)]
        assert [] == list(canvas.threads(db, ada.id))

    def test_threads_are_taken_up(self, db: Db, clock: Still, ada: Client) -> None:
        line = canvas.add(db, ada.id, "her father", kind="thread", now=clock.now())
        assert [line.id] == [c.id for c in canvas.threads(db, ada.id)]
        canvas.resolve(db, line.id, now=clock.now())
        assert [] == list(canvas.threads(db, ada.id))
        canvas.resolve(db, line.id, now=clock.now(), done=False)
        assert line.resolved_at is None

    def test_lines_are_edited_and_removed(self, db: Db, clock: Still, ada: Client) -> None:
        line = canvas.add(db, ada.id, "x", now=clock.now())
        canvas.edit(db, line.id, words="y", kind="strength", now=clock.now())
        assert ("y", "strength") == (line.text, line.kind)
        canvas.edit(db, line.id, now=clock.now())
        with pytest.raises(Refused, match="Only a thread"):
            canvas.resolve(db, line.id, now=clock.now())
        with pytest.raises(Refused, match="kind of line"):
            canvas.edit(db, line.id, kind="diagnosis", now=clock.now())

        canvas.remove(db, line.id, now=clock.now())
        assert [] == list(canvas.lines(db, ada.id))


class TestChecklists:
    def test_the_first_session_list_ships_once(self, db: Db, clock: Still, ada: Client) -> None:
        checklists.ship(db, now=clock.now())

        assert [1, 2, 3, 4] == [line.position for line in checklists.lines(db, ada.id)]

    def test_ticking_twice_is_ticking_once(self, db: Db, clock: Still, ada: Client) -> None:
        item = checklists.find_item(db, "2")
        session = sessions.start(db, ada.id, now=clock.now())
        for _ in range(2):
            checklists.tick(db, ada.id, item.id, now=clock.now())
        assert NOON == checklists.lines(db, ada.id)[1].ticked_at
        assert session.id is not None

        for _ in range(2):
            checklists.tick(db, ada.id, item.id, done=False, now=clock.now())
        assert checklists.lines(db, ada.id)[1].ticked_at is None

    def test_the_wording_is_the_coachs(self, db: Db, clock: Still, ada: Client) -> None:
        mine = checklists.add_item(db, checklists.FIRST_SESSION, "tea or water", now=clock.now())
        checklists.edit_item(db, mine.id, "tea", now=clock.now())
        assert "tea" == checklists.lines(db, ada.id)[-1].text
        checklists.remove_item(db, mine.id, now=clock.now())

        assert 4 == len(checklists.lines(db, ada.id))
        with pytest.raises(Refused, match="no item “9”; it has 4"):
            checklists.find_item(db, "9")
        with pytest.raises(Refused, match="no such checklist"):
            checklists.add_item(db, "other", "x", now=clock.now())


class TestDraftsAndSettings:
    def test_a_draft_is_kept_replaced_and_cleared(self, db: Db, clock: Still) -> None:
        drafts.keep(db, "close", "s1", "note", "he", now=clock.now())
        drafts.keep(db, "close", "s1", "note", "hello", now=clock.now())
        assert "hello" == drafts.get(db, "close", "s1", "note")
        assert ["hello"] == [d.text for d in drafts.of_screen(db, "close", "s1")]

        drafts.clear(db, "close", "s1", "note", now=clock.now())
        drafts.clear(db, "close", "s1", "note", now=clock.now())
        assert "" == drafts.get(db, "close", "s1", "note")

    def test_a_draft_is_one_row_from_its_first_letter_on_and_tells_when_it_changed_last(
        self, db: Db, clock: Still
    ) -> None:
        drafts.keep(db, "close", "s1", "note", "he", now=clock.now())
        (first,) = [d.model_dump() for d in drafts.of_screen(db, "close", "s1")]
        clock.advance(60)
        later = clock.now()
        drafts.keep(db, "close", "s1", "note", "hello", now=later)
        (replaced,) = [d.model_dump() for d in drafts.of_screen(db, "close", "s1")]
        assert first | {"text": "hello", "updated_at": later.at} == replaced

        clock.advance(60)
        drafts.keep(db, "close", "s1", "note", "hello", now=clock.now())
        assert [replaced] == [d.model_dump() for d in drafts.of_screen(db, "close", "s1")]

    def test_a_clock_set_back_changes_no_draft_before_it_was_made(self, db: Db, clock: Still) -> None:
        begun = clock.now()
        drafts.keep(db, "close", "s1", "note", "he", now=begun)
        clock.step(-3600)
        drafts.keep(db, "close", "s1", "note", "hello", now=clock.now())
        assert [begun.at] == [d.updated_at for d in drafts.of_screen(db, "close", "s1")]

    def test_a_batch_of_keystrokes_takes_one_statement(self, db: Db, clock: Still) -> None:
        said = []
        listen = lambda _c, _cursor, statement, *_rest: said.append(statement.split()[0])  # noqa: E731
        event.listen(db.get_bind(), "before_cursor_execute", listen)
        for words in ("he", "hello", ""):
            drafts.keep(db, "close", "s1", "note", words, now=clock.now())
        assert ["INSERT", "INSERT", "DELETE"] == [word for word in said if word != "BEGIN"]

    def test_own_prompts_are_kept_beside_the_shipped(self, db: Db, clock: Still) -> None:
        row = own_prompts.add(db, "process_check", "How are we?", "How are we doing, you and I?", now=clock.now())
        own_prompts.edit(db, row.id, off=True, now=clock.now())
        assert [(True, True)] == [(p.plain().own, p.plain().off) for p in own_prompts.every(db)]
        with pytest.raises(Refused):
            own_prompts.edit(db, row.id, short="x" * 61, now=clock.now())

        own_prompts.remove(db, row.id, now=clock.now())
        assert [] == list(own_prompts.every(db))

    def test_confidential_settings_are_in_the_records(self, db: Db, clock: Still) -> None:
        private_settings.keep(db, "coach_name", "Kim", now=clock.now())
        private_settings.keep(db, "coach_name", "Kim Lee", now=clock.now())

        assert ("Kim Lee", "") == (private_settings.value(db, "coach_name"), private_settings.value(db, "x"))

    def test_a_novel_is_too_long_for_a_text(self) -> None:
        with pytest.raises(Refused, match="too long"):
            record.text("x" * (record.LONGEST_TEXT + 1))

    def test_a_record_tells_nothing_of_its_content(self, ada: Client) -> None:
        assert f"<Client {ada.id}>" == repr(ada) == str(ada)

    def test_a_field_that_does_not_exist_is_a_bug(self, ada: Client, clock: Still) -> None:
        with pytest.raises(TypeError, match="has no nick"):
            record.change(ada, clock.now(), nick="A")


def test_the_brief_begins_with_what_matters(db: Db, clock: Still, ada: Client) -> None:
    clients.edit(db, ada.id, needs_pace="slow", now=clock.now())
    row = sessions.start(db, ada.id, now=clock.now())
    marks.mark(db, "strain", words="I interrupted", now=clock.now())
    marks.mark(db, "insight", now=clock.now())
    sessions.finish(db, now=clock.now())
    commitments.add(db, ada.id, "send the list", session_id=row.id, now=clock.now())
    commitments.add(db, ada.id, "our walk", owner="both", now=clock.now())
    commitments.add(db, ada.id, "call", owner="client", now=clock.now())
    canvas.add(db, ada.id, "her father", kind="thread", now=clock.now())
    for n in range(7):
        canvas.add(db, ada.id, f"line {n}", now=clock.now())
    canvas.add(db, ada.id, "secret", private=True, now=clock.now())
    sessions.plan(db, ada.id, NOON + timedelta(days=7), now=clock.now())
    checklists.tick(db, ada.id, checklists.find_item(db, "1").id, now=clock.now())

    seen = brief.brief(db, ada.id, now=clock.now())

    assert ["I interrupted"] == [m.text for m in seen.strains]
    assert ("slow", "", "") == seen.needs
    assert ["send the list", "our walk"] == [c.text for c in seen.promises]
    assert ["call"] == [c.text for c in seen.steps]
    assert ["her father"] == [c.text for c in seen.threads]
    assert (5, False) == (len(seen.lines), any(line.private for line in seen.lines))
    assert (2, 3) == (seen.session_number, len(seen.unticked))
    assert seen.last is not None
    assert seen.coming is not None


def test_the_brief_of_an_empty_practice_is_empty(db: Db, clock: Still) -> None:
    me = clients.add(db, "Me", kind="self", now=clock.now())

    seen = brief.brief(db, me.id, now=clock.now())

    assert (1, None, None, (), ()) == (seen.session_number, seen.coming, seen.last, seen.strains, seen.unticked)


def test_the_brief_reads_the_last_session_and_only_counts_those_before(db: Db, clock: Still, ada: Client) -> None:
    for days in (30, 10, 20):
        sessions.log(db, ada.id, NOON - timedelta(days=days), 50, now=clock.now())
    db.expunge_all()
    read: list[sessions.Session] = []
    listen = lambda row, _context: read.append(row)  # noqa: E731
    event.listen(sessions.Session, "load", listen)
    try:
        seen = brief.brief(db, ada.id, now=clock.now())
    finally:
        event.remove(sessions.Session, "load", listen)

    assert (4, NOON - timedelta(days=10)) == (seen.session_number, seen.last and seen.last.started_at)
    assert [seen.last] == read


def test_threads_in_the_brief_stand_in_the_order_in_which_they_came(db: Db, clock: Still, ada: Client) -> None:
    canvas.add(db, ada.id, "her father", kind="thread", now=clock.now())
    canvas.add(db, ada.id, "the move", kind="thread", now=clock.now())
    clock.advance(60)
    done = canvas.add(db, ada.id, "the trial", kind="thread", now=clock.now())
    canvas.resolve(db, done.id, now=clock.now())
    canvas.add(db, ada.id, "the house", kind="thread", now=clock.now())

    assert ["her father", "the move", "the house"] == [c.text for c in brief.brief(db, ada.id, now=clock.now()).threads]
    assert brief.brief(db, ada.id, now=clock.now()).threads == tuple(canvas.threads(db, ada.id))


def test_the_brief_takes_seven_statements(db: Db, clock: Still, ada: Client) -> None:
    for days in (30, 20, 10):
        sessions.log(db, ada.id, NOON - timedelta(days=days), 50, now=clock.now())
    db.expunge_all()
    said: list[str] = []
    event.listen(db.get_bind(), "before_cursor_execute", lambda _c, _cursor, statement, *_rest: said.append(statement))

    brief.brief(db, ada.id, now=clock.now())

    assert 7 == len([statement for statement in said if statement.startswith("SELECT")])
