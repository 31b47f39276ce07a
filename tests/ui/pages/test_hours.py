"""The page of hours: the log, consent, files out and in, what counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from coachdesk.exchange import icf_log_table
from coachdesk.machine.here import zone_here
from coachdesk.practice import clients, hours, past_sessions, sessions
from coachdesk.practice.hours import Rules
from coachdesk.ui.dialogs.import_hours import ImportHours
from coachdesk.ui.pages.hours import HoursPage
from coachdesk.ui.widgets.days import DayField
from tests.ui.hands import words_on


@pytest.fixture
def practice(desk, ana):
    """Ana agreed to be listed, a group did not."""
    desk.do(clients.edit, ana.id, log_consent_on=date(2026, 1, 1), email="ana@example.org")
    circle = desk.do(clients.add, "Circle", kind="group", group_size=6)
    at = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
    desk.do(sessions.log, ana.id, at, 90, paid="paid")
    desk.do(sessions.log, ana.id, at - timedelta(days=20), 60, paid="pro_bono")
    desk.do(sessions.log, circle.id, at + timedelta(days=1), 60, paid="paid")
    return circle


def test_an_empty_practice_is_told_what_comes(show):
    page = show(HoursPage)
    assert (True, False, False) == (page.nothing.isVisible(), page.view.isVisible(), page.write.isEnabled())
    assert "0.00 of 100" == page.progress.figures[0].words.text()


def test_the_log_shows_who_agreed_and_who_did_not(show, practice):
    page = show(HoursPage)
    assert [("Ana", "1.50 h paid · 1.00 h pro bono")] == [(row.title, row.aside) for row in page.listed.rows]
    assert [("Circle", "1.00 h paid")] == [(row.title, row.aside) for row in page.unlisted.rows]
    assert page.unlisted.rows[0].detail.endswith(" · 6 people")
    assert "3.50 hours: 2.50 h paid · 1.00 h pro bono, with 7 people (each member of a group counts)" == (
        page.total.text()
    )


def test_more_clients_than_are_asked_for_are_told_beside_what_is_asked(desk, show, practice):
    desk.do(past_sessions.log, practice.id, datetime(2026, 2, 9, 9, 0, tzinfo=UTC), 60, paid="paid", group_size=8)
    page = show(HoursPage)
    assert "9, asked are 8" in [each.words.text() for each in page.progress.figures]
    assert "9 of 8" not in words_on(page)


def test_months_are_shown_the_newest_first(show, practice):
    page = show(HoursPage)
    page.view.choose("months")
    page._on_view()
    assert [("February 2026", "2 sessions", "2.50 h paid"), ("January 2026", "1 session", "1.00 h pro bono")] == [
        (row.title, row.detail, row.aside) for row in page.months.rows
    ]
    assert (True, False, False) == (
        page.months.isVisible(), page.listed.isVisible(), page.unlisted_card.isVisible()
    )  # fmt: skip


def test_they_agreed_today_is_asked_and_kept(show, desk, shell, practice):
    page = show(HoursPage)
    shell.answer = False
    page.unlisted.activated_row.emit(practice.id)
    assert desk.read(clients.one, practice.id).log_consent_on is None
    shell.answer = True
    page.unlisted.activated_row.emit(practice.id)
    assert date(2026, 3, 2) == desk.read(clients.one, practice.id).log_consent_on
    assert ["Ana", "Circle"] == [row.title for row in page.listed.rows]
    assert "Has Circle agreed today to be listed?" == shell.asked[-1][0]


def test_what_counts_is_chosen_here_with_a_day(show, desk, practice):
    page = show(HoursPage)
    field = page.form.control("training_start")
    assert isinstance(field, DayField)
    field.choose(date(2026, 2, 1))
    assert "2026-02-01" == desk.settings.hours.training_start
    page.refresh()
    assert page.total.text().startswith("2.50 hours")
    field.choose(None)
    assert "" == desk.settings.hours.training_start
    page.form.control("group_cap").field.setValue(5)
    page.refresh()
    assert "Not counted: 1 session with a group of more than 5 people, 1.00 hours." in page.notes.text()


def test_the_log_is_written_and_comes_back_into_the_records(show, desk, shell, practice, qtbot, tmp_path):
    page = show(HoursPage)
    path = tmp_path / "log.xlsx"
    page.write_to(path)
    qtbot.waitUntil(lambda: bool(shell.said), timeout=20000)
    assert [f"The log is written: {path}."] == shell.said
    assert ["Ana Lindqvist", "not listed (1 client)", "Total"] == [row[0] for row in icf_log_table.read(path)[1:4]]
    assert page.work.isHidden()


def test_writing_the_log_says_that_it_stopped_only_once_it_has(show, shell, practice, qtbot, tmp_path):
    page = show(HoursPage)
    page.write_to(tmp_path / "log.xlsx")
    page.work.stop.click()
    assert [] == shell.said
    qtbot.waitUntil(lambda: bool(shell.said), timeout=20000)
    written = (tmp_path / "log.xlsx").exists()
    assert ("The log is written" if written else "Stopped. No file was written.") in shell.said[0]
    assert page.write.isEnabled()


def test_a_disk_that_does_not_take_it_is_told(show, shell, practice, qtbot, tmp_path):
    page = show(HoursPage)
    page.write_to(tmp_path / "nowhere" / "log.csv")
    qtbot.waitUntil(lambda: bool(shell.said), timeout=20000)
    assert "There is no such folder" in shell.said[0]
    assert page.write.isEnabled()


@pytest.fixture
def opened(qtbot, desk, shell):
    """Open the import of a file and wait until it was read."""
    made = []

    def opened(path):
        dialog = ImportHours(desk, shell, path)
        made.append(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: dialog.said.text() != "Reading …", timeout=20000)
        QApplication.processEvents()
        return dialog

    yield opened
    for dialog in made:
        if shiboken6.isValid(dialog):
            dialog.close()


def test_a_log_is_shown_before_it_is_taken(opened, desk, shell, ana, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "Client,E-mail,Start,End,Paid,Shoes\nAna Lindqvist,,2024-01-01,2024-02-01,1.5,9\n"
        "Bo,,2024-01-01,2024-02-01,2.5,\n"
        "Cy,,soon,,1,\nTotal,,,,4.50,\n",
        "utf-8",
    )
    dialog = opened(path)
    assert ["a client you have", "a new client"] == [row.aside for row in dialog.list.rows]
    assert "Row 4: “soon” is not a date; write it like 2024-03-01." == dialog.problems.text()
    assert [
        "2 rows would be taken: 4.00 h paid.", "The file's own total is 4.50 h paid; its rows come to 4.00 h paid.",
        "Not used: Shoes",
    ] == dialog.said.text().splitlines()  # fmt: skip
    dialog.consent.choose(date(2026, 1, 5))
    dialog.act.click()
    assert "2 rows of hours were taken. 1 client was added." == shell.said[-1]
    assert {"Ana Lindqvist": None, "Bo": date(2026, 1, 5)} == {
        each.name: each.log_consent_on for each in desk.read(clients.every)
    }
    again = opened(path)
    assert "2 rows were imported before." in again.said.text()
    assert not again.act.isEnabled()


def test_overlapping_rows_and_unclear_dates_are_asked_about(opened, desk, ana, practice, tmp_path, qtbot):
    path = tmp_path / "log.csv"
    path.write_text("Client,Start,End,Paid\nAna Lindqvist,01/02/2025,01/03/2026,2\n", "utf-8")
    dialog = opened(path)
    assert dialog.order.isVisible()
    dialog.order.choose("dmy")
    dialog.order.chosen.emit("dmy")
    qtbot.waitUntil(lambda: bool(dialog.list.rows), timeout=20000)
    assert "overlaps hours kept here" == dialog.list.rows[0].aside
    assert (False, True) == (dialog.act.isEnabled(), dialog.overlapping.isVisible())
    dialog.overlapping.click()
    assert dialog.act.isEnabled()
    dialog.act.click()
    assert 7200 + 3 * 3600 + 1800 == desk.read(hours.report, Rules(zone_here())).total.seconds


def test_a_file_that_is_no_log_is_told_in_the_dialog(opened, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("just words\n", "utf-8")
    dialog = opened(path)
    assert "names its columns" in dialog.said.text()
    assert not dialog.act.isEnabled()
