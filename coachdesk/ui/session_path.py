"""The path of a session between its pages: beginning it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coachdesk.practice import sessions

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell


def begin(shell: Shell, client_id: str, minutes: int, template: str, intention: str = "") -> sessions.Session | None:
    """Begin the session and leave the screen to the call; None when it was refused, which is then said."""
    begun = None
    with shell.telling():
        if shell.sitting is not None:
            begun = shell.sitting.begin(client_id, minutes=minutes, template=template, intention=intention)
    if begun is not None:
        shell.bridge.sitting_changed.emit()
        shell.start_at("session")
        shell.step_aside()
    return begun
