"""What is due is looked at whenever it may have changed, held back in a session, and told once without a name."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.machine.here import Ability, FakeMachine
from coachdesk.practice import clients, commitments, duties_told, sessions
from coachdesk.reminders.schedule import FakeAlarm
from coachdesk.storage import backup
from coachdesk.ui.due import Duties
from coachdesk.ui.pages.today import TodayPage
from tests.ui.hands import press, words_on

MONDAY = date(2026, 3, 2)  # noon UTC, 13:00 in Vienna
ONE = ("CoachDesk", "A promise of yours is due.")


@pytest.fixture
def alarms() -> list[FakeAlarm]:
    return []


@pytest.fixture
def due(desk, machine, window, alarms) -> Iterator[Duties]:
    """The duties of the window, with an alarm rung by hand."""

    def alarm(ring):
        alarms.append(FakeAlarm(ring))
        return alarms[-1]

    made = window.duties = Duties(desk, machine, window, alarm)
    desk.change_setting("reminders.notify", True)
    yield made
    made.close()


@pytest.fixture
def ana(desk):
    return desk.do(clients.add, "Ana Lindqvist", short_name="Ana")


def promise(desk, client, day: date = MONDAY):
    return desk.do(commitments.add, client.id, "Send the article", due_on=day)


def settle(qtbot, due: Duties) -> None:
    """Let what was to be looked at soon be looked at."""
    qtbot.waitUntil(lambda: not due._soon.isActive())


def test_what_is_due_is_told_once_and_without_a_name(desk, machine, due, ana):
    promise(desk, ana)
    due.look()
    due.look()
    assert [ONE] == machine.notices


def test_several_at_once_are_one_notification(desk, machine, due, ana, clock):
    promise(desk, ana)
    promise(desk, ana)
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 2, 12, 8, tzinfo=UTC))
    due.look()
    body = "A session begins in 8 minutes.\n2 promises of yours are due."
    assert [("3 things for today", body)] == machine.notices


def test_nobody_is_told_who_does_not_want_it_and_it_is_not_counted_as_told(desk, machine, due, ana):
    desk.change_setting("reminders.notify", False)
    promise(desk, ana)
    due.look()
    assert ([], 1) == (machine.notices, len(desk.read(duties_told.untold, [duty.key for duty in due.now_due()])))


def test_the_alarm_waits_for_the_next_change_and_its_ring_is_heard(qtbot, desk, machine, due, ana, clock, alarms):
    promise(desk, ana, MONDAY + timedelta(days=1))
    due.look()
    (alarm,) = alarms
    assert datetime(2026, 3, 3, 7, tzinfo=UTC) == alarm.at
    clock.advance(19 * 3600)
    alarm.ring()
    qtbot.waitUntil(lambda: [ONE] == machine.notices)


def test_an_alarm_that_goes_by_another_clock_is_not_believed(qapp, desk, machine, due, ana, clock, alarms):
    promise(desk, ana, MONDAY + timedelta(days=1))
    due.look()
    alarms[0].at = None
    alarms[0].ring()
    QApplication.processEvents()
    assert (None, []) == (alarms[0].at, machine.notices)


def test_nothing_is_told_in_a_session_nor_in_its_pause_but_all_of_it_after(qtbot, desk, machine, window, due, ana):
    window.sitting.begin(ana.id, minutes=50)
    promise(desk, ana)
    due.look()
    desk.do(sessions.pause)
    due.look()
    assert [] == machine.notices
    window.sitting.end()
    qtbot.waitUntil(lambda: [ONE] == machine.notices)


def test_what_was_done_in_the_meantime_is_not_told(qtbot, desk, machine, window, due, ana):
    window.sitting.begin(ana.id, minutes=50)
    row = promise(desk, ana)
    due.look()
    desk.do(commitments.review, row.id, "kept")
    window.sitting.end()
    settle(qtbot, due)
    assert [] == machine.notices


def test_while_it_is_quiet_nothing_is_told(qtbot, desk, machine, window, due, ana, focus):
    from coachdesk.ui import quieting

    window.focus = focus
    focus.listeners.append(window.bridge.focus)
    quieting.begin(window, desk)
    assert focus.state.is_on
    promise(desk, ana)
    due.look()
    assert [] == machine.notices
    focus.leave()
    qtbot.waitUntil(lambda: [ONE] == machine.notices)


def test_a_change_of_the_records_is_looked_at(qtbot, desk, machine, due, ana):
    promise(desk, ana)
    qtbot.waitUntil(lambda: [ONE] == machine.notices)


def test_waking_is_looked_at(qtbot, desk, machine, window, due, ana, clock):
    promise(desk, ana, MONDAY + timedelta(days=1))
    due.look()
    clock.sleep(24 * 3600)
    window.bridge.notice("sleeping")
    assert not due._soon.isActive()
    window.bridge.notice("woke")
    qtbot.waitUntil(lambda: [ONE] == machine.notices)


@pytest.mark.parametrize("what", ["set", "slept", "moved", "restarted", "nothing"])
def test_a_round_notices_what_no_signal_told(desk, machine, due, ana, clock, what):
    desk.change_setting("reminders.morning", 14)  # an hour ahead
    promise(desk, ana)
    due.look()
    {
        "set": lambda: clock.step(3600),
        "slept": lambda: clock.sleep(3600),
        "moved": lambda: setattr(machine, "zone", "Asia/Tokyo"),
        "restarted": lambda: clock.reboot(3600, "boot-2"),
        "nothing": lambda: clock.advance(60),
    }[what]()
    due.go_round()
    assert ([] if what == "nothing" else [ONE]) == machine.notices


def test_a_clock_set_back_tells_nothing_twice(desk, machine, due, ana, clock):
    promise(desk, ana)
    due.look()
    clock.step(-12 * 3600)
    due.go_round()
    assert () == due.now_due()
    clock.step(12 * 3600)
    due.go_round()
    assert (1, [ONE]) == (len(due.now_due()), machine.notices)


def test_a_notification_that_nobody_took_is_tried_again(desk, machine, due, ana):
    machine.can = {"notifications": Ability(False)}
    promise(desk, ana)
    due.look()
    assert ("This computer shows no notifications.", []) == (due.refused, machine.notices)
    machine.can = {"notifications": Ability(True)}
    due.go_round()
    assert ("", [ONE]) == (due.refused, machine.notices)


def test_what_is_told_was_noted_before(desk, machine, due, ana):
    row = promise(desk, ana)
    left = []

    class Heard(list):
        def append(self, notice: object) -> None:
            left.append(desk.read(duties_told.untold, [("my_promise", row.id, MONDAY.isoformat())]))
            super().append(notice)

    machine.notices = Heard()
    due.look()
    assert ([()], [ONE]) == (left, machine.notices)


def test_old_notes_that_cannot_be_removed_keep_nothing_from_being_told(desk, machine, due, ana, clock):
    desk.do(duties_told.note, [("backup", "", "long ago")])
    clock.advance(timedelta(days=401).total_seconds())
    refusal = "BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END"
    desk.do_quietly(
        lambda db: db.connection().exec_driver_sql(f"CREATE TRIGGER r BEFORE DELETE ON duty_told {refusal}")
    )
    promise(desk, ana)
    due.look()
    assert 1 == len(machine.notices)


def test_while_the_records_are_locked_nothing_is_known_and_no_alarm_is_set(desk, machine, window, due, ana, alarms):
    promise(desk, ana, MONDAY + timedelta(days=1))
    due.look()
    window.forget_pages()
    desk.close()
    window.bridge.locked.emit()
    due.look()
    due.look_soon()
    due.go_round()
    assert ((), None, []) == (due.now_due(), alarms[0].at, machine.notices)
    desk.change_setting("appearance.look", "dark")
    assert not due._soon.isActive()


def test_the_first_look_comes_after_other_work_and_forgets_what_was_told_long_ago(qtbot, desk, window, due, ana, clock):
    desk.do(duties_told.note, [("backup", "", "long ago")])
    clock.advance(timedelta(days=401).total_seconds())
    window.bridge.opened.emit()
    qtbot.waitUntil(lambda: due._alarm is not None, timeout=5000)
    assert 1 == len(desk.read(duties_told.untold, [("backup", "", "long ago")]))


@pytest.mark.parametrize("future", ["records-2027-05-03T12-00-00Z.db", "records-2026-03-12T13-00-00Z.db"])
def test_a_backup_of_a_wrong_clock_does_not_keep_one_from_being_due(desk, due, ana, clock, future):
    desk.home.backups.mkdir(exist_ok=True)
    (desk.home.backups / future).touch()
    clock.advance(timedelta(days=9).total_seconds())
    assert "backup" in [duty.kind for duty in due.now_due()]


def test_a_backup_that_is_being_taken_is_waited_for(qtbot, desk, machine, window, due, ana, clock):
    import threading

    clock.advance(timedelta(days=8).total_seconds())
    taken = threading.Event()

    def back_up():
        taken.wait(10)
        return backup.daily(desk.store, desk.home.backups, desk.now())

    window.tasks.run(back_up)
    window.bridge.opened.emit()
    qtbot.waitUntil(lambda: due._patience < 20, timeout=5000)
    taken.set()
    qtbot.waitUntil(lambda: due._alarm is not None, timeout=8000)
    assert [] == machine.notices


def test_closing_it_ends_the_alarm(desk, due, ana, alarms):
    due.look()
    due.close()
    due.close()
    assert alarms[0].closed


# On Today


def test_what_has_no_list_of_its_own_stands_on_today_with_its_one_action(qapp, desk, window, due, ana, clock):
    desk.do(sessions.log, ana.id, datetime(2026, 3, 1, 9, tzinfo=UTC), 50)
    clock.advance(4 * 86400)
    due.look()
    window.start_at("today")
    QApplication.processEvents()
    card = window.page.due
    assert "The week's reflection, A few questions, for you alone, Reflect" in words_on(card)
    assert "Ana" in words_on(window.page.dateless)
    assert "Ana" not in words_on(card)


def test_in_a_session_the_card_waits(qapp, desk, window, due, ana, clock):
    desk.do(sessions.log, ana.id, datetime(2026, 3, 1, 9, tzinfo=UTC), 50)
    clock.advance(4 * 86400)
    window.sitting.begin(ana.id, minutes=50)
    window.start_at("today")
    assert not window.page.due.isVisible()
    window.sitting.end()
    clock.advance(90)
    window.bridge.sitting_changed.emit()
    QApplication.processEvents()
    assert window.page.due.isVisible()


def test_a_session_that_is_soon_offers_its_brief_where_it_stands(desk, window, due, ana, clock):
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 2, 12, 30, tzinfo=UTC))
    window.start_at("today")
    assert "Soon" not in words_on(window.page.coming)
    clock.advance(21 * 60)
    due.look()
    QApplication.processEvents()
    assert "13:30, Ana, Soon: look at the brief" in words_on(window.page.coming)
    assert 9 * 60_000 == pytest.approx(window.page.coming.turn.remainingTime(), abs=30_000)
    clock.advance(9 * 60)
    window.page.coming.turn.timeout.emit()
    QApplication.processEvents()
    assert "13:30, Ana, planned for 13:30" in words_on(window.page.coming)
    press(window.page.coming, "13:30, Ana")
    assert "brief" == window.page_name


def test_without_duties_as_in_a_rehearsal_the_card_is_not_there(window, desk, ana):
    window.start_at("clients")
    window.start_at("today")
    assert isinstance(window.page, TodayPage)
    assert not window.page.due.isVisible()


def test_the_whole_program_looks_by_itself_and_ends_its_thread(qtbot, start, locked, home, machine: FakeMachine):
    from coachdesk.storage import store

    program = start()
    program.opening.adopt(store.open(home.records, locked[0]))
    program.desk.change_setting("reminders.notify", True)
    promise(program.desk, program.desk.do(clients.add, "Ana"))
    qtbot.waitUntil(lambda: [ONE] == machine.notices, timeout=8000)
