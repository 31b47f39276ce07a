"""``coachdesk brief``"""

from collections.abc import Sequence
from typing import Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import NOUNS
from coachdesk.cli.wording import Client, call_of
from coachdesk.words import _


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("brief", help=_(NOUNS["brief"]))(show)


def show(context: typer.Context, client: Client) -> None:
    """Show what to know before the next session."""
    call_of(context).carry("brief", describe, client=client)


def describe(brief: dict[str, Any]) -> str:
    """The brief in words, in the order in which it matters; what is empty is left out."""
    client, agreement = brief["client"], brief["agreement"]
    coming = brief["coming"]
    parts = [
        _("{client}, session {number}").format(client=printing.line(client["name"]), number=brief["session_number"]),
        _("Planned: {when}").format(when=printing.when(coming["planned_start"])) if coming else "",
        _part(_("Left from last time"), [f"{mark['kind']} {mark['text']}" for mark in brief["strains"]]),
        _part(_("Needs to feel safe"), [client[name] for name in ("needs_pace", "needs_topics", "needs_feedback")]),
        _part(_("My promises"), map(_promise, brief["promises"])),
        _part(_("Next steps"), map(_promise, brief["steps"])),
        _part(_("Threads"), [line["text"] for line in brief["threads"]]),
        _part(_("Canvas"), [line["text"] for line in brief["lines"]]),
        _part(_("Agreement"), [_agreed(agreement)] if agreement else []),
        _part(_("First session, still open"), [line["text"] for line in brief["unticked"]]),
    ]
    return "\n".join(part for part in parts if part)


def _part(head: str, lines: Sequence[str] | Any) -> str:
    said = [printing.line(line) for line in lines]
    return "\n".join([f"{head}:", *(f"  {line}" for line in said if line)]) if any(said) else ""


def _promise(commitment: dict[str, Any]) -> str:
    due = commitment["due_on"]
    return _("{text} (by {day})").format(text=commitment["text"], day=due) if due else str(commitment["text"])


def _agreed(agreement: dict[str, Any]) -> str:
    minutes = agreement["session_minutes"]
    said = [_("{n} min").format(n=minutes) if minutes else "", agreement["rescheduling"], agreement["exceptions"]]
    return "; ".join(part for part in said if part)
