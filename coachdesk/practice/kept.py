"""What a file of records holds, in the figures a coach knows them by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coachdesk.storage import backup, cipher
from coachdesk.words import _, ngettext


@dataclass(frozen=True)
class Kept:
    """How much there is."""

    clients: int
    """Without oneself, whom no list of clients shows either."""
    sessions: int
    promises: int
    newest: datetime | None
    """When the newest session that was held began, aware UTC."""


def in_backup(path: Path, key: bytes) -> Kept:
    """What a backup holds; it is opened and checked wholly. Raises Refused."""
    backup.verify(path, key)
    return in_file(path, key)


def in_file(path: Path, key: bytes) -> Kept:
    """What a whole file of closed or open records holds. Raises Refused, the driver's errors."""
    connection = cipher.connect(path, key, "ro")
    try:
        return _kept(connection)
    finally:
        connection.close()


def in_words(kept: Kept) -> str:
    """The figures, for example "12 clients, 230 sessions, 410 promises and steps"."""
    return _("{clients}, {sessions}, {promises}").format(
        clients=ngettext("{n} client", "{n} clients", kept.clients).format(n=kept.clients),
        sessions=ngettext("{n} session", "{n} sessions", kept.sessions).format(n=kept.sessions),
        promises=ngettext("{n} promise or step", "{n} promises and steps", kept.promises).format(n=kept.promises),
    )


def lost_in_words(lost: Mapping[str, int], pieces: int) -> str:
    """What could not be read, in one sentence; empty if all could."""
    if not pieces and not lost:
        return ""
    known = {
        "client": lambda n: ngettext("{n} client", "{n} clients", n),
        "session": lambda n: ngettext("{n} session", "{n} sessions", n),
        "commitment": lambda n: ngettext("{n} promise or step", "{n} promises and steps", n),
        "note": lambda n: ngettext("{n} note", "{n} notes", n),
    }
    parts = [known[name](lost[name]).format(n=lost[name]) for name in known if lost.get(name)]
    others = sum(count for name, count in lost.items() if name not in known)
    if others:
        parts.append(ngettext("{n} smaller entry", "{n} smaller entries", others).format(n=others))
    if parts:
        return _("What could not be read: {parts}.").format(parts=", ".join(parts))
    words = ngettext(
        "{n} piece of 4 kilobytes could not be read; as far as can be told, no entry was on it.",
        "{n} pieces of 4 kilobytes could not be read; as far as can be told, no entry was on them.",
        pieces,
    )
    return words.format(n=pieces)


def _kept(connection: Any) -> Kept:
    counts = cipher.counts(connection)
    (oneself,) = connection.execute("SELECT count(*) FROM client WHERE kind = 'self'").fetchone()
    newest = connection.execute("SELECT max(started_at) FROM session").fetchone()[0]
    at = None if newest is None else datetime.fromisoformat(newest).replace(tzinfo=UTC)
    return Kept(counts.get("client", 0) - oneself, counts.get("session", 0), counts.get("commitment", 0), at)
