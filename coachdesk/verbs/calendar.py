"""What can be asked about calendars: write one, take one in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.exchange import calendar_in, calendar_out, files
from coachdesk.exchange.calendar_recurrence import Budget
from coachdesk.machine.here import zone_here
from coachdesk.practice import calendar_plans, clients
from coachdesk.practice.calendar_plans import Preview, Step, Unknown
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


PATIENCE = 6.0
"""Seconds a reading may take; a running window answers meanwhile to nobody."""


def export(desk: "Desk", *, path: str, names: bool = False, force: bool = False) -> dict[str, Any]:
    """Write the coming sessions and one's own dated promises; names and texts only when asked for."""
    target = Path(path)
    files.refuse_taken(target, force=force)
    short = desk.settings.privacy.short_names
    files.write(target, desk.read(calendar_out.export, zone=zone_here(), names=names, short=short))
    return {"path": target}


def take(desk: "Desk", *, path: str, preview: bool = False) -> dict[str, Any]:
    """Take what the confirmed rules decide of a file or folder, or only say what would be done."""
    if not Path(path).exists():
        raise Refused(_("There is no file or folder at {path}.").format(path=path))
    budget = Budget(seconds=PATIENCE)
    reading = calendar_in.read(Path(path), now=desk.now().at, zone=zone_here(), budget=budget)
    if preview:
        return _told(desk, desk.read(calendar_plans.preview, reading))
    usual = desk.settings.session.minutes
    found, touched = desk.do(calendar_plans.take_known, reading, usual_minutes=usual)
    return {**_told(desk, found), "touched": [row.id for row in touched]}


def _told(desk: "Desk", found: Preview) -> dict[str, Any]:
    short = desk.settings.privacy.short_names
    names = {one.id: one.shown(short) for one in desk.read(clients.every)}
    return {
        "steps": [_step(step, names) for step in found.steps],
        "gone": [_step(step, names) for step in found.gone],
        "differing": [_step(step, names) for step in found.differing],
        "unknown": [_unknown(one, names) for one in found.unknown],
        "whole_days": found.whole_days,
        "settled": found.settled,
        "problems": found.reading.problems,
    }


def _step(step: Step, names: dict[str, str]) -> dict[str, Any]:
    return {
        "act": step.act, "client_id": step.client_id, "client": names.get(step.client_id, ""), "start": step.start,
        "from_start": step.from_start, "session_id": step.session_id or None,
    }  # fmt: skip


def _unknown(one: Unknown, names: dict[str, str]) -> dict[str, Any]:
    first = one.entries[0]
    return {
        "title": first.title, "start": first.start, "count": len(one.entries), "people": first.people,
        "suggested": [names[each] for each in one.suggested if each in names],
    }  # fmt: skip


VERBS = {"calendar.export": export, "calendar.import": take}
