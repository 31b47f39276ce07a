"""The card of Today for what has no other place there: each row leads to where it is done."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.practice import clients
from coachdesk.reminders.duties import Duty
from coachdesk.ui.pages.today_due import ForToday
from tests.ui.hands import press, words_on

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def duty(kind: str, subject: str = "x", client: str = "") -> Duty:
    return Duty(kind, subject, "2026-03-02", NOON, client_id=client)


@pytest.fixture
def card(qtbot, desk, shell) -> ForToday:
    made = ForToday(desk, shell)
    qtbot.addWidget(made)
    return made


def read(card: ForToday, desk, *due: Duty) -> str:
    card.read({one.id: one for one in desk.read(clients.every)}, due)
    QApplication.processEvents()
    return words_on(card)


def test_without_anything_the_card_is_not_there(card, desk):
    read(card, desk, duty("my_promise"), duty("session_soon"), duty("without_next"))
    assert not card.isVisible()


@pytest.mark.parametrize(
    ("kind", "words", "leads"),
    [
        ("reflection", "The week's reflection", ("reflect", {})),
        ("agreement", "The agreement with Ana", ("client", {"client_id": "ana", "tab": "agreement"})),
        ("backup", "A backup", ("settings", {"section": "records"})),
        ("erasure", "A client you forgot", ("settings", {"section": "privacy"})),
        ("retention", "The records of Ana", ("client", {"client_id": "ana"})),
    ],
)
def test_each_row_leads_to_where_it_is_done(card, desk, shell, ana, kind, words, leads):
    read(card, desk, duty(kind, client=ana.id))
    assert card.isVisible()
    press(card, words)
    where, what = leads
    assert [(where, {name: ana.id if value == "ana" else value for name, value in what.items()})] == shell.went


def test_several_old_clients_are_one_row_that_leads_to_their_list(card, desk, shell, ana):
    assert "The records of 3 clients" in read(card, desk, *[duty("retention", client=ana.id)] * 3)
    press(card, "The records of 3 clients")
    assert [("settings", {"section": "privacy"})] == shell.went


def test_of_many_the_rest_is_counted(card, desk, ana):
    words = read(card, desk, *[duty("agreement", str(number), ana.id) for number in range(6)])
    assert (4, True) == (len(card.rows), "and 2 more" in words)


def test_while_work_is_under_way_no_backup_is_asked_for(qtbot, card, desk, shell):
    shell.tasks.run(lambda: None)
    read(card, desk, duty("backup"))
    assert not card.isVisible()
    qtbot.waitUntil(lambda: not shell.tasks.busy)
    read(card, desk, duty("backup"))
    assert card.isVisible()
    card.hide()
