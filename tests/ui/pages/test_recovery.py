"""The question after an interruption: go on, or say when it ended. Nothing is lost either way."""

from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest

from coachdesk.practice import clients, marks, sessions
from coachdesk.sitting import Sitting
from coachdesk.ui.pages.recovery import RecoveryPage
from tests.ui.hands import press, words_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def interrupt(desk, shell, clock, machine, client, *, away: float = 3600) -> sessions.Session:
    """A session that ran for forty-one minutes, then nobody saw it for a while; a new start of the program."""
    row = Sitting(desk, machine).begin(client.id, minutes=50)
    clock.advance(600)
    desk.do(marks.mark, words="before the cut")
    clock.advance(31 * 60)
    desk.do_quietly(sessions.seen)
    clock.advance(away)
    shell.sitting = Sitting(desk, machine)
    return row


@pytest.fixture
def cut(desk, shell, clock, machine, ana):
    """Ana's session, begun at one o'clock in Berlin, last seen at 13:41, found at 14:41."""
    return interrupt(desk, shell, clock, machine, ana)


@pytest.fixture
def page(show, cut):
    return show(RecoveryPage, session_id=cut.id)


def test_it_says_when_the_session_began_and_was_last_seen(page):
    assert "Your session with Ana began at 13:00 and was last seen at 13:41." in words_on(page)
    assert "It ended at 13:41" in words_on(page)


def test_nothing_happens_before_an_answer(page, desk, cut):
    assert ("running", cut.started_at) == (desk.read(sessions.running).state, desk.read(sessions.running).started_at)


def test_continue_goes_on_with_the_time_that_passed(page, desk, shell, cut):
    press(page, "Continue the session")
    assert [("session", {})] == shell.went
    assert (cut.id, 101) == (shell.sitting.moment().session_id, round(shell.sitting.moment().elapsed / 60))
    assert ["before the cut"] == [mark.text for mark in desk.read(marks.of_session, cut.id)]


def test_it_ended_when_it_was_last_seen(page, desk, shell, cut):
    press(page, "It ended at 13:41")
    row = desk.read(sessions.one, cut.id)
    assert ("finished", datetime(2026, 3, 2, 12, 41, tzinfo=UTC), 41 * 60) == (
        row.state, row.ended_at, row.elapsed_seconds,
    )  # fmt: skip
    assert [("close", {"session_id": cut.id})] == shell.went


def test_the_time_is_set(page, desk, shell, cut):
    press(page, "It ended at another time")
    page.time.selectAll()
    QTest.keyClicks(page.time, "1355")
    press(page, "It ended then")
    assert datetime(2026, 3, 2, 12, 55, tzinfo=UTC) == desk.read(sessions.one, cut.id).ended_at
    assert [("close", {"session_id": cut.id})] == shell.went


def test_a_time_that_cannot_be_is_refused_in_words(page, desk, shell):
    press(page, "It ended at another time")
    page.time.selectAll()
    QTest.keyClicks(page.time, "1259")
    press(page, "It ended then")
    assert ["The end must lie between the start of the session and now."] == shell.said
    assert None is not desk.read(sessions.running)


def test_a_session_seen_last_on_another_day_is_told_with_its_day(desk, shell, clock, machine, ana, show):
    clock.advance(10.5 * 3600)
    interrupt(desk, shell, clock, machine, ana, away=8 * 3600)
    words = words_on(show(RecoveryPage)).replace("Mon,", "Mon")
    assert "began yesterday, 23:30 and was last seen today, 00:11" in words


def test_a_session_of_ones_own_has_no_name(desk, shell, clock, machine, show):
    interrupt(desk, shell, clock, machine, desk.do(clients.add, "Me", kind="self"))
    assert "Your own session began at 13:00 and was last seen at 13:41." in words_on(show(RecoveryPage))


def test_without_an_interrupted_session_there_is_nothing_to_ask(show, shell):
    show(RecoveryPage)
    assert [("today", {})] == shell.went
