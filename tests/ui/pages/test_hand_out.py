"""Handing out from the window, as a coach clicks through it."""

import json
import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QLabel

from coachdesk.exchange import paper_file
from coachdesk.exchange.paper import as_text
from coachdesk.practice import canvas, clients, commitments, forget, private_settings, sessions
from coachdesk.ui.pages.client_head import ClientHead
from coachdesk.ui.pages.client_session import SessionDetails
from coachdesk.ui.pages.close import ClosePage
from coachdesk.ui.pages.hand_out import HandOutPage
from coachdesk.ui.widgets.hand_out_paper import FORMATS
from coachdesk.ui.widgets.hand_out_sender import HandOutSender
from tests.exchange import pages


@pytest.fixture
def held(desk, ana, clock):
    """A session in which something was promised, an earlier one still open, and another session before."""
    desk.do(sessions.log, ana.id, desk.now().at.replace(hour=8), 50)
    desk.do(commitments.add, ana.id, "An earlier one", owner="client")
    row = desk.do(sessions.start, ana.id, minutes=50)
    desk.do(commitments.add, ana.id, "Send the paper", session_id=row.id)
    desk.do(commitments.add, ana.id, "Call the board", owner="client", session_id=row.id)
    clock.advance(3000)
    return desk.do(sessions.finish)


@pytest.fixture
def page(show, ana, held):
    return show(HandOutPage, client_id=ana.id)


def told(page) -> str:
    """What the page to hand out says."""
    assert page.part.page.preview.toPlainText().split() == as_text(page.part.page.paper).replace("• ", "").split()
    return as_text(page.part.page.paper)


def box(page, words):
    return next(each.box for each in page.part.lines.boxes if each.box.accessibleName() == words)


def finish(qtbot, shell):
    qtbot.waitUntil(lambda: not shell.tasks.busy)


def test_it_opens_at_the_latest_session_with_what_was_promised_in_it(page):
    assert [("Send the paper", True), ("Call the board", True), ("An earlier one", False)] == [
        (each.box.accessibleName(), each.box.isChecked()) for each in page.part.lines.boxes
    ]
    assert "What I promised\n• Send the paper" in told(page)
    assert "An earlier one" not in told(page)
    assert [2, 0] == [page.part.sessions.count(), page.part.sessions.currentIndex()]


def test_lines_are_chosen_and_seen_at_once(qtbot, page):
    box(page, "Send the paper").click()
    box(page, "An earlier one").click()
    assert "Send the paper" not in told(page)
    assert "• Call the board\n• An earlier one" in told(page)


def test_a_click_on_the_words_chooses_too(qtbot, page):
    line = page.part.lines.boxes[0]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 5, 12))
    assert not line.box.isChecked()
    assert "Send the paper" not in told(page)


def test_a_choice_outlives_a_change_of_the_records(desk, ana, page):
    box(page, "Send the paper").click()
    box(page, "An earlier one").click()
    desk.do(commitments.add, ana.id, "One more", owner="client")
    assert "One more" in {each.box.accessibleName() for each in page.part.lines.boxes}
    assert "An earlier one" in told(page)
    assert "Send the paper" not in told(page)


def test_words_before_and_after_are_seen_while_they_are_typed(qtbot, page):
    qtbot.keyClicks(page.part.greeting, "Dear Ana,")
    qtbot.keyClicks(page.part.closing, "Warmly")
    assert "2026\n\nDear Ana,\n\nWhat I promised" in told(page)
    assert told(page).endswith("\n\nWarmly\n")


def test_what_is_typed_is_still_there_later(qtbot, show, page, ana):
    qtbot.keyClicks(page.part.greeting, "Dear Ana,")
    page.part.greeting.flush()
    again = show(HandOutPage, client_id=ana.id)
    assert "Dear Ana," in told(again)


def test_another_session_can_be_chosen(qtbot, page):
    box(page, "Send the paper").click()
    page.part.sessions.setCurrentIndex(1)
    page.part.sessions.activated.emit(1)
    assert "Send the paper" not in {each.line_id for each in page.part.lines.boxes if each.box.isChecked()}
    assert "What I promised" not in told(page)
    page.part.sessions.setCurrentIndex(0)
    page.part.sessions.activated.emit(0)
    assert "Send the paper" in told(page)  # chosen as usual again


def test_it_opens_at_the_session_asked_for(desk, show, ana, held):
    older = desk.read(sessions.held, ana.id)[1]
    page = show(HandOutPage, client_id=ana.id, session_id=older.id)
    assert older.id == page.part.sessions.currentData()


