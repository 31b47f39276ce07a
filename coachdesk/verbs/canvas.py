"""What can be asked about the canvas of a client."""

from typing import TYPE_CHECKING

from coachdesk.practice import canvas, clients, sessions

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def add(desk: "Desk", *, client: str, text: str, kind: str = "context", private: bool = False) -> canvas.CanvasLine:
    """Add a line; in a running session with this client it is noted as from there."""
    whom = desk.read(clients.find, client).id
    live = desk.read(sessions.running)
    during = live.id if live is not None and live.client_id == whom else None
    return desk.do(canvas.add, whom, text, kind=kind, private=private, session_id=during)


def listing(desk: "Desk", *, client: str, private: bool = False) -> list[canvas.CanvasLine]:
    """The lines of a client's canvas, the newest first; with ``private`` those for the coach alone instead."""
    return list(desk.read(canvas.lines, desk.read(clients.find, client).id, private=private))


VERBS = {"canvas.add": add, "canvas.list": listing}
