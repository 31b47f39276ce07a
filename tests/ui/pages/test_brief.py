"""The brief: what matters before a session, in its order, and the one button that begins it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QCheckBox

from coachdesk.practice import agreements, canvas, checklists, clients, commitments, marks, sessions
from coachdesk.ui.pages.brief import BriefPage
from tests.ui.hands import named, press, words_on

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def held(desk, shell, clock, client, *kinds: str) -> None:
    """A session a week ago, with marks of these kinds."""
    clock.advance(-7 * 86400)
    shell.sitting.begin(client.id, minutes=50)
    for kind in kinds:
        desk.do(marks.mark, kind, words=f"the {kind}")
    clock.advance(3000)
    shell.sitting.end()
    clock.advance(7 * 86400 - 3000)


def cards(page) -> list[str]:
    """The titles of the cards shown, from above."""
    parts = page.cards
    shown = [
        each for each in (parts.first, parts.mine, parts.steps, parts.threads, parts.lines, parts.items)
        if each.isVisible()
    ]  # fmt: skip
    return [each.accessibleName() for each in sorted(shown, key=lambda each: each.y())]


def test_the_order_is_the_order_in_which_it_matters(desk, shell, clock, ana, show):
    held(desk, shell, clock, ana, "strain")
    desk.do(clients.edit, ana.id, needs_pace="Slow")
    desk.do(commitments.add, ana.id, "Send it")
    desk.do(commitments.add, ana.id, "Walk", owner="client")
    desk.do(canvas.add, ana.id, "Her father", kind="thread")
    desk.do(canvas.add, ana.id, "I am tired", kind="words")
    assert [
        "Before anything else",
        "My promises",
        "Next steps: what may be brought today",
        "Threads to come back to",
        "Lately on the canvas",
        "First session: still open",
    ] == cards(show(BriefPage, client_id=ana.id))


def test_a_strain_and_its_repair_come_first_with_what_the_client_needs(desk, shell, clock, ana, show):
    held(desk, shell, clock, ana, "strain", "repair", "insight")
    desk.do(clients.edit, ana.id, needs_feedback="Straight")
    words = words_on(show(BriefPage, client_id=ana.id).cards.first)
    assert ["Strain: the strain", "Repair: the repair", "Feedback: Straight"] == words.splitlines()[1:]


def test_a_strain_without_words_is_named_all_the_same(desk, shell, clock, ana, show):
    clock.advance(-86400)
    shell.sitting.begin(ana.id)
    desk.do(marks.mark, "strain")
    shell.sitting.end()
    clock.advance(86400)
    assert "Strain: marked last time, not yet put into words" in words_on(show(BriefPage, client_id=ana.id))


def test_which_session_it_is_when_and_when_the_last_was(desk, shell, clock, ana, show):
    held(desk, shell, clock, ana)
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 2, 14, tzinfo=UTC))
    page = show(BriefPage, client_id=ana.id)
    assert "Session 2 of 10 · today, 15:00 · last time Mon 23 Feb, 13:00" == page.sentence.text().replace("Mon,", "Mon")


def test_where_nothing_is_left_it_says_so(desk, show):
    me = desk.do(clients.add, "Me", kind="self")
    page = show(BriefPage, client_id=me.id)
    assert ([], True) == (cards(page), "A clear table." in words_on(page))


def test_a_private_line_never_shows(desk, ana, show):
    desk.do(canvas.add, ana.id, "She reminds me of my sister", private=True)
    assert "sister" not in words_on(show(BriefPage, client_id=ana.id))


def test_the_agreement_is_one_line(desk, ana, show):
    desk.do(agreements.agree, ana.id, session_minutes=60, rescheduling="48 hours\nbefore", between_sessions="By e-mail")
    page = show(BriefPage, client_id=ana.id)
    assert "Agreed: 60 minutes · 48 hours before · By e-mail" == page.cards.agreement.text()


# What can be done here


def test_a_promise_is_kept_in_its_place_and_taken_back(desk, ana, show):
    row = desk.do(commitments.add, ana.id, "Send it", due_on=date(2026, 3, 1))
    page = show(BriefPage, client_id=ana.id)
    press(page, "Kept: Send it")
    assert "kept" == desk.read(commitments.one, row.id).state
    press(page, "Take back")
    assert "open" == desk.read(commitments.one, row.id).state


def test_a_thread_is_taken_up(desk, ana, show):
    desk.do(canvas.add, ana.id, "Her father", kind="thread")
    page = show(BriefPage, client_id=ana.id)
    press(page, "Taken up: Her father")
    assert ([], False) == (list(desk.read(canvas.threads, ana.id)), page.cards.threads.isVisible())


def test_an_item_of_the_first_session_is_ticked(desk, ana, show):
    page = show(BriefPage, client_id=ana.id)
    first = desk.read(checklists.lines, ana.id)[0]
    named(page, first.text, QCheckBox).click()
    QApplication.processEvents()
    assert None is not desk.read(checklists.lines, ana.id)[0].ticked_at
    assert first.text not in words_on(page)


class Browser(QObject):
    """Takes the links that would go to a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Remember a link."""
        self.opened.append(url.toString())


@pytest.mark.parametrize("link", ["https://meet.example.org/ana", "meet.example.org/ana"])
def test_the_call_opens_from_here(desk, ana, show, link):
    desk.do(clients.edit, ana.id, call_link=link)
    browser = Browser()
    for scheme in ("https", "http"):
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    press(show(BriefPage, client_id=ana.id), "Open the call")
    for scheme in ("https", "http"):
        QDesktopServices.unsetUrlHandler(scheme)
    assert ["meet.example.org/ana"] == [each.split("//")[1] for each in browser.opened]


def test_without_a_link_no_call_is_offered(desk, show):
    ben = desk.do(clients.add, "Ben")
    assert not show(BriefPage, client_id=ben.id).call.isVisible()


# Beginning


def test_begin_begins_with_the_length_shown_and_the_window_steps_aside(desk, shell, ana, show):
    desk.do(agreements.agree, ana.id, session_minutes=60)
    page = show(BriefPage, client_id=ana.id)
    assert 60 == page.minutes.value
    press(page, "More: Length")
    press(page, "Begin the session")
    row = desk.read(sessions.running)
    assert (ana.id, timedelta(minutes=65)) == (row.client_id, row.agreed_end - row.started_at)
    assert [("session", {}), ("aside", {})] == shell.went


def test_the_planned_length_and_structure_are_proposed(desk, ana, show):
    desk.do(sessions.plan, ana.id, datetime(2026, 3, 2, 12, 30, tzinfo=UTC), minutes=90)
    page = show(BriefPage, client_id=ana.id)
    assert (90, desk.settings.session.template) == (page.minutes.value, page.template.currentData())


def test_the_length_and_how_the_time_is_divided_are_named_in_words(ana, show):
    words = words_on(show(BriefPage, client_id=ana.id)).splitlines()
    assert {"Length", "How the time is divided"} <= set(words)


def test_the_structure_chosen_is_the_sessions(desk, ana, show):
    page = show(BriefPage, client_id=ana.id)
    page.template.setCurrentIndex(page.template.findData("grow"))
    press(page, "Begin the session")
    assert "grow" == desk.read(sessions.running).template


def test_arrive_first_takes_length_and_structure_along(ana, shell, show):
    page = show(BriefPage, client_id=ana.id)
    press(page, "Less: Length")
    press(page, "Arrive first")
    assert [("arrive", {"client_id": ana.id, "minutes": 45, "template": "open"})] == shell.went


def test_while_another_session_runs_beginning_is_refused_in_words(desk, shell, ana, show):
    shell.sitting.begin(desk.do(clients.add, "Ben").id)
    page = show(BriefPage, client_id=ana.id)
    press(page, "Begin the session")
    assert (["A session is running; end it before beginning another."], []) == (shell.said, shell.went)


def test_while_this_very_session_runs_the_button_leads_to_it(shell, ana, show):
    shell.sitting.begin(ana.id)
    page = show(BriefPage, client_id=ana.id)
    press(page, "To the session")
    assert [("session", {})] == shell.went


LONG = "Maximiliana-Alexandrina👩‍🚀مريمبنتعبدالله" * 12


def test_long_names_and_many_promises_hold_the_layout(desk, show):
    client = desk.do(clients.add, LONG, short_name=LONG, needs_topics=LONG, call_link="https://example.org")
    for at in range(50):
        desk.do(commitments.add, client.id, f"{LONG} {at}", cue=LONG)
        desk.do(canvas.add, client.id, f"{LONG} {at}", kind="thread")
    page = show(BriefPage, client_id=client.id)
    page.resize(544, 700)
    QApplication.processEvents()
    assert page.scroll.widget().width() <= page.scroll.viewport().width()
