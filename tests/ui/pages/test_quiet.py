"""What pages say of focus mode, and what can be done about it there."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from coachdesk.focus.mode import FakeFocus, State
from coachdesk.focus.plan import GRACE, Outcome, Plan
from coachdesk.machine.here import Ability, FakeMachine
from coachdesk.sitting import Sitting
from coachdesk.ui.pages.close import ClosePage
from coachdesk.ui.pages.session import SessionPage
from coachdesk.ui.pages.today import TodayPage
from coachdesk.ui.private_windows import PrivateWindows
from coachdesk.ui.widgets.check_offer import CheckOffer
from tests.ui.hands import key, named, press, words_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def focus(desk, shell, machine) -> FakeFocus:
    """Focus mode of this window, which its sessions begin."""
    made = FakeFocus()
    made.listeners.append(shell.bridge.focus)
    shell.focus = made
    shell.sitting = Sitting(desk, machine, made)
    yield made
    shell.tasks.close()


@pytest.fixture
def begun(shell, focus, ana):
    """A session that a face has looked at once."""
    row = shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.tick()
    return row


def alone(desk, shell, minutes: int = 25) -> None:
    """Focus mode without a session."""
    shell.focus.enter(Plan.of(desk.settings, minutes * 60.0), desk.now().at + timedelta(minutes=minutes))


class Beside:
    """What stands beside the call, as the session page sees it."""

    def __init__(self, private: PrivateWindows) -> None:
        self.private = private


@pytest.fixture
def private(qapp, shell, machine):
    made = PrivateWindows(machine, qapp)
    shell.presence = Beside(made)
    yield made
    made.close()


# Session


def test_a_session_says_what_is_quiet(show, begun):
    assert "Notifications are quiet. The screen stays on." in words_on(show(SessionPage))


def test_what_stays_loud_is_named_and_its_reason_opens_with_why(show, shell, focus, ana):
    focus.loud["awake"] = "Nothing on this computer keeps the screen on."
    shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.tick()
    page, reason = show(SessionPage), "The screen: Nothing on this computer keeps the screen on."
    assert "Notifications are quiet. Not quiet: the screen." == page.quiet.line.words.text()
    assert reason not in words_on(page)
    why = named(page, "Why")
    why.setFocus()
    key(why, Qt.Key.Key_Space)
    assert reason in words_on(page)
    page.look()
    assert reason in words_on(page)
    assert why is page.focusWidget()
    key(why, Qt.Key.Key_Space)
    assert reason not in words_on(page)


def test_where_all_is_quiet_there_is_nothing_to_ask(show, begun):
    assert not show(SessionPage).quiet.line.why.isVisible()


def test_what_is_switched_off_is_not_complained_of(desk, show, shell, focus, ana):
    desk.change_setting("focus.notifications", False)
    shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.tick()
    page = show(SessionPage)
    assert "The screen stays on." == page.quiet.line.words.text()


def test_without_quiet_sessions_there_is_no_word_of_it(desk, show, shell, focus, ana):
    desk.change_setting("focus.with_sessions", False)
    shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.tick()
    assert not show(SessionPage).quiet.line.isVisible()


def test_in_a_rehearsal_there_is_no_word_of_it(show, shell, ana):
    shell.sitting.begin(ana.id, minutes=50)
    assert not show(SessionPage).quiet.line.isVisible()


def test_put_back_and_quiet_again(qtbot, show, shell, begun, focus, clock):
    page = show(SessionPage)
    press(page, "Put back")
    qtbot.waitUntil(lambda: not shell.tasks.busy)
    assert ("off", ["Everything is as it was before."]) == (focus.state.phase, shell.said)
    assert "Nothing is kept quiet." in words_on(page)
    clock.advance(60)
    press(page, "Quiet again")
    assert (True, None, 49 * 60 + GRACE) == (focus.state.is_on, focus.state.ends_at, focus.lasts)
    assert "Notifications are quiet." in words_on(page)


def test_why_it_ended_stays_on_the_page(show, begun, focus):
    page = show(SessionPage)
    focus._become(State(sentence="Focus mode was stopped from outside. Everything is put back."))
    assert "Focus mode was stopped from outside. Everything is put back." in words_on(page)


def test_why_nothing_can_be_put_back_is_one_sentence(qtbot, show, shell, begun, focus):
    from coachdesk.errors import Refused

    def refuse():
        raise Refused("Another CoachDesk holds focus mode and could not be ended.")

    focus.put_back = refuse
    press(show(SessionPage), "Put back")
    qtbot.waitUntil(lambda: shell.said == ["Another CoachDesk holds focus mode and could not be ended."])


def test_the_lock_is_there_only_while_the_system_says_so(qtbot, show, begun, private, machine: FakeMachine):
    private.begin()
    page = show(SessionPage)
    assert "Not seen by others when you share this screen" in words_on(page)
    assert page.quiet.lock.isVisible()
    machine.confirms_exclusion = False
    page.setWindowFlags(Qt.WindowType.Tool)
    page.show()
    assert "Visible if you share this screen." in words_on(page)
    assert not page.quiet.lock.isVisible()


def test_where_windows_are_seen_it_says_so(show, begun, private, machine: FakeMachine):
    machine.can = {"capture_exclusion": Ability(False, "Visible if you share this screen; share a tab instead.")}
    private.begin()
    page = show(SessionPage)
    assert "Visible if you share this screen; share a tab instead." in words_on(page)
    assert not page.quiet.lock.isVisible()


# The keyboard


def test_the_keyboard_stays_with_the_line_of_the_session(qtbot, show, shell, begun, focus):
    line = show(SessionPage).quiet.line
    line.end.setFocus()
    key(line.end, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: line.begin.hasFocus())
    key(line.begin, Qt.Key.Key_Space)
    assert line.end.hasFocus()


def test_it_waits_on_the_page_while_things_are_being_put_back(desk, show, shell, focus):
    desk.change_setting("session.whom", "self")
    alone(desk, shell)
    page = show(TodayPage)
    page.quiet.end.setFocus()
    focus._become(State("leaving"))
    assert page is page.window().focusWidget()
    focus._become(State())
    assert page.quiet.begin.hasFocus()


def test_who_went_elsewhere_meanwhile_is_left_there(desk, show, shell, focus):
    desk.change_setting("session.whom", "self")
    alone(desk, shell)
    page = show(TodayPage)
    page.quiet.end.setFocus()
    focus._become(State("leaving"))
    page.begin.setFocus()
    focus._become(State())
    assert page.begin.hasFocus()


def test_who_was_elsewhere_is_left_there(show, begun, focus):
    page = show(SessionPage)
    page.notes.field.setFocus()
    focus.leave()
    assert page.notes.field.hasFocus()


def test_a_why_that_goes_leaves_the_keyboard_to_what_comes(show, shell, focus, ana):
    focus.loud["awake"] = "Nothing on this computer keeps the screen on."
    shell.sitting.begin(ana.id, minutes=50)
    shell.sitting.tick()
    line = show(SessionPage).quiet.line
    line.why.setFocus()
    focus.leave()
    assert line.begin.hasFocus()


def test_where_the_line_goes_as_a_whole_no_field_takes_the_keyboard(qtbot, show, shell, begun, focus):
    row = shell.sitting.end()
    shell.sitting.tick()
    page = show(ClosePage, session_id=row.id)
    page.quiet.end.setFocus()
    key(page.quiet.end, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.quiet.isVisible())
    assert page is page.window().focusWidget()


# Close


def test_closing_says_until_when_it_is_quiet_while_it_is(show, shell, begun, focus, clock):
    clock.advance(50 * 60)
    row = shell.sitting.end()
    shell.sitting.tick()
    page = show(ClosePage, session_id=row.id)
    assert "Quiet until 14:00 at the latest" in words_on(page)
    focus.leave()
    assert "Quiet until" not in words_on(page)


def test_it_can_be_ended_there(qtbot, show, shell, begun, focus, clock):
    row = shell.sitting.end()
    shell.sitting.tick()
    press(show(ClosePage, session_id=row.id), "End now")
    qtbot.waitUntil(lambda: not focus.state.is_on)


# Today


def test_today_says_until_when_it_is_quiet_and_ends_it(qtbot, desk, shell, show, focus, ana):
    alone(desk, shell)
    page = show(TodayPage)
    assert "Quiet until 13:25" in words_on(page)
    press(page, "End now")
    qtbot.waitUntil(lambda: "Quiet until" not in words_on(page))
    assert not focus.state.is_on


def test_in_a_session_today_leaves_it_to_the_session_page(show, begun, focus):
    assert not show(TodayPage).quiet.isVisible()


@pytest.mark.parametrize(("whom", "offered"), [("clients", False), ("self", True), ("both", True)])
def test_who_sits_for_themselves_is_offered_a_time_of_focus(desk, show, focus, whom, offered):
    desk.change_setting("session.whom", whom)
    assert offered == ("Focus for 25 minutes" in words_on(show(TodayPage)))


def test_a_time_of_focus_begins_and_shows_its_end(desk, show, focus):
    desk.change_setting("session.whom", "self")
    page = show(TodayPage)
    press(page, "Focus for 25 minutes")
    assert (25 * 60, True) == (focus.lasts, focus.state.is_on)
    assert "Quiet until 13:25" in words_on(page)
    assert "Focus for 25 minutes" not in words_on(page)


def test_what_the_coach_has_to_put_back_is_on_today_and_leads_to_what_to_do(show, shell, focus):
    focus.outcome = shell.recovered = Outcome(by_hand=("Switch the proxy off in Settings.",))
    page = show(TodayPage)
    press(page, "What to do")
    assert [("settings", {"section": "focus"})] == shell.went
    focus.acknowledge()
    page.refresh()
    assert not page.left.isVisible()


def test_without_a_crash_nobody_asks_what_is_left(show, shell, focus):
    def asked():
        raise AssertionError

    focus.outstanding = asked
    assert not show(TodayPage).left.isVisible()


# The offer made once


def test_the_offer_to_check_is_put_away_once_used(qtbot, shell):
    offer = CheckOffer(shell)
    qtbot.addWidget(offer)
    offer.show()
    press(offer, "Check")
    assert ([("settings", {"section": "focus", "part": "check"})], False) == (shell.went, offer.isVisible())
