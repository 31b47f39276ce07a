"""The page of one client: its head, its promises and steps, its canvas, agreement and first session."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from coachdesk.practice import agreements, canvas, checklists, clients, commitments, forget, notes, sessions
from coachdesk.settings import Settings
from coachdesk.ui.erasing import Erasing
from coachdesk.ui.pages.client import TABS, ClientPage
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets.editable import EditableText
from tests.ui.hands import choose, dialog, key, named, press, words_on, write


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, in UTC."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def open_at(show, ana):
    def opened(tab: str = "", **what):
        return show(ClientPage, client_id=ana.id, tab=tab, **what)

    return opened


def line_with(page, text: str) -> EditableText:
    """The line with these words."""
    return next(each for each in page.findChildren(EditableText) if each.text == text and each.isVisible())


def tabs(page) -> list[str]:
    return [page.tabs.tabText(at) for at in range(page.tabs.count()) if page.tabs.isTabVisible(at)]


# The head


def test_the_head_tells_who_which_session_when_next_and_what_they_need(desk, ana, open_at):
    desk.do(clients.edit, ana.id, needs_pace="Silence is welcome", pronouns="she/her")
    desk.do(agreements.agree, ana.id, session_minutes=45)
    desk.do(sessions.log, ana.id, at(1, 9), 50)
    desk.do(sessions.plan, ana.id, at(4, 8))
    seen = words_on(open_at().client_head)
    for words in (
        "Ana",
        "Session 2 of 10 · 45 minutes agreed · she/her",
        "Next: Wed, 4 Mar, 09:00",
        "Silence is welcome",
    ):
        assert words in seen


def test_begin_leads_to_the_brief(ana, shell, open_at):
    press(open_at(), "Begin")
    assert [("brief", {"client_id": ana.id})] == shell.went


def test_a_session_is_planned_moved_and_called_off(desk, ana, open_at):
    page = open_at()
    press(page, "Plan a session")
    form = dialog(page)
    form.day.choose(date(2026, 3, 9))
    press(form, "Plan")
    (row,) = desk.read(sessions.coming)
    press(page, "Next: ")
    choose(page, "Move")
    form = dialog(page)
    form.day.choose(date(2026, 3, 30))  # the clocks have gone forward since
    form.clock.put(form.clock.clock.replace(hour=10, minute=30))
    press(form, "Move")
    (moved,) = desk.read(sessions.coming)
    assert datetime(2026, 3, 30, 8, 30, tzinfo=UTC) == moved.planned_start
    assert "moved" == desk.read(sessions.one, row.id).state
    press(page, "Next: ")
    choose(page, "It was called off")
    assert [] == list(desk.read(sessions.coming, client_id=ana.id))
    assert "Plan a session" in words_on(page.client_head)


def test_two_sessions_at_the_same_time_are_told_not_refused(desk, open_at):
    ben = desk.do(clients.add, "Ben")
    desk.do(sessions.plan, ben.id, at(9, 9, 15))
    page = open_at()
    press(page, "Plan a session")
    form = dialog(page)
    form.day.choose(date(2026, 3, 9))
    form.clock.setValue(10 * 60)
    assert "There is already: Ben, 10:15 – 11:05" in form.when.text()
    press(form, "Plan")
    assert 2 == len(desk.read(sessions.coming))


def test_the_client_is_changed_archived_and_forgotten_from_the_head(qtbot, desk, ana, shell, open_at):
    page = open_at()
    press(page, "Change, put away, forget")
    choose(page, "Change")
    form = dialog(page)
    write(form.texts["short_name"], "A. L.")
    press(form, "What they need to feel safe")
    write(form.texts["needs_topics"], "Not her brother")
    press(form, "Store")
    changed = desk.read(clients.one, ana.id)
    assert ("A. L.", "Not her brother", "Ana Lindqvist") == (changed.short_name, changed.needs_topics, changed.name)
    assert "A. L." == page.client_head.name.text()
    press(page, "Change, put away, forget")
    choose(page, "Put away")
    assert desk.read(clients.one, ana.id).archived_at is not None
    press(page, "Change, put away, forget")
    shell.opening = SimpleNamespace(erasing=Erasing(desk, shell))
    choose(page, "Forget this client")
    form = dialog(page)
    qtbot.waitUntil(form.act.isEnabled)
    press(form, "Forget")
    assert [] == list(desk.read(clients.every))
    assert ("clients", {}) == shell.went[-1]
    qtbot.waitUntil(lambda: not shell.opening.erasing.busy)
    form.close()


def test_a_client_removed_elsewhere_leaves_a_way_on(desk, ana, open_at):
    page = open_at()
    desk.do(forget.forget, ana.id)
    assert "This client is no longer there." in words_on(page)


def test_for_oneself_there_is_no_agreement_and_no_first_session(desk, show):
    me = desk.do(clients.add, "Me", kind="self")
    page = show(ClientPage, client_id=me.id)
    assert ["Promises and steps", "Sessions", "Canvas", "For me alone"] == tabs(page)
    assert "Next steps" not in words_on(page)


# Promises and steps


def test_a_promise_and_a_next_step_are_added_in_one_line(desk, ana, open_at):
    page = open_at()
    write(page.tab.field.words, "Call the dentist")
    press(page.tab.field, "Next step")
    press(page.tab.field, "Add")
    write(page.tab.field.words, "Send the article")
    press(page.tab.field, "My promise")
    key(page.tab.field.words, Qt.Key.Key_Return)
    assert {("client", "Call the dentist"), ("coach", "Send the article")} == {
        (row.owner, row.text) for row in desk.read(commitments.open_ones, client_id=ana.id)
    }
    assert ["Call the dentist"] == [row.text for row in page.tab.lists["client"].rows]


def test_a_next_step_is_done_and_never_late(desk, ana, open_at):
    step = desk.do(commitments.add, ana.id, "Call the dentist", owner="client", due_on=date(2026, 2, 2))
    page = open_at()
    assert "by Mon, 2 Feb · for your next meeting" == page.tab.lists["client"].rows[0].detail
    press(page.tab.lists["client"], "Done")
    assert "kept" == desk.read(commitments.one, step.id).state


def test_after_partly_the_rest_is_carried_on_and_the_history_is_told(desk, ana, open_at):
    step = desk.do(commitments.add, ana.id, "Write the letter", owner="client")
    desk.do(commitments.review, step.id, "partly", note="The first page stands.")
    page = open_at()
    press(page, "Earlier")
    press(page, "Write the letter, partly · next step")
    form = dialog(page)
    assert "today: partly\nThe first page stands." in words_on(form)
    write(form.rest, "Write page two")
    press(form, "Carry on")
    (rest,) = desk.read(commitments.open_ones, client_id=ana.id)
    assert ("Write page two", step.id) == (rest.text, rest.carried_from_id)


def test_an_earlier_one_can_be_taken_back(desk, ana, open_at):
    row = desk.do(commitments.add, ana.id, "Send the article")
    desk.do(commitments.review, row.id, "released")
    page = open_at()
    press(page, "Earlier")
    press(page, "Send the article, let go")
    press(dialog(page), "Take back")
    assert ["Send the article"] == [each.text for each in page.tab.lists["coach"].rows]
    assert ["released", "withdrawn"] == [each.state for each in desk.read(commitments.history, row.id)]


def test_what_cannot_be_taken_back_is_said_in_the_form(desk, ana, open_at):
    row = desk.do(commitments.add, ana.id, "Send the article")
    desk.do(commitments.review, row.id, "carried")
    desk.do(commitments.review, desk.read(commitments.successor, row.id).id, "kept")
    page = open_at()
    press(page, "Earlier")
    press(page, "Send the article, carried on")
    press(dialog(page), "Take back")
    assert "It was carried on and looked at since, so this cannot be taken back." in words_on(dialog(page))


# The canvas


def test_a_line_of_the_canvas_is_written_changed_and_removed(desk, ana, shell, open_at):
    page = open_at("canvas")
    write(page.tab.words, "Notices who has not spoken")
    press(page.tab, "Strength")
    press(page.tab, "Add")
    (line,) = desk.read(canvas.lines, ana.id)
    assert ("strength", "Notices who has not spoken") == (line.kind, line.text)
    press(line_with(page, line.text), "Change: ")
    write(line_with(page, line.text).field, "Notices who is silent")
    press(line_with(page, line.text), "Store")
    QApplication.processEvents()
    assert "Notices who is silent" == desk.read(canvas.lines, ana.id)[0].text
    press(line_with(page, "Notices who is silent"), "Remove: ")
    assert [] == list(desk.read(canvas.lines, ana.id))
    assert ("“Notices who is silent”",) == shell.asked[0][1]


def test_an_emptied_line_is_refused_and_stays_open(desk, ana, shell, open_at):
    desk.do(canvas.add, ana.id, "Fairness")
    page = open_at("canvas")
    line = line_with(page, "Fairness")
    press(line, "Change: ")
    write(line.field, " ")
    press(line, "Store")
    assert ["The line is still empty."] == shell.said
    assert line.being_edited
    press(line, "Cancel")
    assert "Fairness" == desk.read(canvas.lines, ana.id)[0].text


def test_a_line_half_changed_is_open_again_after_a_crash(desk, ana, open_at):
    desk.do(canvas.add, ana.id, "Fairness")
    page = open_at("canvas")
    press(line_with(page, "Fairness"), "Change: ")
    write(line_with(page, "Fairness").field, "Fairness befo")
    page.hide()
    line = line_with(open_at("canvas"), "Fairness")
    assert line.being_edited
    assert "Fairness befo" == line.field.words


def test_a_thread_is_taken_up_and_opened_again(desk, ana, open_at):
    desk.do(canvas.add, ana.id, "Her brother", kind="thread")
    page = open_at("canvas")
    press(page, "Taken up: Her brother")
    assert [] == list(desk.read(canvas.threads, ana.id))
    assert "taken up today" in words_on(page)
    press(page, "Open again: Her brother")
    assert 1 == len(desk.read(canvas.threads, ana.id))


def test_what_is_for_me_alone_is_not_on_the_canvas_and_closed_at_first(desk, ana, open_at):
    desk.do(canvas.add, ana.id, "I hurry with her", private=True)
    row = desk.do(sessions.log, ana.id, at(1, 9), 50)
    desk.do(sessions.edit, row.id, self_check="Yes, in the last ten minutes")
    page = open_at("canvas")
    assert "I hurry" not in words_on(page)
    page.arrive(client_id=ana.id, tab="private")
    assert "I hurry" not in words_on(page)
    press(page.tab, "Open")
    assert "I hurry with her" in words_on(page)
    assert "Yes, in the last ten minutes" in words_on(page)
    write(page.tab.words, "What do I fear?")
    press(page.tab, "Add")
    assert {"I hurry with her", "What do I fear?"} == {
        line.text for line in desk.read(canvas.lines, ana.id, private=True)
    }
    page.arrive(client_id=ana.id, tab="canvas")
    page.arrive(client_id=ana.id, tab="private")
    assert "What do I fear?" not in words_on(page)


# The agreement


def test_an_agreement_is_settled_anew_and_the_older_version_stays(desk, ana, open_at):
    page = open_at("agreement")
    press(page.tab, "Write it down")
    write(dialog(page).texts["rescheduling"], "The day before")
    press(dialog(page), "Settle")
    assert "The day before" in words_on(page)
    press(page.tab, "Settle anew")
    write(dialog(page).texts["rescheduling"], "Two days before")
    press(dialog(page), "Settle")
    assert ["Two days before", "The day before"] == [
        row.rescheduling
        for row in sorted(desk.read(agreements.history, ana.id), key=lambda row: row.ended_on is not None)
    ]
    press(page.tab, "Older versions")
    assert "The day before" in words_on(page.tab.older)


def test_a_slip_is_corrected_without_a_new_version(desk, ana, open_at):
    desk.do(agreements.agree, ana.id, fee_note="10")
    page = open_at("agreement")
    press(page.tab, "Correct a slip")
    write(dialog(page).texts["fee_note"], "100")
    press(dialog(page), "Store")
    assert ["100"] == [row.fee_note for row in desk.read(agreements.history, ana.id)]


def test_a_version_is_removed_after_a_question(desk, ana, shell, open_at):
    desk.do(agreements.agree, ana.id, fee_note="10")
    page = open_at("agreement")
    press(page.tab, "Remove this version")
    assert [] == list(desk.read(agreements.history, ana.id))
    assert "Remove this version of the agreement?" == shell.asked[0][0]


# The first session


def test_the_first_session_is_ticked_and_unticked(desk, ana, open_at):
    page = open_at("first_session")
    assert 4 == len(page.tab.boxes)
    page.tab.boxes[1].setFocus()
    key(page.tab.boxes[1], Qt.Key.Key_Space)
    assert [False, True, False, False] == [line.ticked_at is not None for line in desk.read(checklists.lines, ana.id)]
    assert page.tab.boxes[1].hasFocus(), "one can go on by key"
    page.tab.boxes[1].click()
    assert not any(line.ticked_at for line in desk.read(checklists.lines, ana.id))


def test_the_wording_of_the_list_is_the_coachs_own(desk, ana, open_at):
    page = open_at("first_session")
    first = desk.read(checklists.lines, ana.id)[0].text
    press(line_with(page, first), "Change: ")
    write(line_with(page, first).field, "I said what stays here")
    press(line_with(page, first), "Store")
    write(page.tab.words, "We laughed once")
    press(page.tab, "Add")
    texts = [line.text for line in desk.read(checklists.lines, ana.id)]
    assert ("I said what stays here", "We laughed once", 5) == (texts[0], texts[-1], len(texts))


# The layout holds


@pytest.mark.parametrize("tab", [each.name for each in TABS])
@pytest.mark.parametrize("name", ["W" * 200, "مريم " * 40, "One\nTwo\nThree " * 15])
def test_any_name_and_any_text_keep_the_page_as_wide_as_the_window(desk, show, name, tab):
    client = desk.do(clients.add, name, needs_pace=name)
    row = desk.do(sessions.log, client.id, at(1, 9), 50)
    desk.do(sessions.edit, row.id, focus_line=name, self_check=name)
    for owner in ("coach", "client", "both"):
        desk.do(commitments.add, client.id, name, owner=owner, cue=name)
    desk.do(canvas.add, client.id, name, kind="thread")
    desk.do(agreements.agree, client.id, exceptions=name)
    page = show(ClientPage, client_id=client.id, tab=tab)
    if tab == "private":
        press(page.tab, "Open")
    page.resize(540, 700)
    QApplication.processEvents()
    assert page.scroll.viewport().width() >= page.scroll.widget().width()


def test_everything_can_be_reached_with_tab(desk, ana, open_at):
    desk.do(commitments.add, ana.id, "Send the article")
    page = open_at()
    wanted = [page.client_head.begin, page.tabs, page.tab.field.words, page.tab.lists["coach"].rows[0]]
    page.client_head.more.setFocus()
    reached = []
    for _step in range(30):
        page.focusNextChild()
        reached.append(QApplication.focusWidget())
    assert [] == [each.accessibleName() for each in wanted if each not in reached]


def test_the_pages_words_name_every_field(open_at):
    page = open_at("sessions")
    assert named(page, "Log a past session").isVisible()


def test_a_line_of_the_canvas_is_moved_to_another_kind(desk, ana, open_at):
    desk.do(canvas.add, ana.id, "Fairness")
    page = open_at("canvas")
    press(page, "Move to another kind: Fairness")
    choose(page, "Value")
    assert "value" == desk.read(canvas.lines, ana.id)[0].kind


def test_an_open_promise_that_was_taken_back_tells_its_history(desk, ana, open_at):
    row = desk.do(commitments.add, ana.id, "Send the article")
    desk.do(commitments.review, row.id, "released", note="No time")
    desk.do(commitments.withdraw, row.id)
    page = open_at()
    page.tab.lists["coach"].rows[0].setFocus()
    key(page.tab.lists["coach"].rows[0], Qt.Key.Key_Return)
    press(dialog(page), "What was said about it")
    assert "today: let go\nNo time\ntoday: taken back" in words_on(dialog(page))


TITLES = ["Promises and steps", "Sessions", "Canvas", "Agreement", "First session", "For me alone"]


@pytest.fixture
def dressed(qapp):
    theme = Theme(qapp, Settings())
    yield
    theme.deleteLater()
    qapp.setStyleSheet("")


@pytest.mark.parametrize("width", [1000, 640, 540])
def test_no_title_of_a_tab_is_cut_however_narrow_the_window_is(dressed, open_at, width):
    page = open_at()
    page.resize(width, 600)
    QApplication.processEvents()
    assert TITLES == [title.replace("\n", " ") for title in tabs(page)]
    assert TITLES == [page.tabs.accessibleTabName(at) for at in range(page.tabs.count())]
    words = [line for title in tabs(page) for line in title.split("\n")]
    least = min(page.tabs.tabRect(at).width() for at in range(6))
    assert least >= page.tabs.fontMetrics().horizontalAdvance("Canvas")
    assert page.tabs.tabRect(5).right() < page.tabs.width()
    assert (width == 540) == ("session" in words)


def test_letters_so_large_that_the_tabs_need_more_room_can_be_brought_by_arrows(open_at):
    page = open_at()
    font = page.tabs.font()
    font.setPointSize(30)
    page.tabs.setFont(font)
    page.resize(540, 600)
    QApplication.processEvents()
    assert page.scroll.viewport().width() >= page.scroll.widget().width()
    assert [True, True] == [each.isVisible() for each in page.tabs.findChildren(QToolButton)]


# Where a record is shown


def shown_on_screen(page, widget) -> bool:
    """Whether a widget is within what the page shows."""
    room = page.scroll.viewport()
    return room.rect().contains(widget.mapTo(room, widget.rect().center()))


def test_a_promise_that_is_looked_for_is_brought_into_view_and_has_the_keyboard(qtbot, desk, ana, open_at):
    rows = [desk.do(commitments.add, ana.id, f"Promise {number}") for number in range(30)]
    page = open_at("promises", record_id=rows[28].id)
    qtbot.waitUntil(lambda: rows[28].id == getattr(page.window().focusWidget(), "commitment_id", ""))
    qtbot.waitUntil(lambda: shown_on_screen(page, page.window().focusWidget()))


def test_a_closed_promise_that_is_looked_for_opens_the_earlier_ones(qtbot, desk, ana, open_at):
    rows = [desk.do(commitments.add, ana.id, f"Promise {number}") for number in range(30)]
    for row in rows:
        desk.do(commitments.review, row.id, "kept")
    page = open_at("promises", record_id=rows[0].id)
    qtbot.waitUntil(lambda: rows[0].id == getattr(page.window().focusWidget(), "value", ""))
    qtbot.waitUntil(lambda: shown_on_screen(page, page.window().focusWidget()))


def test_a_line_of_the_canvas_that_is_looked_for_is_brought_into_view(qtbot, desk, ana, open_at):
    lines = [desk.do(canvas.add, ana.id, f"Line {number}", kind="words") for number in range(30)]
    page = open_at("canvas", record_id=lines[0].id)
    qtbot.waitUntil(lambda: "Change: Line 0" == page.window().focusWidget().accessibleName())
    qtbot.waitUntil(lambda: shown_on_screen(page, page.window().focusWidget()))


def test_a_note_that_is_looked_for_is_brought_into_view(qtbot, desk, ana, open_at):
    held = desk.do(sessions.log, ana.id, at(1, 9), 50)
    note = [desk.do(notes.add, held.id, f"Note {number}") for number in range(20)][15]
    page = open_at("sessions", session_id=held.id, record_id=note.id)
    qtbot.waitUntil(lambda: "Change: Note 15" == page.window().focusWidget().accessibleName())
    qtbot.waitUntil(lambda: shown_on_screen(page, page.window().focusWidget()))


def test_a_very_long_name_takes_three_lines_at_most_and_is_whole_for_those_who_ask(dressed, desk, show):
    name = "Wilhelmina-Theodora von Aldenhoven-Schwarzenbruck zu Hohenlimburg " * 3
    client = desk.do(clients.add, name)
    page = show(ClientPage, client_id=client.id)
    page.resize(544, 600)
    QApplication.processEvents()
    heading = page.client_head.name
    assert heading.text().endswith("…")
    assert heading.height() <= 3.5 * heading.fontMetrics().lineSpacing()
    assert [name.strip()] * 2 == [heading.toolTip(), heading.accessibleName()]
