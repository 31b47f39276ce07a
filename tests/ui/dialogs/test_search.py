"""One field for everything, as a coach types in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from coachdesk.desk import Desk
from coachdesk.practice import canvas, clients, commitments, notes, sessions
from coachdesk.practice.clients import Client
from coachdesk.ui import commands
from coachdesk.ui.dialogs.log_session import LogSession
from coachdesk.ui.dialogs.search import SearchSheet
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.pages.settings import SECTIONS


@pytest.fixture
def mira(desk: Desk) -> Client:
    client = desk.do(clients.add, "Mira Sommer", short_name="M.")
    desk.do(commitments.add, client.id, "Call her mother on Sunday")
    desk.do(canvas.add, client.id, "Her mother was a dancer", kind="context")
    desk.do(canvas.add, client.id, "I dread her mother", private=True)
    held = desk.do(sessions.log, client.id, desk.now().at.replace(hour=8), 50)
    desk.do(notes.add, held.id, "She spoke of her mother for the first time")
    return client


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot, mira: Client) -> SearchSheet:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(SearchSheet)
    qtbot.waitUntil(found.isVisible)
    return found


def typed(sheet: SearchSheet, qtbot: QtBot, words: str) -> list[str]:
    """The titles found for these words."""
    sheet.field.clear()
    QTest.keyClicks(sheet.field, words)
    qtbot.waitUntil(lambda: not sheet.busy)
    return [row.title for row in sheet.list.rows]


def test_every_kind_is_found_the_private_only_when_asked_for(sheet: SearchSheet, qtbot: QtBot) -> None:
    found = typed(sheet, qtbot, "moth")
    assert [
        "Call her mother on Sunday",
        "She spoke of her mother for the first time",
        "Her mother was a dancer",
    ] == found
    sheet.private.click()
    qtbot.waitUntil(lambda: not sheet.busy)
    assert "I dread her mother" in [row.title for row in sheet.list.rows]


def test_commands_come_first_then_clients_by_the_name_the_coach_shows(
    sheet: SearchSheet, qtbot: QtBot, desk: Desk
) -> None:
    assert ["M."] == typed(sheet, qtbot, "sommer")
    desk.change_setting("privacy.short_names", False)
    assert ["Mira Sommer"] == typed(sheet, qtbot, "m so")
    assert "Lock the records" == typed(sheet, qtbot, "lo rec")[0]
    assert "Ctrl+L" == sheet.list.rows[0].aside


def test_enter_opens_the_record_at_its_place(
    sheet: SearchSheet, qtbot: QtBot, window: MainWindow, mira: Client
) -> None:
    typed(sheet, qtbot, "mother")
    QTest.keyClick(sheet.field, Qt.Key.Key_Down)
    QTest.keyClick(sheet.field, Qt.Key.Key_Down)
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert ("client", mira.id) == (window.page_name, window.page.client_id)
    assert "CanvasTab" == type(window.page.tab).__name__
    qtbot.waitUntil(lambda: "Change: Her mother was a dancer" == window.focusWidget().accessibleName())


def test_a_note_opens_its_session(sheet: SearchSheet, qtbot: QtBot, window: MainWindow) -> None:
    typed(sheet, qtbot, "spoke")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert "SessionsTab" == type(window.page.tab).__name__


def test_a_command_is_carried_out(sheet: SearchSheet, qtbot: QtBot, window: MainWindow) -> None:
    assert "Go to Clients" in typed(sheet, qtbot, "go cli")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    assert "clients" == window.page_name


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("log a past session", "Log a past session"),
        ("Plan a session", "Plan a session"),
        ("session PLAN", "Plan a session"),
        ("begin a session with", "Begin a session with …"),
        ("restore", "Restore a backup"),
        ("import cal", "Import a calendar"),
        ("import a log", "Import a log of hours"),
        ("archive", "Write an archive of everything"),
        ("archive in", "Take an archive in"),
        ("settings foc", "Settings: focus mode"),
        ("reflection", "Go to Reflect"),
        ("hours", "Go to Hours"),
        ("promises", "Go to Promises"),
    ],
)
def test_a_command_is_found_by_its_words_as_they_are_typed(
    sheet: SearchSheet, qtbot: QtBot, words: str, command: str
) -> None:
    assert command in typed(sheet, qtbot, words)


def test_a_small_word_alone_finds_no_command(sheet: SearchSheet, qtbot: QtBot) -> None:
    assert "Log a past session" not in typed(sheet, qtbot, "of")
    assert "Log a past session" not in typed(sheet, qtbot, "a zzz")


def test_every_section_of_the_settings_is_found(window: MainWindow, mira: Client) -> None:
    found = commands.matching(window, "settings:")
    assert [section.name for section in SECTIONS] == [one.does.keywords["section"] for one in found]


def test_whatever_is_typed_is_fine(sheet: SearchSheet, qtbot: QtBot) -> None:
    assert [] == typed(sheet, qtbot, 'zzz" NEAR( *')
    assert "Nothing was found." == sheet.told.text()
    assert len(typed(sheet, qtbot, "")) > 5


def test_esc_closes_gives_the_focus_back_and_keeps_nothing(
    window: MainWindow, sheet: SearchSheet, qtbot: QtBot
) -> None:
    typed(sheet, qtbot, "mother")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    qtbot.waitUntil(lambda: window.findChild(SearchSheet) is None)
    window.navigation.search.click()
    again = window.findChild(SearchSheet)
    assert "" == again.field.text()


def test_locking_closes_it(window: MainWindow, sheet: SearchSheet) -> None:
    window.bridge.locked.emit()
    assert sheet.isHidden()


def test_it_is_offered_only_where_one_may_go(window: MainWindow, desk: Desk) -> None:
    window.start_at("unlock")
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert [] == window.findChildren(QDialog)


def test_after_a_removal_undo_is_offered_and_ctrl_z_does_the_same(
    window: MainWindow, desk: Desk, mira: Client, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("client", client_id=mira.id)
    (promise,) = desk.read(commitments.of_client, mira.id)
    desk.do(commitments.remove, promise.id)
    window.say("Removed.")
    assert ("Removed.", "Undo") == (window.message.sentence, window.message.act.text())
    window.message.act.click()
    assert "Taken back: the removal of a promise." == window.message.sentence
    assert [promise] == desk.read(commitments.of_client, mira.id)
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert "Done again: the removal of a promise." == window.message.sentence
    QTest.keyClick(window, Qt.Key.Key_Z, ctrl)
    assert [promise] == desk.read(commitments.of_client, mira.id)


def test_a_logged_session_is_said_and_can_be_taken_back(window: MainWindow, desk: Desk, mira: Client) -> None:
    before = len(desk.read(sessions.of_client, mira.id))
    form = LogSession(desk, window, mira, window)
    form.minutes.field.setValue(50)
    form.store()
    assert ("50 min." in window.message.sentence, "Undo") == (True, window.message.act.text())
    assert before + 1 == len(desk.read(sessions.of_client, mira.id))
    window.message.act.click()
    assert before == len(desk.read(sessions.of_client, mira.id))


def test_a_text_field_keeps_its_own_ctrl_z_while_it_has_something_to_take_back(
    window: MainWindow, desk: Desk, mira: Client, qtbot: QtBot
) -> None:
    desk.do(clients.edit, mira.id, name="Somebody")
    field = next(each for each in window.page.findChildren(QLineEdit) if each.isVisible())
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ("", "Somebody") == (field.text(), desk.read(clients.one, mira.id).name)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Mira Sommer" == desk.read(clients.one, mira.id).name
