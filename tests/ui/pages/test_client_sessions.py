"""The sessions of a client: listed, opened, changed, logged, removed."""

from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtCore import Qt

from coachdesk.practice import clients, commitments, corrections, marks, notes, sessions
from coachdesk.ui.pages.client import ClientPage
from coachdesk.ui.widgets.editable import EditableText
from tests.ui.hands import dialog, key, press, words_on, write


@pytest.fixture
def held(desk, ana):
    """A session on Friday from 10:00 to 10:50 in Berlin."""
    return desk.do(sessions.log, ana.id, datetime(2026, 2, 27, 9, 0, 30, tzinfo=UTC), 50)


@pytest.fixture
def page(show, ana):
    return show(ClientPage, client_id=ana.id, tab="sessions")


def test_sessions_are_listed_with_local_time_length_and_words(desk, ana, held, show):
    desk.do(sessions.edit, held.id, focus_line="To say no", paid="pro_bono")
    desk.do(sessions.log, ana.id, datetime(2025, 7, 1, 8, 0, tzinfo=UTC), 120, paid="paid")
    planned = desk.do(sessions.plan, ana.id, datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    desk.do(sessions.missed, planned.id)
    rows = show(ClientPage, client_id=ana.id, tab="sessions").tab.list.rows
    assert [
        ("Wed, 4 Mar, 09:00", "", "missed"),
        ("Fri, 27 Feb, 10:00 – 10:50", "To say no", "50 min · pro bono"),
        ("Tue, 1 Jul 2025, 10:00 – 12:00", "", "2 h · paid"),
    ] == [(row.title, row.detail, row.aside) for row in rows]


def test_a_session_is_opened_and_its_words_are_stored(desk, held, page, shell):
    page.tab.list.setFocus()
    key(page.tab.list, Qt.Key.Key_Return)
    details = page.tab.details
    write(details.texts["focus_line"], "To say no")
    write(details.texts["what_mattered"], "She laughed")
    press(details, "Store")
    row = desk.read(sessions.one, held.id)
    assert ("To say no", "She laughed") == (row.focus_line, row.what_mattered)
    assert ["Stored."] == shell.said
    press(details, "All sessions")
    assert "To say no" == page.tab.list.rows[0].detail


def test_half_written_words_are_there_when_one_comes_back(held, page, show, ana):
    page.tab._on_chosen(held.id)
    write(page.tab.details.texts["what_mattered"], "She lau")
    page.hide()
    again = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    assert "She lau" == again.tab.details.texts["what_mattered"].words


def test_notes_are_added_changed_and_removed(desk, held, show, ana):
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    write(page.tab.details.note, "The window stood open.")
    press(page.tab.details, "Add the note")
    (line,) = [each for each in page.findChildren(EditableText) if each.isVisible()]
    press(line, "Change: ")
    write(line.field, "The window was open.")
    press(line, "Store")
    assert ["The window was open."] == [note.body for note in desk.read(notes.of_session, held.id)]
    (line,) = [each for each in page.findChildren(EditableText) if each.isVisible()]
    press(line, "Remove: ")
    assert [] == list(desk.read(notes.of_session, held.id))


def test_marks_are_put_into_words(desk, ana, clock, shell, show):
    shell.sitting.begin(ana.id)
    clock.advance(600)
    desk.do(marks.mark)
    clock.advance(600)
    row = shell.sitting.end()
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=row.id)
    assert "after 10 min" in words_on(page)
    (line,) = [each for each in page.findChildren(EditableText) if each.isVisible()]
    press(line, "Change: ")
    write(line.field, "It went quiet")
    press(line, "Store")
    (mark,) = desk.read(marks.of_session, row.id)
    assert ("moment", "It went quiet") == (mark.kind, mark.text)


def test_what_was_promised_then_is_shown(desk, ana, held, show):
    desk.do(commitments.add, ana.id, "Call the dentist", owner="client", session_id=held.id)
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    assert "Call the dentist\nNext step · open" in words_on(page)


def test_times_are_corrected_in_local_time_and_untouched_ones_keep_their_seconds(desk, held, show, ana):
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    press(page.tab.details, "Correct the times")
    dialog(page).ended.put(time(11, 10))
    press(dialog(page), "Store")
    row = desk.read(sessions.one, held.id)
    assert datetime(2026, 2, 27, 9, 0, 30, tzinfo=UTC) == row.started_at
    assert datetime(2026, 2, 27, 10, 10, tzinfo=UTC) == row.ended_at
    assert "Fri, 27 Feb, 10:00 – 11:10" in words_on(page)


