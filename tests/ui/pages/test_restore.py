"""Restoring while the window runs: what each backup holds, what would be different, and the records afterwards."""

import threading

import pytest
from PySide6.QtCore import Qt

from coachdesk.practice import clients, sessions
from coachdesk.storage import backup, store
from coachdesk.ui.pages import restore_under_way
from tests.ui.hands import settle


@pytest.fixture
def program(unlocked, home):
    for each in home.backups.glob("*.db"):  # the day's own
        each.unlink()
    return unlocked


def names(program):
    return [client.name for client in program.desk.read(clients.present)]


@pytest.fixture
def backed_up(program, home, now):
    program.desk.do(clients.add, "Ada")
    path = backup.back_up(program.desk.store, home.backups, now)
    program.desk.do(clients.add, "Bea")
    return path


def open_page(qtbot, program):
    program.window.start_at("restore")
    settle(qtbot, program)
    return program.window.page


def choose(qtbot, page, path):
    row = page.rows[path]
    button = next(each for each in row.findChildren(type(page.restore)) if each.text() == "Choose")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_backup_is_listed_with_what_it_holds(qtbot, program, backed_up, home):
    page = open_page(qtbot, program)
    assert [backed_up] == list(page.rows)
    row = page.rows[backed_up]
    assert "1 client, 0 sessions, 0 promises and steps" in row.detail.text()
    assert "Now: 2 clients" in page.present.text()
    assert page.preview.isHidden()


def test_oneself_is_counted_as_no_client(qtbot, program, backed_up):
    program.desk.do(clients.add, "Me", kind="self", short_name="Me")
    page = open_page(qtbot, program)
    assert "Now: 2 clients" in page.present.text()


def test_tab_comes_to_the_backups_before_what_stands_below_them(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose_it = page.rows[backed_up].findChild(type(page.restore))
    step, way = page.other, []
    while (step := step.nextInFocusChain()) is not page.other:
        way += [step] if step in (choose_it, page.elsewhere) else []
    assert [choose_it, page.elsewhere] == way


def test_what_would_be_different_is_said_before(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    assert page.preview.isVisible()
    assert "Compared with now: 1 client less." in page.words.text()
    assert "No session was held" in page.words.text()
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    assert page.preview.isHidden()
    assert ["Ada", "Bea"] == names(program)


def test_restoring_closes_and_opens_the_desk_and_keeps_the_records_from_before(qtbot, program, backed_up, home):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == names(program)
    (aside,) = [each for each in home.root.glob("records.db.before-restore-*") if each.name.endswith("Z")]
    assert aside.name in program.window.message.sentence
    settle(qtbot, program)
    kept = store.open(aside, program.desk.store.key)
    with kept.session() as db:
        assert ["Ada", "Bea"] == [client.name for client in clients.present(db)]
    kept.close()


def test_more_goes_than_the_figures_tell_and_that_is_said(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    assert "Whatever was written or changed here since" in page.words.text()
    assert "notes, lines of the canvas, reflections" in page.words.text()


def test_what_was_before_a_restore_is_a_row_and_can_be_brought_back(qtbot, program, backed_up, home):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    settle(qtbot, program)
    (aside,) = [each for each in home.root.glob("records.db.before-restore-*") if each.name.endswith("Z")]
    page = open_page(qtbot, program)
    assert "as it was before a restore" in page.rows[aside].title.text()
    assert "2 clients" in page.rows[aside].detail.text()
    choose(qtbot, page, aside)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada", "Bea"] == names(program)
    settle(qtbot, program)


def test_a_backup_that_was_damaged_cannot_be_chosen(qtbot, program, backed_up):
    content = bytearray(backed_up.read_bytes())
    content[9000] ^= 1
    backed_up.write_bytes(bytes(content))
    page = open_page(qtbot, program)
    row = page.rows[backed_up]
    assert "cannot be used" in row.detail.text()
    assert not next(each for each in row.findChildren(type(page.restore)) if each.text() == "Choose").isEnabled()


def test_a_backup_may_lie_elsewhere(qtbot, program, backed_up, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    elsewhere = backed_up.rename(stick / "my copy.db")
    page = open_page(qtbot, program)
    assert not page.rows
    page.look_at(elsewhere)
    settle(qtbot, program)
    assert elsewhere == page.chosen
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert ["Ada"] == names(program)
    settle(qtbot, program)


def test_in_a_session_nothing_is_restored(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    ada = program.desk.read(clients.present)[0]
    program.window.sitting.begin(ada.id, minutes=50)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    assert "A session is running" in program.window.message.sentence
    assert program.desk.read(sessions.running) is not None


def test_a_restore_that_is_refused_opens_the_records_as_they_were(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    backed_up.unlink()
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert "not there any more" in program.window.message.sentence
    assert ["Ada", "Bea"] == names(program)
    settle(qtbot, program)


def test_a_restore_that_is_stopped_leaves_everything_as_it_was(qtbot, program, backed_up):
    page = open_page(qtbot, program)
    choose(qtbot, page, backed_up)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    under_way = program.window.page
    qtbot.mouseClick(under_way.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert set(names(program)) in ({"Ada", "Bea"}, {"Ada"})
    settle(qtbot, program)


def test_what_was_done_before_it_could_be_stopped_is_said_and_opened(qtbot, program, backed_up):
    go = threading.Event()

    def work(_home, _key, _now, _progress):
        go.wait(5)
        return "Other records are in place."

    restore_under_way.begin(program.opening, program.desk.store.key, work, "Bringing other records")
    qtbot.mouseClick(program.window.page.stop, Qt.MouseButton.LeftButton)
    go.set()
    qtbot.waitUntil(lambda: program.window.page_name == "today", timeout=20_000)
    assert "Other records are in place." in program.window.message.sentence
    assert ["Ada", "Bea"] == names(program)
    settle(qtbot, program)


def test_the_settings_lead_to_it(qtbot, program):
    program.window.start_at("settings", section="records")
    page = program.window.page
    from coachdesk.ui.widgets.backups import Backups

    card = page.part(Backups)
    qtbot.mouseClick(card.now, Qt.MouseButton.LeftButton)
    settle(qtbot, program)
    assert "The last backup: today" in card.last.text()
    qtbot.mouseClick(card.restore, Qt.MouseButton.LeftButton)
    assert "restore" == program.window.page_name
    settle(qtbot, program)


def test_the_numbers_compared_are_in_words():
    from coachdesk.practice.kept import Kept
    from coachdesk.ui.pages.restore import _compared

    assert "Compared with now: 1 session more, 2 promises and steps less." == _compared(
        Kept(3, 4, 5, None), Kept(3, 5, 3, None)
    )
    assert "The numbers are the same" in _compared(Kept(3, 4, 5, None), Kept(3, 4, 5, None))
