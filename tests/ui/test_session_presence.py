"""Beside the call: what the sitting says is shown, what the coach asks is done, by button and by key."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from coachdesk.machine.here import Ability, FakeMachine
from coachdesk.practice import clients, commitments, marks, notes, sessions
from coachdesk.settings import load
from coachdesk.sitting import Sitting
from coachdesk.ui.bar_places import Place, Spot
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.pages.settings import SettingsPage
from coachdesk.ui.presence_bar import name_of
from coachdesk.ui.session_presence import SessionPresence
from coachdesk.ui.widgets import FakeShell
from coachdesk.ui.widgets.forms import SettingForm

pytestmark = pytest.mark.qt_log_ignore("does not support raise")  # Qt's offscreen screen has no stacking


@pytest.fixture
def machine(clock):
    return FakeMachine(clock=clock, active="the call")


@pytest.fixture
def client(desk):
    return desk.do(clients.add, "Alice Example", short_name="AE")


@pytest.fixture
def sitting(desk, machine):
    return Sitting(desk, machine)


@pytest.fixture
def beside(qtbot, qapp, desk, sitting, machine):
    qapp.setProperty("reduce_motion", True)
    bridge = Bridge()
    desk.listeners.append(bridge.announce)
    made = SessionPresence(desk, sitting, machine, bridge)
    yield made
    made.close()
    qapp.setProperty("reduce_motion", None)


@pytest.fixture
def running(qapp, sitting, beside, client):
    """A session of 50 minutes, begun as a page begins it."""
    row = sitting.begin(client.id, minutes=50)
    qapp.processEvents()
    return row


def later(beside, clock, minutes: float) -> None:
    """Let time pass and the timer fire."""
    clock.advance(minutes * 60)
    beside.look()


def shown(beside) -> str:
    return beside.bar.face.time


def click(qtbot, beside, name: str) -> None:
    """Press a button of the bar."""
    qtbot.mouseClick(beside.bar.button(name), Qt.MouseButton.LeftButton)


def entry(beside, name: str):
    """An entry of the tray's menu, which is open."""
    return next(one for one in beside.tray.menu.actions() if one.data() == name)


def test_without_a_session_there_is_no_bar_and_no_timer(beside):
    assert (False, False) == (beside.bar.isVisible(), beside._timer.isActive())


def test_a_session_begun_anywhere_brings_the_bar(beside, running):
    assert (True, "50 min") == (beside.bar.isVisible(), shown(beside))


def test_time_is_asked_again_within_five_seconds(beside, running):
    assert 0 < beside._timer.interval() <= 5000


def test_the_minutes_go_down(beside, running, clock):
    later(beside, clock, 18.5)
    assert "32 min" == shown(beside)


def test_the_timer_asks_by_itself(qtbot, beside, running, clock):
    clock.advance(60)
    beside._timer.start(0)
    qtbot.waitUntil(lambda: "49 min" == shown(beside))


def test_no_name_is_ever_on_the_bar(beside, running):
    beside.press("bar")
    words = [beside.bar.windowTitle(), beside.field.windowTitle(), beside.tray.words, shown(beside)]
    words += [button.words for button in beside.bar.face.buttons]
    assert [] == [text for text in words if "Alice" in text or "AE" in text]


def test_every_global_key_is_held_in_a_session_and_only_those_of_our_windows_after_it(
    beside, running, machine, sitting, clock
):
    assert {"mark", "promise", "jot", "asked", "bar", "extend10"} <= machine.bound.keys()
    beside.press("end")
    later(beside, clock, 2)
    assert {"bar", "sharing"} == machine.bound.keys()


def test_a_refused_key_is_told_in_words(qapp, beside, machine, sitting, client):
    machine.taken.add("Ctrl+Alt+Shift+M")
    sitting.begin(client.id)
    qapp.processEvents()
    assert ["mark"] == list(beside.refused_keys)
    assert "Ctrl+Alt+Shift+M" in beside.refused_keys["mark"]


