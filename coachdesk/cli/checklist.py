"""``coachdesk checklist …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, call_of
from coachdesk.words import _


def register(app: typer.Typer) -> None:
    """Add the noun."""
    checklists = group(app, "checklist")
    checklists.command("show", help=_("The first session's list as it stands for a client."))(show)
    checklists.command("tick", help=_("Tick an item."))(tick)


def show(context: typer.Context, client: Client) -> None:
    """Show the list."""
    call_of(context).carry("checklist.show", describe, client=client)


def tick(
    context: typer.Context,
    client: Client,
    item: Annotated[str, typer.Argument(metavar="ITEM", help=_("Its number in the list, or its id."))],
    undo: Annotated[bool, typer.Option("--undo", help=_("Take the tick away."))] = False,
) -> None:
    """Tick an item."""
    call_of(context).carry("checklist.tick", describe, client=client, item=item, done=not undo)


def describe(lines: list[dict[str, Any]]) -> str:
    """The list in words."""
    return "\n".join(
        f"[{'x' if line['ticked_at'] else ' '}] {line['position']}  {printing.line(line['text'])}" for line in lines
    )
