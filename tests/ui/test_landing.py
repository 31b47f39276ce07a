"""Where the window lands when it is opened: at the session that runs, or at closing the one that has ended."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.practice import clients, sessions
from coachdesk.sitting import Sitting
from tests.ui.hands import press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ada(desk):
    return desk.do(clients.add, "Ada", short_name="Ada")


def begin(window, client):
    """From the brief, as the coach does; the window steps aside."""
    window.show_page("brief", client_id=client.id)
    press(window, "Begin the session")
    return window.desk.read(sessions.running)


def reopen(window) -> None:
    window.come_forward()


def test_beginning_shows_the_session_and_steps_aside(window, ada):
    begin(window, ada)
    assert ("session", True) == (window.page_name, window.isMinimized())


def test_opened_during_a_session_the_window_lands_at_it(window, ada):
    begin(window, ada)
    reopen(window)
    window.start_at("clients")
    window.step_aside()
    reopen(window)
    assert "session" == window.page_name


def test_brought_back_from_the_taskbar_it_lands_there_too(qtbot, window, ada):
    begin(window, ada)
    window.start_at("clients")
    window.setWindowState(Qt.WindowState.WindowNoState)
    qtbot.waitUntil(lambda: "session" == window.page_name)


def test_ended_beside_the_call_the_next_opening_lands_at_closing_it(window, ada):
    row = begin(window, ada)
    window.sitting.end()
    window.bridge.sitting_changed.emit()
    assert window.isMinimized()
    reopen(window)
    assert ("close", row.id) == (window.page_name, window.page.session_id)


def test_ended_while_another_page_was_shown_the_page_stays_until_the_next_opening(window, ada):
    row = begin(window, ada)
    reopen(window)
    window.start_at("clients")
    window.sitting.end()
    window.bridge.sitting_changed.emit()
    assert "clients" == window.page_name
    reopen(window)
    assert ("close", row.id) == (window.page_name, window.page.session_id)


def test_once_seen_closing_is_not_pressed_on_the_coach_again(window, ada):
    begin(window, ada)
    window.sitting.end()
    window.bridge.sitting_changed.emit()
    reopen(window)
    press(window, "Later")
    window.step_aside()
    reopen(window)
    assert "today" == window.page_name


def test_asked_for_from_the_bar_closing_comes_however_often_it_was_seen(window, ada):
    row = begin(window, ada)
    window.sitting.end()
    window.bridge.sitting_changed.emit()
    for _time in range(2):
        window.landing.to_close(row.id)
        assert ("close", row.id) == (window.page_name, window.page.session_id)
        press(window, "Later")
        window.step_aside()


def test_an_end_that_was_taken_back_lands_at_the_session_again(window, ada):
    begin(window, ada)
    window.sitting.end()
    window.bridge.sitting_changed.emit()
    window.sitting.take_back()
    window.bridge.sitting_changed.emit()
    reopen(window)
    assert "session" == window.page_name


def test_a_session_ended_and_removed_elsewhere_is_not_looked_for(window, ada, desk):
    row = begin(window, ada)
    window.start_at("clients")
    window.sitting.end()
    desk.do(sessions.remove, row.id)
    reopen(window)
    assert "clients" == window.page_name


def test_nobody_is_led_away_from_a_question(window, ada, desk, clock, machine):
    Sitting(desk, machine).begin(ada.id)
    clock.advance(3600)
    window.start_at("recovery")
    reopen(window)
    assert "recovery" == window.page_name


def test_back_and_escape_lead_from_the_session_to_today_and_lose_nothing(window, ada, desk):
    begin(window, ada)
    reopen(window)
    page = window.page
    page.focus_line.setFocus()
    page.focus_line.insert("To say no")
    window._on_escape()
    assert ("today", "To say no") == (window.page_name, desk.read(sessions.running).focus_line)


def test_a_whole_session_from_brief_to_done(window, ada, desk, clock):
    row = begin(window, ada)
    reopen(window)
    clock.advance(2400)
    desk.do_quietly(sessions.seen)
    press(window.page, "End the session")
    assert "close" == window.page_name
    press(window.page, "Done")
    assert ("today", 2400) == (window.page_name, desk.read(sessions.one, row.id).elapsed_seconds)
    assert [] == list(desk.read(sessions.to_close))
