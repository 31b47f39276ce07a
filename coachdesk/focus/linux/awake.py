"""Keeping the screen on, on Linux: whether this desktop can be asked to, and asking it over the person's own bus."""

import contextlib
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from coachdesk.focus.awake import Awake, Release, by_wakepy, may_go_dark
from coachdesk.focus.blockers import YES, Failed, Support

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

SAVERS = frozenset({"org.gnome.SessionManager", "org.freedesktop.ScreenSaver"})
"""Who keeps the screen on when asked (wakepy 1.0, "keep.presenting")."""

_PATIENCE = 0.5
"""Seconds for one answer."""


def awake(environment: Mapping[str, str]) -> Awake:
    """The blocker, for the bus that this environment names."""
    return Awake(partial(support, environment), partial(hold, environment))


def support(environment: Mapping[str, str]) -> Support:
    """Whether one of the services runs; none is started by asking."""
    from jeepney import message_bus

    connection = _bus(environment)
    if connection is None:
        return Support("no", may_go_dark())
    with connection, contextlib.suppress(OSError, TypeError, IndexError):
        names = connection.send_and_get_reply(message_bus.ListNames(), timeout=_PATIENCE).body[0]
        if SAVERS & set(names):
            return YES
    return Support("no", may_go_dark())


def hold(environment: Mapping[str, str]) -> Release:
    """Ask, over a connection that lives until the release; when it closes, for whatever reason, the wish ends.

    wakepy would wait two seconds for an answer, and knows the bus only by DBUS_SESSION_BUS_ADDRESS.
    """
    from wakepy.dbus_adapters.jeepney import JeepneyDBusAdapter

    connection = _bus(environment)
    if connection is None:
        raise Failed(may_go_dark())

    class Ours(JeepneyDBusAdapter):
        timeout = _PATIENCE  # type: ignore[assignment]  # it says int and hands it on to jeepney, which takes both

        def _create_new_connection(self, bus: object = None) -> "DBusConnection":  # noqa: ARG002
            return connection

    try:
        release = by_wakepy(Ours)
    except Failed:
        connection.close()
        raise

    def let_go() -> None:
        with connection, contextlib.suppress(RuntimeError):  # the service has gone, or the bus: so has the wish
            release()

    return let_go


def _bus(environment: Mapping[str, str]) -> "DBusConnection | None":
    from coachdesk.machine.buses import connect, session_bus

    return connect(session_bus(environment))
