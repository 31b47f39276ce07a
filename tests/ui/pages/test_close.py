"""Closing a session: what was promised, what mattered, when one meets next; done in a minute, or later."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.practice import canvas, clients, commitments, cues_shown, drafts, marks, notes, sessions
from coachdesk.ui.field import Field
from coachdesk.ui.pages.close import ClosePage
from coachdesk.ui.pages.session import SessionPage
from coachdesk.ui.widgets import DraftLine, DraftText, LineField, TextField
from tests.ui.hands import dialog, press, words_on, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ended(desk, shell, clock, ana):
    """A session with Ana from one o'clock to ten to two in Berlin, just ended, a mark in its seventh minute."""
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(7 * 60)
    desk.do(marks.mark)
    clock.advance(43 * 60)
    return shell.sitting.end()


@pytest.fixture
def page(show, ended):
    return show(ClosePage, session_id=ended.id)


@pytest.fixture
def field(qtbot, desk, machine):
    """The field under the bar."""
    made = Field(desk, machine)
    qtbot.addWidget(made)
    return made


def type_beside(field, row, kind, words):
    """Type into the field under the bar, and go back to the call."""
    open_beside(field, row, kind)
    QTest.keyClicks(field.line, words)
    field.leave()
    QApplication.processEvents()


def open_beside(field, row, kind):
    area = QGuiApplication.primaryScreen().availableGeometry()
    field.open_for(kind, row.id, row.client_id, QRect(300, 0, 160, 44), area)


def stored(desk, row):
    return desk.read(sessions.one, row.id)


def planned(desk, client):
    return [row.planned_start for row in desk.read(sessions.coming, client_id=client.id)]


# Done and later


def test_an_empty_close_is_one_click(page, desk, shell, ended, clock):
    press(page, "Done")
    assert (clock.now().at, [("today", {})]) == (stored(desk, ended).closed_at, shell.went)


