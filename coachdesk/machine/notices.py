"""Notifications of Linux desktops, asked for over D-Bus.

Desktop Notifications Specification 1.2. The connection stays open: GNOME Shell takes a notification away again when
the program that sent it leaves the bus (js/ui/notificationDaemon.js, ``_onNameVanished``).
"""

import contextlib
import html
from collections.abc import Mapping

from jeepney import DBusAddress, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection

from coachdesk import NAME
from coachdesk.errors import Refused
from coachdesk.machine import buses
from coachdesk.machine.here import Ability
from coachdesk.words import _

SERVICE = "org.freedesktop.Notifications"
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", SERVICE, SERVICE)
_NORMAL, _USUAL_TIME = 1, -1
"""The urgency, and how long it stays: as the desktop does it."""


class Notices:
    """Shows notifications on the person's bus; connected when the first is shown, and anew when the bus has gone."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._connection: DBusConnection | None = None
        self._takes_markup = False

    def show(self, title: str, body: str) -> None:
        """Have one shown; raises Refused where the desktop does not take it."""
        try:
            self._show(title, body)
        except buses.ABSENT:
            self.close()
            raise Refused(silent()) from None

    def close(self) -> None:
        """Leave the bus."""
        if self._connection is not None:
            with contextlib.suppress(*buses.ABSENT):
                self._connection.close()
            self._connection = None

    def _show(self, title: str, body: str) -> None:
        connection = self._connected()
        words = html.escape(body, quote=False) if self._takes_markup else body
        hints = {"urgency": ("y", _NORMAL), "desktop-entry": ("s", "coachdesk")}
        nothing_to_press: list[str] = []
        sent = (NAME, 0, "coachdesk", title, words, nothing_to_press, hints, _USUAL_TIME)
        with contextlib.suppress(TimeoutError):  # whoever answered a moment ago has it, and is only slow
            buses.call(connection, new_method_call(_ADDRESS, "Notify", "susssasa{sv}i", sent), patience=1.0)

    def _connected(self) -> DBusConnection:
        if self._connection is None:
            self._connection = buses.connect(buses.session_bus(self._environment))
            if self._connection is None:
                raise LookupError(SERVICE)
            (offered,) = buses.call(self._connection, new_method_call(_ADDRESS, "GetCapabilities"))
            self._takes_markup = "body-markup" in offered
        return self._connection


def shown(environment: Mapping[str, str]) -> Ability:
    """Whether a desktop is there that shows notifications, or that is started to show one."""
    connection = buses.connect(buses.session_bus(environment))
    if connection is not None:
        with connection, contextlib.suppress(*buses.ABSENT):
            (started,) = buses.call(connection, message_bus.ListActivatableNames())
            (there,) = buses.call(connection, message_bus.NameHasOwner(SERVICE))
            if there or SERVICE in started:
                return Ability(True)
    return Ability(False, silent())


def silent() -> str:
    """The sentence where nobody shows notifications."""
    return _("No desktop that shows notifications was found here.")
