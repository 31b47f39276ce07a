"""Focus mode ends with its session: closed, put off, left, locked; and with the program."""

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.focus.mode import FakeFocus
from coachdesk.practice import clients, sessions
from coachdesk.storage import store
from coachdesk.ui import quieting
from tests.ui.hands import press, settle, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Slow(FakeFocus):
    """Notes that it was waited for."""

    waited = False

    def close(self) -> None:
        self.waited = True
        super().close()


@pytest.fixture
def focus() -> Slow:
    return Slow()


@pytest.fixture
def program(start, locked, focus, home):
    begun = start(focus)
    begun.opening.adopt(store.open(home.records, locked[0]))
    QApplication.processEvents()
    return begun


@pytest.fixture
def window(program):
    return program.window


@pytest.fixture
def ada(program):
    return program.desk.do(clients.add, "Ada", short_name="Ada")


def begin(window, client):
    """From the brief, as the coach does."""
    window.show_page("brief", client_id=client.id)
    press(window, "Begin the session")
    QApplication.processEvents()
    return window.desk.read(sessions.running)


def end(window) -> None:
    """By the bar; then the coach opens the window, which leads to Close."""
    window.presence.press("end")
    window.come_forward()
    QApplication.processEvents()


@pytest.fixture
def closing(window, ada):
    row = begin(window, ada)
    end(window)
    assert "close" == window.page_name
    return row


def test_it_begins_with_the_session_and_lasts_through_closing_it(window, focus, ada, clock):
    begin(window, ada)
    assert (True, None) == (focus.state.is_on, focus.state.ends_at)
    end(window)
    assert (True, True) == (focus.state.is_on, focus.state.ends_at is not None)


@pytest.mark.parametrize("pressed", ["Done", "Later", "Back"])
def test_it_ends_once_close_is_done_or_put_off(window, focus, closing, pressed):
    press(window, pressed)
    assert ("today", "off") == (window.page_name, focus.state.phase)


def test_it_ends_when_close_is_left_for_another_place(window, focus, closing):
    window.start_at("clients")
    assert not focus.state.is_on


def test_a_look_at_a_client_from_close_with_a_way_back_leaves_it_on(window, focus, closing, ada):
    window.show_page("client", client_id=ada.id)
    assert focus.state.is_on
    window.back()
    assert ("close", True) == (window.page_name, focus.state.is_on)


def test_an_end_taken_back_stays_quiet(window, focus, closing):
    seen = []
    focus.listeners.append(lambda state: seen.append(state.phase))
    press(window, "Go on with the session")
    QApplication.processEvents()
    assert ("session", None) == (window.page_name, focus.state.ends_at)
    assert {"on"} == set(seen)


def test_closed_by_the_command_line_it_ends_too(window, focus, closing):
    window.desk.do(sessions.close, closing.id)
    assert not focus.state.is_on


def test_closing_an_earlier_session_leaves_a_time_of_ones_own_alone(window, focus, closing, clock):
    press(window, "Later")
    quieting.begin(window, window.desk)
    window.show_page("close", session_id=closing.id)
    press(window, "Done")
    assert ("today", True) == (window.page_name, focus.state.is_on)


def test_closing_an_earlier_session_leaves_the_running_one_quiet(window, focus, closing, ada):
    press(window, "Later")
    begin(window, ada)
    window.show_page("close", session_id=closing.id)
    press(window, "Done")
    assert focus.state.is_on


def test_locking_ends_it(window, focus, closing):
    window.lock()
    assert ("unlock", "off") == (window.page_name, focus.state.phase)


def test_locking_ends_a_time_of_ones_own_too(window, focus):
    quieting.begin(window, window.desk)
    window.bridge.notice("locked")
    assert not focus.state.is_on


def test_a_locked_screen_leaves_a_running_session_quiet(window, focus, ada):
    begin(window, ada)
    window.bridge.notice("locked")
    assert focus.state.is_on


def test_put_back_by_the_coach_it_stays_so_and_can_be_had_again(qtbot, program, window, focus, ada, clock):
    begin(window, ada)
    window.come_forward()
    press(window, "Put back")
    settle(qtbot, program)
    window.presence.look()
    assert not focus.state.is_on
    press(window, "Quiet again")
    assert (True, None) == (focus.state.is_on, focus.state.ends_at)
    end(window)
    write(window.page.what_mattered, "Enough")
    press(window, "Done")
    assert not focus.state.is_on


def test_quitting_waits_until_all_is_put_back(program, focus, ada):
    quieting.begin(program.window, program.desk)
    program.put_away()
    assert (True, "off") == (focus.waited, focus.state.phase)


def test_asked_to_end_by_the_system_all_is_put_back_at_once(program, focus):
    quieting.begin(program.window, program.desk)
    program._on_session_ends(None)
    assert (True, "off") == (focus.waited, focus.state.phase)
