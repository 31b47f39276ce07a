"""Every text is found by its words, in every script, and nothing that is gone; the private only when asked for."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session as Db

from coachdesk.clock import Now
from coachdesk.desk import Desk
from coachdesk.practice import (
    agreements,
    canvas,
    clients,
    commitments,
    marks,
    notes,
    own_prompts,
    search,
    sessions,
)
from coachdesk.practice.reflections import Reflection, ReflectionAnswer
from coachdesk.storage import search as indexes


def what(db: Db, words: str, **how: object) -> list[str]:
    return [one.what for one in search.find(db, words, **how)]


def snippets(db: Db, words: str, **how: object) -> list[str]:
    return [one.snippet for one in search.find(db, words, **how)]


@pytest.fixture
def practice(db: Db, now: Now) -> clients.Client:
    """A client with the word *lantern* in every text there is."""
    from coachdesk.practice import checklists

    client = clients.add(db, "Mira Sommer", short_name="M.", needs_pace="lantern pace", now=now)
    held = sessions.log(db, client.id, now.at - timedelta(days=2), 50, now=now)
    sessions.edit(db, held.id, intention="lantern intention", self_check="lantern check", now=now)
    notes.add(db, held.id, "a lantern note", now=now)
    promise = commitments.add(db, client.id, "promise", obstacle="a lantern in the way", now=now)
    commitments.review(db, promise.id, "kept", note="lantern review", now=now)
    canvas.add(db, client.id, "lantern line", now=now)
    canvas.add(db, client.id, "lantern secret", private=True, now=now)
    agreements.agree(db, client.id, fee_note="lantern fee", now=now)
    own_prompts.add(db, "process_check", "lantern", "A lantern?", now=now)
    db.add(marks.Mark(session_id=held.id, at_seconds=3, text="lantern mark", created_at=now.at, updated_at=now.at))
    week = Reflection(week="2026-W10", text="lantern week", created_at=now.at, updated_at=now.at)
    checklists.ship(db, now=now)
    item = checklists.items(db, checklists.FIRST_SESSION)[0]
    db.add(week)
    db.add(
        ReflectionAnswer(
            reflection_id=week.id,
            item_id=item.id,
            asked=item.text,
            text="lantern answer",
            created_at=now.at,
            updated_at=now.at,
        )
    )
    db.flush()
    return client


PUBLIC = [one.what for one in search.SOURCES if not one.private]


def test_every_kind_of_record_is_found_and_what_is_private_only_when_asked_for(
    db: Db, practice: clients.Client
) -> None:
    assert PUBLIC == what(db, "lantern")
    assert [one.what for one in search.SOURCES] == what(db, "lantern", private=True)
    assert {practice.id, None} == {one.client_id for one in search.find(db, "lantern")}


def test_with_a_client_only_theirs_is_found(db: Db, practice: clients.Client, now: Now) -> None:
    other = clients.add(db, "Paul", now=now)
    commitments.add(db, other.id, "my lantern", now=now)
    assert ["my lantern"] == snippets(db, "lantern", client_id=other.id)
    assert [one for one in PUBLIC if one not in ("reflection", "answer", "prompt")] == what(
        db, "lantern", client_id=practice.id
    )


def test_names_come_before_other_words_of_a_client_and_the_newest_first(db: Db, now: Now) -> None:
    clients.add(db, "Zoë Anders", now=now)
    clients.add(db, "Abel", needs_topics="not zoe", now=now)
    assert ["Zoë Anders", "Abel"] == [one.name for one in search.find(db, "ZOE")]
    client = clients.add(db, "Paul", now=now)
    for number in range(12):
        commitments.add(db, client.id, f"call {number}", now=now)
    assert [f"call {number}" for number in (11, 10, 9)] == snippets(db, "call", limit=3)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("moth", True),
        ("about moth", True),
        ("MOTHER call", True),
        ('"about her moth', True),
        ('"her about"', False),
        ("moth about", False),
        ("mother ", True),
        ("moth ", False),
        ("don't", True),
        ("cafe", True),
        ("café,", True),
        ("", False),
        ("  \n", False),
        ("👍", False),
        ("mother 👍", True),
        ('") OR (text:* NEAR -', False),
        ("mother" * 1700, False),
        ("mother " * 1700, True),
    ],
)
def test_words_in_any_order_the_last_begun_and_whatever_else_is_typed(
    db: Db, now: Now, typed: str, found: bool
) -> None:
    client = clients.add(db, "Paul", now=now)
    commitments.add(db, client.id, "Call about her mother; don’t wait (Café) don't", now=now)
    assert found == bool(search.find(db, typed))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("我们谈到了议题和目标", "议题"),
        ("我们谈到了议题和目标", "题"),
        ("我们谈到了议题和目标", "谈到了"),
        ("我们谈到了议题 用GPT模型", "gpt 议题"),
        ("ฉันสัญญาว่าจะโทรหาเขา", "โทร"),
        ("彼女は約束を守ったテスト", "約束"),
        ("彼女は約束を守ったテスト", "テス"),
        ("학교에서 만나다", "학교 만"),
        ("أَعِدُ أن أتصل غدًا", "أتصل"),
        ("אני מבטיח להתקשר", "להתק"),
        ("मैं कल हिन्दी पढ़ूँगा", "हिन्"),
        ("Обещаю позвонить", "ПОЗВ"),
        ("Tôi hứa gọi điện", "đien goi"),
        ("Ich gehe zur Straße", "straß"),
    ],
)
def test_every_script_is_found(db: Db, now: Now, text: str, typed: str) -> None:
    client = clients.add(db, "Paul", now=now)
    commitments.add(db, client.id, text, now=now)
    commitments.add(db, client.id, "something else", now=now)
    assert [text] == snippets(db, typed)


def test_the_words_are_shown_where_they_stand(db: Db, now: Now) -> None:
    client = clients.add(db, "Paul", now=now)
    held = sessions.log(db, client.id, now.at - timedelta(days=1), 50, now=now)
    notes.add(db, held.id, "früher " * 60 + "\nÉmile sprach\nüber das Meer " + "später " * 60, now=now)
    (one,) = search.find(db, "emile meer")
    assert ["Émile", "Meer"] == [one.snippet[start:end] for start, end in one.hits]
    assert ("… ", " …", False) == (one.snippet[:2], one.snippet[-2:], "\n" in one.snippet)
    assert len(one.snippet) < 200


def test_what_is_changed_or_gone_is_not_found_any_more(db: Db, practice: clients.Client, now: Now) -> None:
    (note,) = (one for one in search.find(db, "lantern") if one.what == "note")
    notes.edit(db, note.id, "a quiet word", now=now)
    assert "note" not in what(db, "lantern")
    assert ["note"] == what(db, "quiet")
    db.delete(practice)
    db.flush()
    assert ["reflection", "answer", "prompt"] == what(db, "lantern", private=True)


def test_a_line_that_becomes_private_is_found_only_there(db: Db, practice: clients.Client) -> None:
    for line in canvas.lines(db, practice.id):
        line.private = True
    db.flush()
    assert "canvas" not in what(db, "lantern")
    assert 2 == what(db, "lantern", private=True).count("private_canvas")


def test_the_indexes_fit_their_texts_after_vacuum_and_are_made_anew_where_they_do_not(desk: Desk, now: Now) -> None:
    for number in range(30):
        client = desk.do(clients.add, f"Client {number} 议题")
        if number % 3:
            desk.do_quietly(_delete, client.id)
    connection = desk.store.connection()
    try:
        connection.execute("VACUUM")
        assert [] == indexes.check(connection)
        assert 8 == len(desk.read(search.find, "议题 client"))
        connection.execute("INSERT INTO search_client(search_client) VALUES ('delete-all')")
        assert (["search_client"], []) == (indexes.check(connection), desk.read(search.find, "client"))
        indexes.rebuild(connection)
        assert ([], 8) == (indexes.check(connection), len(desk.read(search.find, "client")))
    finally:
        connection.close()


def test_many_rows_go_in_without_the_indexes_and_are_found_all_the_same(desk: Desk) -> None:
    connection = desk.store.connection()
    try:
        connection.execute("BEGIN")
        with indexes.made_afterwards(connection):
            connection.execute(
                "INSERT INTO reflection VALUES ('1', '2026-01-01', '2026-01-01', '2026-W10', '', '静か')"
            )
        connection.execute("COMMIT")
        connection.execute("UPDATE reflection SET text = 'lantern'")
        assert [] == indexes.check(connection)
    finally:
        connection.close()
    assert (["reflection"], []) == (desk.read(what, "lantern"), desk.read(what, "静か"))


def _delete(db: Db, client_id: str) -> None:
    db.delete(db.get_one(clients.Client, client_id))


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_is_refused(text: str) -> None:
    for word in indexes.typed(text):
        assert word.text.strip() == word.text != ""
        made = indexes.condition("note", 4, (word,))
        assert made.sql.startswith("SELECT rowid AS row FROM search_note")


def test_a_search_for_no_word_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no word"):
        indexes.condition("note", 4, ())
