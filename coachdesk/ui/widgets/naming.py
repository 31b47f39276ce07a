"""How clients and their sessions are named on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from coachdesk.ui.widgets.rows import NAMED, breakable, one_line, shortened
from coachdesk.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from coachdesk.desk import Desk
    from coachdesk.practice.clients import Client


def shown(desk: Desk, client: Client) -> str:
    """The name on one line: the short one if the coach prefers it; oneself is no client."""
    if client.kind == "self":
        return _("For myself")
    return one_line(client.shown(desk.settings.privacy.short_names))


def put_heading(heading: QLabel, words: str, most: int = NAMED) -> None:
    """Show a name, or words with one, on three lines at most; all of a longer one is in the tooltip and read aloud.

    It begins where everything else does, whichever way its letters run.
    """
    side = Qt.AlignmentFlag.AlignRight if heading.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    heading.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    heading.setText(breakable(shortened(words, most)))
    heading.setAccessibleName(words)
    heading.setToolTip(words if len(words) > most else "")


def number_words(client: Client, number: int) -> str:
    """Which session it is: "Session 4 of 10", or "Session 4"."""
    if client.kind == "self":
        return ""
    if client.planned_sessions and number <= client.planned_sessions:
        return _("Session {n} of {all}").format(n=number, all=client.planned_sessions)
    return _("Session {n}").format(n=number)


def for_self(desk: Desk) -> bool:
    """Whether CoachDesk is used without clients."""
    return desk.settings.session.whom == "self"
