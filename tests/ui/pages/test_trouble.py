"""Records that do not open: the sentence, and what can be done."""

import shutil
import threading

import pytest
from PySide6.QtCore import Qt

from coachdesk import paths
from coachdesk.practice import clients
from coachdesk.storage import backup, keys, store, turns
from tests.ui.hands import settle, unlock


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
    settle(qtbot, program)
    assert "can be read any more" in page.read_words.text()
    assert "0 clients" in page.backup_words.text()
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert program.desk.is_open
    assert [b"not a database" * 1000] == [each.read_bytes() for each in home.root.glob("records.db.damaged-*Z")]
    settle(qtbot, program)


def test_a_backup_taken_while_the_clock_was_wrong_is_not_the_latest(qtbot, start, home, locked, now):
    opened = store.open(home.records, locked[0])
    backup.back_up(opened, home.backups, now).rename(home.backups / "records-2027-05-03T12-00-00Z.db")
    with opened.session() as db:
        clients.add(db, "Ada", now=now)
        db.commit()
    backup.back_up(opened, home.backups, now)
    opened.close()
    home.records.write_bytes(b"not a database" * 1000)
    program = start()
    page = unlock(qtbot, program)
    settle(qtbot, program)
    assert "1 client" in page.backup_words.text()
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == [client.name for client in program.desk.read(clients.present)]
    settle(qtbot, program)


def test_a_backup_of_a_wrong_clock_is_offered_where_there_is_no_other(qtbot, start, home, backed_up):
    (taken,) = home.backups.glob("records-*.db")
    taken.rename(taken.with_name("records-2027-05-03T12-00-00Z.db"))
    home.records.write_bytes(b"not a database" * 1000)
    program = start()
    page = unlock(qtbot, program)
    settle(qtbot, program)
    assert "2027" in page.backup_words.text()
    assert page.restore.isEnabled()


def test_without_a_backup_none_is_offered(qtbot, start, home, locked):
    home.records.write_bytes(b"not a database" * 1000)
    program = start()
    page = unlock(qtbot, program)
    assert page.backup.isHidden()
    assert page.folder.isVisible()
    settle(qtbot, program)


def test_a_missing_database_can_be_brought_back(qtbot, start, home, backed_up):
    home.records.unlink()
    program = start()
    page = unlock(qtbot, program)
    assert page.read.isHidden()
    settle(qtbot, program)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=20_000)
    settle(qtbot, program)


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


@pytest.fixture
def in_places(home, locked, now):
    """Records with two clients, damaged in their middle, and a backup with one of them."""
    opened = store.open(home.records, locked[0])
    with opened.session() as db:
        clients.add(db, "Ada", now=now)
        db.commit()
        backup.back_up(opened, home.backups, now)
        clients.add(db, "Bea", now=now)
        db.commit()
    opened.close()
    content = bytearray(home.records.read_bytes())
    content[100:200] = bytes(100)  # the first page: nothing can be reached through SQLite
    home.records.write_bytes(bytes(content))
    return bytes(content)


def test_what_can_be_read_and_the_backup_stand_side_by_side(qtbot, start, home, in_places):
    program = start()
    page = unlock(qtbot, program)
    assert "2 clients, 0 sessions, 0 promises and steps." in page.read_words.text()
    assert "could not be read" in page.read_words.text()
    assert "1 client, 0 sessions" in page.backup_words.text()
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada", "Bea"] == [client.name for client in program.desk.read(clients.present)]
    assert [in_places] == [each.read_bytes() for each in home.root.glob("records.db.damaged-*Z")]
    settle(qtbot, program)


def test_another_backup_can_be_chosen_for_records_that_do_not_open(qtbot, start, home, in_places):
    program = start()
    page = unlock(qtbot, program)
    qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    rescue = program.window.page
    assert ("rescue", False) == (program.window.page_name, program.window.navigation.isVisible())
    assert "do not open" in rescue.present.text()
    rescue._choose(next(iter(rescue.rows)))
    qtbot.mouseClick(rescue.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == [client.name for client in program.desk.read(clients.present)]
    settle(qtbot, program)


@pytest.mark.parametrize("other", ["restore", "choose"])
def test_reading_ends_for_what_is_wanted_instead(qtbot, start, in_places, other):
    program = start()
    page = unlock(qtbot, program)
    begun, go_on = threading.Event(), threading.Event()

    def read(*, progress):
        with turns.copies():
            begun.set()
            assert go_on.wait(60)
            progress(0.5)

    page.reading.begin(read, done=page._on_read)
    assert begun.wait(60)
    qtbot.mouseClick(getattr(page, other), Qt.MouseButton.LeftButton)
    rests = not page.reading.busy
    go_on.set()
    settle(qtbot, program)
    assert rests


@pytest.mark.parametrize("content", [b"", b"\0" * 8192])
def test_records_without_content_lead_to_the_backup(qtbot, start, home, backed_up, content):
    home.records.write_bytes(content)
    program = start()
    page = unlock(qtbot, program)
    assert not page.go_on.isEnabled()
    assert page.restore.isEnabled()
    assert content == home.records.read_bytes()


def test_records_moved_to_a_stick_with_another_letter_now_can_be_found_again(qtbot, start, home, locked, tmp_path):
    shutil.copytree(home.root, tmp_path / "E")
    for path in (home.records, home.keys):
        path.unlink()
    shutil.rmtree(home.backups)
    (home.root / paths.MOVED).write_text(str(tmp_path / "D"))
    program = start()
    program.desk.home = paths.home(home.root)
    program.opening.begin()
    page = program.window.page
    assert ("trouble", True) == (program.window.page_name, page.elsewhere.isVisible())
    page.follow(tmp_path)
    assert "There are no records in this folder" in program.window.message.sentence
    page.follow(tmp_path / "E")
    assert "They are found from the next start on." in page.sentence.text()
    assert (tmp_path / "E", False) == (paths.home(home.root).root, page.elsewhere.isVisible())


def test_where_none_were_moved_no_other_folder_is_offered(qtbot, start, home, backed_up):
    home.records.write_bytes(b"not a database" * 1000)
    program = start()
    page = unlock(qtbot, program)
    assert not page.elsewhere.isVisible()
    settle(qtbot, program)
