"""Importing a calendar: seen before it is done, decided once, done with one button; by dialog, drop and by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.desk import Desk
from coachdesk.practice import calendar_plans, calendar_rules, clients, sessions
from coachdesk.practice.clients import Client
from coachdesk.ui import dropped
from coachdesk.ui.calendar_following import CalendarFollowing
from coachdesk.ui.dialogs.import_calendar import ImportCalendar
from coachdesk.ui.widgets.calendar_settings import CalendarSettings
from tests.exchange.test_calendar_in import ONCE, calendar

LUNCH = "UID:l|DTSTART:20260306T110000Z|DTEND:20260306T120000Z|SUMMARY:Lunch"
AT = datetime(2026, 3, 5, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def ana(desk: Desk) -> Client:
    return desk.do(clients.add, "Ana Lindqvist", short_name="Ana")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.ics"
    path.write_text(calendar(ONCE, LUNCH))
    return path


@pytest.fixture
def opened(qtbot, desk, window):
    """Open the dialog on files, and wait until they are read."""

    def begin(*paths: Path) -> ImportCalendar:
        dropped.take(window, paths)
        return shown(qtbot, window)

    return begin


def shown(qtbot, window) -> ImportCalendar:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ImportCalendar)))
    dialog = next(one for one in window.findChildren(ImportCalendar) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.reading is not None, timeout=20_000)
    QApplication.processEvents()
    return dialog


def take_first(desk: Desk, dialog: ImportCalendar) -> None:
    """Take what the rules decide, and close the dialog."""
    desk.do(calendar_plans.take_known, dialog.reading)
    dialog.reject()


def texts(dialog) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisibleTo(dialog))


def planned(desk: Desk) -> list[tuple[str, datetime]]:
    return sorted((row.state, row.planned_start) for row in desk.read(sessions.every))


def test_an_entry_is_decided_once_and_taken_with_one_button(qtbot, desk, window, ana, file, opened):
    dialog = opened(file)
    first, second = dialog.whose
    assert (True, ana.id, False) == (first.decided, first.client_id, second.decided)
    assert [] == planned(desk)
    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)
    assert (True, None) == (second.decided, second.client_id)
    qtbot.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert [("planned", AT)] == planned(desk)
    assert [("title", "coaching ana", ana.id), ("title", "lunch", None)] == [
        (rule.kind, rule.value, rule.client_id) for rule in desk.read(calendar_rules.every)
    ]
    assert "1 session was planned." == window.message.sentence
    again = opened(file)
    assert [] == again.whose
    assert "Everything stands as in the calendar. 1 session is as it stands already." in texts(again)


def test_it_says_in_figures_what_the_button_will_do(qtbot, desk, ana, file, opened):
    dialog = opened(file)
    assert "1 session will be planned." == dialog.will.text()
    dialog.whose[1].put(ana.id)
    assert "2 sessions will be planned." == dialog.will.text()
    for one in dialog.whose:
        one.put_none()
    assert dialog.will.isHidden()
    dialog.reject()


def test_a_session_planned_by_hand_on_the_same_day_is_pointed_out(qtbot, desk, ana, file, opened):
    desk.do(sessions.plan, ana.id, AT + timedelta(hours=3))
    dialog = opened(file)
    assert "1 session will be planned.\nWith Ana one is planned already" in dialog.will.text()
    assert "18:00." in dialog.will.text()
    dialog.reject()


@pytest.mark.parametrize("text", ["", "Dear diary, today was a calm day."])
def test_a_file_that_is_no_calendar_cannot_be_taken(qtbot, tmp_path, opened, text):
    wrong = tmp_path / "diary.ics"
    wrong.write_text(text)
    dialog = opened(wrong)
    assert "This file is no calendar." == dialog.said.text()
    assert not dialog.act.isEnabled()
    assert dialog.again is None
    dialog.reject()


def test_what_is_new_moved_called_off_and_broken_is_named_before(qtbot, desk, ana, file, opened):
    desk.do(calendar_rules.add, "title", "coaching ana", ana.id)
    other = ONCE.replace("UID:a1", "UID:a2").replace("0305T14", "0307T14").replace("DTEND:20260305", "DTEND:20260307")
    file.write_text(calendar(ONCE, other))
    take_first(desk, opened(file))
    moved = ONCE.replace("T1400", "T1600").replace("T1450", "T1650")
    new = other.replace("UID:a2", "UID:a3").replace("0307", "0309")
    file.write_text(calendar(moved, f"{other}|STATUS:CANCELLED", new, "UID:b|SUMMARY:Broken|DTSTART:soon"))
    dialog = opened(file)
    said = texts(dialog)
    for sentence in (
        "New\nMon, 9 March, 15:00: Ana", "Moved\nThu, 5 March, 17:00 instead of Thu, 5 March, 15:00: Ana",
        "Called off\nSat, 7 March, 15:00: Ana",
    ):  # fmt: skip
        assert sentence in said.replace("Mar,", "March,")
    assert "Broken" not in said
    fold = next(one for one in dialog.findChildren(type(dialog.act)) if one.text() == "1 thing could not be read")
    fold.click()
    assert "Entry 4, “Broken”: “soon” is no date or time." in texts(dialog)
    dialog.store()
    assert 1 == [state for state, _start in planned(desk)].count("moved")
    dialog.reject()


def test_what_is_gone_is_called_off_only_when_asked(qtbot, desk, ana, file, opened):
    desk.do(calendar_rules.add, "title", "coaching ana", ana.id)
    take_first(desk, opened(file))
    file.write_text(calendar(LUNCH))
    dialog = opened(file)
    assert "No longer in this calendar" in texts(dialog)
    dialog.store()
    assert [("planned", AT)] == planned(desk)
    dialog.call_off.click()
    dialog.store()
    assert [("cancelled", AT)] == planned(desk)


def test_cancelling_changes_nothing_and_stops_the_reading(qtbot, desk, window, ana, file):
    dialog = ImportCalendar(desk, window, [file], window)
    dialog.open()
    dialog.cancel.click()
    assert [] == planned(desk)
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_a_file_that_is_no_calendar_says_so(qtbot, tmp_path, opened):
    path = tmp_path / "x.ics"
    path.write_bytes(b"\x00\x01")
    dialog = opened(path)
    assert ("This file: it is no calendar file.",) == dialog.reading.problems
    dialog.reject()


# --- dropping


def drop(window, *paths: Path) -> None:
    """Drag files onto the window and let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    over = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(50, 50), *over)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *over))


