"""When the records were last checked wholly, and what was found: once a month every page is proved."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from coachdesk.clock import Now
from coachdesk.paths import Home
from coachdesk.storage import disk, faults, store
from coachdesk.storage.store import Store

EVERY = timedelta(days=30)


@dataclass(frozen=True)
class Checked:
    """The last full check."""

    at: datetime
    """Aware UTC."""
    wrong: int
    """What was found; 0 is whole."""


def last(home: Home) -> Checked | None:
    """The last full check; None before the first."""
    content = _content(home)
    try:
        return Checked(datetime.fromisoformat(content["checked_at"]).astimezone(UTC), int(content["wrong"]))
    except (KeyError, ValueError, TypeError):
        return None


def due(home: Home, now: Now) -> bool:
    """Whether a month has passed since, or the last one found damage."""
    checked = last(home)
    return checked is None or checked.wrong > 0 or not checked.at <= now.at < checked.at + EVERY


def full(opened: Store, home: Home, now: Now) -> Checked:
    """Check the open records wholly, and remember it. Takes seconds on a large practice: call it on a worker thread."""
    with faults.explained():
        checked = Checked(now.at, len(store.check(opened, quick=False)))
        _keep(home, checked_at=now.at.astimezone(UTC).isoformat(), wrong=checked.wrong)
    return checked


def warned(home: Home, folder: str) -> bool:
    """Whether the coach was told of this folder before; from now on they were."""
    if _content(home).get("warned") == folder:
        return True
    with faults.explained():
        _keep(home, warned=folder)
    return False


def _content(home: Home) -> dict[str, Any]:
    try:
        content = json.loads(home.checks.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _keep(home: Home, **more: Any) -> None:
    disk.write(home.checks, json.dumps({**_content(home), **more}, indent=2).encode())
