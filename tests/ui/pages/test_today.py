"""Today: what comes, what waits, what was promised; one way to begin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.practice import clients, commitments, sessions
from coachdesk.ui.pages.today import TodayPage
from coachdesk.ui.widgets import LineField
from tests.ui.hands import choose, dialog, key, named, press, words_on, write

MONDAY = date(2026, 3, 2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, in UTC."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def states(desk, client) -> list[tuple[str, str]]:
    return sorted((row.text, row.state) for row in desk.read(commitments.of_client, client.id))


def promise(page, text: str):
    """The row of a promise."""
    return next(row for row in page.promises.list.rows if row.text == text)


# An empty practice


def test_an_empty_practice_teaches_the_one_next_step(desk, shell, show):
    page = show(TodayPage)
    press(page, "Add a client")
    form = dialog(page)
    write(named(form, "Name", LineField), "Ana Lindqvist")
    press(form, "Add")
    (ana,) = desk.read(clients.every)
    assert ("Ana Lindqvist", [("client", {"client_id": ana.id})]) == (ana.name, shell.went)
    assert "Add a client" not in words_on(page)


def test_a_client_without_a_name_is_refused_in_the_form_and_nothing_typed_is_lost(desk, show):
    page = show(TodayPage)
    press(page, "Add a client")
    form = dialog(page)
    write(named(form, "E-mail", LineField), "ana@example.org")
    press(form, "Add")
    assert "The name is still empty." in words_on(form)
    assert "ana@example.org" == named(form, "E-mail", LineField).text()
    assert [] == list(desk.read(clients.every))


# Sessions


def test_the_next_sessions_stand_with_their_local_time_name_and_number(desk, ana, show):
    desk.do(sessions.log, ana.id, at(1, 9), 50)
    desk.do(sessions.plan, ana.id, at(2, 14))
    desk.do(sessions.plan, ana.id, at(30, 14))  # too far ahead, and after the clocks change
    desk.do(sessions.plan, ana.id, at(4, 8))
    page = show(TodayPage)
    assert ["15:00, Ana, Session 2 of 10", "09:00, Ana, Session 3 of 10"] == [
        row.accessibleName() for row in page.coming.rows
    ]
    assert "Today" in words_on(page.coming)
    assert "Wed 4 Mar" in words_on(page.coming).replace(",", "")


def test_sessions_after_tomorrow_wait_until_they_are_asked_for(desk, ana, show):
    for day, hour in ((2, 13), (2, 14), (2, 15), (3, 8), (4, 8), (5, 8)):
        desk.do(sessions.plan, ana.id, at(day, hour))
    page = show(TodayPage)
    assert 4 == len(page.coming.rows)
    press(page.coming, "Show 2 more this week")
    assert 6 == len(page.coming.rows)
    assert page.coming.rows[4].hasFocus()
    assert not page.coming.further.isVisible()


def test_a_promise_can_be_made_before_there_is_a_client(desk, show):
    page = show(TodayPage)
    write(page.promises.field.words, "Find a supervisor")
    key(page.promises.field.words, Qt.Key.Key_Return)
    assert ["Find a supervisor"] == [row.text for row in page.promises.list.rows]


def test_pressing_a_session_opens_its_brief(desk, ana, shell, show):
    desk.do(sessions.plan, ana.id, at(2, 14))
    press(show(TodayPage), "15:00, Ana")
    assert [("brief", {"client_id": ana.id})] == shell.went


def test_begin_leads_to_the_brief_of_the_next_session_today(desk, ana, shell, show):
    desk.do(sessions.plan, ana.id, at(2, 14))
    page = show(TodayPage)
    press(page, "Begin")
    assert [("brief", {"client_id": ana.id})] == shell.went


def test_begin_asks_with_whom_when_nothing_is_planned_today(desk, ana, shell, show):
    desk.do(clients.add, "Ben")
    page = show(TodayPage)
    press(page, "Begin")
    chooser = dialog(page)
    write(chooser.find, "lindq")
    assert ["Ana"] == [row.title for row in chooser.list.rows]
    key(chooser.find, Qt.Key.Key_Return)
    assert [("brief", {"client_id": ana.id})] == shell.went


def test_just_me_begins_a_session_of_my_own(desk, ana, shell, show):
    page = show(TodayPage)
    press(page, "Begin")
    dialog(page).list.setFocus()
    key(dialog(page).list, Qt.Key.Key_Return)
    me = desk.read(clients.myself)
    assert [("brief", {"client_id": me.id})] == shell.went


def test_someone_else_can_be_chosen_although_a_session_is_next(desk, ana, shell, show):
    ben = desk.do(clients.add, "Ben")
    desk.do(sessions.plan, ana.id, at(2, 14))
    page = show(TodayPage)
    press(page, "With someone else")
    write(dialog(page).find, "ben")
    key(dialog(page).find, Qt.Key.Key_Return)
    assert [("brief", {"client_id": ben.id})] == shell.went


def test_a_session_that_is_over_waits_to_be_closed(desk, ana, shell, clock, show):
    row = desk.do(sessions.start, ana.id)
    clock.advance(3000)
    desk.do(sessions.finish)
    press(show(TodayPage), "today, 13:00, Ana")
    assert [("close", {"session_id": row.id})] == shell.went


def test_a_client_without_a_next_date_is_planned_with_two_presses(desk, ana, show):
    desk.do(sessions.log, ana.id, datetime(2026, 2, 25, 14, 30, tzinfo=UTC), 50)
    page = show(TodayPage)
    press(page, "Plan a session with Ana")
    press(dialog(page), "Plan")
    (planned,) = desk.read(sessions.coming)
    assert at(4, 14, 30) == planned.planned_start, "same weekday and hour as the last"
    assert not page.dateless.isVisible()


@pytest.mark.usefixtures("show")  # which takes the page away afterwards
def test_the_first_page_of_all_may_be_shown_before_it_is_read_while_a_session_runs(qtbot, desk, ana, shell, clock):
    """As where the keychain opens the records after a crash."""
    desk.do(sessions.plan, ana.id, at(4, 14))
    shell.sitting.begin(ana.id, minutes=50)
    page = TodayPage(desk, shell)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    assert "In session" in words_on(page)
    assert at(4, 14) == page.coming.next.planned_start
    page.hide()


def test_a_running_session_stands_in_place_of_begin(desk, ana, shell, clock, show):
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(18 * 60)
    page = show(TodayPage)
    assert "In session · 32 minutes left" in words_on(page)
    assert not page.begin.isVisible()
    press(page, "To the session")
    assert [("session", {})] == shell.went
    page.hide()


def test_a_session_taken_back_or_ended_elsewhere_gives_begin_again(desk, ana, shell, clock, show):
    shell.sitting.begin(ana.id, minutes=50)
    page = show(TodayPage)
    clock.advance(600)
    shell.sitting.end()
    clock.advance(90)
    shell.bridge.sitting_changed.emit()
    assert page.begin.isVisible()
    assert not page.running.isVisible()


# Promises


def test_what_is_past_its_date_is_simply_first(desk, ana, show):
    desk.do(commitments.add, ana.id, "Later", due_on=MONDAY + timedelta(days=5))
    desk.do(commitments.add, ana.id, "Before", due_on=MONDAY - timedelta(days=9))
    desk.do(commitments.add, ana.id, "Whenever")
    desk.do(commitments.add, ana.id, "Together", owner="both", due_on=MONDAY)
    desk.do(commitments.add, ana.id, "Theirs", owner="client", due_on=MONDAY)
    page = show(TodayPage)
    assert ["Before", "Together", "Later", "Whenever"] == [row.text for row in page.promises.list.rows]
    assert "overdue" not in words_on(page).lower()
    assert "by today · Ana · together" == promise(page, "Together").detail


@pytest.mark.parametrize(
    ("word", "state"), [("Kept", "kept"), ("Partly", "partly"), ("Carried on", "carried"), ("Let go", "released")]
)
def test_one_click_closes_a_promise(desk, ana, show, word, state):
    desk.do(commitments.add, ana.id, "Send the article")
    page = show(TodayPage)
    press(promise(page, "Send the article"), word)
    assert state in {state for _text, state in states(desk, ana)}


@pytest.mark.parametrize(("which", "state"), [("K", "kept"), ("P", "partly"), ("C", "carried"), ("R", "released")])
def test_one_key_closes_the_promise_the_keyboard_is_on(desk, ana, show, which, state):
    desk.do(commitments.add, ana.id, "First", due_on=MONDAY)
    desk.do(commitments.add, ana.id, "Second")
    page = show(TodayPage)
    page.promises.list.rows[0].setFocus()
    key(page.promises.list.rows[0], Qt.Key.Key_Down)
    assert page.promises.list.rows[1].hasFocus()
    key(page.promises.list.rows[1], getattr(Qt.Key, f"Key_{which}"))
    assert ("Second", state) in states(desk, ana)
    assert ("First", "open") in states(desk, ana)


def test_after_closing_one_the_keyboard_is_on_the_next(desk, ana, show):
    for text in ("One", "Two", "Three"):
        desk.do(commitments.add, ana.id, text)
    page = show(TodayPage)
    page.promises.list.rows[0].setFocus()
    key(page.promises.list.rows[0], Qt.Key.Key_K)
    key(page.promises.list.rows[0], Qt.Key.Key_R)
    assert [("One", "kept"), ("Three", "open"), ("Two", "released")] == states(desk, ana)
    assert page.promises.list.rows[0].hasFocus()


def test_carried_on_goes_to_the_next_session(desk, ana, show):
    desk.do(sessions.plan, ana.id, at(6, 9))
    desk.do(commitments.add, ana.id, "Send the article", due_on=MONDAY)
    page = show(TodayPage)
    press(page.promises.list, "Carried on")
    (following,) = desk.read(commitments.open_ones)
    assert ("Send the article", date(2026, 3, 6)) == (following.text, following.due_on)


def test_what_was_just_closed_can_be_taken_back(desk, ana, show):
    desk.do(commitments.add, ana.id, "Send the article")
    page = show(TodayPage)
    press(page.promises.list, "Let go")
    assert "Let go: Send the article" in words_on(page)
    press(page.promises.list, "Take back")
    assert [("Send the article", "open")] == states(desk, ana)
    assert "Take back" not in words_on(page)


def test_again_repeats_a_kept_one(desk, ana, show):
    desk.do(commitments.add, ana.id, "Look in on Maria", due_on=MONDAY)
    page = show(TodayPage)
    press(page.promises.list, "Kept")
    press(page.promises.list, "Promise it again")
    assert [("Look in on Maria", "kept"), ("Look in on Maria", "open")] == states(desk, ana)


def test_again_stands_beside_what_was_closed_lately(desk, ana, show):
    row = desk.do(commitments.add, ana.id, "Look in on Maria")
    desk.do(commitments.review, row.id, "kept")
    page = show(TodayPage)
    press(page, "Closed lately")
    assert "Look in on Maria, kept · Ana" in words_on(page)
    press(page, "Promise again: Look in on Maria")
    assert [("Look in on Maria", "kept"), ("Look in on Maria", "open")] == states(desk, ana)


def test_a_word_and_a_new_date_go_with_a_review(desk, ana, show):
    row = desk.do(commitments.add, ana.id, "Send the article")
    page = show(TodayPage)
    press(page, "More: Send the article")
    choose(page, "With a word")
    form = dialog(page)
    press(form, "Carried on")
    write(form.note, "The book came late")
    form.day.choose(date(2026, 3, 20))
    press(form, "Store")
    assert ["The book came late"] == [review.note for review in desk.read(commitments.history, row.id)]
    assert [date(2026, 3, 20)] == [each.due_on for each in desk.read(commitments.open_ones)]


def test_a_promise_is_added_without_a_session(desk, ana, show):
    page = show(TodayPage)
    write(page.promises.field.words, "Read her chapter")
    page.promises.field.whom.setCurrentIndex(page.promises.field.whom.findData(ana.id))
    page.promises.field.day.choose(date(2026, 3, 5))
    press(page.promises.field, "Add")
    (row,) = desk.read(commitments.open_ones)
    assert ("Read her chapter", ana.id, "coach", date(2026, 3, 5), None) == (
        row.text, row.client_id, row.owner, row.due_on, row.session_id,
    )  # fmt: skip
    assert "" == page.promises.field.words.text()


def test_enter_adds_a_promise_to_myself(desk, ana, show):
    page = show(TodayPage)
    write(page.promises.field.words, "Walk at noon")
    key(page.promises.field.words, Qt.Key.Key_Return)
    (row,) = desk.read(commitments.open_ones)
    assert ("Walk at noon", "self") == (row.text, desk.read(clients.one, row.client_id).kind)


def test_what_is_refused_is_said_and_stays_as_typed(desk, ana, shell, show):
    page = show(TodayPage)
    page.promises.field.words.setText("a" * 1_000_001)
    key(page.promises.field.words, Qt.Key.Key_Return)
    assert ["This text is too long to keep; please shorten it to a million characters."] == shell.said
    assert 1_000_001 == len(page.promises.field.words.text())


def test_what_was_being_typed_is_there_after_a_crash(desk, ana, shell, show):
    page = show(TodayPage)
    write(page.promises.field.words, "Half a prom")
    page.hide()
    again = show(TodayPage)
    assert "Half a prom" == again.promises.field.words.text()
    assert named(again.promises.field, "Add").isVisible()


def test_a_promise_is_changed_and_removed(desk, ana, shell, show):
    row = desk.do(commitments.add, ana.id, "Send teh article")
    page = show(TodayPage)
    press(page, "More: Send")
    choose(page, "Change")
    form = dialog(page)
    write(form.words, "Send the article")
    write(form.more["cue"], "When the tea is made, I will send it") if form.more["cue"].isVisible() else None
    press(form, "Store")
    assert "Send the article" == desk.read(commitments.one, row.id).text
    key(promise(page, "Send the article"), Qt.Key.Key_Delete)
    assert [] == states(desk, ana)
    assert "“Send the article”" in shell.asked[0][1]


def test_many_promises_are_shown_page_by_page(desk, ana, show):
    for number in range(45):
        desk.do(commitments.add, ana.id, f"Promise {number}")
    page = show(TodayPage)
    assert 15 == len(page.promises.list.rows)
    press(page.promises, "Show 30 more")
    assert 45 == len(page.promises.list.rows)


# For myself


def test_for_myself_there_are_no_clients(desk, shell, show):
    desk.change_setting("session.whom", "self")
    page = show(TodayPage)
    assert "client" not in words_on(page).lower()
    press(page, "Begin")
    assert [("brief", {"client_id": desk.read(clients.myself).id})] == shell.went


def test_for_myself_the_next_step_is_to_plan_a_time(desk, show):
    desk.change_setting("session.whom", "self")
    page = show(TodayPage)
    press(page, "Plan a session for yourself")
    press(dialog(page), "Plan")
    (row,) = desk.read(sessions.coming)
    assert "self" == row.kind
    assert 1 == len(page.coming.rows)
    assert "client" not in words_on(page).lower()


# The layout holds


@pytest.mark.parametrize("name", ["Maximiliana " * 17, "W" * 200, "مريم " * 40, "🌿" * 100, "One\nTwo\nThree"])
def test_any_name_and_any_promise_keep_the_page_as_wide_as_the_window(desk, show, name):
    client = desk.do(clients.add, name)
    desk.do(sessions.plan, client.id, at(2, 14))
    desk.do(sessions.log, client.id, at(1, 9), 50)
    desk.do(commitments.add, client.id, name * 3)
    page = show(TodayPage)
    page.resize(560, 700)
    QApplication.processEvents()
    assert page.scroll.viewport().width() >= page.scroll.widget().width()
    assert 60 > page.coming.rows[0].height()


def test_an_empty_week_offers_to_plan(desk, ana, show):
    page = show(TodayPage)
    assert "Nothing is planned for the coming days." in words_on(page)
    press(page, "Plan a session")
    write(dialog(page).find, "ana")
    key(dialog(page).find, Qt.Key.Key_Return)
    press(dialog(page), "Plan")
    assert [ana.id] == [row.client_id for row in desk.read(sessions.coming)]
