"""Promises across clients: found, closed with one key, looked back on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.practice import clients, commitments, drafts
from coachdesk.ui.pages.promises import PromisesPage
from coachdesk.ui.widgets.promises import PAGE
from tests.ui.hands import dialog, key, press, words_on, write


def texts(rows) -> list[str]:
    """What the rows say was promised."""
    return [row.text for row in rows.rows]


@pytest.fixture
def ben(desk):
    return desk.do(clients.add, "Ben Oyelaran", short_name="Ben")


@pytest.fixture
def some(desk, ana, ben):
    """Promises of mine, of both, and of a client."""
    desk.do(commitments.add, ana.id, "Send the article", due_on=date(2026, 3, 4))
    desk.do(commitments.add, ben.id, "Ask about the room", due_on=date(2026, 3, 1))
    desk.do(commitments.add, ben.id, "Walk together", owner="both")
    desk.do(commitments.add, ana.id, "Write three lines a day", owner="client")


def test_mine_stand_before_next_steps_and_what_is_due_first(some, show):
    page = show(PromisesPage)

    assert ["Ask about the room", "Send the article", "Walk together"] == texts(page.lists["coach"])
    assert ["Write three lines a day"] == texts(page.lists["client"])
    assert "Ben · together" == page.lists["coach"].rows[2].detail
    assert "for your next meeting · Ana" == page.lists["client"].rows[0].detail


@pytest.mark.parametrize(("letter", "state"), [("K", "kept"), ("P", "partly"), ("R", "released")])
def test_one_key_says_what_became_of_it(desk, ben, some, show, letter, state):
    page = show(PromisesPage)
    first = page.lists["coach"].rows[0]
    first.setFocus()
    key(first, getattr(Qt.Key, f"Key_{letter}"))

    assert [state] == [row.state for row in desk.read(commitments.every) if row.text == "Ask about the room"]
    assert "Ask about the room" not in texts(page.lists["coach"])


def test_n_asks_for_a_word_about_it(desk, some, show):
    page = show(PromisesPage)
    first = page.lists["coach"].rows[0]
    first.setFocus()
    key(first, Qt.Key.Key_N)
    form = dialog(page)
    form.note.setFocus()
    write(form.note, "They had moved")
    press(form, "Store")

    (said,) = [desk.read(commitments.history, row.id) for row in desk.read(commitments.every) if row.state == "kept"]
    assert ["They had moved"] == [review.note for review in said]


def test_what_was_just_closed_can_be_taken_back(desk, some, show):
    page = show(PromisesPage)
    page.lists["coach"].rows[0].setFocus()
    key(page.lists["coach"].rows[0], Qt.Key.Key_K)
    press(page, "Take back")

    assert "Ask about the room" in texts(page.lists["coach"])


@pytest.mark.parametrize(
    ("words", "found"), [("ARTICLE", ["Send the article"]), ("ben", ["Ask about the room", "Walk together"])]
)
def test_typing_narrows_by_what_was_promised_and_with_whom(some, show, words, found):
    page = show(PromisesPage)
    write(page.find, words)

    assert found == texts(page.lists["coach"])
    assert [] == texts(page.lists["client"])


def test_closed_ones_stand_behind_closed_with_their_history(desk, some, show):
    page = show(PromisesPage)
    page.lists["coach"].rows[0].setFocus()
    key(page.lists["coach"].rows[0], Qt.Key.Key_R)
    press(page, "Closed")
    assert ["Ask about the room"] == [row.title for row in page.closed["coach"].rows]
    assert "let go · mine · Ben" == page.closed["coach"].rows[0].detail

    press(page, "Ask about the room")
    assert "Ask about the room" in words_on(dialog(page))


def test_closed_ones_are_found_by_their_words_too(desk, ana, show):
    for number in range(3):
        row = desk.do(commitments.add, ana.id, f"Promise {number}")
        desk.do(commitments.review, row.id, "kept")
    page = show(PromisesPage)
    press(page, "Closed")
    write(page.find, "promise 1")

    assert ["Promise 1"] == [row.title for row in page.closed["coach"].rows]


def test_many_closed_ones_come_a_page_at_a_time(desk, ana, show):
    for number in range(25):
        row = desk.do(commitments.add, ana.id, f"Promise {number}")
        desk.do(commitments.review, row.id, "kept")
    page = show(PromisesPage)
    press(page, "Closed")
    assert 20 == len(page.closed["coach"].rows)

    press(page, "Show more")
    assert 25 == len(page.closed["coach"].rows)
    assert not page.closed["coach"].further.isVisible()


def test_many_open_ones_come_a_page_at_a_time(desk, ana, show):
    for number in range(PAGE + 3):
        desk.do(commitments.add, ana.id, f"Promise {number}")
    page = show(PromisesPage)
    press(page, "Show 3 more")

    assert PAGE + 3 == len(page.lists["coach"].rows)


def test_in_an_empty_practice_a_promise_is_written_where_promises_stand(desk, show):
    page = show(PromisesPage)
    assert "What is promised stands here" in words_on(page)
    write(page.field.words, "Read the paper")
    key(page.field.words, Qt.Key.Key_Return)

    assert ["Read the paper"] == texts(page.lists["coach"])
    assert "What is promised stands here" not in words_on(page)


def test_a_promise_to_a_client_is_added_among_the_others(desk, ana, some, show):
    page = show(PromisesPage)
    write(page.field.words, "Lend the book")
    page.field.whom.setCurrentIndex(page.field.whom.findData(ana.id))
    press(page.field, "Add")

    assert "Lend the book" in texts(page.lists["coach"])
    assert "Lend the book" in [row.text for row in desk.read(commitments.of_client, ana.id)]


def test_a_promise_half_written_comes_back_with_whom_and_when(desk, ana, ben, show):
    page = show(PromisesPage)
    write(page.field.words, "Lend the")
    page.field.whom.setFocus()
    QTest.keyClicks(page.field.whom, "Ben")
    page.field.day.choose(date(2026, 3, 9))
    page.hide()
    again = show(PromisesPage)
    assert ("Lend the", ben.id, date(2026, 3, 9)) == (
        again.field.words.words, again.field.whom.currentData(), again.field.day.day,
    )  # fmt: skip
    press(again.field, "Add")
    assert [("Lend the", date(2026, 3, 9))] == [
        (row.text, row.due_on) for row in desk.read(commitments.of_client, ben.id)
    ]
    assert ("", None) == (again.field.words.words, again.field.day.day)
    assert [] == list(desk.read(drafts.of_screen, "promises", ""))


@pytest.mark.parametrize("opened", ["before", "after"])
@pytest.mark.parametrize("others", [True, False])
def test_a_promise_half_written_to_a_client_who_was_put_away_is_not_given_to_oneself(
    desk, shell, ana, ben, show, opened, others
):
    page = show(PromisesPage)
    write(page.field.words, "Lend the")
    page.field.whom.setFocus()
    QTest.keyClicks(page.field.whom, "Ben")
    for client in (ben,) if others else (ben, ana):
        desk.do(clients.archive, client.id)
    QApplication.processEvents()
    if opened == "after":
        page.hide()
        page = show(PromisesPage)
    press(page.field, "Add")
    assert ["With whom? Who was chosen before is not in the list any more."] == shell.said
    assert ([], "Lend the") == (list(desk.read(commitments.every)), page.field.words.words)
    page.field.whom.setFocus()
    key(page.field.whom, Qt.Key.Key_Home)
    press(page.field, "Add")
    assert ["Lend the"] == texts(page.lists["coach"])


def test_for_oneself_there_are_no_names_and_no_next_steps(desk, show):
    desk.change_setting("session.whom", "self")
    me = desk.do(clients.add, "Me", kind="self")
    desk.do(commitments.add, me.id, "Read at night")
    page = show(PromisesPage)

    assert "" == page.lists["coach"].rows[0].detail
    assert not page.cards["client"].isVisible()