def test_done_is_a_key_too(page, desk, ended):
    page.window().activateWindow()
    QTest.keyClick(page.promise.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert None is not stored(desk, ended).closed_at


def test_done_keeps_everything_that_stands_in_the_fields(page, desk, ended, ana):
    write(page.what_mattered, "She heard herself")
    write(page.focus_line, "To say no")
    page.alone.handle.setChecked(True)
    write(page.self_check, "A little")
    write(page.marks.rows[0].words, "The pause")
    write(page.notes.field, "Her brother's name is Tom")
    write(page.promise.words, "Send the questions")
    press(page, "Done")
    row = stored(desk, ended)
    assert ("She heard herself", "To say no", "A little") == (row.what_mattered, row.focus_line, row.self_check)
    assert ["The pause"] == [mark.text for mark in desk.read(marks.of_session, row.id)]
    assert ["Her brother's name is Tom"] == [note.body for note in desk.read(notes.of_session, row.id)]
    assert ["Send the questions"] == [each.text for each in desk.read(commitments.of_session, row.id)]
    assert [] == list(desk.read(drafts.of_screen, "session", row.id))


def test_the_same_key_in_a_note_keeps_the_note(page, desk, ended):
    page.window().activateWindow()
    write(page.notes.field, "Tom")
    QTest.keyClick(page.notes.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (["Tom"], None) == (
        [note.body for note in desk.read(notes.of_session, ended.id)],
        stored(desk, ended).closed_at,
    )


def test_done_keeps_a_note_that_is_being_changed(desk, ended, show):
    desk.do(notes.add, ended.id, "Tom")
    page = show(ClosePage, session_id=ended.id)
    press(page, "Change: Tom")
    write(next(iter(page.notes.rows.values())).field, "Her brother Tom")
    press(page, "Done")
    assert ["Her brother Tom"] == [note.body for note in desk.read(notes.of_session, ended.id)]


def test_later_leaves_the_session_among_those_to_close_and_every_word_in_its_place(
    qtbot, page, desk, shell, ended, show
):
    write(page.what_mattered, "She heard herself")
    write(page.promise.words, "half a promise")
    press(page, "Later")
    page.hide()
    assert [("today", {})] == shell.went
    assert [ended.id] == [row.id for row in desk.read(sessions.to_close)]
    again = show(ClosePage, session_id=ended.id)
    assert ("She heard herself", "half a promise") == (again.what_mattered.words, again.promise.words.words)


def test_after_a_kill_every_word_is_there_again(qtbot, page, desk, ended, show):
    page.alone.handle.setChecked(True)
    write(page.what_mattered, "half a line")
    write(page.self_check, "half a thought")
    write(page.promise.words, "half a promise")
    write(page.notes.field, "half a note")
    write(page.marks.rows[0].words, "half a word")
    qtbot.waitUntil(lambda: "half a word" == desk.read(drafts.get, "mark", page.marks.rows[0].mark_id, "words"))
    again = show(ClosePage, session_id=ended.id)
    assert ["half a line", "half a thought", "half a promise", "half a note", "half a word"] == [
        field.words
        for field in (
            again.what_mattered, again.self_check, again.promise.words, again.notes.field, again.marks.rows[0].words,
        )
    ]  # fmt: skip
    assert again.self_check.isVisible()


def test_a_session_closed_before_is_changed_and_closed_again(desk, ended, show):
    desk.do(sessions.close, ended.id, what_mattered="She heard herself")
    page = show(ClosePage, session_id=ended.id)
    write(page.what_mattered, "She heard herself laugh")
    press(page, "Done")
    assert "She heard herself laugh" == stored(desk, ended).what_mattered


def test_two_sessions_to_close_do_not_mix_their_words(desk, shell, clock, ana, ended, show):
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(600)
    other = shell.sitting.end()
    page = show(ClosePage, session_id=ended.id)
    write(page.what_mattered, "The first")
    write(page.promise.words, "Of the first")
    page.arrive(session_id=other.id)
    assert ("", "") == (page.what_mattered.words, page.promise.words.words)
    page.arrive(session_id=ended.id)
    assert ("The first", "Of the first") == (page.what_mattered.words, page.promise.words.words)


# What was typed beside the call and not kept with Enter


def test_what_was_typed_beside_the_call_and_left_there_stands_on_the_page_and_is_kept_with_done(
    desk, ana, shell, field, show
):
    row = shell.sitting.begin(ana.id, minutes=50)
    type_beside(field, row, "promise", "Send the list")
    type_beside(field, row, "jot", "her father again")
    shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    assert ("Send the list", "her father again") == (page.promise.words.words, page.notes.field.words)
    press(page, "Done")
    assert ["Send the list"] == [each.text for each in desk.read(commitments.of_session, row.id)]
    assert ["her father again"] == [note.body for note in desk.read(notes.of_session, row.id)]
    assert [] == [*desk.read(drafts.of_screen, "session", row.id), *desk.read(drafts.of_screen, "note", row.id)]


def test_whose_it_is_was_chosen_beside_the_call(desk, ana, shell, field, show):
    row = shell.sitting.begin(ana.id, minutes=50)
    open_beside(field, row, "promise")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    type_beside(field, row, "promise", "Ask my sister")
    shell.sitting.end()
    press(show(ClosePage, session_id=row.id), "Done")
    assert [("Ask my sister", "client")] == [
        (each.text, each.owner) for each in desk.read(commitments.of_session, row.id)
    ]


def test_what_was_chosen_for_a_promise_comes_back_with_its_words_and_is_kept_so(desk, ended, show):
    page = show(ClosePage, session_id=ended.id)
    write(page.promise.words, "Ask my sister")
    press(page.promise.owner, "Next step")
    page.promise.day.choose(date(2026, 3, 9))
    page.promise.fold.handle.setChecked(True)
    press(page.promise.confidence, "8")
    page.hide()
    again = show(ClosePage, session_id=ended.id)
    assert ("client", date(2026, 3, 9), 8, True) == (
        again.promise.owner.value, again.promise.day.day, again.promise.confidence.value,
        again.promise.confidence.isVisible(),
    )  # fmt: skip
    press(again, "Done")
    (made,) = desk.read(commitments.of_session, ended.id)
    assert ("client", date(2026, 3, 9), 8) == (made.owner, made.due_on, made.confidence)
    assert [] == list(desk.read(drafts.of_screen, "session", ended.id))


def test_what_was_chosen_for_one_session_is_not_chosen_for_another(desk, shell, clock, ana, ended, show):
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(600)
    other = shell.sitting.end()
    page = show(ClosePage, session_id=ended.id)
    write(page.promise.words, "Of the first")
    press(page.promise.owner, "Next step")
    page.arrive(session_id=other.id)
    assert "coach" == page.promise.owner.value
    page.arrive(session_id=ended.id)
    assert "client" == page.promise.owner.value


def test_a_page_shows_whose_it_is_as_it_was_chosen_beside_the_call_later(desk, ana, shell, field, show):
    row = shell.sitting.begin(ana.id, minutes=50)
    page = show(SessionPage)
    type_beside(field, row, "promise", "Ask my sister")
    assert "coach" == page.promise.owner.value
    open_beside(field, row, "promise")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    field.leave()
    assert ("client", "Ask my sister") == (page.promise.owner.value, page.promise.words.words)
    open_beside(field, row, "promise")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert ("coach", "") == (page.promise.owner.value, page.promise.words.words)


def test_a_page_that_was_open_before_shows_it_too(desk, ana, shell, field, show):
    row = shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    page.hide()
    shell.sitting.take_back()
    type_beside(field, row, "promise", "Send the list")
    type_beside(field, row, "jot", "her father again")
    shell.sitting.end()
    page.arrive(session_id=row.id)
    assert ("Send the list", "her father again") == (page.promise.words.words, page.notes.field.words)


def test_the_session_page_beside_the_call_follows_what_is_typed_in_the_field(desk, ana, shell, field, show):
    row = shell.sitting.begin(ana.id, minutes=50)
    page = show(SessionPage)
    write(page.promise.words, "Send")
    write(page.notes.field, "her")
    type_beside(field, row, "promise", " the list")
    type_beside(field, row, "jot", " father")
    assert ("Send the list", "her father") == (page.promise.words.words, page.notes.field.words)
    for kind in ("promise", "jot"):
        open_beside(field, row, kind)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert ("", "") == (page.promise.words.words, page.notes.field.words)
    assert ["Send the list"] == [each.text for each in desk.read(commitments.of_session, row.id)]
    assert ["her father"] == [note.body for note in desk.read(notes.of_session, row.id)]


def test_reading_the_page_again_leaves_what_is_being_typed_as_it_is(desk, ended, show):
    page = show(ClosePage, session_id=ended.id)
    write(page.promise.words, "Send the ")
    write(page.notes.field, "her ")
    desk.do(notes.add, ended.id, "Tom")
    QTest.keyClicks(page.promise.words, "list")
    QTest.keyClicks(page.notes.field, "father")
    assert ("Send the list", "her father") == (page.promise.words.words, page.notes.field.words)


# The times


def test_the_times_are_said_in_whole_minutes(page):
    assert "Close the session of today, 13:00 – 13:50 · 50 min" == page.sentence.text()


def test_the_end_is_corrected(page, desk, ended):
    press(page, "It ended at another time")
    page.ended.selectAll()
    QTest.keyClicks(page.ended, "1342")
    press(page, "It ended then")
    row = stored(desk, ended)
    assert (datetime(2026, 3, 2, 12, 42, tzinfo=UTC), 42 * 60) == (row.ended_at, row.elapsed_seconds)
    assert "Close the session of today, 13:00 – 13:42 · 42 min" == page.sentence.text()
    assert not page.end_asked.isVisible()


@pytest.mark.parametrize("never", ["12:30", "13:55"])
def test_an_end_before_the_start_or_ahead_of_now_is_refused(page, desk, shell, ended, never):
    press(page, "It ended at another time")
    page.ended.put(time.fromisoformat(never))
    press(page, "It ended then")
    assert ["The end must lie between the start of the session and now."] == shell.said
    assert stored(desk, ended).ended_at == ended.ended_at


def test_an_end_after_midnight_belongs_to_the_next_day(desk, shell, clock, ana, show):
    clock.advance(10.5 * 3600)  # half past eleven in the evening in Berlin
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(3600)
    row = shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    press(page, "It ended at another time")
    page.ended.put(time(0, 10))
    press(page, "It ended then")
    assert row.started_at + timedelta(minutes=40) == stored(desk, row).ended_at


def test_the_end_can_be_taken_back_for_a_minute(page, desk, shell, ended):
    write(page.what_mattered, "She heard herself")
    press(page, "Go on with the session")
    assert ("running", "She heard herself") == (stored(desk, ended).state, stored(desk, ended).what_mattered)
    assert [("session", {})] == shell.went


def test_after_a_minute_the_end_is_not_offered_back(qtbot, page, shell, clock):
    assert page.just_ended.isVisible()
    clock.advance(61)
    shell.sitting.tick()
    shell.bridge.sitting_changed.emit()
    assert not page.just_ended.isVisible()


# Promises and next steps


def test_the_promises_of_this_session_are_listed(desk, ana, ended, show):
    desk.do(commitments.add, ana.id, "Send it", session_id=ended.id, due_on=date(2026, 3, 6), cue="When home")
    page = show(ClosePage, session_id=ended.id)
    assert "Send it\nmy promise · by Fri 6 Mar · When home" in words_on(page.made).replace(", 6", " 6")


def test_a_next_step_is_added_with_text_owner_and_day(page, desk, ended):
    write(page.promise.words, "Walk to work")
    press(page, "Next step")
    page.promise.day.choose(date(2026, 3, 9))
    press(page, "Add")
    (row,) = desk.read(commitments.of_session, ended.id)
    assert ("Walk to work", "client", date(2026, 3, 9), "open") == (row.text, row.owner, row.due_on, row.state)
    assert "Walk to work\nnext step · by Mon 9 Mar" in words_on(page.made).replace(", 9", " 9")
    assert page.promise.words is page.focusWidget()


def test_fifty_promises_are_all_there(desk, ana, ended, show):
    for at in range(50):
        desk.do(commitments.add, ana.id, f"Promise {at}", session_id=ended.id)
    page = show(ClosePage, session_id=ended.id)
    assert 50 == len(page.made.rows)
    assert page.done.isVisible()


def test_an_earlier_step_is_looked_at_in_this_session(desk, ana, ended, show):
    row = desk.do(commitments.add, ana.id, "Walk to work", owner="client")
    page = show(ClosePage, session_id=ended.id)
    press(page, "Done: Walk to work")
    assert [("kept", ended.id)] == [(each.state, each.session_id) for each in desk.read(commitments.history, row.id)]
    press(page.cards["client"], "Take back")
    assert "open" == desk.read(commitments.one, row.id).state


def test_what_was_promised_just_now_is_not_also_earlier(desk, ana, ended, show):
    desk.do(commitments.add, ana.id, "Just now", session_id=ended.id)
    page = show(ClosePage, session_id=ended.id)
    assert (False, False) == (page.cards["coach"].isVisible(), page.cards["client"].isVisible())


def test_a_promise_of_both_is_among_mine(desk, ana, ended, show):
    desk.do(commitments.add, ana.id, "Keep to time", owner="both")
    page = show(ClosePage, session_id=ended.id)
    assert ["Keep to time"] == [row.text for row in page.open["coach"].rows]


# Marks, cues, notes


def test_a_mark_that_is_a_thread_goes_onto_the_canvas_once(page, desk, ana):
    (row,) = page.marks.rows
    row.kind.setCurrentIndex(row.kind.findData("thread"))
    write(row.words, "Her father")
    press(page, "Done")
    assert ["Her father"] == [line.text for line in desk.read(canvas.threads, ana.id)]


def test_without_marks_there_is_nothing_to_put_into_words(desk, shell, clock, ana, show):
    shell.sitting.begin(ana.id)
    clock.advance(60)
    row = shell.sitting.end()
    assert not show(ClosePage, session_id=row.id).marks_card.isVisible()


def test_a_check_not_answered_can_be_said_to_have_been_asked(desk, shell, ana, clock, show):
    row = shell.sitting.begin(ana.id)
    first = desk.do(cues_shown.shown, row.id, "process_check", "check-1", prompt_id="process_check-pace")
    again = desk.do(cues_shown.shown, row.id, "process_check", "check-1", prompt_id="process_check-pace")
    desk.do(cues_shown.shown, row.id, "landing", "landing-10")
    done = desk.do(cues_shown.shown, row.id, "process_check", "check-2")
    desk.do(cues_shown.answered, done.id, "asked")
    clock.advance(600)
    shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    assert [again.id] == list(page.cues.rows)
    press(page, "Asked after all: minute 0")
    answers = {cue.id: cue.answer for cue in desk.read(cues_shown.of_session, row.id)}
    assert ("none", "asked", False) == (answers[first.id], answers[again.id], page.cues.isVisible())


def test_a_note_is_changed_and_removed(desk, shell, ended, show):
    desk.do(notes.add, ended.id, "Tom")
    page = show(ClosePage, session_id=ended.id)
    press(page, "Change: Tom")
    write(next(iter(page.notes.rows.values())).field, "Her brother Tom")
    press(page, "Store")
    assert ["Her brother Tom"] == [note.body for note in desk.read(notes.of_session, ended.id)]
    press(page, "Remove: Her brother Tom")
    assert [] == list(desk.read(notes.of_session, ended.id))


# When you meet next


def test_the_same_weekday_and_hour_is_proposed_and_planned_with_one_click(page, desk, ana):
    assert "Monday, 9 March, 13:00 – 13:50?" == page.next.words.text().replace("Monday 9", "Monday, 9")
    press(page, "Plan it")
    assert [datetime(2026, 3, 9, 12, tzinfo=UTC)] == planned(desk, ana)
    assert "Planned: Monday, 9 March, 13:00 – 13:50" == page.next.words.text().replace("Monday 9", "Monday, 9")
    assert not page.next.plan.isVisible()


def test_the_proposal_keeps_its_hour_when_the_clocks_change(desk, shell, clock, ana, show):
    clock.advance(21 * 86400)  # Monday 23 March; on the 29th the clocks go forward in Berlin
    shell.sitting.begin(ana.id, minutes=50)
    clock.advance(3000)
    row = shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    press(page, "Plan it")
    assert [datetime(2026, 3, 30, 11, tzinfo=UTC)] == planned(desk, ana)
    assert "13:00 – 13:50" in page.next.words.text()


def test_a_session_begun_a_few_minutes_late_is_proposed_at_its_planned_hour(desk, shell, clock, ana, show):
    desk.do(sessions.plan, ana.id, clock.now().at, minutes=50)
    clock.advance(240)
    shell.sitting.begin(ana.id)
    clock.advance(2700)
    row = shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    press(page, "Plan it")
    assert [datetime(2026, 3, 9, 12, tzinfo=UTC)] == planned(desk, ana)


@pytest.mark.parametrize(("minutes", "hour"), [(7, "13:00"), (8, "13:15"), (58, "14:00")])
def test_a_start_that_was_not_planned_is_proposed_at_a_quarter_hour(desk, shell, clock, ana, show, minutes, hour):
    clock.advance(60 * minutes)
    shell.sitting.begin(ana.id, minutes=30)
    clock.advance(600)
    row = shell.sitting.end()
    assert f" {hour} – " in show(ClosePage, session_id=row.id).next.words.text()


def test_a_session_closed_weeks_later_is_proposed_ahead_of_today(page, clock, desk, ana):
    clock.advance(16 * 86400)
    page.refresh()
    press(page, "Plan it")
    assert [datetime(2026, 3, 23, 12, tzinfo=UTC)] == planned(desk, ana)


def test_not_yet_is_an_answer(page, desk, ana):
    press(page, "Not yet")
    assert ("Not yet.", []) == (page.next.words.text(), planned(desk, ana))
    page.refresh()
    assert "Not yet." == page.next.words.text()


def test_another_date_is_planned_in_a_form(page, desk, ana):
    press(page, "Another date")
    form = dialog(page)
    form.day.choose(date(2026, 3, 12))
    press(form, "Plan")
    assert [datetime(2026, 3, 12, 12, tzinfo=UTC)] == planned(desk, ana)
    assert "12 March" in page.next.words.text()


def test_a_meeting_planned_already_is_shown_and_can_be_moved(desk, ana, ended, show):
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 12, 9, tzinfo=UTC))
    page = show(ClosePage, session_id=ended.id)
    assert "10:00 – 10:50" in page.next.words.text()
    assert not page.next.plan.isVisible()
    press(page, "Another date")
    form = dialog(page)
    form.day.choose(date(2026, 3, 13))
    press(form, "Move")
    assert [datetime(2026, 3, 13, 9, tzinfo=UTC)] == planned(desk, ana)


