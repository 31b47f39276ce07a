"""A page to hand out as a file, in the format its name ends on."""

from collections.abc import Callable
from pathlib import Path

from coachdesk.errors import Refused
from coachdesk.exchange import files, paper
from coachdesk.exchange.paper import Paper
from coachdesk.words import _

ENDINGS = (".pdf", ".md", ".txt")


def write(page: Paper, path: Path, *, progress: Callable[[float], None] | None = None) -> Path:
    """Write the page; what stood there is replaced. The answer is the path.

    Raises:
        Refused: the name ends on no format we know, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise Refused(_("This is written as one of: {endings}.").format(endings=", ".join(ENDINGS)))
    if ending == ".pdf":
        from coachdesk.exchange import pdf

        pdf.write(page, path, progress=progress)
    else:
        text = paper.as_markdown(page) if ending == ".md" else paper.as_text(page)
        files.write(path, text.encode())
    return path
