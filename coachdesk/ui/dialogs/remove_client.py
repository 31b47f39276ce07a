"""Puts a client out of the way, brings one back, or removes one after saying what goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk.practice import canvas, clients, commitments, sessions
from coachdesk.ui.widgets.naming import shown
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


def archive(desk: Desk, shell: Shell, client_id: str) -> None:
    """Put a client out of the way."""
    with shell.telling():
        client = desk.do(clients.archive, client_id)
        shell.say(_("{name} is archived; nothing is lost.").format(name=shown(desk, client)))


def bring_back(desk: Desk, shell: Shell, client_id: str) -> None:
    """Take a client out of the archive."""
    with shell.telling():
        client = desk.do(clients.bring_back, client_id)
        shell.say(_("{name} is back.").format(name=shown(desk, client)))


def remove(desk: Desk, shell: Shell, client_id: str) -> bool:
    """Remove a client with everything kept about them, once the coach has said so; whether it was done."""
    with shell.telling():
        client = desk.read(clients.one, client_id)
        question = _("Remove {name} and everything kept about them?").format(name=shown(desk, client))
        if shell.ask(question, _going(desk, client_id)):
            desk.do(clients.remove, client_id)
            return True
    return False


def _going(desk: Desk, client_id: str) -> list[str]:
    held, promised = len(desk.read(sessions.of_client, client_id)), len(desk.read(commitments.of_client, client_id))
    written = len(desk.read(canvas.lines, client_id)) + len(desk.read(canvas.lines, client_id, private=True))
    return [
        ngettext("{n} session, with its notes and marks", "{n} sessions, with their notes and marks", held).format(
            n=held
        ),
        ngettext("{n} promise or next step", "{n} promises and next steps", promised).format(n=promised),
        ngettext(
            "{n} line of the canvas, your own among them", "{n} lines of the canvas, your own among them", written
        ).format(n=written),
        _("the agreement, and the hours in your log"),
    ]
