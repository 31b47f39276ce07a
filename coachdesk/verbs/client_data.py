"""What can be asked about everything that is kept about a client."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.exchange import client_data, files
from coachdesk.machine.here import zone_here
from coachdesk.practice import clients

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def export(desk: "Desk", *, client: str, path: str, with_private: bool = False, force: bool = False) -> dict[str, Any]:
    """Write everything that is kept about a client; the coach's private lines only ``with_private``."""
    target = Path(path)
    whom = desk.read(clients.find, client).id
    files.refuse_taken(target, force=force)
    counts = desk.read(client_data.write, whom, target, zone=zone_here(), with_private=with_private)
    return {"path": path, "with_private": with_private, "counts": {name: n for name, n in counts.items() if n}}


VERBS = {"client_data.export": export}
