"""One's own practice over time on the page Reflect: read off the window's thread, by range, never about a client."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from coachdesk.practice import commitments, sessions
from coachdesk.ui.pages.reflect import ReflectPage
from tests.ui.hands import press, words_on


@pytest.fixture
def over_time(show, shell, qtbot):
    """The part as it is once its figures were read."""
    made = []

    def shown(**what):
        page = show(ReflectPage, part="trends", **what)
        made.append(page)
        qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
        return page.parts["trends"]

    yield shown
    shell.tasks.close()
    for page in made:
        page.hide()
        page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def practised(desk, clock, ana):
    """Three sessions, one of them two years ago; a promise kept and one let go."""
    at = clock.now().at
    for days, minutes in ((1, 50), (20, 90), (730, 60)):
        desk.do(sessions.log, ana.id, at - timedelta(days=days, hours=3), minutes)
    for outcome in ("kept", "released"):
        row = desk.do(commitments.add, ana.id, "x")
        desk.do(commitments.review, row.id, outcome)


def rows(part, name: str):
    return part.charts[name].figures.table.rows


def test_the_last_twelve_months_are_shown_with_their_figures(over_time, practised):
    part = over_time()
    assert 12 == len(rows(part, "promises"))
    assert ("March 2026", "1", "0", "0", "1") == rows(part, "promises")[0]
    assert [("March 2026", "1"), ("February 2026", "1"), ("January 2026", "0")] == list(rows(part, "sessions")[:3])
    assert [("March 2026", "0.83"), ("February 2026", "1.50")] == list(rows(part, "hours")[:2])


def test_the_bars_are_the_figures_of_the_table(over_time, practised):
    part = over_time()
    for name in ("promises", "sessions", "checks"):
        drawn = zip(*(each.values for each in part.charts[name].bars.figures.series), strict=True)
        assert [tuple(map(str, each)) for each in drawn] == [row[1:] for row in reversed(rows(part, name))]


def test_another_range_is_chosen(over_time, practised, qtbot, shell):
    part = over_time()
    for name, count in (("3 months", 3), ("All", 25)):
        press(part, name)
        qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
        assert count == len(rows(part, "sessions"))
    assert ("March 2024", "1") == rows(part, "sessions")[-1]


def test_an_empty_practice_is_told_how_it_fills(over_time, shell):
    part = over_time()
    assert "Once a session was held or a promise was looked at" in words_on(part)
    assert "Copy the figures" not in words_on(part)
    press(part, "Go to Today")
    assert ("today", {}) == shell.went[-1]


def test_a_change_of_the_records_is_shown(over_time, practised, desk, ana, clock, qtbot, shell):
    part = over_time()
    desk.do(sessions.log, ana.id, clock.now().at - timedelta(hours=2), 30)
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    assert ("March 2026", "2") == rows(part, "sessions")[0]


def test_the_figures_are_copied_by_a_button(over_time, practised, shell):
    part = over_time()
    press(part, "Copy the figures: Sessions")
    assert QGuiApplication.clipboard().text().startswith("Month\tSessions\nMarch 2026\t1\n")
    assert ["Copied; a spreadsheet takes it."] == shell.said


def test_no_client_is_named(over_time, practised):
    part = over_time()
    everything = "\n".join(chart.figures.table.text() for chart in part.charts.values()) + words_on(part)
    assert "Ana" not in everything
    assert {"promises", "sessions", "hours", "checks"} == set(part.charts)


def test_without_clients_there_are_no_process_checks_to_show(over_time, practised, desk):
    desk.change_setting("session.whom", "self")
    part = over_time()
    assert not part.charts["checks"].parentWidget().isVisible()


def test_records_locked_meanwhile_show_nothing(show, shell, desk, qtbot):
    page = show(ReflectPage)
    page.show_part("trends")
    desk.close()
    qtbot.waitUntil(lambda: not shell.tasks.busy, timeout=30_000)
    part = page.parts["trends"]
    assert part.wait.isVisible() or part.charts == {} or part.empty.isVisible()
    page.hide()
