"""What is due between sessions, on Today and in the settings, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from coachdesk.machine.here import Ability
from coachdesk.practice import agreements, clients, commitments, sessions
from tests.studio import LEFTWARD, LONG, NOW, Studio

TODAY = NOW.date()


def _due(studio: Studio) -> QWidget:
    """A Friday with something of each kind."""
    desk = studio.desk
    desk.change_setting("privacy.retention_years", 3)
    for name in ("Johanna Brandl", LONG, LEFTWARD[0]):
        client = desk.do(clients.add, name, short_name=name)
        desk.do(agreements.agree, client.id, agreed_on=TODAY - timedelta(days=99), review_on=TODAY)
        desk.do(sessions.log, client.id, NOW - timedelta(days=3 * 366), 50)
        desk.do(commitments.add, client.id, "Send the article", due_on=TODAY)
    days = (4 - NOW.weekday()) % 7
    studio.clock.advance(timedelta(days=days).total_seconds())
    return _today(studio)


def _soon(studio: Studio) -> QWidget:
    start = studio.desk.read(sessions.coming)[0].planned_start
    studio.clock.advance((start - NOW).total_seconds() - 480)
    return _today(studio)


def _today(studio: Studio) -> QWidget:
    studio.page("today")
    studio.window.duties.look()
    studio.settle()
    return studio.window


def _silent(studio: Studio) -> QWidget:
    studio.machine.can = {**studio.machine.can, "notifications": Ability(False)}
    studio.page("settings", section="reminders")
    part = studio.window.page.parts[-1]
    part.attempt.click()
    studio.settle()
    studio.window.page.scroll.ensureWidgetVisible(part.attempt)
    return studio.window


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "today-due": _due,
    "today-soon": _soon,
    "settings-reminders-silent": _silent,
}
"""Name → how it is set up."""
