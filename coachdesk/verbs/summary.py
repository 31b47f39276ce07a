"""What can be asked about a summary for a client."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.exchange import files, paper_file, summary
from coachdesk.machine.here import zone_here

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def export(desk: "Desk", *, session: str, path: str, force: bool = False) -> dict[str, Any]:
    """Write the summary of a session with its usual lines: what was promised in it, and when the next one is."""
    target = Path(path)
    files.refuse_taken(target, force=force)
    offered = desk.read(summary.offer, session, zone=zone_here())
    paper_file.write(summary.summary(offered), target)
    return {"path": path, "lines": len(offered.usual())}


VERBS = {"summary.export": export}
