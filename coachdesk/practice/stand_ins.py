"""What stands for rows that could not be read, so that what belongs to them stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from coachdesk.words import _

UNREADABLE = "00000000-0000-4000-8000-000000000000"
"""The id of the client who stands for those whose rows could not be read, and of their like in other tables."""


def stand_in(table: str, row_id: str, child: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What salvaged records hold in place of a row that could not be read and that others hang on; None for nothing.

    So a client's sessions and promises stay although the page with the client's own row is gone.
    """
    name = _("Not readable")
    at = str(child.get("created_at") or "")
    client = child.get("client_id") or UNREADABLE
    year, week, _day = datetime.fromisoformat(at).isocalendar() if at else (1970, 1, 1)
    return {
        "reflection": {"week": f"{year}-W{week:02}"},
        "client": {"name": name, "short_name": name, "kind": "individual"},
        "session": {"client_id": client, "state": "missed", "planned_start": at},
        "commitment": {"client_id": client, "owner": "coach", "text": name, "state": "released"},
        "checklist": {"key": f"unreadable-{row_id}", "name": name},
        "checklist_item": {"checklist_id": UNREADABLE, "key": f"unreadable-{row_id}", "text": name},
    }.get(table)
