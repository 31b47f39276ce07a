"""The windows of other programs on an X11 screen: which there are, whose they are, putting them down and back.

ICCCM is the Inter-Client Communication Conventions Manual 2.0; EWMH the Extended Window Manager Hints 1.5. What window
managers do where these leave it open was tried with openbox 3.6, metacity 3.46, xfwm4 4.18 and icewm 3.3.
"""

import contextlib
import select
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from Xlib import X, error
from Xlib.protocol import event as events
from Xlib.protocol import request

from coachdesk.errors import Refused
from coachdesk.focus.blockers import Failed
from coachdesk.machine.x11 import X11Windows
from coachdesk.words import _

T = TypeVar("T")

ICONIC, NORMAL = 3, 1
"""The states of WM_CHANGE_STATE (ICCCM 4.1.4)."""
EVERY_DESKTOP = 0xFFFFFFFF
"""The desktop of a window that is on all of them (EWMH, _NET_WM_DESKTOP)."""
NEEDED = ("_NET_CLIENT_LIST", "_NET_ACTIVE_WINDOW", "_NET_WM_STATE_HIDDEN")
"""What a window manager has to know for programs to be kept down."""

_HEED = 0.05
"""Seconds for the first of two ways of bringing a window back to show that this window manager follows it."""
_KINDS = ("_NET_WM_WINDOW_TYPE_NORMAL", "_NET_WM_WINDOW_TYPE_DIALOG")
_NO_KIND = "_KDE_NET_WM_WINDOW_TYPE_OVERRIDE"
"""KDE's wish for a window without a frame, which comes before its kind."""
_SHARED = ("python", "java", "electron", "bwrap", "flatpak", "perl", "ruby", "mono", "wine", "node", "gjs", "qemu")
"""Beginnings of files that carry out the programs of others, and so do not tell which it is."""
_PROPERTIES = ("WM_CLASS", "_NET_WM_PID", "_NET_WM_WINDOW_TYPE")
_STATE = ("_NET_WM_STATE", "_NET_WM_DESKTOP")
_ASKED = ("_NET_SUPPORTED", "_NET_SUPPORTING_WM_CHECK", "_NET_CURRENT_DESKTOP", "WM_CHANGE_STATE")
_NAMES = (*NEEDED, *_KINDS, _NO_KIND, *_PROPERTIES, *_STATE, *_ASKED)
"""Everything we speak of with the screen."""


@dataclass(frozen=True)
class Window:
    """A window that the window manager shows, as far as it stays the same."""

    id: int
    pid: int
    """The process that it says it belongs to; 0 where it says nothing."""
    wm_class: str
    """The class of WM_CLASS, else the instance, in lower case; empty where it has neither."""
    instance: str
    """The instance of WM_CLASS, in lower case."""
    normal: bool
    """Whether it is a window to work in or a dialogue, and no panel, menu, splash or the like."""

    @property
    def file(self) -> str:
        """The name of the file its process carries out; empty where that cannot be seen or says nothing."""
        file = executable(self.pid)
        return "" if self.wm_class and file.startswith(_SHARED) else file

    @property
    def program(self) -> str:
        """By what we know its program: the window class, which nearly every window has; else the file."""
        return self.wm_class or self.file


@dataclass(frozen=True)
class State:
    """Where a window is now."""

    hidden: bool
    """Whether it is minimised (EWMH, _NET_WM_STATE_HIDDEN); WM_STATE also says so of those on other desktops."""
    desktop: int | None
    """None where the window manager does not tell."""


def executable(pid: int) -> str:
    """The name of the file that a process carries out (proc(5)), in lower case; empty where we may not look."""
    try:
        return Path(f"/proc/{pid}/exe").readlink().name.removesuffix(" (deleted)").lower() if pid else ""
    except OSError:
        return ""