def test_several_files_are_dropped_onto_the_window_together(qtbot, desk, window, ana, file, tmp_path):
    other = tmp_path / "other.ICS"
    other.write_text(calendar(LUNCH.replace("UID:l", "UID:m").replace("Lunch", "Walk"), "DTSTART:soon"))
    drop(window, file, other)
    dialog = shown(qtbot, window)
    assert {"Coaching Ana", "Lunch", "Walk"} == {one.title for one in dialog.reading.entries}
    assert ("other.ICS: Entry 2: “soon” is no date or time.",) == dialog.reading.problems
    assert dialog.again is None
    dialog.reject()


def test_other_files_are_not_taken(qtbot, window, tmp_path):
    drop(window, tmp_path / "song.mp3")
    assert "CoachDesk does not know what to do with a file of this kind." == window.message.sentence


def test_nothing_is_dropped_into_a_running_session(qtbot, desk, window, ana, file):
    desk.do(sessions.start, ana.id)
    drop(window, file)
    assert "A session is running. Drop it again after it." == window.message.sentence
    assert [] == window.findChildren(ImportCalendar)


def test_nothing_is_dropped_onto_locked_records(qtbot, desk, window, file):
    window.forget_pages()
    desk.close()
    drop(window, file)
    assert "Unlock the records first; then drop it again." == window.message.sentence


# --- following


@pytest.fixture
def following(qtbot, desk, window, ana, file):
    """A followed calendar that was read once."""
    desk.do(calendar_plans.follow, str(file))
    made = CalendarFollowing(desk, window)
    made._settle.setInterval(10)
    made.look()
    qtbot.waitUntil(lambda: desk.read(calendar_plans.waiting) == 2)
    yield made
    made.rest()
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_unknown_entries_wait_and_known_ones_are_taken_by_themselves(qtbot, desk, window, ana, following):
    assert [] == planned(desk)
    desk.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    window.bridge.notice("woke")
    qtbot.waitUntil(lambda: planned(desk) == [("planned", AT)])
    qtbot.waitUntil(lambda: desk.read(calendar_plans.waiting) == 1)
    assert "From your calendar, 1 session was brought up to date." == window.message.sentence


def test_what_waits_is_a_calm_line_on_today_that_leads_there(qtbot, desk, window, following):
    QApplication.processEvents()
    line = window.page.calendar
    assert (True, "2 entries of your calendar to look at.") == (line.isVisible(), line.words.text())
    line.go.click()
    dialog = shown(qtbot, window)
    assert ["Coaching Ana", "Lunch"] == [one.entries[0].title for one in dialog.whose]
    for one in dialog.whose:
        one.put_none()
    dialog.act.click()
    QApplication.processEvents()
    assert not line.isVisible()


