"""The program as a whole: it starts, answers other starts, remembers, and ends without leaving anything behind."""

import builtins
import gc
import threading
import weakref

from PySide6.QtCore import QEvent, QObject, QPoint, QRect

from coachdesk.desk import Desk
from coachdesk.focus.blockers import FakeSystem
from coachdesk.focus.plan import Outcome
from coachdesk.practice import clients, sessions
from coachdesk.settings import load
from coachdesk.storage import store
from coachdesk.ui.program import Program
from coachdesk.ui.theme import DARK
from coachdesk.ui.widgets.focus_settings import FocusSettings
from tests.ui.hands import press, unlock


def test_importing_asks_only_what_loads_the_classes_of_pyside_not_what_reads_each_source():
    assert "__lazy_import__" == builtins.__import__.__name__


def test_another_start_brings_the_window_forward(qtbot, start):
    program = start()
    program.window.step_aside()
    assert {"ok": None} == program.answer({"verb": "raise"})
    assert not program.window.isMinimized()


def test_another_start_asks_from_its_own_thread(qtbot, start):
    program = start()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(program.bridge.handle({"verb": "raise"})), daemon=True)
    thread.start()
    qtbot.waitUntil(lambda: answers == [{"ok": None}])


def test_a_verb_handed_over_by_the_command_line_is_answered(start):
    answer = start().answer({"verb": "make.coffee"})
    assert "ok" not in answer


def test_what_takes_long_is_left_to_the_thread_that_asks(start):
    answer = start().answer({"verb": "doctor"})
    assert callable(answer)
    assert ["ok"] == list(answer())


def test_focus_mode_handed_over_by_the_command_line_is_held_while_the_records_are_locked(start, focus, locked):
    program = start(focus)
    answer = program.answer({"verb": "focus.on", "arguments": {"minutes": 20}})
    assert "unlock" == program.window.page_name
    assert "on" == answer["ok"]["phase"]
    assert 1200 == focus.plan.lasts


def test_what_could_not_be_used_in_the_settings_is_said(home, start):
    home.settings.write_text("[session]\nminutes = 'soon'\n")
    program = start()
    assert program.desk.settings.problems
    assert program.window.message.sentence in program.desk.settings.problems


def test_pages_of_locked_records_leave_nothing_in_memory(qtbot, unlocked):
    page = weakref.ref(unlocked.window.page)
    gc.collect()  # it has grown old, so that it is looked at seldom
    unlocked.window.lock()
    qtbot.waitUntil(lambda: page() is None)


def test_the_first_page_of_open_records_is_painted_before_what_stands_beside_a_session_is_made(qtbot, start, locked):
    program = start()
    painting = Painting(program)
    program.window._stack.installEventFilter(painting)
    unlock(qtbot, program)
    assert program.presence is not None
    assert [("today", None)] == painting.seen[:1]


class Painting(QObject):
    """Notes of each picture of open records which page it shows, and what stands beside a session by then."""

    def __init__(self, program):
        super().__init__(program)
        self.program, self.seen = program, []

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint and self.program.desk.is_open:
            self.seen.append((self.program.window.page_name, self.program.presence))
        return False


def test_the_appearance_changes_at_once(start):
    program = start()
    program.desk.change_setting("appearance.look", "dark")
    assert DARK == program.theme.colours


def test_the_place_of_the_window_is_on_disk_after_quitting(home, start):
    program = start()
    program.window.setGeometry(10, 20, 800, 600)
    program.window.close()
    assert (10, 20, 800, 600, False) == load(home.settings).window.geometry


def with_session(home, key, clock) -> None:
    """Records in which a session runs, left by a program that was killed."""
    desk = Desk(clock, home)
    desk.adopt(store.open(home.records, key))
    desk.do(sessions.start, desk.do(clients.add, "Alice Example").id, minutes=50)
    desk.close()


def in_sight(widget, viewport) -> bool:
    """Whether all of it is in what the page shows."""
    return viewport.rect().contains(QRect(widget.mapTo(viewport, QPoint()), widget.size()))


STOPPED = "CoachDesk stopped unexpectedly; notifications are as they were before."


def test_what_was_put_back_after_the_last_time_is_said_on_the_first_screen(start):
    program = start(recovered=Outcome(("notifications", "awake")))
    assert "first_run" == program.window.page_name
    assert STOPPED == program.window.message.sentence


