"""What can be asked about a summary for a client."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from coachdesk.errors import Refused
from coachdesk.exchange import files, paper, summary
from coachdesk.exchange.paper import Paper
from coachdesk.machine.here import zone_name
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

ENDINGS = (".md", ".pdf", ".txt")


def export(desk: "Desk", *, session: str, path: str, force: bool = False) -> dict[str, Any]:
    """Write the summary of a session with its usual lines: what was promised in it, and when the next one is."""
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        raise Refused(_("A summary is written as {endings}.").format(endings=", ".join(ENDINGS)))
    files.refuse_taken(target, force=force)
    offered = desk.read(summary.offer, session, zone=ZoneInfo(zone_name()))
    write(summary.summary(offered), target)
    return {"path": path, "lines": len(offered.usual())}


def write(page: Paper, target: Path) -> None:
    """Write a page in the format its name ends on; raises Refused when it cannot be written."""
    if target.suffix.lower() == ".pdf":
        from coachdesk.exchange import pdf

        pdf.write(page, target)
    else:
        text = paper.as_markdown(page) if target.suffix.lower() == ".md" else paper.as_text(page)
        files.write(target, text.encode())


VERBS = {"summary.export": export}
