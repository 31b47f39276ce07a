"""``coachdesk export icf-log``"""

from typing import Annotated, Any

import typer

from coachdesk.cli.call import absolute
from coachdesk.cli.wording import call_of
from coachdesk.words import _, ngettext


def register(exports: typer.Typer) -> None:
    """Add the kind of file."""
    exports.command("icf-log", help=_("The client coaching log as ICF asks for it: .csv or .xlsx."))(export)


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("Ends on .csv or .xlsx."))],
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there already."))] = False,
) -> None:
    """Write the log."""
    if not file.lower().endswith((".csv", ".xlsx")):
        raise typer.BadParameter(_("The log is written as .csv or .xlsx; give the file one of these endings."))
    call_of(context).carry("icf_log.export", _written, path=absolute(file), force=force)


def _written(log: dict[str, Any]) -> str:
    listed = ngettext("{n} client is listed", "{n} clients are listed", log["listed"]).format(n=log["listed"])
    rest = ngettext("{n} is not", "{n} are not", log["not_listed"]).format(n=log["not_listed"])
    sentence = _("Written to {path}: {listed}, {rest}. It is not encrypted.")
    return sentence.format(path=log["path"], listed=listed, rest=rest)