def test_a_changed_key_is_held_at_once(qapp, desk, beside, running, machine):
    desk.change_setting("shortcuts.mark", "Ctrl+Alt+Shift+F9")
    qapp.processEvents()
    assert "Ctrl+Alt+Shift+F9" == machine.bound["mark"]


def test_a_key_in_use_can_be_pressed_for_a_field_without_its_doing_anything(qtbot, desk, beside, running, machine):
    shell = FakeShell()
    shell.presence = beside
    page = SettingsPage(desk, shell)
    qtbot.addWidget(page)
    page.arrive(section="keys")
    page.show()
    face = page.part(SettingForm, "shortcuts").control("mark").face
    before = dict(machine.bound)
    face.click()
    assert {} == machine.bound
    beside.look()
    assert {} == machine.bound
    qtbot.keyClick(face, Qt.Key.Key_Escape)
    assert before == machine.bound


def test_keys_that_stay_the_same_are_not_asked_for_again(beside, running, machine):
    before = machine.bound
    beside.look()
    assert before is machine.bound


def test_a_mark_by_key_is_kept(desk, beside, running, machine, clock):
    clock.advance(65)
    machine.press("mark")
    assert [65] == [mark.at_seconds for mark in desk.read(marks.of_session, running.id)]


def test_the_bar_key_opens_and_rests(beside, running, machine):
    machine.press("bar")
    assert beside.bar.button("mark") is not None
    machine.press("bar")
    assert beside.bar.button("mark") is None


def test_the_bar_key_without_a_session_asks_for_the_window(qtbot, beside, machine):
    with qtbot.waitSignal(beside.tray.window_asked):
        machine.press("bar")


def test_the_pointer_opens_it(beside, running):
    beside.bar.hovered.emit(True)
    assert beside.bar.button("mark") is not None
    beside.bar.hovered.emit(False)
    assert beside.bar.button("mark") is None


def test_a_setting_keeps_the_buttons_shown(qapp, desk, beside, running):
    desk.change_setting("bar.keep_open", True)
    qapp.processEvents()
    assert beside.bar.button("mark") is not None


def test_more_and_back(qtbot, beside, running):
    beside.press("bar")
    click(qtbot, beside, "more")
    assert beside.bar.button("pause") is not None
    click(qtbot, beside, "less")
    assert beside.bar.button("mark") is not None


def test_pause_by_button(qtbot, beside, running):
    beside.press("bar")
    click(qtbot, beside, "more")
    click(qtbot, beside, "pause")
    assert "paused · 50 min" == shown(beside)


def test_a_cue_comes_is_answered_and_goes(qtbot, beside, running, clock):
    later(beside, clock, 25)
    assert beside.bar.face.sentence
    click(qtbot, beside, "asked")
    assert ("", False) == (beside.bar.face.sentence, beside.bar.face.tinted)


def test_a_cue_not_answered_goes_by_itself(beside, running, clock):
    later(beside, clock, 25)
    later(beside, clock, 0.4)
    assert "" == beside.bar.face.sentence


def test_a_cue_is_answered_by_key(beside, running, machine, clock):
    later(beside, clock, 25)
    machine.press("not_today")
    assert "" == beside.bar.face.sentence


def test_tint_only_shows_the_line_when_asked(qapp, desk, beside, running, machine, clock):
    desk.change_setting("cues.tint_only", True)
    qapp.processEvents()
    later(beside, clock, 25)
    assert (True, "") == (beside.bar.face.tinted, beside.bar.face.sentence)
    machine.press("bar")
    assert beside.bar.face.sentence


def test_hide_leaves_a_line_and_the_keys_go_on(desk, beside, running, machine):
    machine.press("hide")
    machine.press("mark")
    assert (True, 1) == (beside.bar.face.hidden, len(desk.read(marks.of_session, running.id)))
    machine.press("bar")
    assert not beside.bar.face.hidden


def test_hidden_by_its_button_it_stays_hidden(qtbot, beside, running):
    beside.press("bar")
    click(qtbot, beside, "hide")
    assert beside.bar.face.hidden