def test_it_is_said_again_once_the_records_are_open(start, locked, home):
    program = start(recovered=Outcome(("notifications",)))
    assert ("unlock", STOPPED) == (program.window.page_name, program.window.message.sentence)
    program.opening.adopt(store.open(home.records, locked[0]))
    assert ("today", STOPPED) == (program.window.page_name, program.window.message.sentence)


def test_where_a_session_still_runs_it_is_not_said_again(start, locked, home, clock):
    with_session(home, locked[0], clock)
    program = start(recovered=Outcome(("notifications",)))
    assert ("unlock", STOPPED) == (program.window.page_name, program.window.message.sentence)
    program.opening.adopt(store.open(home.records, locked[0]))
    assert ("session", "") == (program.window.page_name, program.window.message.sentence)


def test_it_goes_as_soon_as_something_is_quiet_again(qtbot, start, focus, locked, home):
    program = start(focus, recovered=Outcome(("notifications",)))
    program.opening.adopt(store.open(home.records, locked[0]))
    assert STOPPED == program.window.message.sentence
    program.answer({"verb": "focus.on", "arguments": {"minutes": 20}})
    qtbot.waitUntil(lambda: "" == program.window.message.sentence)


def test_another_sentence_stays_when_something_becomes_quiet(qapp, start, focus):
    program = start(focus, recovered=Outcome(("notifications",)))
    program.window.say("Noted.")
    program.answer({"verb": "focus.on", "arguments": {"minutes": 20}})
    qapp.processEvents()
    assert "Noted." == program.window.message.sentence


def test_without_anything_left_there_is_nothing_to_say(start):
    assert "" == start(recovered=Outcome()).window.message.sentence


def test_what_is_left_for_the_coachs_hands_stands_on_today_until_it_is_done(start, locked, home, focus):
    focus.outcome = Outcome(by_hand=("Switch the proxy off in Settings.",))
    program = start(focus, recovered=focus.outcome)
    program.opening.adopt(store.open(home.records, locked[0]))
    assert program.window.page.left.isVisible()
    focus.acknowledge()
    program.window.start_at("clients")
    program.window.start_at("today")
    assert not program.window.page.left.isVisible()


def test_the_offer_to_check_leads_to_the_check_which_has_begun(qapp, qtbot, start, locked, home, focus):
    program = start(focus)
    program.window.system = FakeSystem()
    program.opening.adopt(store.open(home.records, locked[0]), first=True)
    qapp.processEvents()
    press(program.window.page, "Check this computer")
    page = program.window.page
    check = page.part(FocusSettings).check
    qtbot.waitUntil(lambda: "Check again" == check.look.text())
    qtbot.waitUntil(lambda: in_sight(check.look, page.scroll.viewport()))
    assert check.look is program.window.focusWidget()


def test_focus_mode_is_asked_for_only_when_the_first_window_is_painted(qtbot, home, machine, focus):
    asked = []

    def here():
        asked.append(program.window.windowHandle().isExposed())
        return focus

    program = Program(["coachdesk"], home, machine, machine, None, here)
    assert [] == asked
    program.show()
    qtbot.waitUntil(lambda: program.begun)
    assert [True] == asked
    program.put_away()
    program.window.deleteLater()


def test_its_windows_are_kept_out_of_screen_sharing_from_the_first_on(start, machine):
    program = start()
    assert int(program.window.winId()) in machine.excluded


def test_at_login_the_window_waits_in_the_taskbar_until_it_is_asked_for(qtbot, home, machine, locked):
    program = Program(["coachdesk"], home, machine, machine)
    program.minimised = True
    program.show()
    assert program.window.isMinimized()
    qtbot.waitUntil(lambda: program.begun, timeout=10_000)
    assert ("unlock", True) == (program.window.page_name, program.window.isMinimized())
    program.answer({"verb": "raise"})
    assert not program.window.isMinimized()
    program.put_away()
    program.window.deleteLater()


def test_a_first_start_is_never_minimised(qtbot, home, machine):
    program = Program(["coachdesk"], home, machine, machine)
    program.minimised = True
    program.show()
    assert not program.window.isMinimized()
    qtbot.waitUntil(lambda: program.begun)
    program.put_away()
    program.window.deleteLater()