def test_where_no_session_was_held_it_says_so(desk, show):
    page = show(HandOutPage, client_id=desk.do(clients.add, "Bo").id)
    assert page.part.nothing.isVisible()
    assert not page.part.whole.isVisible()


def test_a_client_who_is_gone_is_said_to_be(desk, ana, page):
    desk.do(forget.forget, ana.id)
    assert page.gone.isVisible()
    assert not page.part.isVisible()


def test_it_is_copied_as_text(qtbot, shell, page):
    page.part.page.copy.click()
    assert told(page) == QGuiApplication.clipboard().text()
    assert ["Copied. Paste it where you write to your client."] == shell.said


@pytest.mark.parametrize("ending", [ending for ending, _words in FORMATS])
def test_it_is_saved_where_the_coach_says(qtbot, shell, page, tmp_path: Path, ending: str):
    asked: list[tuple[str, object]] = []
    path = tmp_path / f"to-ana{ending}"

    def where(_parent, name, formats):
        asked.append((name, formats))
        return path

    page.part.page.ask_where = where
    page.part.page.save.click()
    finish(qtbot, shell)
    assert [("coaching-summary-2026-03-02.pdf", FORMATS)] == asked
    assert ["Saved. The file is not encrypted."] == shell.said
    words = " ".join(pages.texts(path)) if ending == ".pdf" else path.read_text("utf-8")
    assert "Send the paper" in words
    assert set(paper_file.ENDINGS) == {each for each, _words in FORMATS}


def test_nowhere_writes_nothing(qtbot, shell, page):
    page.part.page.ask_where = lambda *_asked: None
    page.part.page.save.click()
    assert not shell.tasks.busy
    assert [] == shell.said


def test_a_place_that_cannot_be_written_is_said(qtbot, shell, page, tmp_path: Path):
    page.part.page.ask_where = lambda *_asked: tmp_path / "none" / "a.txt"
    page.part.page.save.click()
    finish(qtbot, shell)
    assert 1 == len(shell.said)
    assert "no such folder" in shell.said[0]
    assert not page.part.page.work.busy


def test_the_preview_is_as_high_as_what_is_in_it(qtbot, desk, ana, held, page):
    before = page.part.page.preview.height()
    for number in range(30):
        desk.do(commitments.add, ana.id, f"Step {number}", session_id=held.id)
    preview = page.part.page.preview
    qtbot.waitUntil(lambda: "Step 29" in preview.toPlainText() and preview.verticalScrollBar().maximum() == 0)
    assert preview.height() > before + 300


def test_a_narrow_window_puts_one_above_the_other(qtbot, page):
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: page.part._beside.direction() == QBoxLayout.Direction.LeftToRight)
    page.resize(560, 700)
    qtbot.waitUntil(lambda: page.part._beside.direction() == QBoxLayout.Direction.TopToBottom)


def test_a_coach_without_a_name_is_led_to_the_settings(qtbot, desk, shell, page):
    assert page.part.nameless.isVisible()
    desk.do(private_settings.keep, "coach_name", "Kim Lee")
    assert not page.part.nameless.isVisible()
    assert told(page).startswith("Kim Lee\n")


def test_the_name_is_given_in_the_settings(qtbot, desk, shell):
    card = HandOutSender(desk, shell)
    qtbot.addWidget(card)
    qtbot.keyClicks(card.fields["coach_name"], "Kim Lee")
    qtbot.keyClicks(card.fields["coach_address"], "Linden 4")
    card.store.click()
    assert ["Kim Lee", "Linden 4"] == [
        desk.read(private_settings.value, key) for key in ("coach_name", "coach_address")
    ]
    again = HandOutSender(desk, shell)
    qtbot.addWidget(again)
    assert "Kim Lee" == again.fields["coach_name"].words


def test_the_sheet_says_what_is_kept(qtbot, desk, ana, page):
    page.choice.choose("sheet")
    page._on_part("sheet")
    assert told(page).startswith("What I keep about you and how it is protected")
    assert "2 sessions" in told(page)
    desk.do(sessions.log, ana.id, desk.now().at.replace(hour=7), 50)
    assert "3 sessions" in told(page)
    desk.change_setting("privacy.retention_years", 3)
    page.refresh()
    assert "for 3 years" in told(page)


def data_part(page):
    page.choice.choose("data")
    page._on_part("data")
    return page.part


