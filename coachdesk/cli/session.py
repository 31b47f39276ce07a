"""``coachdesk session …``"""

from typing import Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.wording import Client, Minutes, SessionId, Start, Text, call_of, moment, text_of
from coachdesk.words import _, ngettext

Matter = Annotated[str | None, typer.Option(metavar="TEXT", help=_("What mattered, in a line; closes the session."))]
Focus = Annotated[str | None, typer.Option(metavar="TEXT", help=_("The focus, in the client's words."))]


def register(app: typer.Typer) -> None:
    """Add the noun."""
    sessions = group(app, "session")
    for name, function, sentence in (
        ("plan", plan, _("Plan a session.")),
        ("move", move, _("Move a planned session to another time.")),
        ("cancel", cancel, _("A planned session was called off.")),
        ("missed", missed, _("A planned session was missed.")),
        ("start", start, _("Begin a session now.")),
        ("status", status, _("The running session and its time.")),
        ("pause", pause, _("Stop counting.")),
        ("resume", resume, _("Count again.")),
        ("extend", extend, _("Agree on a later end.")),
        ("note", note, _("Note a line in the running session.")),
        ("mark", mark, _("Mark this moment of the running session.")),
        ("finish", finish, _("End the running session.")),
        ("list", listing, _("Sessions, the newest first.")),
        ("log", log, _("Note a past session that was held without CoachDesk.")),
    ):
        sessions.command(name, help=sentence)(function)


def plan(context: typer.Context, client: Client, start: Start, minutes: Minutes = None) -> None:
    """Plan a session."""
    call_of(context).carry("session.plan", printing.only_id, client=client, start=moment(start), minutes=minutes)


def move(context: typer.Context, session: SessionId, start: Start, minutes: Minutes = None) -> None:
    """Move a planned session."""
    call_of(context).carry("session.move", printing.only_id, session=session, start=moment(start), minutes=minutes)


def cancel(context: typer.Context, session: SessionId) -> None:
    """Call a planned session off."""
    call_of(context).carry("session.cancel", _planned, session=session)


def missed(context: typer.Context, session: SessionId) -> None:
    """Note that a planned session was missed."""
    call_of(context).carry("session.missed", _planned, session=session)


def start(context: typer.Context, client: Client, minutes: Minutes = None) -> None:
    """Begin a session."""
    call_of(context).carry("session.start", describe, client=client, minutes=minutes)


def status(context: typer.Context) -> None:
    """Show the running session."""
    call_of(context).carry("session.status", describe)


def pause(context: typer.Context) -> None:
    """Stop counting."""
    call_of(context).carry("session.pause", describe)


def resume(context: typer.Context) -> None:
    """Count again."""
    call_of(context).carry("session.resume", describe)


def extend(context: typer.Context, minutes: Annotated[int, typer.Argument(metavar="N")]) -> None:
    """Agree on a later end."""
    call_of(context).carry("session.extend", describe, minutes=minutes)


def note(context: typer.Context, text: Text) -> None:
    """Note a line."""
    call_of(context).carry("session.note", printing.only_id, text=text_of(text))


def mark(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=_("moment, insight, strain, repair, silence or thread"))] = "moment",
) -> None:
    """Mark this moment."""
    call_of(context).carry("session.mark", printing.only_id, kind=kind)


def finish(context: typer.Context, what_mattered: Matter = None, focus_line: Focus = None) -> None:
    """End the running session."""
    mattered, focus = (None if text is None else text_of(text) for text in (what_mattered, focus_line))
    call_of(context).carry("session.finish", _finished, what_mattered=mattered, focus_line=focus)


def listing(
    context: typer.Context,
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help=_("Only those with one client."))] = None,
) -> None:
    """List sessions."""
    call_of(context).carry("session.list", _list, client=client)


def log(
    context: typer.Context,
    client: Client,
    start: Start,
    minutes: Annotated[int, typer.Option(metavar="N", help=_("The length in minutes."))],
    paid: Annotated[
        bool | None, typer.Option("--paid/--pro-bono", help=_("As the last session was, where neither is given."))
    ] = None,
) -> None:
    """Note a past session."""
    payment = None if paid is None else "paid" if paid else "pro_bono"
    call_of(context).carry(
        "session.log", printing.only_id, client=client, start=moment(start), minutes=minutes, paid=payment
    )


def describe(session: dict[str, Any]) -> str:
    """The running session in words."""
    if session["id"] is None:
        return _("No session is running.")
    gone, left = session["elapsed_seconds"] // 60, -(-session["remaining_seconds"] // 60)
    parts = [
        _("{client}: {state}").format(client=printing.line(session["client"]), state=_state(session["state"])),
        ngettext("{n} minute gone", "{n} minutes gone", gone).format(n=gone),
        ngettext("{n} minute left", "{n} minutes left", left).format(n=left),
        _("agreed end {time}").format(time=printing.clock_time(session["agreed_end"])),
    ]
    return ", ".join([*parts, session["phase"]] if session["phase"] else parts)


def _finished(session: dict[str, Any]) -> str:
    sentence = _("Ended after {minutes}.").format(minutes=printing.minutes(session["elapsed_seconds"]))
    return sentence if session["closed_at"] else f"{sentence} {_('It can be closed later.')}"


def _planned(session: dict[str, Any]) -> str:
    return _("{client}, {when}: {state}").format(
        client=printing.line(session["client"]),
        when=printing.when(session["planned_start"]),
        state=_state(session["state"]),
    )


def _list(sessions: list[dict[str, Any]]) -> str:
    rows = [
        {
            **session,
            "when": printing.when(session["started_at"] or session["planned_start"]),
            "length": printing.minutes(session["elapsed_seconds"]) or _planned_length(session),
            "state": _state(session["state"]),
        }
        for session in sessions
    ]
    columns = {"id": _("Id"), "when": _("When"), "length": _("Length"), "state": _("State"), "client": _("Client")}
    return printing.table(rows, columns, _("No sessions yet."))


def _planned_length(session: dict[str, Any]) -> str:
    return printing.minutes((session["planned_minutes"] or 0) * 60)


def _state(state: str) -> str:
    words = {
        "planned": _("planned"), "moved": _("moved"), "cancelled": _("cancelled"), "missed": _("missed"),
        "running": _("running"), "paused": _("paused"), "finished": _("finished"),
    }  # fmt: skip
    return words[state]
