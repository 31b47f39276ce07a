"""Keys and windows of an X11 screen, over connections of our own through a Unix socket only.

Requests and events are those of the X Window System Protocol, X11R7.7 ("the protocol" below), and of the Extended
Window Manager Hints 1.5 (EWMH).
"""

import contextlib
import os
import queue
import re
import selectors
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from itertools import product
from pathlib import Path
from typing import Any

from Xlib import XK, X, Xatom, display, error
from Xlib.protocol import event as events

from coachdesk.errors import Refused
from coachdesk.machine.here import Key, already_used, keys_of, not_on_this_keyboard
from coachdesk.words import _

_WAIT = 5.0
"""Seconds for the listening thread to answer; it never waits for anything but the screen."""

# --- Keys -----------------------------------------------------------------------------------------------------------

KEYSYMS = {
    **{name: XK.string_to_keysym(name) for name in ("Tab", "Return", "Pause", "Print", "Home", "End", "Menu", "Help")},
    **{name: XK.string_to_keysym(name) for name in ("Left", "Up", "Right", "Down")},
    **{f"F{number}": XK.string_to_keysym(f"F{number}") for number in range(1, 25)},
    "Esc": XK.XK_Escape,
    "Backspace": XK.XK_BackSpace,
    "Enter": XK.XK_KP_Enter,
    "Ins": XK.XK_Insert,
    "Del": XK.XK_Delete,
    "PgUp": XK.XK_Page_Up,
    "PgDown": XK.XK_Page_Down,
    "Space": XK.XK_space,
    "Volume Down": 0x1008FF11,
    "Volume Mute": 0x1008FF12,
    "Volume Up": 0x1008FF13,
    "Media Play": 0x1008FF14,
    "Media Stop": 0x1008FF15,
    "Media Previous": 0x1008FF16,
    "Media Next": 0x1008FF17,
}
"""Qt's portable name → keysym, after keysymdef.h and XF86keysym.h; a single character is its own Latin-1 keysym."""

KEYPAD = {
    **{str(digit): XK.XK_KP_0 + digit for digit in range(10)},
    "+": XK.XK_KP_Add,
    "-": XK.XK_KP_Subtract,
    "*": XK.XK_KP_Multiply,
    "/": XK.XK_KP_Divide,
    ".": XK.XK_KP_Decimal,
    "Enter": XK.XK_KP_Enter,
}


def keysym(key: Key) -> int:
    """The keysym of a key without its modifiers; X.NoSymbol where there is none."""
    table = KEYPAD if key.keypad else KEYSYMS
    if key.name in table:
        return int(table[key.name])
    return ord(key.name.lower()) if len(key.name) == 1 and not key.keypad else int(X.NoSymbol)


class Modifiers:
    """Which of the eight modifier bits means what on this keyboard (the protocol, "Keyboards")."""

    def __init__(self, screen: display.Display) -> None:
        self._bits: dict[int, int] = {}
        for index, codes in enumerate(screen.get_modifier_mapping()):
            for code in filter(None, codes):
                for level in range(4):
                    self._bits.setdefault(screen.keycode_to_keysym(code, level), 1 << index)
        self.alt = self._bit(XK.XK_Alt_L, XK.XK_Alt_R) or X.Mod1Mask
        self.meta = self._bit(XK.XK_Super_L, XK.XK_Super_R, XK.XK_Meta_L) or X.Mod4Mask
        self.held = X.ShiftMask | X.ControlMask | self.alt | self.meta
        """The bits that belong to a shortcut; all others say nothing about it."""
        locks = (X.LockMask, self._bit(XK.XK_Num_Lock), self._bit(XK.XK_Scroll_Lock))
        self.locks = sorted({sum({*some}) for some in product(*((0, lock) for lock in locks))})
        """Every combination of Caps, Num and Scroll Lock; a grab is for exactly one state (the protocol, GrabKey)."""

    def _bit(self, *keysyms: int) -> int:
        return next((self._bits[sym] for sym in keysyms if sym in self._bits), 0)

    def mask(self, key: Key) -> int:
        """The bits of the modifiers held with a key."""
        chosen = ((key.shift, X.ShiftMask), (key.ctrl, X.ControlMask), (key.alt, self.alt), (key.meta, self.meta))
        return sum(bit for down, bit in chosen if down)


class Repeats:
    """Tells a key pressed from a key held down.

    A held key comes as release and press with one and the same time (the protocol leaves repeating to the server;
    xserver, ``xkb/xkbAccessX.c``), or as presses alone where repeats were made detectable.
    """

    def __init__(self) -> None:
        self._down: set[int] = set()
        self._released: dict[int, int] = {}

    def pressed(self, code: int, at: int) -> bool:
        """Note a press at a server time in milliseconds; whether it is a new one."""
        new = code not in self._down and at - self._released.get(code, -10) > 1
        self._down.add(code)
        return new

    def released(self, code: int, at: int) -> None:
        """Note a release."""
        self._down.discard(code)
        self._released[code] = at


