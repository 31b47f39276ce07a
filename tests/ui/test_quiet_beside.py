"""Focus mode beside the call: the dot, the way back, the tray, and a sentence when it ends by itself."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale, Qt

from coachdesk.focus.mode import State
from coachdesk.focus.plan import Outcome
from coachdesk.machine.here import Ability
from coachdesk.practice import clients
from coachdesk.sitting import Sitting
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.private_windows import PrivateWindows
from coachdesk.ui.session_presence import SessionPresence
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.widgets import FakeShell

pytestmark = pytest.mark.qt_log_ignore("does not support raise")  # Qt's offscreen screen has no stacking


class Window(FakeShell):
    """The window as what stands beside the call sees it."""

    def installEventFilter(self, _watcher) -> None:
        """It is never minimised here."""

    def isVisible(self) -> bool:
        return False


@pytest.fixture
def shell(qtbot, desk, machine, focus):
    bridge = Bridge()
    desk.listeners.append(bridge.announce)
    focus.listeners.append(bridge.focus)
    made = Window(bridge, Tasks(), Sitting(desk, machine, focus))
    made.focus = focus
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield made
    QLocale.setDefault(before)
    made.tasks.close()


@pytest.fixture
def private(qapp, machine):
    made = PrivateWindows(machine, qapp)
    made.begin()
    yield made
    made.close()


@pytest.fixture
def beside(qapp, desk, shell, machine, private):
    qapp.setProperty("reduce_motion", True)
    made = SessionPresence(desk, shell.sitting, machine, shell.bridge, window=shell, private=private)
    yield made
    made.close()
    qapp.setProperty("reduce_motion", None)


@pytest.fixture
def running(qapp, desk, shell, beside):
    client = desk.do(clients.add, "Alice Example", short_name="AE")
    row = shell.sitting.begin(client.id, minutes=50)
    qapp.processEvents()
    return row


def entries(beside) -> dict[str, str]:
    """What the tray offers, by id; what only tells has none."""
    beside.tray.fill()
    return {one.data() or "told": one.text() for one in beside.tray.menu.actions() if one.text()}


def click(qtbot, beside, name: str) -> None:
    qtbot.mouseClick(beside.bar.button(name), Qt.MouseButton.LeftButton)


def settle(qtbot, shell) -> None:
    qtbot.waitUntil(lambda: not shell.tasks.busy)


def test_a_session_brings_the_dot(beside, running):
    assert "on" == beside.bar.face.dot
    assert "Quiet: notifications and the screen." == beside.bar.face.quiet


def test_what_stays_loud_makes_it_a_ring_that_says_why(qapp, beside, focus, desk, shell):
    focus.loud["notifications"] = "No notification service was found."
    client = desk.do(clients.add, "Alice Example")
    shell.sitting.begin(client.id, minutes=50)
    qapp.processEvents()
    beside.look()
    assert "partly" == beside.bar.face.dot
    assert "No notification service was found." in beside.bar.face.quiet


def test_one_click_puts_everything_back_without_a_question(qtbot, beside, running, focus, shell):
    beside.press("bar")
    click(qtbot, beside, "more")
    click(qtbot, beside, "put_back")
    settle(qtbot, shell)
    assert "off" == focus.state.phase
    assert [] == shell.asked
    qtbot.waitUntil(lambda: "Everything is as it was before." == beside.bar.face.sentence)
    assert "" == beside.bar.face.dot


def test_what_is_left_for_the_coachs_hands_is_said(qtbot, beside, running, focus, shell):
    focus.outcome = Outcome(by_hand=("Switch the proxy off in Settings.",))
    beside.press("put_back")
    qtbot.waitUntil(lambda: "Switch the proxy off in Settings." == beside.bar.face.sentence)


def test_ended_by_itself_it_is_said_once(qtbot, beside, running, focus):
    focus._become(State(sentence="Focus mode was stopped from outside. Everything is put back."))
    qtbot.waitUntil(lambda: beside.bar.face.sentence.startswith("Focus mode was stopped"))
    click(qtbot, beside, "said")
    beside.look()
    assert ("", "") == (beside.bar.face.sentence, beside.bar.face.dot)


def test_while_everything_is_hidden_the_sentence_waits(qtbot, qapp, beside, running, focus):
    beside.press("hide")
    focus._become(State(sentence="Focus mode was stopped from outside."))
    qapp.processEvents()
    assert (True, "") == (beside.bar.face.hidden, beside.bar.face.sentence)
    beside.press("mark")
    beside.press("bar")
    assert "Focus mode was stopped from outside." == beside.bar.face.sentence


def test_ended_as_the_coach_wished_nothing_is_said(qapp, beside, running, focus):
    focus.leave()
    qapp.processEvents()
    assert ("", "") == (beside.bar.face.sentence, beside.bar.face.dot)


def test_after_the_session_the_bar_shows_until_when_it_is_quiet(beside, running, focus):
    beside.press("end")
    assert ("ended · quiet until 13:10", "on") == (beside.bar.face.time, beside.bar.face.dot)
    assert "Quiet: notifications and the screen." == beside.bar.face.quiet


def test_after_the_session_with_nothing_quiet_the_bar_shows_its_end_alone(beside, running, focus):
    focus.leave()
    beside.press("end")
    assert ("ended", "") == (beside.bar.face.time, beside.bar.face.dot)


def test_the_tray_tells_and_puts_back_in_a_session(beside, running):
    found = entries(beside)
    assert ("Quiet during this session", "Put everything back now") == (found["told"], found["put_back"])
    assert "focus" not in found


def test_what_the_tray_tells_cannot_be_pressed(beside, running):
    beside.tray.fill()
    told = next(one for one in beside.tray.menu.actions() if one.text() == "Quiet during this session")
    assert not told.isEnabled()


def test_without_a_session_the_tray_begins_and_still_repairs(qtbot, qapp, beside, focus, shell, clock):
    found = entries(beside)
    assert ("Focus for 25 minutes", "Put everything back now") == (found["focus"], found["put_back"])
    next(one for one in beside.tray.menu.actions() if one.data() == "focus").trigger()
    assert (25 * 60, clock.now().at + timedelta(minutes=25)) == (focus.lasts, focus.state.ends_at)
    found = entries(beside)
    assert "Quiet until 13:25" == found["told"]
    assert "focus" not in found
    next(one for one in beside.tray.menu.actions() if one.data() == "put_back").trigger()
    settle(qtbot, shell)
    assert ("off", ["Everything is as it was before."]) == (focus.state.phase, shell.said)


def test_a_failure_without_a_session_is_said_in_the_window(qapp, beside, focus, shell):
    focus.refuses = "Focus mode is on already; it was begun elsewhere on this computer."
    beside.press("focus")
    assert [focus.refuses] == shell.said


def test_in_a_rehearsal_the_tray_has_no_word_of_it(beside, shell):
    shell.focus = None
    beside.tray.show_quiet(beside._quiet.state)
    assert {"sharing", "window", "quit"} == entries(beside).keys()


def test_the_open_bar_has_the_lock_while_its_windows_are_not_shared(qtbot, beside, running, machine):
    beside.press("bar")
    qtbot.waitUntil(lambda: bool(beside.bar.face.private))
    assert "" == beside.bar.face.detail


def test_where_windows_are_seen_the_open_bar_says_so(qapp, beside, running, machine, private):
    machine.can = {
        "bar_on_top": Ability(False, "Other windows can cover it."),
        "capture_exclusion": Ability(False, "Visible if you share this screen."),
    }
    private.hold = False
    assert "" == beside.bar.face.detail
    beside.press("bar")
    assert "Other windows can cover it. Visible if you share this screen." == beside.bar.face.detail
    assert "" == beside.bar.face.private
