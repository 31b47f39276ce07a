"""What can be asked about agreements."""

from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.practice import agreements, clients
from coachdesk.verbs.values import dates, fitting
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

FIELDS = frozenset({*agreements.TEXTS, "session_minutes", "review_on", "agreed_on"})


def settle(desk: "Desk", *, client: str, **fields: Any) -> agreements.Agreement:
    """Settle a new agreement, today where no date is given; what is not named is taken over from the one before."""
    for name in fields.keys() - FIELDS:
        raise Refused(_("An agreement has no “{name}”.").format(name=name))
    if not fields:
        raise Refused(_("Say what is agreed: at least one of the options."))
    wanted = dates(fitting(fields, agreements.Agreement), "review_on", "agreed_on")
    today = desk.now().at.astimezone().date()
    return desk.do(agreements.agree, desk.read(clients.find, client).id, **{"agreed_on": today, **wanted})  # type: ignore[arg-type]


def show(desk: "Desk", *, client: str) -> agreements.Agreement | None:
    """The agreement in force; None where nothing is agreed yet."""
    return desk.read(agreements.present, desk.read(clients.find, client).id)


VERBS = {"agreement.set": settle, "agreement.show": show}