class X11Shortcuts:
    """Global shortcuts by XGrabKey on the root window, with a thread of their own waiting for the keys."""

    def __init__(self, display_name: str, on_key: Callable[[str], None]) -> None:
        self._screen = connect(display_name)
        self._root = self._screen.screen().root
        self._on_key = on_key
        self._asked: queue.SimpleQueue[tuple[Mapping[str, str], Future[dict[str, str]]]] = queue.SimpleQueue()
        self._waking, self._waker = os.pipe()
        self._closing = threading.Event()
        self._table: Mapping[str, str] = {}
        self._actions: dict[tuple[int, int], str] = {}
        self._repeats = Repeats()
        self._modifiers = Modifiers(self._screen)
        self._thread = threading.Thread(target=self._run, name="shortcuts", daemon=True)
        self._thread.start()

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Replace all bindings; raises nothing, a lost screen refuses every action."""
        answer: Future[dict[str, str]] = Future()
        self._asked.put((dict(table), answer))
        with contextlib.suppress(OSError):
            os.write(self._waker, b"b")
        try:
            if self._thread.is_alive():
                return answer.result(_WAIT)
        except TimeoutError:
            pass
        return dict.fromkeys(keys_of(table)[0], _("The screen does not answer."))

    def close(self) -> None:
        """Let go of every key and stop listening."""
        if self._closing.is_set():
            return
        self._closing.set()
        with contextlib.suppress(OSError):
            os.write(self._waker, b"c")
        if self._thread is not threading.current_thread():
            self._thread.join(_WAIT)
        os.close(self._waker)

    def _run(self) -> None:
        with contextlib.suppress(error.ConnectionClosedError, OSError), selectors.DefaultSelector() as ready:
            ready.register(self._screen.fileno(), selectors.EVENT_READ)
            ready.register(self._waking, selectors.EVENT_READ)
            while not self._closing.is_set():
                self._take_events()
                self._take_requests()
                if not self._screen.pending_events():
                    for found, _events in ready.select():
                        if found.fd == self._waking:
                            os.read(self._waking, 64)
        with contextlib.suppress(error.ConnectionClosedError, OSError, AttributeError):
            self._screen.close()  # the server frees the grabs; AttributeError: python-xlib on a connection lost before
        os.close(self._waking)

    def _take_requests(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                table, answer = self._asked.get_nowait()
                self._table = table
                answer.set_result(self._grab_all())

    def _take_events(self) -> None:
        moved = False
        while self._screen.pending_events():
            event = self._screen.next_event()
            if event.type == X.KeyPress:
                self._pressed(event)
            elif event.type == X.KeyRelease:
                self._repeats.released(event.detail, event.time)
            elif event.type == X.MappingNotify:
                self._screen.refresh_keyboard_mapping(event)
                moved = True
        if moved:  # another layout: the same keys may lie elsewhere
            self._modifiers = Modifiers(self._screen)
            self._grab_all()

    def _pressed(self, event: Any) -> None:
        action = self._actions.get((event.detail, event.state & self._modifiers.held))
        if self._repeats.pressed(event.detail, event.time) and action is not None:
            self._on_key(action)

    def _grab_all(self) -> dict[str, str]:
        self._root.ungrab_key(X.AnyKey, X.AnyModifier)
        self._actions = {}
        read, refused = keys_of(self._table)
        places = {action: self._places(key) for action, key in read.items()}
        errors = {action: self._grab(found) for action, found in places.items()}
        self._screen.sync()
        for action, found in places.items():
            if not found:
                refused[action] = not_on_this_keyboard(self._table[action])
            elif errors[action].get_error() is not None:
                refused[action] = already_used(self._table[action])
                self._let_go(found)
            else:
                self._actions |= dict.fromkeys(found, action)
        self._screen.sync()
        return refused

    def _places(self, key: Key) -> list[tuple[int, int]]:
        """Keycode and modifier bits of a key, wherever the keyboard has it at its plainest level."""
        found = list(self._screen.keysym_to_keycodes(keysym(key)))
        plainest = min((level for _code, level in found), default=0)
        return [(code, self._modifiers.mask(key)) for code, level in found if level == plainest]

    def _grab(self, places: list[tuple[int, int]]) -> error.CatchError:
        caught = error.CatchError(error.BadAccess)
        for (code, mask), lock in product(places, self._modifiers.locks):
            self._root.grab_key(code, mask | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=caught)
        return caught

    def _let_go(self, places: list[tuple[int, int]]) -> None:
        for (code, mask), lock in product(places, self._modifiers.locks):
            self._root.ungrab_key(code, mask | lock)


# --- Windows --------------------------------------------------------------------------------------------------------


class X11Windows:
    """Which window has the keyboard, and which lies on top. For one thread."""

    def __init__(self, display_name: str) -> None:
        self._screen = connect(display_name)
        self._root = self._screen.screen().root
        self.lost = False
        """Whether the screen has gone; a new connection is needed then."""

    def close(self) -> None:
        """End the connection."""
        with self._gone_is_fine():
            self._screen.close()

    def to_top(self, window_id: int) -> None:
        """Raise a window (the protocol, ConfigureWindow with stack-mode Above); the keyboard stays where it is."""
        with self._gone_is_fine():
            caught = error.CatchError()
            self._window(window_id).configure(stack_mode=X.Above, onerror=caught)
            self._screen.sync()

    def active(self) -> int | None:
        """The window manager's active window (EWMH, _NET_ACTIVE_WINDOW), else the one with the input focus."""
        with self._gone_is_fine():
            if self._manager_activates():
                found = self._value(self._root, "_NET_ACTIVE_WINDOW", Xatom.WINDOW)
                return found or None
            focus = self._screen.get_input_focus().focus
            return None if focus in (X.NONE, X.PointerRoot) else int(focus.id)
        return None

    def activate(self, window_id: int) -> None:
        """Ask the window manager to activate (EWMH: source indication 2, a person's own wish), else set the focus."""
        with self._gone_is_fine():
            window = self._window(window_id)
            window.get_attributes()  # raises BadWindow for one that is gone
            if not self._manager_activates():
                window.set_input_focus(X.RevertToParent, X.CurrentTime, onerror=error.CatchError())
                self._screen.sync()
                return
            message = events.ClientMessage(
                window=window,
                client_type=self._atom("_NET_ACTIVE_WINDOW"),
                data=(32, [2, self._server_time(), 0, 0, 0]),
            )
            self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
            self._screen.sync()

    def _manager_activates(self) -> bool:
        """Whether a window manager lives that knows _NET_ACTIVE_WINDOW (EWMH, _NET_SUPPORTING_WM_CHECK)."""
        check = self._value(self._root, "_NET_SUPPORTING_WM_CHECK", Xatom.WINDOW)
        if not check:
            return False
        try:
            if self._value(self._window(check), "_NET_SUPPORTING_WM_CHECK", Xatom.WINDOW) != check:
                return False
        except error.BadWindow:
            return False  # left behind by a manager that died
        supported = self._root.get_full_property(self._atom("_NET_SUPPORTED"), Xatom.ATOM)
        return supported is not None and self._atom("_NET_ACTIVE_WINDOW") in supported.value

    def _server_time(self) -> int:
        """The screen's time now: that of a property change of nothing (ICCCM 2.1, "Acquiring Selection Ownership")."""
        window = self._root.create_window(0, 0, 1, 1, 0, 0, X.InputOnly, event_mask=X.PropertyChangeMask)
        try:
            window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"", X.PropModeAppend)
            while True:
                event = self._screen.next_event()
                if event.type == X.PropertyNotify and event.window == window:
                    return int(event.time)
        finally:
            window.change_attributes(event_mask=X.NoEventMask)  # its property goes with it, which nobody would read
            window.destroy()

    @contextlib.contextmanager
    def _gone_is_fine(self) -> Iterator[None]:
        """A window that has gone meanwhile needs nothing from us; a screen that has gone is noted."""
        try:
            yield
        except error.BadWindow:
            pass
        except (error.ConnectionClosedError, OSError):
            self.lost = True

    def _value(self, window: Any, name: str, kind: int) -> int:
        found = window.get_full_property(self._atom(name), kind)
        return int(found.value[0]) if found is not None and len(found.value) else 0

    def _atom(self, name: str) -> int:
        return int(self._screen.intern_atom(name))

    def _window(self, window_id: int) -> Any:
        return self._screen.create_resource_object("window", window_id)


