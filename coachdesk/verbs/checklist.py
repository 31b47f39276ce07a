"""What can be asked about the first session's checklist."""

from typing import TYPE_CHECKING

from coachdesk.practice import checklists, clients

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def show(desk: "Desk", *, client: str) -> list[checklists.Line]:
    """The list as it stands for a client."""
    return desk.read(checklists.lines, desk.read(clients.find, client).id)


def tick(desk: "Desk", *, client: str, item: str, done: bool = True) -> list[checklists.Line]:
    """Tick an item, named by its id or number, or take the tick away; the answer is the list."""
    whom = desk.read(clients.find, client).id
    desk.do(checklists.tick, whom, desk.read(checklists.find_item, item).id, done=done)
    return desk.read(checklists.lines, whom)


VERBS = {"checklist.show": show, "checklist.tick": tick}