# One person, several people, and what breaks layouts


def test_the_private_line_waits_behind_a_click(page):
    assert not page.self_check.isVisible()
    press(page, "For me alone")
    assert page.self_check.isVisible()


def test_a_session_of_ones_own_speaks_to_one_person(desk, shell, clock, show):
    me = desk.do(clients.add, "Me", kind="self")
    shell.sitting.begin(me.id, minutes=30)
    clock.advance(1800)
    row = shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    write(page.promise.words, "Rest")
    words = words_on(page)
    assert "What I promise myself" in words
    for theirs in ("client", "Next step", "You meet", "For me alone"):
        assert theirs not in words
    press(page, "Add")
    assert [("Rest", "coach")] == [(each.text, each.owner) for each in desk.read(commitments.of_session, row.id)]


def test_a_group_is_spoken_of_as_several(desk, shell, clock, show):
    circle = desk.do(clients.add, "Circle", kind="group", group_size=8)
    shell.sitting.begin(circle.id)
    clock.advance(1800)
    row = shell.sitting.end()
    assert "The focus, in the group's words" in words_on(show(ClosePage, session_id=row.id))


LONG = "Maximiliana-Alexandrina👩‍🚀مريمبنتعبدالله" * 12


def test_long_names_and_words_hold_the_layout_in_both_directions(desk, shell, clock, show):
    client = desk.do(clients.add, LONG, short_name=LONG)
    row = shell.sitting.begin(client.id)
    for owner in ("coach", "client", "both"):
        desk.do(commitments.add, client.id, LONG * 3, owner=owner, session_id=row.id, cue=LONG)
        desk.do(commitments.add, client.id, LONG * 3, owner=owner, cue=LONG)
    desk.do(marks.mark, words=LONG)
    desk.do(notes.jot, LONG)
    clock.advance(600)
    shell.sitting.end()
    page = show(ClosePage, session_id=row.id)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        page.setLayoutDirection(direction)
        page.resize(544, 700)
        QApplication.processEvents()
        assert page.scroll.widget().width() <= page.scroll.viewport().width()


def test_the_foot_stands_under_the_column(page):
    column = page.made.parentWidget()
    foot, card = (each.mapTo(page, each.rect().topRight()).x() for each in (page.done, column))
    assert card == foot


def test_everything_to_operate_has_a_name(page):
    nameless = [
        each
        for each in page.findChildren(QWidget)
        if each.isVisibleTo(page) and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
        if not (each.accessibleName() or getattr(each, "text", str)())
    ]  # fmt: skip
    assert [] == nameless


def test_every_field_on_the_page_is_drafted(page):
    fields = [each for each in page.findChildren(QWidget) if isinstance(each, LineField | TextField)]
    assert fields
    assert all(isinstance(each, DraftLine | DraftText) for each in fields)


def test_tab_leads_from_the_promise_to_what_mattered_and_in_the_end_to_done(page):
    page.promise.words.setFocus()
    seen = []
    for _again in range(40):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert seen.index(page.promise.words) < seen.index(page.what_mattered) < seen.index(page.done)