def test_a_changed_file_is_read_again_also_when_another_took_its_place(qtbot, desk, ana, file, following):
    desk.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    for minutes in (0, 30):
        beside = file.with_name("new")
        beside.write_text(calendar(ONCE.replace("T1400", f"T14{minutes:02}")))
        beside.replace(file)
        at = AT + timedelta(minutes=minutes)
        qtbot.waitUntil(lambda at=at: ("planned", at) in planned(desk), timeout=20_000)


def test_a_running_session_is_not_disturbed(qtbot, desk, window, ana, file, following):
    desk.do(calendar_rules.add, "title", "Coaching Ana", ana.id)
    desk.do(sessions.start, ana.id)
    following.look()
    assert not window.tasks.busy
    desk.do(sessions.finish)
    window.bridge.sitting_changed.emit()
    qtbot.waitUntil(lambda: ("planned", AT) in planned(desk), timeout=20_000)


def test_a_calendar_that_went_away_is_no_trouble(qtbot, desk, window, file, following):
    file.unlink()
    following.look()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert 2 == desk.read(calendar_plans.waiting)
    assert "Your calendar could not be read. There is no such file any more." == window.message.sentence
    window.message.retire()
    following.look()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert "" == window.message.sentence
    desk.do(calendar_plans.follow, "")
    assert "" == following._path


def test_a_very_long_name_fits_the_choice_and_is_whole_in_its_tip(qtbot, desk, opened, file):
    name = "Wilhelmina-Theodora von Aldenhoven-Schwarzenbruck " * 4
    ada = desk.do(clients.add, name)
    dialog = opened(file)
    choice = dialog.whose[0].choice
    dialog.whose[0].put(ada.id)
    assert choice.currentText().endswith("…")
    assert name.strip() == choice.toolTip()
    dialog.whose[0].put_none()
    assert "" == choice.toolTip()


def test_a_very_long_title_of_an_entry_takes_few_lines_and_is_whole_in_its_tip(opened, file):
    title = "Talk about the Donaudampfschifffahrtsgesellschaftskapitaen " * 4
    file.write_text(calendar(LUNCH.replace("Lunch", title)))
    shown = opened(file).whose[0].findChildren(QLabel)[0]
    assert shown.text().endswith("…")
    assert title.strip() == shown.toolTip()
    assert shown.height() <= 4 * shown.fontMetrics().lineSpacing()


# --- in the settings


@pytest.fixture
def settings(qtbot, desk, window, ana):
    window.show_page("settings", section="calendar")
    return window.page.part(CalendarSettings)


def test_a_file_is_chosen_followed_and_let_go(qtbot, desk, window, settings, file):
    settings.ask_file = lambda _parent: file
    settings.file.click()
    dialog = shown(qtbot, window)
    dialog.again.click()
    dialog.whose[0].put("later")
    dialog.act.click()
    assert (str(file), 2) == (desk.read(calendar_plans.followed), desk.read(calendar_plans.waiting))
    assert "2 entries of your calendar to look at." == settings.waiting.text()
    assert str(file) in settings.path.text().replace("\u200b", "")
    settings.leave.click()
    assert "No calendar is followed." == settings.path.text()
    assert "" == desk.read(calendar_plans.followed)


def test_a_rule_is_forgotten(qtbot, desk, window, ana, settings):
    desk.do(calendar_rules.add, "title", "Walk", ana.id)
    desk.do(calendar_rules.add, "title", "Lunch", None)
    QApplication.processEvents()
    buttons = [one for one in settings.rules.findChildren(type(settings.file)) if one.isVisibleTo(settings)]
    assert ["Forget: None of mine, Called “lunch”", "Forget: Ana, Called “walk”"] == [
        one.accessibleName() for one in buttons
    ]
    buttons[1].click()
    assert ["lunch"] == [rule.value for rule in desk.read(calendar_rules.every)]


def test_a_calendar_is_written_without_names_unless_asked(qtbot, desk, window, ana, settings, tmp_path):
    desk.do(sessions.plan, ana.id, AT)
    target = tmp_path / "out"
    settings.ask_target = lambda _parent: target
    settings.write.click()
    assert b"SUMMARY:Coaching session" in (tmp_path / "out.ics").read_bytes()
    target = tmp_path / "named.ics"
    settings.names.click()
    settings.write.click()
    assert b"SUMMARY:Session with Ana" in target.read_bytes()
    assert f"Written: {target}" == window.message.sentence
    settings.ask_target = lambda _parent: None
    settings.write.click()
