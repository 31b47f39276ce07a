"""Programs of others on a test's screen: plain X11 windows with a class and a process, and a look at them all."""

import select
from collections import Counter
from collections.abc import Callable
from typing import Any

from Xlib import X, Xatom, Xutil
from Xlib import display as xlib
from Xlib.protocol import event as events

from tests.display import PATIENCE, Display


class Others:
    """All the windows a test needs, over one connection that also looks at them."""

    def __init__(self, screen: Display) -> None:
        self.screen = screen
        self.display = xlib.Display(f"unix/{screen.name}")
        self.root = self.display.screen().root
        self.root.change_attributes(event_mask=X.PropertyChangeMask)
        self.shown: Counter[int] = Counter()
        """How often each window came to be seen, also if only for a moment."""

    def close(self) -> None:
        """Take all windows away."""
        self.display.close()

    def open(
        self,
        wm_class: str,
        *,
        pid: int = 0,
        kind: str = "",
        over: int = 0,
        desktop: int | None = None,
        keys: bool = True,
        wait: bool = True,
    ) -> int:
        """A window of this class, once the window manager shows it; without ``keys`` it never becomes active."""
        here = self.display.screen()
        window = self.root.create_window(
            *(100, 100, 200, 100, 0, here.root_depth),
            event_mask=X.PropertyChangeMask | X.StructureNotifyMask,
            background_pixel=here.white_pixel,
        )
        if wm_class:
            window.set_wm_class(wm_class.lower(), wm_class)
        window.set_wm_name(wm_class)
        window.set_wm_hints(flags=Xutil.InputHint, input=int(keys))
        if pid:
            window.change_property(self.atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [pid])
        if kind:
            window.change_property(
                self.atom("_NET_WM_WINDOW_TYPE"), Xatom.ATOM, 32, [self.atom(f"_NET_WM_WINDOW_TYPE_{kind}")]
            )
        if over:
            window.set_wm_transient_for(self.window(over))
        if desktop is not None:
            window.change_property(self.atom("_NET_WM_DESKTOP"), Xatom.CARDINAL, 32, [desktop])
        window.map()
        if wait:
            self.until(lambda: int(window.id) in self.values(self.root, "_NET_CLIENT_LIST"))
        return int(window.id)

    def name(self, window: int, wm_class: str) -> None:
        """Give a window its class after it was opened, as some programs do."""
        self.window(window).set_wm_class(wm_class.lower(), wm_class)
        self.display.flush()

    def destroy(self, window: int) -> None:
        """Take one away."""
        self.window(window).destroy()
        self.until(lambda: window not in self.values(self.root, "_NET_CLIENT_LIST"))

    # --- what a person does ---

    def activate(self, window: int) -> None:
        """Click on it in the list of windows."""
        self.ask(window, "_NET_ACTIVE_WINDOW", 2, X.CurrentTime)

    def bring_up(self, window: int) -> None:
        """Click on a minimised one in the list of windows, and wait until it was seen."""
        self._hear()
        before = self.shown[window]
        self.activate(window)
        self.until(lambda: self.shown[window] > before)

    def make_active(self, window: int) -> None:
        """Click on it, and wait until it is active."""
        self.activate(window)
        self.until(lambda: self.active == window)

    def minimise(self, window: int) -> None:
        """Minimise it, and wait until it is."""
        self.ask(window, "WM_CHANGE_STATE", Xutil.IconicState)
        self.until(lambda: self.is_down(window))

    def show_desktop(self, desktop: int) -> None:
        """Go to another desktop."""
        self.ask(int(self.root.id), "_NET_CURRENT_DESKTOP", desktop)
        self.until(lambda: [desktop] == self.values(self.root, "_NET_CURRENT_DESKTOP"))

    # --- what a person sees ---

    @property
    def active(self) -> int:
        """The active window; 0 where none is."""
        return next(iter(self.values(self.root, "_NET_ACTIVE_WINDOW")), 0)

    @property
    def focused(self) -> int:
        """Where keys go."""
        return int(getattr(self.display.get_input_focus().focus, "id", 0))

    def is_down(self, *windows: int) -> bool:
        """Whether all of these are minimised."""
        hidden = self.atom("_NET_WM_STATE_HIDDEN")
        return all(hidden in self.values(self.window(one), "_NET_WM_STATE") for one in windows)

    def is_up(self, *windows: int) -> bool:
        """Whether none of these is."""
        return not any(self.is_down(one) for one in windows)

    def desktop_of(self, window: int) -> int:
        """The desktop it is on."""
        return self.values(self.window(window), "_NET_WM_DESKTOP")[0]

    def until(self, wanted: Callable[[], bool]) -> None:
        """Wait until it is so; raises TimeoutError."""
        while not wanted():
            if not self.display.pending_events() and not select.select([self.display], [], [], PATIENCE)[0]:
                raise TimeoutError("the screen has not done what was waited for")
            self._hear()

    def _hear(self) -> None:
        """Note what has happened so far."""
        while self.display.pending_events():
            event = self.display.next_event()
            if event.type == X.MapNotify:
                self.shown[int(event.window.id)] += 1

    # --- X11 ---

    def atom(self, name: str) -> int:
        """The number of a name."""
        return int(self.display.intern_atom(name))

    def window(self, window: int) -> Any:
        """The window of an id."""
        return self.display.create_resource_object("window", window)

    def values(self, window: Any, name: str) -> list[int]:
        """The numbers in a property."""
        found = window.get_full_property(self.atom(name), X.AnyPropertyType, 4096)
        return [] if found is None else [int(value) for value in found.value]

    def ask(self, window: int, what: str, *data: int) -> None:
        """Send the window manager a message, as a list of windows or a pager does."""
        message = events.ClientMessage(
            window=self.window(window), client_type=self.atom(what), data=(32, [*data, 0, 0, 0, 0, 0][:5])
        )
        self.root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.display.flush()
