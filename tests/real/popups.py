"""Notifications sent, and the windows that come of them."""

import select
import time
from typing import Any

from jeepney import DBusAddress
from Xlib import X
from Xlib import display as xlib
from Xlib.error import XError

from tests.real.bus import Bus, until

SERVER = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
LONG_ENOUGH = 1.0
"""Seconds in which a window would have come; they take a tenth of that."""


class PopUps:
    """What a notification daemon shows on a screen without any other windows."""

    def __init__(self, bus: Bus, screen: str) -> None:
        self._bus = bus
        self._screen = xlib.Display(screen)
        self._screen.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)

    def close(self) -> None:
        """Leave the screen."""
        self._screen.close()

    def send(self, words: str) -> int:
        """Send a notification that does not end by itself; its number."""
        body: tuple[Any, ...] = ("tests", 0, "", words, "", [], {}, 0)
        (number,) = self._bus.ask(SERVER, "Notify", "susssasa{sv}i", *body)
        return int(str(number))

    def take_back(self, number: int) -> None:
        """Close a notification."""
        self._bus.ask(SERVER, "CloseNotification", "u", number)

    def shown(self) -> int:
        """How many windows are to be seen now."""
        return sum(self._is_seen(window) for window in self._screen.screen().root.query_tree().children)

    def until_shown(self, count: int) -> None:
        """Wait until so many are to be seen."""
        until(lambda: count == self.shown())

    def none_came(self) -> bool:
        """Whether no window was mapped, not even for a moment, since the last call and for long enough from now on."""
        deadline = time.monotonic() + LONG_ENOUGH
        while (left := deadline - time.monotonic()) > 0:
            select.select([self._screen], [], [], left)
            while self._screen.pending_events():
                if self._screen.next_event().type == X.MapNotify:
                    return False
        return True

    def forget(self) -> None:
        """Pass over all that has come so far."""
        self._screen.sync()
        while self._screen.pending_events():
            self._screen.next_event()

    def _is_seen(self, window: Any) -> bool:
        try:
            size = window.get_geometry()
            return bool(window.get_attributes().map_state == X.IsViewable and size.width > 20 and size.height > 20)
        except XError:  # gone meanwhile
            return False
