"""``coachdesk export calendar``"""

from typing import Annotated, Any

import typer

from coachdesk.cli.call import absolute
from coachdesk.cli.wording import call_of
from coachdesk.words import N_, _


def register(exports: typer.Typer) -> None:
    """Add the kind of file."""
    exports.command("calendar", help=_("Coming sessions and your own dated promises as a calendar (.ics)."))(export)


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    with_names: Annotated[
        bool, typer.Option("--with-names", help=N_("Write clients' names and the words of promises into it."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace a file that is there already."))] = False,
) -> None:
    """Write the calendar."""
    call_of(context).carry("calendar.export", _written, path=absolute(file), names=with_names, force=force)


def _written(answer: dict[str, Any]) -> str:
    return str(answer["path"])
