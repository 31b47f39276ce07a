"""The records lock when nobody has touched the computer for long enough, and never in a session."""

import pytest

from coachdesk.practice import clients, sessions
from coachdesk.ui.idle import AT_LEAST
from tests.ui.hands import unlock


@pytest.fixture
def program(unlocked):
    return unlocked


@pytest.fixture
def look(qtbot, program, machine):
    """Look now, at a computer nobody has touched for so long."""

    def looked(idle: float | None) -> bool:
        machine.idle = idle
        program.idle.look()
        qtbot.waitUntil(lambda: not program.tasks.busy)
        return not program.desk.is_open

    return looked


def test_it_looks_again_when_the_time_could_be_over(program, look):
    assert 15 * 60 == program.idle.waits
    assert not look(60.0)
    assert 14 * 60 == program.idle.waits
    assert not look(15 * 60 - 1.0)
    assert AT_LEAST == program.idle.waits


def test_it_locks_when_the_time_is_over_and_comes_back_to_the_page(qtbot, program, look):
    ada = program.desk.do(clients.add, "Ada")
    program.window.start_at("clients")
    program.window.show_page("client", client_id=ada.id)
    assert look(15 * 60.0)
    assert "unlock" == program.window.page_name
    assert "" == program.window.message.sentence
    assert {"unlock"} == {*program.window._pages}
    assert program.idle.waits is None
    unlock(qtbot, program)
    assert ("client", ada.id) == (program.window.page_name, program.window.page.client_id)
    program.window.back()
    assert "clients" == program.window.page_name


def test_the_period_is_the_settings_and_zero_is_never(program, look):
    program.desk.change_setting("privacy.lock_minutes", 0)
    assert program.idle.waits is None
    assert not look(9e9)
    program.desk.change_setting("privacy.lock_minutes", 1)
    assert AT_LEAST == program.idle.waits
    assert look(60.0)


def test_a_session_is_never_locked_out_and_not_looked_at(qtbot, program, look):
    ada = program.desk.do(clients.add, "Ada")
    program.window.sitting.begin(ada.id, minutes=50)
    program.bridge.sitting_changed.emit()
    assert program.idle.waits is None
    assert not look(9e9)
    program.desk.do(sessions.finish)
    program.bridge.sitting_changed.emit()
    assert AT_LEAST == program.idle.waits
    assert look(9e9)


def test_a_screen_that_is_still_locked_when_the_session_is_over_locks_the_records(qtbot, program, machine):
    ada = program.desk.do(clients.add, "Ada")
    program.window.sitting.begin(ada.id, minutes=50)
    program.bridge.sitting_changed.emit()
    machine.emit("locked")
    assert program.desk.is_open
    program.desk.do(sessions.finish)
    program.bridge.sitting_changed.emit()
    assert not program.desk.is_open


def test_a_screen_locked_in_a_session_is_told_of_afterwards(program, machine):
    ada = program.desk.do(clients.add, "Ada")
    program.window.sitting.begin(ada.id, minutes=50)
    machine.emit("locked")
    machine.emit("unlocked")
    assert "The records stayed open while the screen was locked" in program.window.message.sentence
    program.desk.do(sessions.finish)


def test_a_long_sleep_counts(qtbot, program, machine, clock):
    clock.sleep(16 * 60)
    machine.idle = 2.0
    machine.emit("woke")
    qtbot.waitUntil(lambda: not program.desk.is_open)


def test_a_short_sleep_does_not(program, clock, look):
    clock.sleep(60)
    assert not look(2.0)


def test_where_the_computer_does_not_tell_our_own_windows_do(qtbot, program, clock, look):
    assert not look(None)
    clock.advance(14 * 60)
    qtbot.keyClick(program.window, "a")
    clock.advance(14 * 60)
    assert not look(None)
    assert 60 == program.idle.waits
    clock.advance(60)
    assert look(None)


def test_a_form_in_front_is_closed_and_keeps_what_was_typed(qtbot, program, look):
    from coachdesk.ui.dialogs.edit_client import EditClient

    form = EditClient(program.desk, program.window, parent=program.window)
    form.open()
    field = form.drafted()[0]
    field.setFocus()
    qtbot.keyClicks(field, "Half a na")
    assert look(9e9)
    assert [] == [each for each in program.window.findChildren(EditClient) if each.isVisible()]
    unlock(qtbot, program)
    assert "Half a na" in [draft.text for draft in program.desk.read(every_draft)]


def every_draft(db):
    from sqlmodel import select

    from coachdesk.practice.drafts import Draft

    return db.exec(select(Draft)).all()


def test_what_a_page_was_asked_to_do_at_once_is_not_done_again(qtbot, program, look):
    program.window.start_at("settings", section="focus", part="check")
    assert look(9e9)
    unlock(qtbot, program)
    assert "settings" == program.window.page_name
