"""What can be asked of the focus mode that the running CoachDesk holds; its records may be locked."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.focus.plan import Plan
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import Focus, State

SHORTEST, LONGEST = 1, 480
"""Minutes for which it can be asked to last."""


def on(desk: "Desk", *, minutes: Any) -> "State":
    """Begin focus mode for so many minutes; the answer comes at once, ``state`` tells what becomes of it."""
    focus = _held_by(desk)
    if focus.state.is_on:
        raise Refused(_("Focus mode is on already; coachdesk focus off ends it."))
    lasts = timedelta(minutes=lasting(minutes))
    focus.enter(wanted(Plan.of(desk.settings, lasts.total_seconds())), desk.now().at + lasts)
    return focus.state


def state(desk: "Desk") -> "State":
    """How focus mode stands in this CoachDesk."""
    return _held_by(desk).state


def lasting(minutes: int) -> int:
    """The minutes, where focus mode can last so long; raises Refused."""
    if not isinstance(minutes, int) or not SHORTEST <= minutes <= LONGEST:
        wording = _("Focus mode lasts between {shortest} and {longest} minutes.")
        raise Refused(wording.format(shortest=SHORTEST, longest=LONGEST))
    return minutes


def wanted(plan: Plan) -> Plan:
    """The plan, where there is something in it; raises Refused."""
    if not plan.wanted:
        raise Refused(_("Everything is switched off for focus mode; choose in the settings what shall be quiet."))
    return plan


def _held_by(desk: "Desk") -> "Focus":
    if desk.focus is None:
        raise Refused(_("The CoachDesk that runs here has no focus mode."))
    return desk.focus


VERBS = {"focus.on": on, "focus.state": state}
