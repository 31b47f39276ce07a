"""Archives, checks and the folder of the records, as a coach meets them in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk import paths
from coachdesk.exchange import archive
from coachdesk.paths import Home
from coachdesk.practice import clients
from coachdesk.storage import backup, checks, keys, store
from coachdesk.ui import dropped
from coachdesk.ui.dialogs.export_archive import ExportArchive
from coachdesk.ui.dialogs.import_archive import ImportArchive
from coachdesk.ui.safekeeping import Safekeeping
from coachdesk.ui.widgets.archive import Archive
from coachdesk.ui.widgets.records_place import RecordsPlace
from tests.ui.hands import PASSPHRASE, settle, unlock

SECRET = "a bridge over quiet water"


def ignore(_share):
    """Nobody watches."""


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(program):
    return [client.name for client in program.desk.read(clients.present)]


@pytest.fixture
def program(unlocked):
    return unlocked


@pytest.fixture
def another(tmp_path, now):
    """A sealed archive and a backup of another computer's records, which hold Ada."""
    home = Home(tmp_path / "another")
    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    opened = store.create(home.records, key)
    with opened.session() as db:
        clients.add(db, "Ada", now=now)
        db.commit()
    archive.write(opened, tmp_path / "all.coachdesk", SECRET, now, progress=ignore)
    backup.back_up(opened, home.backups, now)
    opened.close()
    return tmp_path


def card(program, kind):
    program.window.start_at("settings", section="records")
    return program.window.page.part(kind)


def dialog(program, kind):
    return next(each for each in program.window.findChildren(kind) if each.isVisible())


def test_an_archive_is_written_under_a_passphrase_of_its_own(qtbot, program, tmp_path):
    program.desk.do(clients.add, "Ada")
    part = card(program, Archive)
    part.sealed_by_dialog = []
    asked = ExportArchive(program.desk, program.window, program.window)
    asked.sealed_by.connect(part.sealed_by_dialog.append)
    asked.open()
    qtbot.keyClicks(asked.passphrase.field, "short")
    click(qtbot, asked.act)
    assert "at least 12" in asked.refusal.text()
    asked.passphrase.field.setText(SECRET)
    asked.again.field.setText(SECRET[:-1])
    click(qtbot, asked.act)
    assert "not the same" in asked.refusal.text()
    asked.again.field.setText(SECRET)
    click(qtbot, asked.act)
    assert [SECRET] == part.sealed_by_dialog
    part.write_to(tmp_path / "all.coachdesk", SECRET)
    settle(qtbot, program)
    assert 1 == archive.look(tmp_path / "all.coachdesk", SECRET).counts["client"]
    assert "The archive is written" in program.window.message.sentence
    assert part.work.isHidden()


def test_leaving_it_unsealed_is_a_choice_that_explains_itself(qtbot, program):
    asked = ExportArchive(program.desk, program.window, program.window)
    heard = []
    asked.sealed_by.connect(heard.append)
    asked.open()
    assert asked.warning.isHidden()
    asked.plain.click()
    assert "can then read all of it" in asked.warning.text()
    assert asked.place.isHidden()
    click(qtbot, asked.act)
    assert [""] == heard


def test_where_there_are_records_it_is_said_before_a_file_is_looked_for(qtbot, program):
    program.desk.do(clients.add, "Ada")
    click(qtbot, card(program, Archive).take)
    assert "There are records here already" in program.window.message.sentence
    assert "on a new computer, or before the first client is added" in program.window.message.sentence
    assert "--home" not in program.window.message.sentence


def test_writing_can_be_stopped(qtbot, program, tmp_path):
    part = card(program, Archive)
    part.write_to(tmp_path / "all.coachdesk", SECRET)
    click(qtbot, part.work.stop)
    settle(qtbot, program)
    assert part.write.isEnabled()
    written = (tmp_path / "all.coachdesk").exists()
    said = "The archive is written" if written else "Stopped. No file was written."
    assert said in program.window.message.sentence
    assert not list(tmp_path.glob(".*.unfinished"))


def test_an_archive_dropped_onto_empty_records_comes_in(qtbot, program, another):
    dropped.take(program.window, [another / "all.coachdesk"])
    asked = dialog(program, ImportArchive)
    qtbot.keyClicks(asked.passphrase.field, "not this passphrase")
    click(qtbot, asked.act)
    assert "not the passphrase of this archive" in asked.refusal.text()
    asked.passphrase.field.setText(SECRET)
    click(qtbot, asked.act)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == names(program)
    assert "The archive is taken in" in program.window.message.sentence
    settle(qtbot, program)


def test_an_archive_is_not_mixed_with_what_is_there(program, another):
    program.desk.do(clients.add, "Bea")
    dropped.take(program.window, [another / "all.coachdesk"])
    assert "There are records here already" in program.window.message.sentence
    assert ["Bea"] == names(program)


