"""Asks KDE to show no notifications for as long as we are on the bus.

``Inhibit(desktop_entry, reason, hints) → cookie`` and ``UnInhibit(cookie)`` of ``org.freedesktop.Notifications`` are an
extension of Plasma, told by the capability ``inhibitions`` (plasma-workspace, libnotificationmanager/server_p.cpp).
Plasma takes an inhibition back when the connection that asked for it ends, so nothing is to be put back after a kill.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from jeepney import DBusAddress

from coachdesk.focus.blockers import YES, Before, Failed, Support
from coachdesk.focus.linux.calls import Calls, Denied, calls, connected
from coachdesk.focus.plan import Plan
from coachdesk.words import _

SERVER = "org.freedesktop.Notifications"
NOTIFICATIONS = DBusAddress("/org/freedesktop/Notifications", SERVER, SERVER)


@dataclass(frozen=True)
class _Asked:
    """What we asked for: of whom, over which connection, and the cookie to take it back with."""

    bus: Calls
    server: str
    cookie: int


@dataclass
class Inhibition:
    """Quiet while this process holds its connection."""

    environment: Mapping[str, str] = field(repr=False)
    name: str = "notifications"
    way: str = "inhibit"
    _asked: _Asked | None = None

    def available(self) -> Support:
        """Whether the program that shows notifications can be asked."""
        try:
            with calls(self.environment) as bus:
                if "inhibitions" in capabilities(bus):
                    return YES
        except Failed as why:
            return Support("no", why.sentence)
        return Support("no", _("The program that shows notifications here cannot be asked to be quiet."))

    def observe(self) -> Before:
        """Whether anybody has asked for quiet; raises Failed."""
        with calls(self.environment) as bus:
            return {"inhibited": bool(bus.get(NOTIFICATIONS, "Inhibited"))}

    def capture(self, plan: Plan) -> Before:  # noqa: ARG002
        """Nothing: it releases itself."""
        return {}

    def apply(self, plan: Plan, before: Before) -> None:  # noqa: ARG002
        """Ask for quiet, once for each start of the program that shows notifications. Raises Failed."""
        if self._asked is not None and self._still_heard(self._asked):
            return
        self._let_go()
        bus = connected(self.environment)
        try:
            server = bus.owner(SERVER)
            (cookie,) = bus.ask(NOTIFICATIONS, "Inhibit", "ssa{sv}", "coachdesk", _("A session is running."), {})
        except Failed:
            bus.close()
            raise
        self._asked = _Asked(bus, server, cookie)

    def is_ours(self, before: Before) -> bool:  # noqa: ARG002
        """Whether what this process asked for still holds."""
        return self._asked is not None and self._still_heard(self._asked)

    def restore(self, before: Before) -> None:  # noqa: ARG002
        """Take back what this process asked for; leaving the bus does so even where nobody answers."""
        self._let_go()

    def by_hand(self, before: Before) -> str:  # noqa: ARG002
        """What helps where Plasma is mistaken."""
        return _("Click the bell beside the clock and switch “Do not disturb” off.")

    def _still_heard(self, asked: _Asked) -> bool:
        try:
            return asked.bus.owner(SERVER) == asked.server
        except Failed:
            return False

    def _let_go(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            with contextlib.suppress(Failed):
                asked.bus.ask(NOTIFICATIONS, "UnInhibit", "u", asked.cookie)
            asked.bus.close()


def capabilities(bus: Calls) -> list[str]:
    """What the program that shows notifications says it can do; empty where none runs. Raises Failed."""
    try:
        found: list[str] = bus.ask(NOTIFICATIONS, "GetCapabilities")[0]
    except Denied:
        return []
    return found
