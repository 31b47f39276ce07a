"""What every form does: nothing typed or chosen in it is lost unless it is cancelled, and it locks by its key."""

from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.practice import clients, sessions
from coachdesk.practice.drafts import Draft
from coachdesk.ui.dialogs.confirm import Confirm
from coachdesk.ui.dialogs.edit_client import EditClient
from coachdesk.ui.dialogs.keys import KeysSheet
from coachdesk.ui.dialogs.log_session import LogSession
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.dialogs.search import SearchSheet
from coachdesk.ui.widgets.dates import local, today
from tests.ui.hands import key, press, unlock, write


@pytest.fixture
def ada(desk):
    return desk.do(clients.add, "Ada")


def opened(made):
    made.open()
    return made


def in_front(qtbot, form):
    """Keys of a window work only while it is the active one."""
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)


def type_over(field, text):
    """Type into a field in place of all its text, and stay there."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def drafts(db):
    from sqlmodel import select

    return db.exec(select(Draft)).all()


def test_escape_keeps_what_was_typed_and_says_so(desk, window, ada):
    form = opened(EditClient(desk, window, ada, window))
    write(form.texts["email"], "ada@example.org")
    key(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert "What you typed is kept" in window.message.sentence
    assert "ada@example.org" == EditClient(desk, window, ada, window).texts["email"].text()


def test_return_on_cancel_cancels(desk, window, ada):
    form = opened(EditClient(desk, window, ada, window))
    write(form.texts["email"], "ada@example.org")
    form.cancel.setFocus()
    key(form.cancel, Qt.Key.Key_Return)
    assert (False, "") == (form.isVisible(), desk.read(clients.one, ada.id).email)


def test_escape_keeps_what_was_chosen(desk, window, ada):
    form = opened(PlanSession(desk, window, ada, parent=window))
    day = today(desk) + timedelta(days=9)
    form.day.choose(day)
    form.minutes.field.setValue(45)
    key(form, Qt.Key.Key_Escape)
    again = PlanSession(desk, window, ada, parent=window)
    assert (day, 45) == (again.day.day, again.minutes.value)
    assert f"{day.day}" in again.when.text()


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
@pytest.mark.parametrize(("typed", "meant"), [("1430", time(14, 30)), ("1475", time(10, 0))])
def test_return_in_the_middle_of_a_time_stores_what_is_typed(qtbot, desk, window, ada, modifier, typed, meant):
    form = opened(PlanSession(desk, window, ada, parent=window))
    form.clock.put(time(10, 0))
    in_front(qtbot, form)
    type_over(form.clock, typed)
    QTest.keyClick(form.clock, Qt.Key.Key_Return, modifier)
    assert [meant] == [local(row.planned_start).time() for row in desk.read(sessions.coming)]


def test_return_in_the_middle_of_a_number_stores_what_is_typed(qtbot, desk, window, ada):
    form = opened(PlanSession(desk, window, ada, parent=window))
    in_front(qtbot, form)
    type_over(form.minutes.field, "45")
    QTest.keyClick(form.minutes.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [45] == [row.planned_minutes for row in desk.read(sessions.coming)]


def test_escape_keeps_a_half_typed_time_and_number(qtbot, desk, window, ada):
    form = opened(PlanSession(desk, window, ada, parent=window))
    in_front(qtbot, form)
    type_over(form.clock, "1430")
    type_over(form.minutes.field, "45")
    key(form, Qt.Key.Key_Escape)
    again = PlanSession(desk, window, ada, parent=window)
    assert (time(14, 30), 45) == (again.clock.clock, again.minutes.value)


def test_a_kind_and_a_missing_day_are_kept_too(desk, window, ada):
    desk.do(clients.edit, ada.id, started_on=today(desk))
    ada = desk.read(clients.one, ada.id)
    form = opened(EditClient(desk, window, ada, window))
    press(form, "A group")
    form.days["started_on"].choose(None)
    key(form, Qt.Key.Key_Escape)
    again = opened(EditClient(desk, window, ada, window))
    assert ("group", None) == (again.kind.value, again.days["started_on"].day)
    assert again._size.isVisible()


def test_a_plan_that_was_kept_until_its_day_was_over_is_proposed_anew(desk, window, ada, clock):
    form = opened(PlanSession(desk, window, ada, parent=window))
    form.day.choose(today(desk) + timedelta(days=2))
    key(form, Qt.Key.Key_Escape)
    clock.advance(9 * 86400)
    again = PlanSession(desk, window, ada, parent=window)
    assert today(desk) < again.day.day


def test_a_form_left_as_it_was_keeps_and_says_nothing(desk, window, ada):
    for made in (EditClient(desk, window, ada, window), LogSession(desk, window, ada, window)):
        key(opened(made), Qt.Key.Key_Escape)
    assert "" == window.message.sentence
    assert [] == desk.read(drafts)


def test_cancel_and_storing_forget_what_was_typed_and_chosen(desk, window, ada):
    for answer in ("Cancel", "Log"):
        form = opened(LogSession(desk, window, ada, window))
        form.minutes.field.setValue(45)
        key(form, Qt.Key.Key_Escape)
        form = opened(LogSession(desk, window, ada, window))
        assert 45 == form.minutes.value
        press(form, answer)
        assert [] == desk.read(drafts)


def test_locking_keeps_a_half_filled_form_and_says_so_afterwards(qtbot, start, locked):
    program = start()
    unlock(qtbot, program)
    ada = program.desk.do(clients.add, "Ada")
    form = opened(PlanSession(program.desk, program.window, ada, parent=program.window))
    form.minutes.field.setValue(45)
    in_front(qtbot, form)
    key(form, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "unlock" == program.window.page_name
    unlock(qtbot, program)
    assert "What you typed before the records locked is kept" in program.window.message.sentence
    assert 45 == PlanSession(program.desk, program.window, ada, parent=program.window).minutes.value


@pytest.mark.parametrize("kind", ["form", "question", "search", "keys"])
def test_the_key_that_locks_works_in_front_of_the_window_too(qtbot, desk, window, kind):
    made = {
        "form": lambda: EditClient(desk, window, parent=window),
        "question": lambda: Confirm("Remove it?", parent=window.page),
        "search": lambda: SearchSheet(window),
        "keys": lambda: KeysSheet(desk.settings, ("today",), window),
    }[kind]()
    in_front(qtbot, opened(made))
    with qtbot.waitSignal(window.lock_asked):
        key(made, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_refusal_makes_room_for_itself(qtbot, desk, window):
    form = opened(EditClient(desk, window, parent=window))
    qtbot.waitExposed(form)
    before = form.height()
    press(form, "Add")
    assert form.refusal.isVisible()
    assert before < form.height()
    assert form._ground.height() <= form._scroll.viewport().height()
