"""Opening the records: once, whichever way is quicker, and not again once they were locked."""

import threading
from dataclasses import replace

import pytest

from coachdesk.storage import keys
from coachdesk.storage.keys import FakeKeychain
from coachdesk.ui.opening import first_page
from tests.ui.hands import PASSPHRASE, unlock


class SlowKeychain(FakeKeychain):
    """Answers when it is told to, as while its prompt waits for somebody."""

    def get(self, entry):
        held.wait(20)
        return super().get(entry)


held = threading.Event()


@pytest.fixture
def waiting(qtbot, start, home, locked):
    """A program that waits for its keychain."""
    keychain = SlowKeychain()
    held.set()
    keys.set_keychain(home.keys, locked[0], keychain)
    held.clear()
    program = start(keychain=keychain)
    qtbot.waitUntil(lambda: program.window.page_name == "unlock")
    yield program
    held.set()
    qtbot.waitUntil(lambda: not program.tasks.busy)


def by_passphrase(qtbot, program):
    program.window.page.use_passphrase()
    program.window.page.passphrase.field.setText(PASSPHRASE)
    program.window.page.try_passphrase()
    qtbot.waitUntil(lambda: program.desk.is_open)


def test_a_keychain_that_answers_after_the_passphrase_opens_nothing_more(qtbot, waiting):
    by_passphrase(qtbot, waiting)
    waiting.window.start_at("clients")
    store = waiting.desk.store
    held.set()
    qtbot.waitUntil(lambda: not waiting.tasks.busy)
    assert store is waiting.desk.store
    assert "clients" == waiting.window.page_name


def test_nor_does_one_that_answers_when_they_are_locked_again(qtbot, waiting):
    by_passphrase(qtbot, waiting)
    waiting.opening.lock()
    held.set()
    qtbot.waitUntil(lambda: not waiting.tasks.busy)
    assert not waiting.desk.is_open
    assert "unlock" == waiting.window.page_name


def test_nor_does_its_refusal_show_then(qtbot, waiting):
    waiting.opening.keychain.entries.clear()
    by_passphrase(qtbot, waiting)
    waiting.opening.lock()
    held.set()
    qtbot.waitUntil(lambda: not waiting.tasks.busy)
    assert waiting.window.page.refused.isHidden()


def test_records_opened_by_the_code_are_closed_when_the_keychain_was_quicker(qtbot, waiting, locked):
    page = waiting.window.page
    page.use_recovery()
    page.code.setText(locked[1])
    page.try_recovery()
    qtbot.waitUntil(lambda: page.way == "renewal")
    first = page._store
    with first.session() as db:
        db.connection()
    assert 1 == first.engine.pool.checkedin()
    held.set()
    qtbot.waitUntil(lambda: waiting.desk.is_open)
    assert first is not waiting.desk.store
    assert 0 == first.engine.pool.checkedin()


def test_a_second_adoption_closes_the_second(qtbot, start, locked, home):
    from coachdesk.storage import store

    program = start()
    unlock(qtbot, program)
    first, second = program.desk.store, store.open(home.records, locked[0])
    with second.session() as db:
        db.connection()
    assert 1 == second.engine.pool.checkedin()
    program.opening.adopt(second)
    assert first is program.desk.store
    assert 0 == second.engine.pool.checkedin()


def test_copies_of_the_key_file_follow_at_the_next_opening(qtbot, start, home, locked):
    copy = keys.copy_of(home.keys)
    old = copy.read_bytes()
    keys.set_passphrase(home.keys, locked[0], "another five words here")
    keys.set_passphrase(home.keys, locked[0], PASSPHRASE)
    copy.write_bytes(old)
    program = start()
    unlock(qtbot, program)
    assert home.keys.read_bytes() == copy.read_bytes()


def test_a_disk_that_fails_at_the_start_is_told_on_a_page_and_is_no_first_run(qtbot, start, home):
    unreadable = replace(home, root=home.root / ("x" * 300))  # the system refuses to look for such a name
    assert "unlock" == first_page(unreadable)
    program = start()
    program.desk.home = unreadable
    program.opening.begin()
    assert "trouble" == program.window.page_name
