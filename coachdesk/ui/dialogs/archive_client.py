"""Puts a client out of the way, or brings one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk.practice import clients
from coachdesk.ui.widgets.naming import shown
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


def archive(desk: Desk, shell: Shell, client_id: str) -> None:
    """Put a client out of the way."""
    with shell.telling():
        client = desk.do(clients.archive, client_id)
        shell.say(_("{name} is put away; nothing is lost.").format(name=shown(desk, client)))


def bring_back(desk: Desk, shell: Shell, client_id: str) -> None:
    """Take a client out of the archive."""
    with shell.telling():
        client = desk.do(clients.bring_back, client_id)
        shell.say(_("{name} is back.").format(name=shown(desk, client)))
