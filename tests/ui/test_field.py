"""The field takes a promise or a line, and loses nothing of what is typed."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget

from coachdesk.machine.here import FakeMachine
from coachdesk.practice import clients, commitments, drafts, notes
from coachdesk.sitting import Sitting
from coachdesk.ui.field import Field
from coachdesk.ui.theme import UNIT, Theme

pytestmark = pytest.mark.qt_log_ignore("does not support raise")  # Qt's offscreen screen has no stacking

BAR = QRect(300, 0, 160, 44)


@pytest.fixture
def session(desk, clock):
    client = desk.do(clients.add, "Alice")
    return Sitting(desk, FakeMachine(clock=clock)).begin(client.id, minutes=50)


@pytest.fixture
def machine(clock):
    return FakeMachine(clock=clock, active="the call")


@pytest.fixture
def field(qtbot, desk, machine):
    made = Field(desk, machine)
    qtbot.addWidget(made)
    yield made
    made.hide()


def show(field, session, kind="promise"):
    """Open the field under the bar, as its key does."""
    area = QGuiApplication.primaryScreen().availableGeometry()
    field.open_for(kind, session.id, session.client_id, BAR, area)


def promises(desk, session) -> list[tuple[str, str]]:
    return [(row.owner, row.text) for row in desk.read(commitments.of_session, session.id)]


def test_enter_stores_my_promise_and_gives_the_keyboard_back(qtbot, desk, session, field, machine):
    show(field, session)
    qtbot.keyClicks(field.line, "Send the reading list")
    with qtbot.waitSignal(field.kept):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [("coach", "Send the reading list")] == promises(desk, session)
    assert (False, ["the call"]) == (field.isVisible(), machine.activations)


def test_it_asks_for_no_day_because_it_understands_none(session, field):
    show(field, session)
    assert "What is promised, or the next step" == field.line.placeholderText()


def test_tab_goes_on_to_the_clients_next_step_and_to_both(qtbot, desk, session, field):
    show(field, session)
    owners = [field.owner]
    for _press in range(3):
        qtbot.keyClick(field.line, Qt.Key.Key_Tab)
        owners.append(field.owner)
    assert ["coach", "client", "both", "coach"] == owners


def test_whose_it_is_stands_beside_the_text_and_can_be_clicked(qtbot, desk, session, field):
    show(field, session)
    assert "my promise" == field._whose.text()
    qtbot.mouseClick(field._whose, Qt.MouseButton.LeftButton)
    assert ("next step", "next step") == (field._whose.text(), field._whose.accessibleName())
    qtbot.keyClicks(field.line, "Ask my sister")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [("client", "Ask my sister")] == promises(desk, session)


def test_a_jotted_line_is_a_note_of_the_session(qtbot, desk, session, field):
    show(field, session, "jot")
    qtbot.keyClicks(field.line, "her father again")
    qtbot.keyClick(field.line, Qt.Key.Key_Enter)
    assert ["her father again"] == [note.body for note in desk.read(notes.of_session, session.id)]


def test_esc_closes_and_the_draft_comes_back_with_its_owner(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    qtbot.keyClicks(field.line, "Send the")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert ([], False) == (promises(desk, session), field.isVisible())
    show(field, session)
    assert ("Send the", "client") == (field.line.words, field.owner)


@pytest.fixture
def another(qtbot):
    """Another window."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_closes_when_the_coach_goes_to_another_window(qtbot, session, field, machine, another):
    show(field, session)
    qtbot.waitUntil(field.isActiveWindow)
    another.activateWindow()
    qtbot.waitUntil(lambda: not field.isVisible())
    assert [] == machine.activations


def test_told_late_that_the_keyboard_had_gone_it_stays_where_the_system_says_it_is_here(
    qtbot, session, field, machine, another
):
    show(field, session)
    qtbot.waitUntil(field.isActiveWindow)
    field._coming.setInterval(60_000)
    machine.active = int(field.winId())
    another.activateWindow()
    qtbot.waitUntil(another.isActiveWindow)
    assert field.isVisible()
    machine.active = "the call"
    field._coming.start(0)
    qtbot.waitUntil(lambda: not field.isVisible())


def test_opened_once_more_it_stays_for_the_keyboard_to_come_back_and_closes_when_it_does_not(
    qtbot, session, field, another
):
    show(field, session)
    qtbot.waitUntil(field.isActiveWindow)
    field._coming.setInterval(60_000)
    show(field, session, "jot")
    another.activateWindow()
    qtbot.waitUntil(another.isActiveWindow)
    assert field.isVisible()
    field._coming.start(0)
    qtbot.waitUntil(lambda: not field.isVisible())


def test_a_draft_survives_the_program(qtbot, desk, session, field, machine):
    show(field, session)
    qtbot.keyClicks(field.line, "Send the")
    field.hide()
    again = Field(desk, machine)
    qtbot.addWidget(again)
    show(again, session)
    assert "Send the" == again.line.words
    again.hide()


