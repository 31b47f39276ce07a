"""How long was coached."""

from typing import TYPE_CHECKING, Any

from coachdesk.machine.here import zone_here
from coachdesk.practice import credential, hours
from coachdesk.practice.hours import Amount, Relationship, Rules
from coachdesk.verbs.values import day, day_here

if TYPE_CHECKING:
    from coachdesk.desk import Desk

FIGURES = ("sessions", "paid_seconds", "pro_bono_seconds")


def show(desk: "Desk", *, since: str | None = None) -> dict[str, Any]:
    """Figures per client, per month and in total, and progress towards credentials, by the rules of the settings.

    ``since`` leaves out sessions before a day; progress is told of all that counts.
    """
    first = day(since) if since is not None else None
    today = day_here(desk.now().at)
    recent = credential.recent_from(today)
    every = desk.read(hours.report, Rules.chosen(desk.settings, zone_here()), recent_from=recent)
    shown = every if first is None else desk.read(hours.report, Rules.chosen(desk.settings, zone_here(), first))
    nameless = hours.total(shown.nameless)
    return {
        "since": since,
        "clients": [_row(each) for each in shown.relationships],
        "without_name": {"clients": len(shown.nameless), **_figures(nameless)},
        "months": [{"month": f"{y:04}-{m:02}", **_figures(each)} for (y, m), each in shown.months.items()],
        "over_months": _figures(shown.over_months),
        "total": {"clients": len(shown.every), **_figures(shown.total)},
        "left_out": {"large_groups": _figures(shown.large_groups), "across_start": _figures(shown.across_start)},
        "progress": credential.progress(every, today),
        "credentials": list(credential.CREDENTIALS),
    }


def _row(each: Relationship) -> dict[str, Any]:
    names = ("client_id", "name", "kind", "group_size", "first_day", "last_day", *FIGURES)
    return {**{name: getattr(each, name) for name in names}, "log_consent_on": each.consent_on}


def _figures(amount: Amount) -> dict[str, int]:
    return {name: getattr(amount, name) for name in FIGURES}


VERBS = {"hours": show}
