"""The line that says one thing at a time can offer one thing to do."""

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.desk import Desk
from coachdesk.practice import clients
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.widgets.message import OFFERED, MessageLine


@pytest.fixture
def line(qtbot: QtBot) -> MessageLine:
    made = MessageLine()
    qtbot.addWidget(made)
    return made


def test_an_offer_is_taken_up_once(qtbot: QtBot, line: MessageLine):
    done: list[str] = []
    line.say("The session is closed.", act=("Summary", lambda: done.append("here")))
    assert ("Summary", "Summary") == (line.act.text(), line.act.accessibleName())
    line.act.click()
    assert ["here"] == done
    assert "" == line.sentence
    line.act.click()
    assert ["here"] == done


def test_an_offer_stays_long_enough_to_be_taken_up(line: MessageLine):
    line.say("Stored.")
    short = line._timer.interval()
    line.say("Stored.", act=("More", list))
    assert OFFERED == line._timer.interval() > short
    line.retire()


def test_the_next_sentence_offers_nothing(line: MessageLine):
    line.say("The session is closed.", act=("Summary", list))
    line.say("Stored.")
    assert line.act.isHidden()
    assert line._act is None
    line.retire()


def test_the_window_leads_where_its_sentence_says(window: MainWindow, desk: Desk):
    ana = desk.do(clients.add, "Ana")
    window.say("The session is closed.", lead=("Summary for the client", "hand_out", {"client_id": ana.id}))
    window.message.act.click()
    assert "hand_out" == window.page_name
    assert "For Ana" == window.page.whom.text()