def test_pressed_again_at_the_same_place_hold_lets_cues_come(qtbot, beside, running, sitting):
    beside.press("bar")
    hold = beside.bar.button("hold")
    place = hold.mapToGlobal(hold.rect().center())
    click(qtbot, beside, "hold")
    assert 10 == sitting.moment().hold_left
    hold = beside.bar.button("hold")
    assert hold.rect().contains(hold.mapFromGlobal(place))


def test_at_the_end_it_offers_more_time(qtbot, beside, running, clock):
    later(beside, clock, 50)
    assert "time" == shown(beside)
    click(qtbot, beside, "extend5")
    assert "5 min" == shown(beside)


def test_the_end_can_be_taken_back_for_a_minute(qtbot, beside, running, clock):
    beside.press("end")
    assert "ended" == shown(beside)
    click(qtbot, beside, "end")
    assert "50 min" == shown(beside)


def test_once_ended_the_window_is_one_press_away_for_closing_it(qtbot, beside, running):
    beside.press("end")
    with qtbot.waitSignal(beside.close_asked) as asked:
        click(qtbot, beside, "close")
    assert [running.id] == asked.args


def test_once_closed_the_bar_goes_at_once(qapp, desk, beside, running):
    beside.press("end")
    desk.do(sessions.close, running.id)
    qapp.processEvents()
    assert not beside.bar.isVisible()


def test_after_that_minute_the_bar_goes(beside, running, clock):
    beside.press("end")
    later(beside, clock, 1.1)
    assert (False, False) == (beside.bar.isVisible(), beside._timer.isActive())


def test_a_sleep_is_told_and_left_out_on_request(qtbot, beside, running, clock):
    later(beside, clock, 10)
    clock.sleep(600)
    beside.look()
    assert beside.bar.face.sentence
    choice = next(button.id for button in beside.bar.face.buttons if button.id.endswith("leave_out"))
    click(qtbot, beside, choice)
    assert "" == beside.bar.face.sentence


def test_a_notice_is_answered_by_the_keys_of_the_answers_too(beside, running, machine, clock):
    clock.sleep(600)
    beside.look()
    machine.press("asked")
    assert "" == beside.bar.face.sentence


def test_a_refusal_is_said_on_the_bar_and_put_away(qtbot, beside, running, machine):
    beside.sitting.end()
    beside.press("mark")
    assert beside.bar.face.sentence
    click(qtbot, beside, "said")
    assert "" == beside.bar.face.sentence


def test_the_field_opens_for_the_running_session_and_the_call_gets_the_keyboard_back(
    qtbot, desk, beside, running, machine
):
    machine.press("promise")
    qtbot.keyClicks(beside.field.line, "Send the list")
    qtbot.keyClick(beside.field.line, Qt.Key.Key_Return)
    assert ["Send the list"] == [row.text for row in desk.read(commitments.of_session, running.id)]
    assert ["the call"] == machine.activations


def test_esc_gives_the_keyboard_back_too_and_the_key_brings_the_draft(qtbot, desk, beside, running, machine):
    machine.press("jot")
    qtbot.keyClicks(beside.field.line, "half")
    qtbot.keyClick(beside.field.line, Qt.Key.Key_Escape)
    assert ["the call"] == machine.activations
    machine.press("jot")
    qtbot.keyClicks(beside.field.line, " a line")
    qtbot.keyClick(beside.field.line, Qt.Key.Key_Return)
    assert ["half a line"] == [note.body for note in desk.read(notes.of_session, running.id)]


def test_no_field_without_a_session(beside):
    beside.press("promise")
    assert not beside.field.isVisible()


def test_the_move_key_goes_round_and_is_remembered(desk, home, beside, running, machine):
    name = name_of(QGuiApplication.primaryScreen())
    machine.press("move")
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.right() == beside.bar.geometry().right()
    assert ["right", 0.5] == list(load(home.settings).bar.places[name])