def test_whether_private_lines_go_along_is_asked_and_not_answered_for_the_coach(desk, ana, page):
    part = data_part(page)
    assert part.save.isEnabled()
    assert not part.private.isVisible()
    desk.do(canvas.add, ana.id, "for me", private=True)
    assert part.private.isVisible()
    assert part.private.value is None
    assert not part.save.isEnabled()
    assert "There is 1 private line of yours. Does it go along?" == part.how_many.text()
    part.private._group.button(0).click()
    assert part.save.isEnabled()


def test_another_client_is_another_question(desk, ana, show, page):
    desk.do(canvas.add, ana.id, "for me", private=True)
    other = desk.do(clients.add, "Bo")
    desk.do(canvas.add, other.id, "for me too", private=True)
    part = data_part(page)
    part.private._group.button(1).click()
    page.arrive(client_id=other.id, part="data")
    assert part.private.value is None
    assert not part.save.isEnabled()


@pytest.mark.parametrize("with_private", [False, True])
def test_all_data_is_written(qtbot, desk, shell, ana, page, tmp_path: Path, with_private: bool):
    desk.do(canvas.add, ana.id, "for me alone", private=True)
    part = data_part(page)
    part.private._group.button(int(with_private)).click()
    asked: list[str] = []

    def where(_parent, name, _formats):
        asked.append(name)
        return tmp_path / "a.zip"

    part.ask_where = where
    part.save.click()
    finish(qtbot, shell)
    assert ["coaching-data-2026-03-02.zip"] == asked
    assert ["Saved. The file is not encrypted."] == shell.said
    with zipfile.ZipFile(tmp_path / "a.zip") as bundle:
        assert with_private == bool(json.loads(bundle.read("data.json"))["canvas_line"])


def test_writing_shows_how_far_it_is_and_can_be_stopped(qtbot, shell, page, tmp_path: Path):
    work, ended, told = page.part.page.work, threading.Event(), []

    def slow(*, progress):
        try:
            while not ended.wait(0.02):
                progress(0.4)
        finally:
            ended.set()

    work.begin(slow, done=told.append)
    qtbot.waitUntil(lambda: work.isVisible() and 400 == work.bar.value())
    work.stop.click()
    assert ended.wait(10)
    finish(qtbot, shell)
    assert not work.isVisible()
    assert ["Stopped. No file was written."] == shell.said
    assert [] == told


def test_a_file_that_could_not_be_stopped_any_more_is_told_as_written(qtbot, shell, page):
    work, asked, go, told = page.part.page.work, threading.Event(), threading.Event(), []

    def slow(*, progress):
        progress(0.4)
        asked.set()
        go.wait(10)
        return "written"

    work.begin(slow, done=told.append)
    assert asked.wait(10)
    work.stop.click()
    assert ([], True) == (shell.said, work.busy)
    go.set()
    finish(qtbot, shell)
    assert ([], ["written"], True) == (shell.said, told, work.isHidden())


def test_it_is_reached_from_the_clients_head(qtbot, desk, shell, ana):
    head = ClientHead(desk, shell)
    qtbot.addWidget(head)
    head.show_client(ana)
    head.hand_out.click()
    assert [("hand_out", {"client_id": ana.id})] == shell.went
    head.show_client(desk.do(clients.add, "Me", kind="self"))
    assert head.hand_out.isHidden()


def test_it_is_reached_from_a_session(qtbot, desk, shell, ana, held):
    details = SessionDetails(desk, shell)
    qtbot.addWidget(details)
    details.show_session(held.id)
    details.summary.click()
    assert [("hand_out", {"client_id": ana.id, "session_id": held.id})] == shell.went


def test_it_is_offered_once_a_session_is_closed(qtbot, shell, show, ana, held):
    page = show(ClosePage, session_id=held.id)
    page.done.click()
    about = {"client_id": ana.id, "session_id": held.id}
    assert [("Summary for the client", "hand_out", about)] == shell.offered
    assert ["The session is closed."] == shell.said


def test_time_for_oneself_ends_without_an_offer(qtbot, desk, shell, show):
    me = desk.do(clients.add, "Me", kind="self")
    row = desk.do(sessions.log, me.id, desk.now().at.replace(hour=8), 50)
    show(ClosePage, session_id=row.id).done.click()
    assert [] == shell.offered


def test_no_name_of_a_client_is_in_a_file_name_or_a_title(qtbot, desk, show, ana, held):
    desk.change_setting("privacy.short_names", False)
    page = show(HandOutPage, client_id=ana.id)
    assert "Lindqvist" not in page.part.page.name
    assert "Lindqvist" not in page.window().windowTitle()
    assert any("Ana Lindqvist" in each.text() for each in page.findChildren(QLabel))
