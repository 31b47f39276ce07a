"""Arriving: a minute for the coach; nothing counts down, nothing hurries."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk import in_session
from coachdesk.practice import clients, drafts, sessions
from coachdesk.ui.pages.arrive import TOWARDS_OTHERS, ArrivePage
from tests.ui.hands import key, press, words_on, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(show, ana):
    return show(ArrivePage, client_id=ana.id, minutes=40, template="sixty")


def arrivals(desk) -> set[str]:
    return {prompt.text for prompt in in_session.library(desk) if prompt.category == "arrival"}


def test_words_for_arriving_and_one_line_stand_alone(page, desk):
    assert page.line.text() in arrivals(desk)
    assert page.intention is QApplication.focusWidget()


def test_enter_begins_with_the_intention(page, desk, shell, ana):
    write(page.intention, "Slower than I think")
    key(page.intention, Qt.Key.Key_Return)
    row = desk.read(sessions.running)
    assert (ana.id, 40, "sixty", "Slower than I think") == (
        row.client_id, row.planned_minutes, row.template, row.intention,
    )  # fmt: skip
    assert [("session", {}), ("aside", {})] == shell.went
    assert ("", "") == (page.intention.text(), desk.read(drafts.get, "arrive", ana.id, "intention"))


def test_the_line_may_stay_empty(page, desk):
    press(page, "Begin the session")
    assert "" == desk.read(sessions.running).intention


def test_an_intention_half_written_is_there_after_a_kill(qtbot, page, desk, ana, show):
    write(page.intention, "half a li")
    qtbot.waitUntil(lambda: "half a li" == desk.read(drafts.get, "arrive", ana.id, "intention"))
    assert "half a li" == show(ArrivePage, client_id=ana.id, minutes=40, template="sixty").intention.text()


def test_each_client_has_an_intention_of_its_own(page, desk, ana):
    write(page.intention, "For Ana")
    page.arrive(client_id=desk.do(clients.add, "Ben").id, minutes=50, template="open")
    assert "" == page.intention.text()
    page.arrive(client_id=ana.id, minutes=50, template="open")
    assert "For Ana" == page.intention.text()


def test_after_the_chosen_time_one_quiet_sentence_says_so(page):
    assert "" == page.ready.text()
    page._timer.timeout.emit()
    assert "You have taken your time. Begin when you are ready." in words_on(page)


def test_a_refusal_keeps_the_line(page, desk, shell):
    shell.sitting.begin(desk.do(clients.add, "Ben").id)
    write(page.intention, "Slow")
    press(page, "Begin the session")
    assert (["A session is running; end it before beginning another."], "Slow") == (shell.said, page.intention.text())


def test_the_dot_breathes_only_while_it_is_seen(page):
    assert page.breath._timer.isActive()
    page.hide()
    assert not page.breath._timer.isActive()


def test_without_motion_the_dot_stands_still(qapp, desk, show, ana):
    qapp.setProperty("reduce_motion", True)
    page = show(ArrivePage, client_id=ana.id, minutes=40, template="open")
    qapp.setProperty("reduce_motion", False)
    assert (False, 0.5) == (page.breath._timer.isActive(), page.breath.size_now)


def test_before_a_session_of_ones_own_nobody_is_to_be_met(desk, show):
    me = desk.do(clients.add, "Me", kind="self")
    others = {prompt.text for prompt in in_session.library(desk) if prompt.id in TOWARDS_OTHERS}
    assert len(TOWARDS_OTHERS) == len(others)
    page = show(ArrivePage, client_id=me.id, minutes=40, template="open")
    seen = set()
    for _again in range(40):
        desk.clock.advance(1)
        page.arrive(client_id=me.id, minutes=40, template="open")
        seen.add(page.line.text())
    assert set() == seen & others
    assert seen <= arrivals(desk)