def test_where_it_was_dragged_is_remembered_and_stood_at(home, beside, running):
    name = name_of(QGuiApplication.primaryScreen())
    beside.bar.moved.emit(Spot(name, Place("bottom", 0.25)))
    area, bar = QGuiApplication.primaryScreen().availableGeometry(), beside.bar.geometry()
    assert (area.bottom(), area.width() // 4) == (bar.bottom(), bar.x() + bar.width() // 2)
    assert ["bottom", 0.25] == list(load(home.settings).bar.places[name])


def test_of_two_screens_the_one_moved_to_last_is_remembered_last(desk, home, beside, running):
    for name in ("A", "B", "A"):
        beside.bar.moved.emit(Spot(name, Place("bottom", 0.25)))
    assert ["B", "A"] == list(load(home.settings).bar.places)


def test_it_is_put_on_top_when_shown_and_then_seldom(beside, running, machine):
    before = len(machine.kept_on_top)
    for _look in range(5):
        beside.look()
    assert (1, before) == (before, len(machine.kept_on_top))


def test_when_the_screens_change_it_is_put_in_place_and_on_top_again(beside, running, machine):
    before = len(machine.kept_on_top)
    beside.bar.move(-500, -500)
    QGuiApplication.primaryScreen().availableGeometryChanged.emit(QGuiApplication.primaryScreen().availableGeometry())
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert (True, before + 1) == (area.contains(beside.bar.geometry()), len(machine.kept_on_top))


def test_it_is_gone_from_a_locked_screen_and_back_after(beside, running):
    beside._bridge.notice("locked")
    assert not beside.bar.isVisible()
    beside._bridge.notice("unlocked")
    assert beside.bar.isVisible()


def test_waking_asks_at_once(beside, running, clock):
    clock.advance(60)
    beside._bridge.notice("woke")
    assert "49 min" == shown(beside)


def test_where_a_bar_can_be_covered_it_says_so_when_open(beside, running, machine):
    machine.can = {"bar_on_top": Ability(False, "Other windows can cover this bar here.")}
    beside.press("bar")
    assert "Other windows can cover this bar here." == beside.bar.face.detail


def test_a_session_found_running_waits_for_the_coachs_word(qtbot, qapp, desk, machine, clock, client):
    Sitting(desk, machine).begin(client.id, minutes=50)
    clock.advance(600)
    bridge = Bridge()
    desk.listeners.append(bridge.announce)
    made = SessionPresence(desk, Sitting(desk, machine), machine, bridge)
    desk.do(clients.add, "Bert")
    qapp.processEvents()
    seen = desk.read(sessions.running).last_seen_at
    assert (False, clock.now().at - timedelta(seconds=600)) == (made.bar.isVisible(), seen)
    bridge.sitting_changed.emit()
    assert made.bar.isVisible()
    made.close()


def test_what_is_found_after_locked_records_waits_too(qapp, desk, beside, client, machine, clock):
    beside._bridge.locked.emit()
    Sitting(desk, machine).begin(client.id)
    qapp.processEvents()
    assert not beside.bar.isVisible()
    beside._bridge.sitting_changed.emit()
    assert beside.bar.isVisible()


def test_the_tray_offers_what_the_bar_offers(beside, running):
    beside.tray.fill()
    entries = [entry.data() for entry in beside.tray.menu.actions() if entry.data()]
    assert ["mark", "promise", "jot", "hold", "hide", "end", "pause", "extend5", "extend10", "move"] == entries[:-3]
    assert ["sharing", "window", "quit"] == entries[-3:]


def test_an_entry_of_the_tray_does_what_the_button_does(desk, beside, running):
    beside.tray.fill()
    entry(beside, "mark").trigger()
    assert 1 == len(desk.read(marks.of_session, running.id))


def test_the_tray_says_the_minutes(beside, running):
    assert "CoachDesk · 50 min" == beside.tray.words


def test_without_a_session_the_tray_still_opens_and_quits(qtbot, beside):
    beside.tray.fill()
    with qtbot.waitSignal(beside.tray.window_asked):
        entry(beside, "window").trigger()
    with qtbot.waitSignal(beside.tray.quit_asked):
        entry(beside, "quit").trigger()
