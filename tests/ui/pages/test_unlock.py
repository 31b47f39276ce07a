"""Unlocking, and what is shown when it does not work."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.storage import keys
from coachdesk.storage.keys import FakeKeychain
from tests.ui.hands import PASSPHRASE, unlock


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def unlocking(start, locked):
    return start()


def test_the_passphrase_and_enter_open_the_records(qtbot, unlocking):
    page = unlocking.window.page
    assert ("unlock", "passphrase") == (unlocking.window.page_name, page.way)
    assert page.passphrase.field.hasFocus()
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    qtbot.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: unlocking.window.page_name == "today")
    assert unlocking.desk.is_open
    assert unlocking.window.navigation.isVisible()


def test_a_wrong_passphrase_is_said_under_the_field(qtbot, unlocking):
    page = unlocking.window.page
    qtbot.keyClicks(page.passphrase.field, "not this one")
    click(qtbot, page.unlock)
    qtbot.waitUntil(lambda: page.refused.isVisible())
    assert "not the passphrase" in page.refused.text()
    assert page.unlock.isEnabled()
    assert not unlocking.desk.is_open


def test_the_recovery_code_opens_them_and_a_new_passphrase_is_chosen(qtbot, unlocking, locked):
    page = unlocking.window.page
    click(qtbot, page.to_recovery)
    qtbot.keyClicks(page.code, locked[1].lower())
    click(qtbot, page.recover)
    qtbot.waitUntil(lambda: page.way == "renewal")
    qtbot.keyClicks(page.new_passphrase.field, "quite another sentence")
    click(qtbot, page.store_new)
    qtbot.waitUntil(lambda: unlocking.desk.is_open)
    assert locked[0] == keys.with_passphrase(unlocking.desk.home.keys, "quite another sentence")


def test_a_slip_in_the_recovery_code_is_said(qtbot, unlocking, locked):
    page = unlocking.window.page
    click(qtbot, page.to_recovery)
    qtbot.keyClicks(page.code, locked[1][:-1])
    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.refused.isVisible())
    assert "recovery" == page.way


def test_after_a_wrong_passphrase_the_next_try_goes_into_the_field(qtbot, unlocking):
    page = unlocking.window.page
    qtbot.keyClicks(page.passphrase.field, "not this one")
    click(qtbot, page.unlock)
    qtbot.waitUntil(lambda: page.refused.isVisible())
    assert ("not this one", True) == (page.passphrase.field.selectedText(), page.passphrase.field.hasFocus())
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    assert PASSPHRASE == page.passphrase.passphrase


@pytest.fixture
def kept(home, locked):
    """A keychain that keeps the key."""
    keychain = FakeKeychain()
    keys.set_keychain(home.keys, locked[0], keychain)
    return keychain


def test_the_keychain_is_asked_by_itself(qtbot, start, kept):
    program = start(keychain=kept)
    qtbot.waitUntil(lambda: program.window.page_name == "today")


def test_a_closed_keychain_leads_to_the_passphrase(qtbot, start, kept):
    kept.closed = True
    program = start(keychain=kept)
    page = program.window.page
    qtbot.waitUntil(lambda: page.way == "passphrase")
    assert "keychain is closed" in page.refused.text()
    kept.closed = False
    click(qtbot, page.to_keychain)
    qtbot.waitUntil(lambda: program.window.page_name == "today")


def test_locking_shows_the_unlock_page_and_nothing_else(qtbot, unlocking):
    unlock(qtbot, unlocking)
    unlocking.window.lock()
    assert ("unlock", False) == (unlocking.window.page_name, unlocking.desk.is_open)
    assert ["unlock"] == list(unlocking.window._pages)
    unlock(qtbot, unlocking)


def test_the_system_s_lock_locks_the_records(qtbot, unlocking, machine):
    unlock(qtbot, unlocking)
    machine.emit("locked")
    qtbot.waitUntil(lambda: not unlocking.desk.is_open)


def test_in_a_session_the_records_stay_open(qtbot, unlocking, machine):
    from coachdesk.practice import clients

    unlock(qtbot, unlocking)
    client = unlocking.desk.do(clients.add, "Alice Example")
    unlocking.window.sitting.begin(client.id, minutes=50)
    machine.emit("locked")
    unlocking.window.lock()
    qtbot.waitUntil(lambda: "session is over" in unlocking.window.message.sentence)
    assert unlocking.desk.is_open
    unlocking.window.sitting.end()
