"""What can be asked about clients."""

from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.machine.here import zone_here
from coachdesk.practice import clients, forget
from coachdesk.storage import erase
from coachdesk.verbs.values import dates, fitting
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

DATES = ("started_on", "ended_on", "log_consent_on")
FIELDS = frozenset({
    *DATES, "short_name", "kind", "email", "call_link", "time_zone", "planned_sessions", "phone", "pronouns",
    "group_size", "needs_pace", "needs_topics", "needs_feedback", "conflict_note",
})  # fmt: skip


def add(desk: "Desk", *, name: str, **fields: Any) -> clients.Client:
    """Add a client; the fields are those of the record."""
    return desk.do(clients.add, name, **_known(fields))  # type: ignore[arg-type]


def edit(desk: "Desk", *, client: str, **fields: Any) -> clients.Client:
    """Change fields of a client, the name among them."""
    named = fitting({"name": fields.pop("name")} if "name" in fields else {}, clients.Client)
    return desk.do(clients.edit, desk.read(clients.find, client).id, **named, **_known(fields))  # type: ignore[arg-type]


def listing(desk: "Desk", *, archived: bool = False) -> list[clients.Client]:
    """Present clients by name, or all of them, archived ones last."""
    return list(desk.read(clients.every if archived else clients.present))


def show(desk: "Desk", *, client: str) -> clients.Client:
    """One client."""
    return desk.read(clients.find, client)


def archive(desk: "Desk", *, client: str) -> clients.Client:
    """Put a client out of the way."""
    return desk.do(clients.archive, desk.read(clients.find, client).id)


def bring_back(desk: "Desk", *, client: str) -> clients.Client:
    """Take a client out of the archive."""
    return desk.do(clients.bring_back, desk.read(clients.find, client).id)


def preview(desk: "Desk", *, client: str) -> forget.Preview:
    """What would go with a client, and what would stay."""
    return desk.read(forget.preview, desk.read(clients.find, client).id, zone=zone_here())


def forgotten(desk: "Desk", *, client: str, keep_hours: bool = False) -> dict[str, Any]:
    """Forget a client; the running window erases the traces in file and copies by itself, off its own thread."""
    erasure = desk.do(forget.forget, desk.read(clients.find, client).id, keep_hours=keep_hours, zone=zone_here())
    return {"id": erasure.client_id, "rewritten": [], "left": [], "finished": False}


def erased(desk: "Desk") -> dict[str, Any]:
    """Erase the traces of everybody who was forgotten; for where no window does it."""
    report = erase.finish(desk.home, desk.store.key, desk.now())
    return {"rewritten": list(report.rewritten), "left": list(report.left), "finished": not report.left}


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    for name in fields.keys() - FIELDS:
        raise Refused(_("A client has no “{name}”.").format(name=name))
    return dates(fitting(fields, clients.Client), *DATES)


VERBS = {
    "client.add": add,
    "client.edit": edit,
    "client.list": listing,
    "client.show": show,
    "client.archive": archive,
    "client.bring-back": bring_back,
    "client.preview": preview,
    "client.forget": forgotten,
}
