"""What can be asked about promises and next steps."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.practice import clients, commitments, sessions
from coachdesk.verbs.values import dates, day, fitting, plain
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

FIELDS = frozenset({"owner", "due_on", "cue", "evidence", "confidence", "obstacle"})


def add(desk: "Desk", *, client: str, text: str, **fields: Any) -> dict[str, Any]:
    """Keep a promise or a next step; in a running session with this client it is noted as made there."""
    whom = desk.read(clients.find, client).id
    return _told(desk, desk.do(commitments.add, whom, text, session_id=_during(desk, whom), **_known(fields)))  # type: ignore[arg-type]


def edit(desk: "Desk", *, commitment: str, **fields: Any) -> dict[str, Any]:
    """Change the wording, the owner, the date or the details."""
    wording = fitting({"text": fields.pop("text")} if "text" in fields else {}, commitments.Commitment)
    return _told(desk, desk.do(commitments.edit, commitment, **wording, **_known(fields)))  # type: ignore[arg-type]


def listing(desk: "Desk", *, client: str | None = None, only_open: bool = False) -> list[dict[str, Any]]:
    """All commitments, or those with one client; with ``only_open`` those still open, soonest first."""
    whom = desk.read(clients.find, client).id if client is not None else None
    if only_open:
        return _all_told(desk, desk.read(commitments.open_ones, client_id=whom))
    return _all_told(desk, desk.read(commitments.of_client, whom) if whom else desk.read(commitments.every))


def review(desk: "Desk", *, commitment: str, outcome: str, note: str = "", due_on: str | None = None) -> dict[str, Any]:
    """Say what became of a commitment; the answer is the commitment with its review and, if carried, its successor."""
    row = desk.read(commitments.one, commitment)
    due = day(due_on) if due_on is not None else None
    during = _during(desk, row.client_id)
    looked = desk.do(commitments.review, commitment, outcome, note=note, due=due, session_id=during)
    after = desk.read(commitments.successor, commitment)
    told = _told(desk, desk.read(commitments.one, commitment))
    return {**told, "review": plain(looked), "successor": plain(after) if after else None}


def withdraw(desk: "Desk", *, commitment: str) -> dict[str, Any]:
    """Take the last review back; the commitment is open again."""
    return _told(desk, desk.do(commitments.withdraw, commitment))


def carry(desk: "Desk", *, commitment: str, text: str | None = None, due_on: str | None = None) -> dict[str, Any]:
    """Carry on the rest of something partly done, in the same words where none are given; the answer is the new one."""
    words = text if text is not None else desk.read(commitments.one, commitment).text
    due = day(due_on) if due_on is not None else None
    return _told(desk, desk.do(commitments.carry_rest, commitment, words, due=due))


def remove(desk: "Desk", *, commitment: str) -> dict[str, Any]:
    """Remove a commitment with its history; the answer is what was removed."""
    told = _told(desk, desk.read(commitments.one, commitment))
    desk.do(commitments.remove, commitment)
    return told


def _during(desk: "Desk", client_id: str) -> str | None:
    """The running session, if it is one with this client."""
    row = desk.read(sessions.running)
    return row.id if row is not None and row.client_id == client_id else None


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    for name in fields.keys() - FIELDS:
        raise Refused(_("A promise has no “{name}”.").format(name=name))
    return dates(fitting(fields, commitments.Commitment), "due_on")


def _told(desk: "Desk", row: commitments.Commitment) -> dict[str, Any]:
    return _all_told(desk, [row])[0]


def _all_told(desk: "Desk", rows: Iterable[commitments.Commitment]) -> list[dict[str, Any]]:
    short = desk.settings.privacy.short_names
    names = {client.id: client.shown(short) for client in desk.read(clients.every)}
    return [{**plain(row), "client": names[row.client_id]} for row in rows]


VERBS = {
    "commitment.add": add,
    "commitment.edit": edit,
    "commitment.list": listing,
    "commitment.review": review,
    "commitment.withdraw": withdraw,
    "commitment.carry": carry,
    "commitment.remove": remove,
}
