"""The path of a session between its pages: beginning it, and saying when it ended."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from coachdesk.errors import Refused
from coachdesk.practice import sessions
from coachdesk.ui.widgets.dates import local, moment
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell


def begin(shell: Shell, client_id: str, minutes: int, template: str, intention: str = "") -> sessions.Session | None:
    """Begin the session and leave the screen to the call; None when it was refused, which is then said."""
    begun = None
    with shell.telling():
        if shell.sitting is not None:
            begun = shell.sitting.begin(client_id, minutes=minutes, template=template, intention=intention)
    if begun is not None:
        shell.bridge.sitting_changed.emit()
        shell.start_at("session")
        shell.step_aside()
    return begun


def end_at(row: sessions.Session, clock: time, now: datetime) -> datetime:
    """The first moment from the start on at which the clock shows a time; raises Refused if it has not come yet.

    The start's own minute is the start: a field of whole minutes cannot say it better.
    """
    day = local(row.started_at).date()
    for each in (day, day + timedelta(days=1)):
        end = moment(each, clock)
        if row.started_at - timedelta(minutes=1) < end <= now:
            return max(row.started_at, end)
    raise Refused(_("The end must lie between the start of the session and now."))