def test_what_the_clock_measured_stays_beside_a_correction_and_can_be_put_back(desk, held, show, ana):
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    press(page.tab.details, "Correct the times")
    form = dialog(page)
    assert not form.back.isVisible()
    form.ended.put(time(11, 10))
    press(form, "Store")
    assert "held · 70 min · measured 10:00 – 10:50, corrected" == page.tab.details.state.text()
    press(page.tab.details, "All sessions")
    assert "70 min · corrected · paid" == page.tab.list.rows[0].aside
    page.tab._on_chosen(held.id)
    press(page.tab.details, "Correct the times")
    form = dialog(page)
    assert "measured 10:00 – 10:50, corrected" == form.measured.text()
    press(form, "Back to the measured times")
    assert "held · 50 min" == page.tab.details.state.text()
    assert desk.read(sessions.one, held.id).measured_start is None


def test_a_correction_to_another_day_tells_the_measured_day(desk, held, show, ana):
    desk.do(
        corrections.times,
        held.id,
        started_at=datetime(2026, 2, 26, 9, 0, tzinfo=UTC),
        ended_at=datetime(2026, 2, 26, 10, 0, tzinfo=UTC),
    )
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    assert "measured from Fri, 27 Feb, 10:00 to Fri, 27 Feb, 10:50, corrected" in page.tab.details.state.text()


def test_what_was_held_at_the_same_time_is_told(desk, ana, held, page):
    press(page.tab, "Log a past session")
    form = dialog(page)
    form.day.choose(date(2026, 2, 27))
    assert "Friday, 27 February, 09:00 – 09:50" == form.when.text()
    form.clock.put(time(10, 30))
    form.minutes.field.setValue(60)
    assert [
        "Friday, 27 February, 10:30 – 11:30", "At the same time: Ana, 10:00 – 10:50",
    ] == form.when.text().splitlines()  # fmt: skip
    form.reject()
    page.tab._on_chosen(held.id)
    press(page.tab.details, "Correct the times")
    assert "50 min" == dialog(page).length.text()


def test_a_group_is_logged_with_how_many_took_part(desk, show):
    circle = desk.do(clients.add, "Circle", kind="group", group_size=6)
    page = show(ClientPage, client_id=circle.id, tab="sessions")
    press(page.tab, "Log a past session")
    form = dialog(page)
    form.day.choose(date(2026, 2, 20))
    form.people.field.setValue(4)
    press(form, "Log")
    (row,) = desk.read(sessions.held, circle.id)
    assert (4, "Europe/Berlin") == (row.group_size, row.time_zone)


def test_payment_is_changed_with_one_click(desk, held, show, ana):
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    press(page.tab.details, "Pro bono")
    assert "pro_bono" == desk.read(sessions.one, held.id).paid


def test_a_past_session_is_logged_and_one_to_come_refused(desk, ana, page):
    press(page.tab, "Log a past session")
    form = dialog(page)
    form.clock.put(time(23, 0))
    press(form, "Log")
    assert "A session can be logged once it is over; plan it instead." in words_on(form)
    form.day.choose(date(2026, 2, 20))
    form.clock.put(time(10, 0))
    press(form, "Log")
    (row,) = desk.read(sessions.held, ana.id)
    assert (datetime(2026, 2, 20, 9, 0, tzinfo=UTC), 3000) == (row.started_at, row.elapsed_seconds)


def test_a_missed_session_takes_place_after_all(desk, ana, show):
    row = desk.do(sessions.plan, ana.id, datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    desk.do(sessions.missed, row.id)
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=row.id)
    press(page.tab.details, "It takes place after all")
    assert "planned" == desk.read(sessions.one, row.id).state


def test_a_session_is_removed_after_a_question(desk, ana, held, shell, show):
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=held.id)
    press(page.tab.details, "Remove")
    assert [] == list(desk.read(sessions.of_client, ana.id))
    assert "Fri, 27 Feb, 10:00 – 10:50" == shell.asked[0][1][0]
    assert page.tab.overview.isVisible()


def test_many_sessions_are_shown_page_by_page(desk, ana, show):
    def many(db, *, now):
        for day in range(1, 29):
            for hour in (6, 9):
                sessions.log(db, ana.id, datetime(2025, 6, day, hour, tzinfo=UTC), 50, now=now)

    desk.do(many)
    page = show(ClientPage, client_id=ana.id, tab="sessions")
    assert 40 == len(page.tab.list.rows)
    press(page.tab, "Show 16 more")
    assert 56 == len(page.tab.list.rows)


def test_a_planned_session_of_the_past_can_still_be_called_missed(desk, ana, clock, show):
    row = desk.do(sessions.plan, ana.id, datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    clock.advance(10 * 24 * 3600)
    page = show(ClientPage, client_id=ana.id, tab="sessions", session_id=row.id)
    press(page.tab.details, "It was missed")
    assert "missed" == desk.read(sessions.one, row.id).state
    assert "missed" in words_on(page)


def test_a_session_is_offered_to_be_planned_here_only_where_the_head_tells_of_one(desk, ana, show):
    page = show(ClientPage, client_id=ana.id, tab="sessions")
    assert not page.tab.plan.isVisible()
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    page.refresh()
    assert page.tab.plan.isVisible()
