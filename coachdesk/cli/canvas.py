"""``coachdesk canvas …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, Text, call_of, text_of
from coachdesk.words import _

Private = Annotated[bool, typer.Option("--private", help=_("For me alone."))]


def register(app: typer.Typer) -> None:
    """Add the noun."""
    canvas = group(app, "canvas")
    canvas.command("add", help=_("Add a line."))(add)
    canvas.command("list", help=_("The lines of a client, the newest first."))(listing)


def add(
    context: typer.Context,
    client: Client,
    text: Text,
    kind: Annotated[str, typer.Option(help=_("context, words, strength, value or thread"))] = "context",
    private: Private = False,
) -> None:
    """Add a line."""
    call_of(context).carry(
        "canvas.add", printing.only_id, client=client, text=text_of(text), kind=kind, private=private
    )


def listing(context: typer.Context, client: Client, private: Private = False) -> None:
    """List the lines of a client."""
    call_of(context).carry("canvas.list", _list, client=client, private=private)


def _list(lines: list[dict[str, Any]]) -> str:
    rows = [{**line, "day": printing.when(line["created_at"])[:10]} for line in lines]
    columns = {"id": _("Id"), "day": _("Day"), "kind": _("Kind"), "text": _("Line")}
    return printing.table(rows, columns, _("The canvas is empty."))
