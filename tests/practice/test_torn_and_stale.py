"""Texts that are broken, rows that are gone, chains that lose a link: each is said or mended, and nothing is lost."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session as Db

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.practice import (
    agreements,
    canvas,
    checklists,
    clients,
    commitments,
    cues_shown,
    drafts,
    forget,
    marks,
    notes,
    own_prompts,
    private_settings,
    sessions,
)  # fmt: skip
from coachdesk.practice.clients import Client

LONE, PAIR, NUL = "\ud800", "\ud83d\ude00", "\x00"


@pytest.fixture
def ada(db: Db, clock: Still) -> Client:
    return clients.add(db, "Ada", now=clock.now())


class TestTexts:
    @pytest.mark.parametrize(
        ("pasted", "kept"), [(f"a{LONE}b", "a�b"), (f"a{PAIR}b", "a😀b"), (f"a{NUL}b", "ab"), ("שלום 🙂", "שלום 🙂")]
    )
    def test_a_broken_character_is_mended(self, desk: Desk, pasted: str, kept: str) -> None:
        ada = desk.do(clients.add, pasted, needs_pace=pasted)
        line = desk.do(canvas.add, ada.id, pasted)
        prompt = desk.do(own_prompts.add, "opening", pasted, pasted)
        desk.do(drafts.keep, "close", ada.id, "text", pasted)
        desk.do(private_settings.keep, "coach_name", pasted)

        assert (kept, kept) == (desk.read(clients.one, ada.id).name, desk.read(clients.one, ada.id).needs_pace)
        assert kept == desk.read(canvas.lines, ada.id)[0].text == line.text
        assert (kept, kept) == (prompt.short, desk.do(own_prompts.edit, prompt.id, text=pasted).text)
        assert kept == desk.read(drafts.get, "close", ada.id, "text") == desk.read(private_settings.value, "coach_name")
        assert ada.id == desk.read(clients.find, pasted).id

    def test_looking_for_a_broken_text_finds_nothing(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="No client is called"):
            desk.read(clients.find, LONE)
        assert [] == list(desk.read(clients.holding, LONE))
        with pytest.raises(Refused, match="broken character"):
            desk.read(clients.one, LONE)
        with pytest.raises(Refused, match="broken character"):
            desk.do(sessions.cancel, LONE)

    def test_a_list_narrows_by_letters_not_by_wildcards(self, db: Db, clock: Still, ada: Client) -> None:
        ege = clients.add(db, "100% Ége_", now=clock.now())

        for typed in ("%", "_", "éGE"):
            assert [ege] == clients.holding(db, typed)
        assert [ege, ada] == clients.holding(db, "")

    def test_a_link_with_a_broken_address_is_refused(self, db: Db, clock: Still) -> None:
        with pytest.raises(Refused, match="web address"):
            clients.add(db, "A", call_link="https://[room", now=clock.now())
        assert "tel:+49.30.1" == clients.add(db, "B", call_link="tel:+49.30.1", now=clock.now()).call_link

    def test_an_item_without_a_key_is_not_found_by_nothing(self, db: Db, clock: Still) -> None:
        checklists.add_item(db, checklists.FIRST_SESSION, "tea", now=clock.now())

        with pytest.raises(Refused, match="no item"):
            checklists.find_item(db, "")


class TestGoneRows:
    GONE = "00000000-0000-4000-8000-000000000000"

    def test_every_verb_on_a_row_that_is_gone_says_so(self, desk: Desk, clock: Still) -> None:
        at, gone = clock.now().at, self.GONE
        for verb, *rest in [
            (clients.edit,), (clients.archive,), (clients.bring_back,), (forget.forget,),
            (agreements.agree,), (agreements.edit,), (agreements.remove,),
            (sessions.plan, at), (sessions.move, at), (sessions.cancel,), (sessions.missed,), (sessions.plan_again,),
            (sessions.log, at, 10), (sessions.edit,), (sessions.remove,), (sessions.start,), (sessions.take_back,),
            (sessions.close,), (commitments.add, "x"), (commitments.edit,), (commitments.remove,),
            (commitments.review, "kept"), (commitments.carry_rest, "x"), (commitments.withdraw,),
            (canvas.add, "x"), (canvas.edit,), (canvas.resolve,), (canvas.remove,), (checklists.edit_item, "x"),
            (checklists.remove_item,), (checklists.tick, gone), (cues_shown.answered, "asked"),
            (cues_shown.shown, "end", "end"), (marks.word,), (marks.remove,), (notes.add, "x"), (notes.edit, "x"),
            (notes.remove,), (own_prompts.edit,), (own_prompts.remove,),
        ]:  # fmt: skip
            with pytest.raises(Refused, match="no longer there"):
                desk.do(verb, gone, *rest)  # type: ignore[operator]

    def test_what_belongs_to_a_session_removed_elsewhere_is_refused_in_words(self, desk: Desk) -> None:
        ada = desk.do(clients.add, "Ada")
        promise = desk.do(commitments.add, ada.id, "walk")

        with pytest.raises(Refused, match="no longer there"):
            desk.do(commitments.add, ada.id, "run", session_id=self.GONE)
        with pytest.raises(Refused, match="no longer there"):
            desk.do(commitments.review, promise.id, "kept", session_id=self.GONE)
        with pytest.raises(Refused, match="no longer there"):
            desk.do(canvas.add, ada.id, "x", session_id=self.GONE)
        assert ("open", []) == (
            desk.read(commitments.one, promise.id).state, list(desk.read(commitments.history, promise.id)),
        )  # fmt: skip

    def test_two_views_of_one_row_each_keep_what_they_changed(self, desk: Desk) -> None:
        ada = desk.do(clients.add, "Ada")
        desk.do(clients.edit, ada.id, email="a@example.org")
        desk.do(clients.edit, ada.id, phone="1")

        row = desk.read(clients.one, ada.id)
        assert ("a@example.org", "1") == (row.email, row.phone)

    def test_what_was_being_typed_about_a_row_goes_with_it(self, desk: Desk) -> None:
        ada, ben = desk.do(clients.add, "Ada"), desk.do(clients.add, "Ben")
        row = desk.do(sessions.start, ada.id)
        line, promise = desk.do(canvas.add, ada.id, "x"), desk.do(commitments.add, ada.id, "x")
        note, mark = desk.do(notes.jot, "x"), desk.do(marks.mark)
        agreement = desk.do(agreements.agree, ada.id)
        desk.do(sessions.finish)
        for about in (ada, ben, row, line, promise, note, mark, agreement):
            desk.do(drafts.keep, "page", about.id, "text", f"of {type(about).__name__}")
        desk.do(forget.forget, ada.id)

        everything = (row, line, promise, note, mark, agreement, ada, ben)
        assert ["of Client"] == [d.text for each in everything for d in desk.read(drafts.of_screen, "page", each.id)]


class TestChains:
    def test_removing_a_link_joins_its_neighbours(self, db: Db, clock: Still, ada: Client) -> None:
        first = commitments.add(db, ada.id, "walk", now=clock.now())
        commitments.review(db, first.id, "carried", now=clock.now())
        second = commitments.successor(db, first.id)
        assert second is not None
        commitments.review(db, second.id, "carried", now=clock.now())
        third = commitments.successor(db, second.id)
        assert third is not None
        commitments.remove(db, second.id, now=clock.now())

        assert (first.id, third) == (third.carried_from_id, commitments.successor(db, first.id))
        commitments.remove(db, first.id, now=clock.now())
        assert third.carried_from_id is None

    def test_removing_what_was_carried_on_lets_the_promise_go(self, db: Db, clock: Still, ada: Client) -> None:
        first = commitments.add(db, ada.id, "walk", now=clock.now())
        commitments.review(db, first.id, "carried", now=clock.now())
        second = commitments.successor(db, first.id)
        assert second is not None
        commitments.remove(db, second.id, now=clock.now())

        assert "released" == first.state
        assert ["carried", "released"] == [r.state for r in commitments.history(db, first.id)]

    def test_removing_the_rest_leaves_what_was_partly_done(self, db: Db, clock: Still, ada: Client) -> None:
        first = commitments.add(db, ada.id, "write", now=clock.now())
        commitments.review(db, first.id, "partly", now=clock.now())
        commitments.remove(db, commitments.carry_rest(db, first.id, "rest", now=clock.now()).id, now=clock.now())

        assert ("partly", None) == (first.state, commitments.successor(db, first.id))

    def test_reviews_of_one_moment_keep_their_order(self, db: Db, clock: Still, ada: Client) -> None:
        row = commitments.add(db, ada.id, "walk", now=clock.now())
        commitments.review(db, row.id, "kept", now=clock.now())
        commitments.withdraw(db, row.id, now=clock.now())

        first, second = commitments.history(db, row.id)
        assert first.created_at < second.created_at


class TestThreadsOfMarks:
    def test_a_thread_is_worded_anew_on_the_canvas_too(self, db: Db, clock: Still, ada: Client) -> None:
        sessions.start(db, ada.id, now=clock.now())
        mark = marks.mark(db, now=clock.now())
        for words in ("her fa", "her father", "her father"):
            marks.word(db, mark.id, kind="thread", words=words, now=clock.now())
        assert ["her father"] == [line.text for line in canvas.threads(db, ada.id)]
        assert "her father" == marks.one(db, mark.id).text

        marks.word(db, mark.id, kind="insight", now=clock.now())
        assert [] == list(canvas.threads(db, ada.id))

    def test_a_thread_noted_by_hand_is_not_noted_twice(self, db: Db, clock: Still, ada: Client) -> None:
        row = sessions.start(db, ada.id, now=clock.now())
        canvas.add(db, ada.id, "her father", kind="thread", session_id=row.id, now=clock.now())
        marks.word(db, marks.mark(db, now=clock.now()).id, kind="thread", words="her father", now=clock.now())

        assert 1 == len(canvas.threads(db, ada.id))


def test_an_agreement_is_of_the_day_on_the_wall(db: Db, ada: Client) -> None:
    late = Still.at(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))  # half past midnight in Berlin

    assert date(2026, 3, 3) == agreements.agree(db, ada.id, now=late.now()).agreed_on


def test_an_answer_of_a_later_cue_is_one_of_the_known(db: Db, clock: Still, ada: Client) -> None:
    row = sessions.start(db, ada.id, now=clock.now())
    cue = cues_shown.shown(db, row.id, "end", "end", now=clock.now())
    with pytest.raises(Refused, match="The answer"):
        cues_shown.answered(db, cue.id, "perhaps", now=clock.now())
    with pytest.raises(Refused, match="kind of a cue"):
        cues_shown.shown(db, row.id, "alarm", "end", now=clock.now())