class Screen(X11Windows):
    """One connection to the screen. For one thread; raises Refused where there is none."""

    def __init__(self, display_name: str) -> None:
        super().__init__(display_name)
        self._screen.set_error_handler(lambda *_unused: None)  # of windows that have gone meanwhile
        self.at = 0
        """The screen's time of the last event, in its milliseconds."""
        asked = {n: request.InternAtom(self._screen.display, True, name=n, only_if_exists=False) for n in _NAMES}
        self._atoms = {name: int(self._reply(each).atom) for name, each in asked.items()}
        self._names = {atom: name for name, atom in self._atoms.items()}

    def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(AttributeError):  # python-xlib 0.33 on a connection lost before
            super().close()

    def supports(self, *names: str) -> bool:
        """Whether a window manager is at work that knows all of these (EWMH, _NET_SUPPORTED)."""
        return self._manager_activates() and {self._atom(name) for name in names} <= set(self._list("_NET_SUPPORTED"))

    def ids(self) -> tuple[int, ...]:
        """Every window the window manager shows, oldest first."""
        return tuple(self._list("_NET_CLIENT_LIST"))

    def desktop(self) -> int | None:
        """The desktop that is shown."""
        return next(iter(self._list("_NET_CURRENT_DESKTOP")), None)

    def windows(self, ids: Iterable[int]) -> list[Window]:
        """What these windows are, without those that have gone."""
        return [self._described(one, found) for one, found in self._properties(ids, _PROPERTIES).items()]

    def states(self, ids: Iterable[int]) -> dict[int, State]:
        """How these windows are now, without those that have gone."""
        hidden = self._atom("_NET_WM_STATE_HIDDEN")
        found = self._properties(ids, _STATE)
        return {one: State(hidden in has[_STATE[0]], next(iter(has[_STATE[1]]), None)) for one, has in found.items()}

    def shown(self, state: State, desktop: int | None) -> bool:
        """Whether a window in this state can be seen on the desktop that is shown.

        One on another desktop disturbs nobody, and openbox does not minimise it.
        """
        return not state.hidden and (desktop is None or state.desktop in (None, EVERY_DESKTOP, desktop))

    def listen(self, *ids: int) -> None:
        """Be told of changes: of these windows, or without any, of the windows there are and which is active."""
        for window in map(self._window, ids) if ids else (self._root,):
            window.change_attributes(event_mask=X.PropertyChangeMask)

    def heard(self) -> set[tuple[int, str]]:
        """What of ours has changed since: the window and the name of the property; never waits."""
        heard = set()
        while self._screen.pending_events():
            event = self._screen.next_event()
            if event.type == X.PropertyNotify and event.atom in self._names:
                self.at = event.time
                heard.add((int(event.window.id), self._names[event.atom]))
        return heard

    def fileno(self) -> int:
        """For waiting until something is to be heard."""
        return int(self._screen.fileno())

    def put_down(self, window_id: int) -> None:
        """Minimise: the message of ICCCM 4.1.4."""
        self._ask(window_id, "WM_CHANGE_STATE", ICONIC)

    def make_active(self, window_id: int) -> None:
        """Activate at once, as ``activate`` does after asking whether that is possible; the person may be quick."""
        self._ask(window_id, "_NET_ACTIVE_WINDOW", 2, self.at or self._server_time())

    def bring_back(self, windows: Mapping[int, int | None], patience: float) -> set[int]:
        """Show these minimised windows again, each on its desktop, and leave the active window active.

        openbox and icewm follow WM_CHANGE_STATE with NormalState, which leaves the keyboard where it is; metacity and
        xfwm4 want the window mapped (ICCCM 4.1.4), and xfwm4 then gives it the keyboard, so that goes back at once.
        Answers with the windows that were still minimised after so many seconds.
        """
        active = self.active()
        for one, desktop in windows.items():
            self._ask(one, "WM_CHANGE_STATE", NORMAL)
            self._to_desktop(one, desktop)
        left = self.wait_until(False, windows, _HEED)
        for one in left:
            self._window(one).map()
            self._to_desktop(one, windows[one])
        if left and active:
            self.make_active(active)
        return self.wait_until(False, left, patience)

    def wait_until(self, hidden: bool, ids: Iterable[int], patience: float) -> set[int]:
        """Wait until all of these are minimised, or none is; those that are not so after so many seconds."""
        end = time.monotonic() + patience
        while True:
            left = {one for one, state in self.states(ids).items() if state.hidden != hidden}
            rest = end - time.monotonic()
            if not left or rest <= 0:
                return left
            select.select([self], [], [], min(rest, 0.005))
            self.heard()

    def _to_desktop(self, window_id: int, desktop: int | None) -> None:
        """Both ways of showing a window again fetch it to the desktop that is shown; EWMH, _NET_WM_DESKTOP."""
        if desktop is not None:
            self._ask(window_id, "_NET_WM_DESKTOP", desktop, 2)

    def _ask(self, window_id: int, what: str, *data: int) -> None:
        """Send the window manager a message about a window."""
        message = events.ClientMessage(
            window=self._window(window_id), client_type=self._atom(what), data=(32, [*data, 0, 0, 0, 0, 0][:5])
        )
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._screen.flush()

    def _list(self, name: str) -> Sequence[int]:
        found = self._root.get_full_property(self._atom(name), X.AnyPropertyType, 4096)
        return () if found is None else tuple(map(int, found.value))

    def _atom(self, name: str) -> int:
        return self._atoms[name] if name in self._atoms else super()._atom(name)

    def _properties(self, ids: Iterable[int], names: Sequence[str]) -> dict[int, dict[str, Any]]:
        """These properties of each window, asked for all at once; without the windows that have gone."""
        asked = {
            one: {
                name: request.GetProperty(
                    self._screen.display, True, delete=0, window=one, property=self._atom(name),
                    type=X.AnyPropertyType, long_offset=0, long_length=1024,
                )
                for name in names
            }
            for one in ids
        }  # fmt: skip
        found = {}
        for one, requests in asked.items():
            try:
                found[one] = {name: self._value_of(each) for name, each in requests.items()}
            except error.BadWindow:
                continue
        return found

    def _value_of(self, asked: Any) -> Any:
        return asked.value[1] if self._reply(asked).property_type else ()

    def _reply(self, asked: Any) -> Any:
        """A request that was sent without waiting, once it is answered."""
        asked.reply()
        return asked

    def _described(self, window_id: int, found: Mapping[str, Any]) -> Window:
        instance, _zero, rest = bytes(found["WM_CLASS"]).decode("utf-8", "replace").lower().partition("\0")
        wm_class = rest.partition("\0")[0]
        pid = next(iter(found["_NET_WM_PID"]), 0)
        kinds = [self._names.get(atom) for atom in found["_NET_WM_WINDOW_TYPE"]]
        normal = next((kind in _KINDS for kind in kinds if kind != _NO_KIND), True)  # EWMH: the first that is known
        return Window(window_id, int(pid), wm_class or instance, instance, normal)


def within(seconds: float, work: Callable[[], T]) -> T:
    """The answer of ``work``; Failed when it has none by then, as when the screen has stopped.

    It is done on a thread of its own, which python-xlib leaves waiting for ever where the screen does not answer.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except (error.ConnectionClosedError, OSError):
            answer.set_exception(Failed(_("The screen has gone.")))
        except Exception as fault:
            answer.set_exception(fault)

    threading.Thread(target=run, name="screen", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise Failed(_("The screen does not answer.")) from None
    except Failed:
        raise
    except Refused as why:
        raise Failed(why.sentence) from why
