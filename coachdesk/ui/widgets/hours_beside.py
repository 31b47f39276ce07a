"""What was held at the same time, in words; and what the clock had measured before times were corrected."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coachdesk.practice import clients, past_sessions
from coachdesk.ui.widgets.dates import local, moment_words, span_words
from coachdesk.ui.widgets.naming import shown
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.desk import Desk
    from coachdesk.practice.sessions import Session

MOST = 3


def overlap_words(desk: Desk, start: datetime, end: datetime, besides: str = "") -> str:
    """A line for each session that overlaps this time; empty where none does."""
    found = desk.read(past_sessions.overlapping, start, end, besides=besides)
    lines = [
        _("At the same time: {name}, {span}").format(
            name=shown(desk, desk.read(clients.one, row.client_id)),
            span=span_words(row.started_at, row.ended_at or desk.now().at),
        )
        for row in found[:MOST]
    ]
    more = len(found) - MOST
    if more > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "\n".join(lines)


def measured_words(row: Session, here: date) -> str:
    """What the clock had measured, where the times were corrected since; else empty."""
    if row.measured_start is None or row.measured_end is None:
        return ""
    same_day = row.started_at is not None and local(row.started_at).date() == local(row.measured_start).date()
    if same_day:
        return _("measured {span}, corrected").format(span=span_words(row.measured_start, row.measured_end))
    start = moment_words(row.measured_start, here)
    end = moment_words(row.measured_end, here)
    return _("measured from {start} to {end}, corrected").format(start=start, end=end)
