"""While a screen is shared everything of ours is out of sight; the same key brings back what was there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QToolTip

from coachdesk.practice import clients, commitments, marks
from coachdesk.ui.dialogs.edit_client import EditClient
from coachdesk.ui.session_presence import SessionPresence
from coachdesk.ui.widgets import LineField
from tests.ui.hands import named, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def machine(machine):
    machine.active = "the call"
    return machine


@pytest.fixture
def beside(qapp, desk, window, machine):
    qapp.setProperty("reduce_motion", True)
    made = SessionPresence(desk, window.sitting, machine, window.bridge, window=window)
    yield made
    made.close()
    qapp.setProperty("reduce_motion", None)


@pytest.fixture
def running(qapp, desk, window, beside):
    client = desk.do(clients.add, "Alice Example", short_name="AE")
    row = window.sitting.begin(client.id, minutes=50)
    qapp.processEvents()
    return row


def seen(beside, window) -> tuple[bool, bool]:
    """Whether the bar shows more than its line, and whether the window is on screen."""
    bar = beside.bar.isVisible() and not beside.bar.face.hidden
    return bar, window.isVisible() and not window.isMinimized()


def test_the_key_puts_bar_and_window_away_and_brings_both_back(beside, running, window, machine):
    assert (True, True) == seen(beside, window)
    machine.press("sharing")
    assert (False, False) == seen(beside, window)
    assert beside.bar.isVisible()  # its line
    machine.press("sharing")
    assert (True, True) == seen(beside, window)


def test_the_call_keeps_the_keyboard_when_all_comes_back(beside, running, window, machine):
    machine.press("sharing")
    machine.press("sharing")
    assert ["the call"] == machine.activations


def test_it_is_a_button_of_the_bar_too(qtbot, beside, running, window):
    beside.press("bar")
    beside.press("more")
    qtbot.mouseClick(beside.bar.button("sharing"), Qt.MouseButton.LeftButton)
    assert (False, False) == seen(beside, window)


def test_a_window_that_was_not_shown_stays_so(beside, running, window, machine):
    window.showMinimized()
    machine.press("sharing")
    machine.press("sharing")
    assert (True, False) == seen(beside, window)


def test_a_bar_that_was_hidden_stays_so(beside, running, window, machine):
    machine.press("hide")
    machine.press("sharing")
    machine.press("sharing")
    assert (False, True) == seen(beside, window)


def test_without_a_session_the_window_alone_is_put_away(beside, window, machine):
    machine.press("sharing")
    assert (False, False) == seen(beside, window)
    machine.press("sharing")
    assert (False, True) == seen(beside, window)


def test_the_page_that_was_open_is_open_again(beside, running, window, machine):
    window.start_at("clients")
    machine.press("sharing")
    machine.press("sharing")
    assert "clients" == window.page_name


def test_a_form_goes_with_what_was_typed_and_comes_back_with_it(beside, window, machine, desk):
    form = EditClient(desk, window, parent=window)
    form.open()
    write(named(form, "Name", LineField), "Berta")
    machine.press("sharing")
    assert not form.isVisible()
    machine.press("sharing")
    assert (True, "Berta") == (form.isVisible(), named(form, "Name", LineField).text())


def test_the_field_keeps_its_draft(qtbot, beside, running, machine):
    machine.press("promise")
    qtbot.keyClicks(beside.field.line, "Send the")
    machine.press("sharing")
    assert not beside.field.isVisible()
    machine.press("sharing")
    machine.press("promise")
    assert "Send the" == beside.field.line.words


def test_menus_lists_and_tooltips_are_closed(qapp, beside, window, machine):
    menu, choice = QMenu(window), QComboBox(window)
    menu.addAction("one")
    choice.addItems(["one", "two"])
    choice.show()
    for show in (lambda: menu.popup(QPoint(0, 0)), choice.showPopup, lambda: QToolTip.showText(QPoint(), "a", window)):
        show()
        machine.press("sharing")
        assert [] == [each for each in qapp.topLevelWidgets() if each.isVisible() and each is not window]
        machine.press("sharing")
        assert [window] == [each for each in qapp.topLevelWidgets() if each.isVisible()]


def test_the_tray_says_no_time_while_it_is_on(beside, running, machine):
    assert "CoachDesk · 50 min" == beside.tray.words
    machine.press("sharing")
    assert "CoachDesk" == beside.tray.words
    machine.press("sharing")
    assert "CoachDesk · 50 min" == beside.tray.words


def test_the_tray_offers_it_and_says_when_it_is_on(beside, window):
    def entry():
        beside.tray.fill()
        return next(one for one in beside.tray.menu.actions() if one.data() == "sharing")

    assert "I am sharing my screen" == entry().text()
    entry().trigger()
    assert window.isMinimized()
    assert "I no longer share my screen" == entry().text()
    entry().trigger()
    assert not window.isMinimized()


def test_marks_and_promises_are_taken_and_a_dot_says_so(desk, beside, running, machine):
    machine.press("sharing")
    before = beside.bar.height()
    machine.press("mark")
    assert 1 == len(desk.read(marks.of_session, running.id))
    assert beside.bar.height() > before
    machine.press("promise")
    beside.field.line.insertPlainText("Send the list")
    beside.field.store()
    assert ["Send the list"] == [row.text for row in desk.read(commitments.of_session, running.id)]


def test_no_cue_comes_while_it_is_on(beside, running, machine, clock):
    machine.press("sharing")
    clock.advance(25 * 60)
    beside.look()
    assert "" == beside.bar.face.sentence


@pytest.mark.parametrize("asks", ["hide", "bar"])
def test_who_asks_for_the_bar_gets_the_bar_and_the_window_waits(beside, running, window, machine, asks):
    machine.press("sharing")
    machine.press(asks)
    assert (True, False) == seen(beside, window)
    assert not beside.sharing.on
    assert "CoachDesk · 50 min" == beside.tray.words


def test_who_opens_the_window_gets_the_window_and_the_bar_waits(qapp, beside, running, window, machine):
    machine.press("sharing")
    window.come_forward()
    qapp.processEvents()
    assert (False, True) == seen(beside, window)
    assert not beside.sharing.on


def test_a_form_comes_when_the_window_is_opened(beside, window, machine, desk):
    form = EditClient(desk, window, parent=window)
    form.open()
    machine.press("sharing")
    window.come_forward()
    assert form.isVisible()


def test_it_ends_with_the_session_and_the_window_waits_to_be_opened(beside, running, window, machine, clock):
    machine.press("sharing")
    machine.press("end")
    assert (True, False) == seen(beside, window)
    assert ("ended", False) == (beside.bar.face.time, beside.sharing.on)


def test_a_session_that_begins_meanwhile_begins_hidden(qapp, beside, window, machine, desk):
    machine.press("sharing")
    client = desk.do(clients.add, "Alice Example", short_name="AE")
    window.sitting.begin(client.id, minutes=50)
    qapp.processEvents()
    assert (False, False) == seen(beside, window)
    machine.press("sharing")
    assert (True, True) == seen(beside, window)


def test_a_question_that_waited_is_answered_with_no(qtbot, beside, window, machine):
    answers = []

    def ask():
        answers.append(window.ask("Remove this client?", (), "Remove"))

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, window, lambda: machine.press("sharing"))
    ask()
    machine.press("sharing")
    assert [False] == answers
    assert QApplication.activeModalWidget() is None