# --- Connections ----------------------------------------------------------------------------------------------------

_LOCAL = re.compile(r"(?:unix/?)?(:\d+(?:\.\d+)?)")


def local(display_name: str) -> str:
    """The name python-xlib needs to stay on the Unix socket; without "unix/" it would try TCP where that fails.

    Raises:
        Refused: the display is on another computer, or reached over the network.
    """
    found = _LOCAL.fullmatch(display_name)
    if found is None:
        raise Refused(
            _("The screen “{name}” is reached over a network, which CoachDesk does not use.").format(name=display_name)
        )
    return f"unix/{found[1]}"


def connect(display_name: str) -> display.Display:
    """A connection of its own; raises Refused in words where the screen cannot be reached."""
    name = local(display_name)
    try:
        _probe(name)
        return _Plain(name)
    except (error.DisplayError, error.ConnectionClosedError, OSError) as why:
        raise Refused(_("The screen “{name}” cannot be reached.").format(name=display_name)) from why


def is_listening(display_name: str) -> bool:
    """Whether the screen is still there, be it hung."""
    try:
        _probe(local(display_name))
    except (Refused, OSError):
        return False
    return True


class _Plain(display.Display):  # type: ignore[misc]  # python-xlib has no types
    """A connection for the plain protocol: reading in every extension would take 50 ms the first time, then 3."""

    def list_extensions(self) -> list[str]:
        """None; python-xlib reads in what this names."""
        return []


def _probe(name: str) -> None:
    """Raise OSError where nobody listens; python-xlib 0.33 would find out too, but leave its socket open."""
    number = name.removeprefix("unix/:").partition(".")[0]
    path = Path(f"/tmp/.X11-unix/X{number}")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(path) if path.exists() else f"\0{path}")
