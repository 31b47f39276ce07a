"""The session page: what the coach sees and does when they open the window beside the call."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from coachdesk.practice import canvas, clients, commitments, drafts, marks, notes, own_prompts, sessions
from coachdesk.ui.field import Field
from coachdesk.ui.pages.session import SessionPage
from coachdesk.ui.widgets import DraftLine, DraftText, LineField, TextField
from tests.ui.hands import dialog, key, named, press, words_on, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def begun(desk, shell, ana):
    """A session with Ana of fifty minutes, begun at one o'clock in Berlin."""
    return shell.sitting.begin(ana.id, minutes=50)


@pytest.fixture
def page(show, begun):
    return show(SessionPage)


def stored(desk):
    return desk.read(sessions.running)


def promised(desk, row):
    return [(each.text, each.owner, each.session_id) for each in desk.read(commitments.of_session, row.id)]


def pass_time(shell, clock, page, minutes: float) -> None:
    """Let time pass as it does beside a running program, which looks at the session every few seconds."""
    for _again in range(int(minutes * 60 // 5)):
        clock.advance(5)
        shell.sitting.tick()
    page.look()


# Time


def test_the_time_is_shown_in_whole_minutes_with_the_end_on_the_local_clock(page):
    assert "50 minutes left, until 13:50" == page.time.text()


def test_seconds_never_show(page, shell, clock):
    shown = set()
    for _again in range(12):
        pass_time(shell, clock, page, 0.1)
        shown.add(page.time.text())
    assert {"50 minutes left, until 13:50", "49 minutes left, until 13:50"} == shown


def test_the_last_minute_is_one_minute(page, shell, clock):
    pass_time(shell, clock, page, 49.5)
    assert page.time.text().startswith("1 minute left")


def test_past_the_agreed_end_nothing_is_counted_up(page, shell, clock):
    pass_time(shell, clock, page, 53)
    before = page.time.text()
    pass_time(shell, clock, page, 4)
    assert "The agreed time is over, it was 13:50" == before == page.time.text()


def test_the_end_follows_a_corrected_wall_clock(page, clock):
    clock.step(3600)
    page.look()
    assert "50 minutes left, until 14:50" == page.time.text()


def test_the_next_session_today_is_named(desk, show, begun):
    ben = desk.do(clients.add, "Ben")
    desk.do(sessions.plan, ben.id, datetime(2026, 3, 2, 13, 30, tzinfo=UTC))
    assert "next at 14:30" in show(SessionPage).time.text()


def test_a_notice_is_told_with_its_choices_and_one_click_answers_it(page, shell, clock, desk):
    shell.sitting.tick()
    clock.sleep(600)
    shell.sitting.tick()
    page.look()
    assert "The computer slept for 10 minutes; they are counted as session time." in words_on(page.notice)
    press(page, "Do not count it")
    assert (0, False) == (round(shell.sitting.moment().elapsed), page.notice.isVisible())


# What the bar can do


def test_mark_stands_on_the_page_at_once(page, shell, clock, desk):
    pass_time(shell, clock, page, 7)
    press(page, "mark")
    assert ["minute 7"] == [row.accessibleName() for row in page.marks.rows]
    assert "Marked." in shell.said


def test_jot_and_promise_lead_to_their_fields(page):
    press(page, "jot")
    assert page.notes.field is QApplication.focusWidget()
    press(page, "promise")
    assert page.promise.words is QApplication.focusWidget()


def test_pause_and_resume_are_one_button(page, desk):
    press(page, "pause")
    assert ("paused", True) == (stored(desk).state, "paused; the agreed end stays" in page.time.text())
    press(page, "resume")
    assert "running" == stored(desk).state


def test_hold_and_go_on_are_one_button(page, shell):
    press(page, "hold")
    assert "cues held for 10 more minutes" in page.time.text()
    press(page, "go on")
    assert None is shell.sitting.moment().hold_left


def test_hide_leaves_a_word_about_it_here(page, shell):
    press(page, "hide")
    assert "the bar is hidden" in page.time.text()
    press(page, "show")
    assert not shell.sitting.moment().hidden


@pytest.mark.parametrize(("button", "end"), [("+5 min", "13:55"), ("+10 min", "14:00")])
def test_a_few_minutes_more_are_one_click(page, button, end):
    press(page, button)
    assert page.time.text().endswith(f"until {end}")


def test_full_length_is_offered_only_after_a_late_start(desk, shell, clock, ana, show):
    desk.do(sessions.plan, ana.id, clock.now().at, minutes=50)
    clock.advance(600)
    shell.sitting.begin(ana.id)
    page = show(SessionPage)
    assert "40 minutes left, until 13:50 · begun 10 minutes late" == page.time.text()
    press(page, "full length")
    assert "50 minutes left, until 14:00" == page.time.text()
    assert not page.buttons["full_length"].isVisible()


def test_a_start_that_was_earlier_is_corrected(page, desk, shell, clock):
    pass_time(shell, clock, page, 3)
    press(page, "It began earlier")
    assert "Begun at 13:00. When did it really begin?" in words_on(page.began)
    page.began.minutes.field.setValue(10)
    press(page, "It began then")
    assert clock.now().at - timedelta(minutes=10) == stored(desk).started_at
    assert "40 minutes left, until 13:43" == page.time.text()
    assert not page.began.isVisible()


def test_correcting_the_start_can_be_left(page, desk):
    press(page, "It began earlier")
    press(page, "Cancel")
    assert (datetime(2026, 3, 2, 12, tzinfo=UTC), False) == (stored(desk).started_at, page.began.isVisible())


def test_end_leads_to_closing_it(page, shell, begun, desk):
    press(page, "End the session")
    assert [("close", {"session_id": begun.id})] == shell.went
    assert "finished" == desk.read(sessions.one, begun.id).state


def test_what_stands_in_a_field_is_kept_when_the_session_is_ended(page, begun, desk):
    write(page.focus_line, "To say no")
    press(page, "End the session")
    assert "To say no" == desk.read(sessions.one, begun.id).focus_line


def test_a_session_ended_elsewhere_leads_to_closing_it(page, shell, begun, desk):
    desk.do(sessions.finish)
    assert [("close", {"session_id": begun.id})] == shell.went


def test_without_a_session_there_is_only_today(show, shell, clock):
    show(SessionPage)
    assert [("today", {})] == shell.went


def test_a_session_out_of_sight_for_long_is_asked_about_first(desk, shell, begun, clock, show):
    clock.advance(3600)
    show(SessionPage)
    assert ("recovery", {}) == shell.went[0]


# Brief and prompts beside it


def test_brief_and_prompts_stand_beside_each_other_and_under_each_other_where_it_is_narrow(desk, ana, show, begun):
    desk.do(commitments.add, ana.id, "Send the article")
    page = show(SessionPage)
    assert page.cards.mine.isVisible()
    assert page.prompts.mapTo(page, page.prompts.rect().topLeft()).x() > page.cards.width()
    page.resize(600, 800)
    QApplication.processEvents()
    left = [each.mapTo(page, each.rect().topLeft()).x() for each in (page.cards, page.prompts)]
    assert left[0] == left[1]


def test_a_promise_of_the_brief_is_reviewed_in_the_session(desk, ana, show, begun):
    row = desk.do(commitments.add, ana.id, "Send the article")
    page = show(SessionPage)
    press(page, "Kept: Send the article")
    assert [("kept", begun.id)] == [(each.state, each.session_id) for each in desk.read(commitments.history, row.id)]


def test_a_thread_is_taken_up_during_the_session(desk, ana, show, begun):
    desk.do(canvas.add, ana.id, "Her father", kind="thread")
    page = show(SessionPage)
    press(page, "Taken up: Her father")
    assert [] == list(desk.read(canvas.threads, ana.id))


def test_prompts_are_shown_by_category(page):
    chooser = named(page, "Kind of prompt", QComboBox)
    assert "What, if anything, has stayed with you since we last spoke?" in words_on(page.prompts)
    chooser.setFocus()
    QTest.keyClicks(chooser, "Closing")
    assert "stayed with you since we last spoke" not in words_on(page.prompts)
    assert "closing" == chooser.currentData()


def test_prompts_switched_off_are_left_out_and_ones_own_are_there(desk, show, begun):
    desk.change_setting("prompts.off", ("opening-stayed",))
    desk.do(own_prompts.add, "opening", "Well?", "Well, here we are.")
    page = show(SessionPage)
    assert "stayed with you since we last spoke" not in words_on(page.prompts)
    assert "Well, here we are." in words_on(page.prompts)


# What is taken down


def test_the_focus_is_the_clients_and_kept_when_the_field_is_left(page, desk):
    assert "The focus, in the client's words" == page.focus_line.accessibleName()
    write(page.focus_line, "How to say no")
    page.promise.words.setFocus()
    assert "How to say no" == stored(desk).focus_line
    assert "" == desk.read(drafts.get, "session", stored(desk).id, "focus_line")


def test_an_emptied_focus_is_kept_empty(desk, show, begun):
    desk.do(sessions.edit, begun.id, focus_line="How to say no")
    page = show(SessionPage)
    page.focus_line.setFocus()
    key(page.focus_line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(page.focus_line, Qt.Key.Key_Delete)
    page.promise.words.setFocus()
    assert ("", "") == (stored(desk).focus_line, page.focus_line.text())


def test_leaving_the_page_keeps_the_focus(page, desk):
    write(page.focus_line, "How to say no")
    page.hide()
    assert "How to say no" == stored(desk).focus_line


def test_after_a_kill_every_word_is_there_again(qtbot, page, desk, begun, show):
    wanted = {"focus_line": "half a foc", "promise": "half a prom", "promise-cue": "When half"}
    write(page.focus_line, wanted["focus_line"])
    write(page.promise.words, wanted["promise"])
    page.promise.fold.handle.setChecked(True)
    write(page.promise.more["cue"], wanted["promise-cue"])
    write(page.notes.field, "half a note")
    found = lambda: {d.field: d.text for d in desk.read(drafts.of_screen, "session", begun.id)}  # noqa: E731
    qtbot.waitUntil(
        lambda: {"promise": wanted["promise"], "promise-cue": wanted["promise-cue"]}.items() <= found().items()
    )
    qtbot.waitUntil(lambda: "half a note" == desk.read(drafts.get, "note", begun.id, "body"))
    again = show(SessionPage)
    assert ["half a foc", "half a prom", "When half", "half a note"] == [
        again.focus_line.words,
        again.promise.words.words,
        again.promise.more["cue"].words,
        again.notes.field.words,
    ]
    assert again.promise.more["cue"].isVisible()


def test_what_is_being_typed_survives_a_change_elsewhere(page, desk, begun):
    write(page.focus_line, "How to")
    desk.do(marks.mark)
    desk.do(sessions.edit, begun.id, intention="Slow")
    QTest.keyClicks(page.focus_line, " say no")
    assert "How to say no" == page.focus_line.text()


def test_a_note_is_kept_with_its_session(page, desk, begun):
    write(page.notes.field, "She laughs")
    press(page, "Keep this note")
    assert ["She laughs"] == [note.body for note in desk.read(notes.of_session, begun.id)]
    assert "She laughs" in words_on(page.notes)


def test_a_line_jotted_beside_the_bar_appears(page, desk):
    desk.do(notes.jot, "Said twice")
    QApplication.processEvents()
    assert "Said twice" in words_on(page.notes)


def test_a_promise_is_made_in_this_session_and_listed_at_once(page, desk, begun):
    write(page.promise.words, "Send the questions")
    press(page, "Next step")
    key(page.promise.words, Qt.Key.Key_Tab)
    page.promise.words.setFocus()
    key(page.promise.words, Qt.Key.Key_Return)
    assert [("Send the questions", "client", begun.id)] == promised(desk, begun)
    assert "Send the questions\nnext step" in words_on(page.made)
    assert "" == page.promise.words.text()


def test_the_plan_behind_a_promise_is_kept(page, desk, begun):
    write(page.promise.words, "Walk to work")
    press(page, "More")
    write(named(page, "When … , I will …", LineField), "When I lock the door, I will leave the car")
    write(named(page, "How will it show?", LineField), "Two red crosses")
    write(named(page, "What could come between?", LineField), "Rain")
    press(page.promise.confidence, "8")
    press(page, "Add")
    (row,) = desk.read(commitments.of_session, begun.id)
    assert ("When I lock the door, I will leave the car", "Two red crosses", "Rain", 8) == (
        row.cue, row.evidence, row.obstacle, row.confidence,
    )  # fmt: skip
    assert {"", None} == {*(each.words for each in page.promise.more.values()), page.promise.confidence.value}


def test_a_promise_stored_under_the_bar_takes_along_what_was_chosen_here(qtbot, page, desk, machine, begun):
    write(page.promise.words, "Walk to work")
    press(page, "More")
    write(named(page, "What could come between?", LineField), "Rain")
    page.promise.day.choose(date(2026, 3, 9))
    press(page.promise.confidence, "8")
    page.promise.words.setFocus()  # the keyboard leaves the line, which is kept
    field = Field(desk, machine)
    qtbot.addWidget(field)
    field.open_for("promise", begun.id, begun.client_id, QRect(300, 0, 160, 44), page.screen().availableGeometry())
    key(field.line, Qt.Key.Key_Return)
    (row,) = desk.read(commitments.of_session, begun.id)
    assert (date(2026, 3, 9), "Rain", 8) == (row.due_on, row.obstacle, row.confidence)
    write(page.promise.words, "Rest")
    key(page.promise.words, Qt.Key.Key_Return)
    rest = next(row for row in desk.read(commitments.of_session, begun.id) if row.text == "Rest")
    assert (None, "", None) == (rest.due_on, rest.obstacle, rest.confidence)
    assert not page.promise.fold.handle.isChecked()


def test_a_promise_of_this_session_is_not_also_left_over(page, desk, ana, begun):
    desk.do(commitments.add, ana.id, "Just now", session_id=begun.id)
    desk.do(commitments.add, ana.id, "Long ago")
    assert ["Long ago"] == [row.text for row in page.cards.mine_rows.rows]


def test_a_promise_made_is_changed_in_a_form(page, desk, ana, begun):
    desk.do(commitments.add, ana.id, "Send it", session_id=begun.id, due_on=date(2026, 3, 3))
    press(page, "Change: Send it")
    form = dialog(page)
    write(named(form, "What is promised", TextField), "Send all of it")
    press(form, "Store")
    assert [("Send all of it", "coach", begun.id)] == promised(desk, begun)
    assert "Send all of it\nmy promise · by tomorrow" in words_on(page.made)


def test_a_promise_made_is_removed_after_one_question(page, desk, shell, ana, begun):
    desk.do(commitments.add, ana.id, "Send it", session_id=begun.id)
    shell.answer = False
    press(page, "Remove: Send it")
    assert 1 == len(promised(desk, begun))
    shell.answer = True
    press(page, "Remove: Send it")
    assert ([], ("Remove this promise?", ("“Send it”",))) == (promised(desk, begun), shell.asked[-1])


def test_a_mark_is_put_into_words(page, desk, begun):
    row = desk.do(marks.mark)
    (shown,) = page.marks.rows
    write(shown.words, "Her father again")
    page.promise.words.setFocus()
    assert "Her father again" == desk.read(marks.one, row.id).text


def test_a_mark_without_words_goes_without_a_question(page, desk, shell, begun):
    desk.do(marks.mark)
    press(page, "Remove the mark of minute 0")
    assert ([], []) == (list(desk.read(marks.of_session, begun.id)), shell.asked)


# One person, several people, and what breaks layouts


def test_a_session_of_ones_own_speaks_to_one_person(desk, shell, show):
    me = desk.do(clients.add, "Me", kind="self")
    shell.sitting.begin(me.id, minutes=30)
    page = show(SessionPage)
    write(page.promise.words, "Rest")
    words = words_on(page)
    assert ("For myself", "What this time is for") == (page.title.text(), page.focus_line.accessibleName())
    assert "Words to myself" in words
    for theirs in ("client", "Next step", "Words you may say"):
        assert theirs not in words
    press(page, "Add")
    assert "my promise" not in words_on(page.made)


def test_a_group_is_spoken_of_as_several(desk, shell, show):
    circle = desk.do(clients.add, "Circle", kind="group", group_size=8)
    shell.sitting.begin(circle.id)
    assert "The focus, in the group's words" == show(SessionPage).focus_line.accessibleName()


def test_another_session_begins_with_fresh_fields(desk, shell, ana, show, begun):
    page = show(SessionPage)
    write(page.focus_line, "How to say no")
    shell.sitting.end()
    shell.sitting.begin(desk.do(clients.add, "Ben").id)
    page.arrive()
    assert ("Ben", "") == (page.title.text(), page.focus_line.text())


LONG = "Maximiliana-Alexandrina👩‍🚀مريمبنتعبدالله" * 12


def test_long_names_and_many_promises_hold_the_layout(desk, shell, show):
    client = desk.do(clients.add, LONG, short_name=LONG)
    row = shell.sitting.begin(client.id)
    for at in range(50):
        desk.do(commitments.add, client.id, f"{LONG} {at}", session_id=row.id)
        desk.do(commitments.add, client.id, f"{LONG} {at}", owner="client")
    desk.do(notes.jot, LONG)
    page = show(SessionPage)
    page.resize(560, 700)
    QApplication.processEvents()
    assert 50 == len(page.made.rows)
    assert page.scroll.widget().width() <= page.scroll.viewport().width()


def test_everything_to_operate_has_a_name_and_is_reached_by_keyboard(page, desk, begun, ana):
    desk.do(commitments.add, ana.id, "Send it", session_id=begun.id)
    desk.do(marks.mark)
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


def test_a_button_that_undoes_is_explained_as_what_it_then_does(show, shell, ana):
    shell.sitting.begin(ana.id, minutes=50)
    page = show(SessionPage)
    press(page, "pause")
    assert "Go on with the session; the pause does not count as its time." == named(page, "resume").toolTip()
    press(page, "resume")
    assert "Pause the session; the agreed end stays." == named(page, "pause").accessibleDescription()
