"""``coachdesk export client``"""

from typing import Annotated, Any

import typer

from coachdesk.cli.call import absolute
from coachdesk.cli.wording import Client, call_of
from coachdesk.words import _


def register(exports: typer.Typer) -> None:
    """Add the kind of file."""
    exports.command("client", help=_("Everything that is kept about a client, to read and as data (.zip)."))(export)


def export(
    context: typer.Context,
    client: Client,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    with_private: Annotated[
        bool,
        typer.Option(
            "--with-private",
            help=_("Also your private lines about your own work with them, which may be their personal data too."),
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there already."))] = False,
) -> None:
    """Write the zip file."""
    call_of(context).carry(
        "client_data.export", _written, client=client, path=absolute(file), with_private=with_private, force=force
    )


def _written(data: dict[str, Any]) -> str:
    lines = [_("Written to {path}. It is not encrypted.").format(path=data["path"])]
    if not data["with_private"]:
        lines.append(_("Your private lines are not in it; --with-private puts them in."))
    return "\n".join(lines)