def test_a_stored_promise_leaves_no_draft_and_begins_as_mine_again(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    qtbot.keyClicks(field.line, "Ask my sister")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    show(field, session)
    assert ("", "coach") == (field.line.words, field.owner)


CHOSEN = {
    "promise-day": "2026-03-09",
    "promise-confidence": "8",
    "promise-cue": "When I wake",
    "promise-obstacle": "Rain",
}


@pytest.fixture
def elsewhere(desk, session):
    """What the pages of the session keep, for the promise and for themselves."""
    for name, words in (CHOSEN | {"promise": "Walk", "what_mattered": "Calm"}).items():
        desk.do(drafts.keep, "session", session.id, name, words)


def kept(desk, session) -> dict[str, str]:
    return {draft.field: draft.text for draft in desk.read(drafts.of_screen, "session", session.id)}


@pytest.mark.usefixtures("elsewhere")
def test_what_a_page_keeps_for_the_promise_is_stored_with_it_and_not_with_the_next(qtbot, desk, session, field):
    for more in (" home", "Rest"):
        show(field, session)
        qtbot.keyClicks(field.line, more)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    first, second = sorted(desk.read(commitments.of_session, session.id), key=lambda row: row.text, reverse=True)
    assert ("Walk home", date(2026, 3, 9), 8, "When I wake", "", "Rain") == (
        first.text, first.due_on, first.confidence, first.cue, first.evidence, first.obstacle,
    )  # fmt: skip
    assert ("Rest", None, None, "", "", "") == (
        second.text, second.due_on, second.confidence, second.cue, second.evidence, second.obstacle,
    )  # fmt: skip
    assert {"what_mattered": "Calm"} == kept(desk, session)


@pytest.mark.usefixtures("elsewhere")
def test_a_promise_wiped_out_takes_its_day_and_plan_along(qtbot, desk, session, field):
    show(field, session)
    field.line.selectAll()
    for pressed in (Qt.Key.Key_Delete, Qt.Key.Key_Return):
        qtbot.keyClick(field.line, pressed)
    assert ([], {"what_mattered": "Calm"}) == (promises(desk, session), kept(desk, session))


@pytest.mark.usefixtures("elsewhere")
def test_the_day_and_plan_of_words_wiped_out_on_a_page_are_not_those_of_the_next(qtbot, desk, session, field):
    desk.do(drafts.clear, "session", session.id, "promise")
    show(field, session)
    qtbot.keyClicks(field.line, "Rest")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    (row,) = desk.read(commitments.of_session, session.id)
    assert ("Rest", None, None, "") == (row.text, row.due_on, row.confidence, row.cue)


@pytest.mark.usefixtures("elsewhere")
def test_a_line_jotted_down_or_a_refusal_leaves_what_a_page_keeps(qtbot, desk, session, field):
    show(field, session, "jot")
    qtbot.keyClicks(field.line, "a line")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    show(field, session)
    field.line.insertPlainText(" home")
    field._client_id = "nobody"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.leave()
    assert CHOSEN | {"what_mattered": "Calm", "promise": "Walk home"} == kept(desk, session)


def test_promise_and_jot_keep_their_drafts_apart(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClicks(field.line, "a promise")
    show(field, session, "jot")
    qtbot.keyClicks(field.line, "a line")
    show(field, session)
    assert "a promise" == field.line.words


def test_enter_on_nothing_closes_and_stores_nothing(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClicks(field.line, "  ")
    with qtbot.assertNotEmitted(field.kept):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert ([], False) == (promises(desk, session), field.isVisible())


def test_the_key_pressed_again_changes_nothing_typed(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClicks(field.line, "half a")
    show(field, session)
    assert ("half a", True) == (field.line.words, field.isVisible())


def test_a_refusal_is_said_and_the_text_stays(qtbot, desk, session, field):
    show(field, session)
    qtbot.keyClicks(field.line, "Send it")
    field._client_id = "nobody"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert (True, "Send it") == (field._refused.isVisible(), field.line.words)


def test_a_long_text_makes_it_higher_and_keeps_it_on_the_screen(qtbot, desk, session, field):
    show(field, session)
    before = field.height()
    field.line.insertPlainText("many words " * 200)
    assert field.height() > before
    assert QGuiApplication.primaryScreen().availableGeometry().contains(field.geometry())
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [("coach", ("many words " * 200).strip())] == promises(desk, session)


@pytest.mark.parametrize("words", ["לשלוח את הרשימה", "أرسل القائمة", "🙂 送る 👩🏽‍🦰", "a\u0301 b\u200d"])
def test_every_script_is_kept_as_typed(qtbot, desk, session, field, words):
    show(field, session)
    field.line.insertPlainText(words)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [("coach", words)] == promises(desk, session)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_while_letters_are_composed_no_key_is_taken_from_the_input_method(qtbot, qapp, desk, session, field, key):
    show(field, session)
    qapp.sendEvent(field.line, QInputMethodEvent("おく", []))
    qtbot.keyClick(field.line, key)
    assert (True, [], "coach") == (field.isVisible(), promises(desk, session), field.owner)
    done = QInputMethodEvent("", [])
    done.setCommitString("送る")
    qapp.sendEvent(field.line, done)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert not field.isVisible()


def test_its_window_may_take_the_keyboard_and_names_nobody(field):
    hint = Qt.WindowType
    assert not field.windowFlags() & (hint.WindowDoesNotAcceptFocus | hint.X11BypassWindowManagerHint)
    assert "CoachDesk" == field.windowTitle()


def test_who_went_to_another_window_is_left_there_and_the_draft_waits(qtbot, desk, session, field, machine):
    show(field, session)
    qtbot.keyClicks(field.line, "half")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not field.isVisible())
    assert [] == machine.activations
    other.hide()
    show(field, session)
    assert "half" == field.line.words


@pytest.mark.parametrize("kind", ["promise", "jot"])
def test_opened_for_the_first_time_it_stands_clear_of_the_words_below(qtbot, qapp, desk, session, field, kind):
    dressed = Theme(qapp, desk.settings)
    show(field, session, kind)
    qtbot.waitExposed(field)
    qapp.processEvents()
    assert field.line.fontMetrics().lineSpacing() + 3 * UNIT == field.line.height()
    assert field.line.geometry().bottom() < field._hint.geometry().top()
    field.hide()
    qapp.setStyleSheet("")
    dressed.deleteLater()
