"""Records that do not open: the sentence, and what can be done."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.storage import backup, keys, store
from tests.ui.conftest import PASSPHRASE


def unlock(qtbot, program):
    page = program.window.page
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    qtbot.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.page_name in ("today", "trouble"))
    return program.window.page


@pytest.fixture
def backed_up(home, locked, now):
    opened = store.open(home.records, locked[0])
    backup.back_up(opened, home.backups, now)
    opened.close()


def test_a_damaged_database_can_be_replaced_by_the_latest_backup(qtbot, start, home, backed_up):
    home.records.write_bytes(b"not a database" * 1000)
    program = start()
    page = unlock(qtbot, program)
    assert "damaged" in page.sentence.text()
    assert page.restore.isVisible()
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today")
    assert program.desk.is_open


def test_without_a_backup_none_is_offered(qtbot, start, home, locked):
    home.records.write_bytes(b"not a database" * 1000)
    page = unlock(qtbot, start())
    assert page.restore.isHidden()
    assert page.folder.isVisible()


def test_a_missing_database_can_be_brought_back(qtbot, start, home, backed_up):
    home.records.unlink()
    program = start()
    page = unlock(qtbot, program)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.desk.is_open)


def test_a_damaged_key_file_is_repaired_from_its_spare(qtbot, start, home, backed_up):
    home.keys.write_text("{}")
    program = start()
    page = program.window.page
    assert ("trouble", True) == (program.window.page_name, page.repair.isVisible())
    qtbot.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    assert "unlock" == program.window.page_name
    assert "passphrase" in keys.ways(home.keys)
    unlock(qtbot, program)


def test_trying_again_after_it_was_put_right(qtbot, start, home, locked):
    whole = home.keys.read_bytes()
    home.keys.unlink()
    program = start()
    assert "trouble" == program.window.page_name
    home.keys.write_bytes(whole)
    qtbot.mouseClick(program.window.page.again, Qt.MouseButton.LeftButton)
    assert "unlock" == program.window.page_name
