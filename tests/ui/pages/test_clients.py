"""The list of clients: found as one types, put away and brought back, forgotten after a question."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt

from coachdesk.practice import canvas, clients, commitments, sessions
from coachdesk.ui.erasing import Erasing
from coachdesk.ui.pages.clients import ClientsPage
from coachdesk.ui.widgets import LineField
from tests.ui.hands import choose, dialog, key, named, press, words_on, write


def names(page) -> list[str]:
    return [row.title for row in page.list.rows]


@pytest.fixture
def others(desk, ana):
    for name in ("Émile Zürn", "Benedikt", "Tom Archer"):
        desk.do(clients.add, name)
    desk.do(clients.archive, desk.read(clients.find, "Tom Archer").id)


@pytest.mark.usefixtures("others")
def test_archived_ones_stand_behind_a_switch(show):
    page = show(ClientsPage)
    assert ["Ana", "Benedikt", "Émile Zürn"] == names(page)
    assert "1 put away" == page.archived.text()
    page.archived.click()
    assert ["Ana", "Benedikt", "Émile Zürn", "Tom Archer"] == names(page)


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(
    ("typed", "found"), [("ZURN", ["Émile Zürn"]), ("lindq", ["Ana"]), ("archer", ["Tom Archer"]), ("xyz", [])]
)
def test_the_list_narrows_as_one_types(show, typed, found):
    page = show(ClientsPage)
    write(page.find, typed)
    assert found == names(page)


@pytest.mark.usefixtures("others")
def test_enter_opens_the_first_that_is_left(desk, shell, show):
    page = show(ClientsPage)
    write(page.find, "bene")
    key(page.find, Qt.Key.Key_Return)
    assert [("client", {"client_id": desk.read(clients.find, "Benedikt").id})] == shell.went


def test_a_row_tells_the_session_and_the_next_date(desk, ana, show):
    desk.do(sessions.log, ana.id, datetime(2026, 2, 25, 14, 30, tzinfo=UTC), 50)
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 3, 8, 0, tzinfo=UTC))
    (row,) = show(ClientsPage).list.rows
    assert "Session 2 of 10" in row.detail
    assert "tomorrow, 09:00" == row.aside


def test_full_names_show_when_short_ones_are_not_wanted(desk, ana, show):
    desk.change_setting("privacy.short_names", False)
    assert ["Ana Lindqvist"] == names(show(ClientsPage))


def test_a_group_is_added_with_its_size(desk, shell, show):
    page = show(ClientsPage)
    press(page.nobody, "Add a client")
    form = dialog(page)
    write(named(form, "Name", LineField), "Team North")
    press(form, "A group")
    write(named(form, "People in the group", LineField), "seven")
    press(form, "Add")
    assert "People in the group should be a whole number." in words_on(form)
    write(named(form, "People in the group", LineField), "7")
    press(form, "Add")
    (team,) = desk.read(clients.every)
    assert ("Team North", "group", 7) == (team.name, team.kind, team.group_size)
    assert [("client", {"client_id": team.id})] == shell.went


def test_a_form_left_with_esc_keeps_what_was_typed_and_cancel_forgets_it(show):
    page = show(ClientsPage)
    press(page.nobody, "Add a client")
    write(named(dialog(page), "Name", LineField), "Half a na")
    key(dialog(page), Qt.Key.Key_Escape)
    press(page.nobody, "Add a client")
    assert "Half a na" == named(dialog(page), "Name", LineField).text()
    press(dialog(page), "Cancel")
    press(page.nobody, "Add a client")
    assert "" == named(dialog(page), "Name", LineField).text()


@pytest.mark.usefixtures("others")
def test_the_menu_of_a_row_archives_and_brings_back(desk, shell, show):
    page = show(ClientsPage)
    page.archived.click()
    page.list.customContextMenuRequested.emit(QPoint(20, 20))
    choose(page, "Put away")
    assert desk.read(clients.find, "Ana").archived_at is not None
    assert "Ana is put away; nothing is lost." in shell.said
    at = names(page).index("Ana")
    page.list.customContextMenuRequested.emit(page.list.visualRect(page.list.model().index(at)).center())
    choose(page, "Bring back")
    assert desk.read(clients.find, "Ana").archived_at is None


def test_forgetting_says_first_what_goes(qtbot, desk, ana, shell, show):
    desk.do(sessions.log, ana.id, datetime(2026, 2, 25, 14, 30, tzinfo=UTC), 50)
    desk.do(commitments.add, ana.id, "Send the article")
    desk.do(canvas.add, ana.id, "Nine people", private=True)
    shell.opening = SimpleNamespace(erasing=Erasing(desk, shell))
    page = show(ClientsPage)
    page.list.setFocus()
    key(page.list, Qt.Key.Key_Delete)
    form = dialog(page)
    qtbot.waitUntil(form.act.isEnabled)
    assert 1 == len(desk.read(clients.every))
    said = words_on(form)
    for words in ("Forget Ana?", "1 session, planned or held", "1 promise or next step", "1 line of the canvas"):
        assert words in said
    press(form, "Forget")
    assert [] == list(desk.read(clients.every))
    assert "A name is enough to begin with." in words_on(page)
    qtbot.waitUntil(lambda: not shell.opening.erasing.busy)
    form.close()


def test_three_hundred_clients_narrow_at_once(desk, show):
    def many(db, *, now):
        for number in range(300):
            clients.add(db, f"Client {number:03}", now=now)

    desk.do(many)
    page = show(ClientsPage)
    assert 300 == len(page.list.rows)
    write(page.find, "299")
    assert ["Client 299"] == names(page)