def click_through(qtbot, page):
    """The steps of a first run, from the passphrase to the end."""
    click(qtbot, page.next)
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    click(qtbot, page.next)
    qtbot.waitUntil(lambda: page.step == "code")
    groups = page.sheet.code.text().split()
    click(qtbot, page.next)
    for field in page.groups:
        qtbot.keyClicks(field, groups[int(field.accessibleName().split()[-1]) - 1])
    click(qtbot, page.next)
    click(qtbot, page.next)


def test_a_first_run_may_begin_with_an_archive(qtbot, start, another):
    program = start()
    page = program.window.page
    page.bring(another / "all.coachdesk")
    asked = dialog(program, ImportArchive)
    asked.passphrase.field.setText(SECRET)
    click(qtbot, asked.act)
    assert "all.coachdesk" in page.bringing.text().replace("\u200b", "")
    click_through(qtbot, page)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == names(program)
    settle(qtbot, program)


def test_a_first_run_may_begin_with_a_backup_and_its_own_passphrase(qtbot, start, another):
    program = start()
    (path,) = (another / "another" / "backups").glob("records-*.db")
    program.window.page.bring(path)
    assert "unlock" == program.window.page_name
    page = program.window.page
    qtbot.keyClicks(page.passphrase.field, PASSPHRASE)
    qtbot.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.page_name == "trouble")
    settle(qtbot, program)
    assert "1 client" in program.window.page.backup_words.text()
    click(qtbot, program.window.page.restore)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == names(program)
    settle(qtbot, program)


def test_a_backup_without_its_keys_is_refused_at_a_first_run(start, tmp_path):
    program = start()
    (tmp_path / "lonely.db").write_bytes(b"x")
    program.window.page.bring(tmp_path / "lonely.db")
    assert "no key file for this backup" in program.window.message.sentence
    assert "first_run" == program.window.page_name


def test_every_page_is_checked_after_the_first_start_and_on_request(qtbot, program, home, clock):
    assert checks.Checked(clock.now().at, 0) == checks.last(home)
    part = card(program, RecordsPlace)
    assert "all is whole" in part.checked.text()
    clock.advance(3 * 24 * 3600)
    click(qtbot, part.check)
    settle(qtbot, program)
    assert checks.Checked(clock.now().at, 0) == checks.last(home)


def test_a_window_left_open_takes_a_backup_each_day_but_never_in_a_session(qtbot, program, home, clock):
    kept = program.window.findChild(Safekeeping)
    kept.go_round()
    settle(qtbot, program)
    assert 1 == len(backup.backups(home.backups))
    ada = program.desk.do(clients.add, "Ada")
    clock.advance(24 * 3600)
    program.window.sitting.begin(ada.id, minutes=50)
    kept.go_round()
    settle(qtbot, program)
    assert 1 == len(backup.backups(home.backups))
    program.window.sitting.end()
    kept.go_round()
    settle(qtbot, program)
    assert 2 == len(backup.backups(home.backups))


def test_a_folder_that_is_copied_elsewhere_is_told_once(qtbot, start, locked, home):
    (home.root / ".stfolder").mkdir()
    program = start()
    unlock(qtbot, program)
    assert "copied to other computers by Syncthing" in program.window.message.sentence
    assert "Syncthing" in card(program, RecordsPlace).synced.text()
    program.window.message.retire()
    program.window.lock()
    qtbot.waitUntil(lambda: program.window.page_name == "unlock")
    unlock(qtbot, program)
    assert "" == program.window.message.sentence


def test_the_records_move_to_another_folder(qtbot, program, home, tmp_path, monkeypatch):
    program.desk.do(clients.add, "Ada")
    part = card(program, RecordsPlace)
    monkeypatch.setattr(program.window, "ask", lambda *_words: True)
    part.move_to(tmp_path / "safe")
    page = program.window.page
    assert "move_records" == program.window.page_name
    settle(qtbot, program)
    assert str(tmp_path / "safe") in page.words.text()
    assert not program.desk.is_open
    left = []
    QApplication.instance().aboutToQuit.connect(lambda: left.append(True))
    click(qtbot, page.remove)
    assert [paths.MOVED] == [each.name for each in home.root.iterdir() if each.name.startswith(("moved", "records"))]
    moved = store.open(paths.home(home.root).records, keys.with_passphrase(tmp_path / "safe" / "keys.json", PASSPHRASE))
    with moved.session() as db:
        assert ["Ada"] == [client.name for client in clients.present(db)]
    moved.close()


def test_a_place_that_is_not_connected_is_said_and_nothing_begins_anew(qtbot, start, home, tmp_path):
    (home.root / paths.MOVED).write_text(str(tmp_path / "unplugged"))
    program_home = paths.home(home.root)
    from coachdesk.ui.opening import first_page

    assert ("unlock", True) == (first_page(program_home), program_home.is_away)
    assert not Path(tmp_path / "unplugged").exists()
