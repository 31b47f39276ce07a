"""How long was coached."""

from typing import TYPE_CHECKING, Any

from coachdesk.practice import hours
from coachdesk.verbs.values import day, midnight

if TYPE_CHECKING:
    from coachdesk.desk import Desk

FIGURES = ("sessions", "paid_seconds", "pro_bono_seconds")


def show(desk: "Desk", *, since: str | None = None) -> dict[str, Any]:
    """Figures per client and in total, of sessions begun since a day."""
    first = midnight(day(since)) if since is not None else None
    rows = desk.read(hours.per_client, since=first)
    total = {name: sum(getattr(row, name) for row in rows) for name in FIGURES}
    return {"since": since, "clients": list(rows), "total": {"clients": len(rows), **total}}


VERBS = {"hours": show}
