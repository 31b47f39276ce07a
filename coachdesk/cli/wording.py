"""What several commands take: a client, a time, a day, a text."""

import sys
from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from coachdesk.cli.call import Call
from coachdesk.errors import Refused
from coachdesk.verbs import values
from coachdesk.words import _

T = TypeVar("T")

Client = Annotated[str, typer.Argument(metavar="CLIENT", help=_("An id, or a name that only one client has."))]
Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("The text; - reads it from standard input."))]
SessionId = Annotated[str, typer.Argument(metavar="SESSION", help=_("The id of a session."))]
CommitmentId = Annotated[str, typer.Argument(metavar="ID", help=_("The id of a promise or next step."))]
Start = Annotated[str, typer.Option(metavar="TIME", help=_("ISO 8601; without an offset it is local time."))]
Minutes = Annotated[int | None, typer.Option(metavar="N", help=_("The length in minutes."))]


def call_of(context: typer.Context) -> Call:
    """The call this command belongs to."""
    call = context.find_root().obj
    assert isinstance(call, Call)
    return call


def moment(text: str) -> str:
    """A time as it travels: ISO 8601 with offset. What cannot be read is wrong usage."""
    return _read(values.moment, text).isoformat()


def day(text: str | None) -> str | None:
    """A date as it travels; none stays none."""
    return None if text is None else _read(values.day, text).isoformat()


def text_of(given: str) -> str:
    """A text from the command line; ``-`` reads it from standard input, for long texts and away from other eyes."""
    if given != "-":
        return given
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _read(reading: Callable[[str], T], text: str) -> T:
    try:
        return reading(text)
    except Refused as why:
        raise typer.BadParameter(why.sentence) from None
