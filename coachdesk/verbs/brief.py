"""What to know before the next session."""

from typing import TYPE_CHECKING

from coachdesk.practice import brief, clients

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def show(desk: "Desk", *, client: str) -> brief.Brief:
    """The brief of a client."""
    return desk.read(brief.brief, desk.read(clients.find, client).id)


VERBS = {"brief": show}
