"""Throw-away records with an example practice."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coachdesk import example
from coachdesk.clock import Clock
from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.settings import Settings


@dataclass(frozen=True)
class Stage:
    """Throw-away records with an example practice."""

    home: Home
    key: bytes = field(repr=False)
    client_id: str
    """Whose session is about to begin."""


@contextmanager
def throw_away(
    clock: Clock, zone: str = "UTC", *, settings: Settings | None = None, minutes: int = 50
) -> Iterator[Stage]:
    """Encrypted records with an example practice in a temporary folder that only this person can open.

    A session of so many minutes is about to begin in it. The folder is removed afterwards, whatever happened; the key
    is never written anywhere.
    """
    from coachdesk.storage import store

    with tempfile.TemporaryDirectory(prefix="coachdesk-rehearsal-", ignore_cleanup_errors=True) as folder:
        home, key = Home(Path(folder)), secrets.token_bytes(32)
        desk = Desk(clock, home)
        desk.change_settings(settings or desk.settings)
        desk.adopt(store.create(home.records, key))
        try:
            client_id = example.fill(desk, zone=zone, minutes=minutes)
        finally:
            desk.close()
        yield Stage(home, key, client_id)
