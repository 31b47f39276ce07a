"""``coachdesk export summary``"""

from typing import Annotated, Any

import typer

from coachdesk.cli.call import absolute
from coachdesk.cli.wording import SessionId, call_of
from coachdesk.words import _

ENDINGS = (".md", ".pdf", ".txt")


def register(exports: typer.Typer) -> None:
    """Add the kind of file."""
    exports.command(
        "summary", help=_("What was promised in a session and when the next one is, for the client: .md, .pdf or .txt.")
    )(export)


def export(
    context: typer.Context,
    session: SessionId,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("Ends on .md, .pdf or .txt."))],
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there already."))] = False,
) -> None:
    """Write the summary."""
    if not file.lower().endswith(ENDINGS):
        raise typer.BadParameter(_("A summary is written as {endings}.").format(endings=", ".join(ENDINGS)))
    call_of(context).carry("summary.export", _written, session=session, path=absolute(file), force=force)


def _written(summary: dict[str, Any]) -> str:
    return _("Written to {path}. It is not encrypted.").format(path=summary["path"])
