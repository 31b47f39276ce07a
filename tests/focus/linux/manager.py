"""A window manager of a test's own, which does what openbox does not.

As metacity and xfwm4 it shows a minimised window again only when that is mapped, and like xfwm4 it then gives it the
keyboard. When the active window is minimised it makes the oldest active, as others make that under the pointer.
``stubborn`` minimises nothing, as a manager that tiles. ``late`` never says that a window it shows again is active:
by the time anybody looks it has been minimised, and another one is.
"""

import os
import select
import threading
from collections.abc import Sequence
from typing import Any

from Xlib import X, Xatom
from Xlib import display as xlib

from tests.display import PATIENCE, Display

KNOWN = ("_NET_CLIENT_LIST", "_NET_ACTIVE_WINDOW", "_NET_WM_STATE_HIDDEN", "_NET_SUPPORTING_WM_CHECK")


class Manager:
    """Manages a bare screen from a thread of its own until it is closed."""

    def __init__(self, screen: Display, stubborn: bool = False, late: bool = False) -> None:
        self._stubborn, self._late = stubborn, late
        self._display = xlib.Display(f"unix/{screen.name}")
        self._root = self._display.screen().root
        self._shown: list[int] = []
        self._up: list[int] = []
        """Those that are not minimised, oldest first."""
        self._active = 0
        self.made_active: list[int] = []
        """The windows that have had the keyboard, one after the other; 0 for none."""
        self._waking, self._waker = os.pipe()
        self._root.change_attributes(event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        check = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        for window in (self._root, check):
            self._tell(window, "_NET_SUPPORTING_WM_CHECK", Xatom.WINDOW, [int(check.id)])
        self._tell(self._root, "_NET_SUPPORTED", Xatom.ATOM, [self._atom(name) for name in KNOWN])
        self._display.sync()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        """End it."""
        os.write(self._waker, b"c")
        self._thread.join(PATIENCE)
        os.close(self._waker)
        os.close(self._waking)
        self._display.close()

    def _run(self) -> None:
        while True:
            self._display.flush()  # which may hear of events too: they are looked for before it waits
            if not self._display.pending_events() and self._waking in self._woken():
                return
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.MapRequest:
                    self._show(int(event.window.id))
                elif event.type == X.ClientMessage:
                    self._asked(int(event.window.id), event.client_type, event.data[1][0])

    def _woken(self) -> list[object]:
        return select.select([self._display, self._waking], [], [])[0]

    def _asked(self, window: int, what: int, value: int) -> None:
        if what == self._atom("_NET_ACTIVE_WINDOW"):
            self._show(window)
        elif what == self._atom("WM_CHANGE_STATE") and value == 3 and window in self._up and not self._stubborn:
            self._window(window).unmap()
            self._tell(self._window(window), "_NET_WM_STATE", Xatom.ATOM, [self._atom("_NET_WM_STATE_HIDDEN")])
            self._up.remove(window)
            if window == self._active:
                self._make_active(*self._up[:1])

    def _show(self, window: int) -> None:
        """Make it active and show it; whoever sees it finds told what became of it."""
        again = window in self._shown and window not in self._up
        self._tell(self._window(window), "_NET_WM_STATE", Xatom.ATOM, [])
        if window not in self._shown:
            self._shown.append(window)
            self._tell(self._root, "_NET_CLIENT_LIST", Xatom.WINDOW, self._shown)
        if window not in self._up:
            self._up.append(window)
        self._make_active(window, told=not (self._late and again))
        self._window(window).map()

    def _make_active(self, *window: int, told: bool = True) -> None:
        self._active = next(iter(window), 0)
        self.made_active.append(self._active)
        if told:
            self._tell(self._root, "_NET_ACTIVE_WINDOW", Xatom.WINDOW, window or (0,))

    def _tell(self, window: Any, name: str, kind: int, values: Sequence[int]) -> None:
        window.change_property(self._atom(name), kind, 32, values)

    def _atom(self, name: str) -> int:
        return int(self._display.intern_atom(name))

    def _window(self, window: int) -> Any:
        return self._display.create_resource_object("window", window)
