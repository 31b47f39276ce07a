"""The first minute, clicked and typed as a coach does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from coachdesk.exchange.paper import as_text
from coachdesk.practice import clients
from coachdesk.storage import keys, store
from coachdesk.storage.keys import FakeKeychain
from coachdesk.ui.widgets.first_offers import FirstOffers

PASSPHRASE = "a lantern on the stairs"


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def first(start):
    return start()


def to_the_code(qtbot, program):
    """Go through the steps until the recovery code is shown; the page."""
    page = program.window.page
    click(qtbot, page.next)
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: page.step == "code")
    return page


def type_groups(qtbot, page):
    """Type what is asked for, from the code that was shown."""
    groups = page.sheet.code.text().split()
    click(qtbot, page.next)
    for field in page.groups:
        number = int(field.accessibleName().split()[-1])
        qtbot.keyClicks(field, groups[number - 1].lower())
    click(qtbot, page.next)


def test_a_new_home_begins_with_whom_it_is_for(first):
    assert ("first_run", "whom") == (first.window.page_name, first.window.page.step)
    assert not first.window.navigation.isVisible()


def test_return_goes_all_the_way_where_the_keyboard_is(qtbot, first):
    def enter():
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)

    QGuiApplication.clipboard().setText("something else")
    page = first.window.page
    enter()
    assert "protection" == page.step
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    page.passphrase.field.setFocus()
    enter()
    qtbot.waitUntil(lambda: page.step == "code")
    groups = page.sheet.code.text().split()
    enter()
    assert ("confirm", True) == (page.step, page.before.isVisible())
    assert "something else" == QGuiApplication.clipboard().text()
    for field in page.groups:
        qtbot.keyClicks(field, groups[int(field.accessibleName().split()[-1]) - 1])
    enter()
    assert "length" == page.step
    enter()
    qtbot.waitUntil(lambda: first.window.page_name == "today")


def test_return_held_down_goes_on_once(qtbot, first):
    page = first.window.page
    repeated = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QGuiApplication.sendEvent(page.window().focusWidget(), repeated)
    assert "whom" == page.step


def test_all_the_way_to_today(qtbot, first):
    page = to_the_code(qtbot, first)
    type_groups(qtbot, page)
    assert "length" == page.step
    click(qtbot, page.length._group.button(1))
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: first.window.page_name == "today")
    assert first.desk.is_open
    assert 45 == first.desk.settings.session.minutes
    assert "ready" == store.found(first.desk.home.records, first.desk.home.keys)
    assert [] == first.desk.read(clients.every)


def test_a_rehearsal_is_offered_once(qtbot, first):
    page = to_the_code(qtbot, first)
    type_groups(qtbot, page)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: first.window.page_name == "today")
    offer = first.window.page.findChild(FirstOffers)
    qtbot.waitUntil(offer.isVisible)
    assert "Not now; all of this stays in Settings" == offer.away.text()
    click(qtbot, offer.away)
    assert not offer.isVisible()


def test_the_passphrase_then_opens_the_records(qtbot, first):
    page = to_the_code(qtbot, first)
    type_groups(qtbot, page)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: first.desk.is_open)
    assert first.desk.store.key == keys.with_passphrase(first.desk.home.keys, PASSPHRASE)


@pytest.mark.parametrize("whom", ["self", "both"])
def test_whoever_sits_for_themselves_becomes_a_client_of_their_own(qtbot, first, whom):
    first.window.page.whom.choose(whom)
    page = to_the_code(qtbot, first)
    type_groups(qtbot, page)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: first.desk.is_open)
    assert whom == first.desk.settings.session.whom
    assert [("Me", "self")] == [(client.name, client.kind) for client in first.desk.read(clients.every)]


def test_a_short_passphrase_is_not_taken(qtbot, first):
    page = first.window.page
    click(qtbot, page.next)
    qtbot.keyClicks(page.passphrase.field, "lantern")
    assert "5 more characters." == page.passphrase.sentence.text()
    assert not page.next.isEnabled()


def test_a_passphrase_can_be_shown(qtbot, first):
    page = first.window.page
    click(qtbot, page.next)
    field = page.passphrase.field
    assert field.echoMode() == field.EchoMode.Password
    click(qtbot, page.passphrase.entry.eye)
    assert field.echoMode() == field.EchoMode.Normal


def test_wrong_groups_are_said_and_one_can_look_again(qtbot, first):
    page = to_the_code(qtbot, first)
    click(qtbot, page.next)
    for field in page.groups:
        qtbot.keyClicks(field, "XXXX")
    click(qtbot, page.next)
    assert ("confirm", True) == (page.step, page.refused.isVisible())
    click(qtbot, page.before)
    assert "code" == page.step
    type_groups(qtbot, page)
    assert "length" == page.step


def test_the_code_leaves_the_clipboard_after_a_minute(qtbot, first):
    page = to_the_code(qtbot, first)
    click(qtbot, page.sheet.copy)
    clipboard = QGuiApplication.clipboard()
    assert "".join(page.sheet.code.text().split()) == clipboard.text().replace("-", "")
    assert b"secret" == clipboard.mimeData().data("x-kde-passwordManagerHint").data()
    assert 60_000 == page.sheet.clipboard._timer.interval()
    page.sheet.clipboard.take_off()
    assert "" == clipboard.text()


def test_what_else_came_to_the_clipboard_stays(qtbot, first):
    page = to_the_code(qtbot, first)
    click(qtbot, page.sheet.copy)
    QGuiApplication.clipboard().setText("something else")
    page.sheet.clipboard.take_off()
    assert "something else" == QGuiApplication.clipboard().text()


def test_the_printed_sheet_names_nobody(qtbot, first):
    page = to_the_code(qtbot, first)
    text = as_text(page.sheet.sheet())
    assert all(group in text for group in page.sheet.code.text().split())
    assert "client" not in text.lower()


def test_the_keychain_alone_is_enough(qtbot, first):
    kept = FakeKeychain()
    first.opening.keychain_here = lambda: kept
    page = first.window.page
    click(qtbot, page.next)
    assert page.by_keychain.isVisible()
    assert page.by_keychain.isChecked()
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: page.step == "code")
    assert {"keychain", "recovery"} == keys.ways(first.desk.home.keys)


def test_without_a_keychain_none_is_offered(qtbot, first):
    page = first.window.page
    click(qtbot, page.next)
    assert not page.by_keychain.isVisible()
    assert not page.next.isEnabled()


def test_a_keychain_that_refuses_is_said(qtbot, first):
    first.opening.keychain_here = lambda: FakeKeychain(closed=True)
    page = first.window.page
    click(qtbot, page.next)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: page.refused.isVisible())
    assert "keychain is closed" in page.refused.text()
    assert (False, False) == (page.by_keychain.isChecked(), page.next.isEnabled())
    assert "Choose a passphrase that only you know. It is asked when CoachDesk starts." == page.keychain_words.text()


def test_killed_before_the_code_was_confirmed_it_begins_again(qtbot, start):
    first = start()
    to_the_code(qtbot, first)
    first.put_away()
    again = start()
    assert ("first_run", "whom") == (again.window.page_name, again.window.page.step)
    page = to_the_code(qtbot, again)
    type_groups(qtbot, page)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: again.desk.is_open)


def test_it_can_be_done_by_keyboard_alone(qtbot, first):
    page = first.window.page
    first.window.activateWindow()
    qtbot.waitUntil(lambda: page.next.isVisible())
    page.next.setFocus()
    qtbot.keyClick(page.next, Qt.Key.Key_Space)
    assert page.passphrase.field.hasFocus()
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    qtbot.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == "code")


def test_without_a_keychain_the_passphrase_typed_is_enough_on_the_next_try(qtbot, first):
    page = first.window.page
    first.opening.keychain_here = lambda: FakeKeychain(closed=True)
    click(qtbot, page.next)
    assert page.by_keychain.isChecked()
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    click(qtbot, page.next)
    qtbot.waitUntil(page.refused.isVisible)
    assert not page.by_keychain.isChecked()
    assert "Continue, and your passphrase alone will." in page.refused.text()
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: page.step == "code")


def test_records_that_travel_with_the_program_are_opened_by_a_passphrase(qtbot, start, home):
    program = start(keychain=FakeKeychain())
    program.desk.home = replace(home, portable=True)
    program.window.forget_pages()
    program.window.start_at("first_run")
    page = program.window.page
    click(qtbot, page.next)
    assert "They are encrypted, and never leave the folder of CoachDesk by themselves." == page.sentence.text()
    assert (False, False) == (page.by_keychain.isVisible(), page.next.isEnabled())
    assert "no keychain knows them" in page.keychain_words.text()
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    assert page.next.isEnabled()
