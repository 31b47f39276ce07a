"""A Windows computer: clocks, hot keys, staying on top, lock and sleep messages.

What is said of Windows is from learn.microsoft.com, by the name of the function or message, unless noted. Not run on a
real Windows computer: the tests hand in a made-up ``Api``.
"""

import functools
import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol

from coachdesk import NAME
from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.machine.here import (
    ABILITIES,
    Abilities,
    Ability,
    Closing,
    Key,
    Shortcuts,
    already_used,
    keys_of,
    not_on_this_keyboard,
    seen_when_shared,
    wall,
    zone_name,
)
from coachdesk.machine.login import AtLogin
from coachdesk.machine.registry import WinRegistry
from coachdesk.machine.windows_login import RunEntry
from coachdesk.words import _

WM_QUIT = 0x0012
WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
WM_HOTKEY = 0x0312
WM_APP = 0x8000

EVENTS = {
    (WM_WTSSESSION_CHANGE, 0x7): "locked",  # WTS_SESSION_LOCK
    (WM_WTSSESSION_CHANGE, 0x8): "unlocked",  # WTS_SESSION_UNLOCK
    (WM_POWERBROADCAST, 0x4): "sleeping",  # PBT_APMSUSPEND
    (WM_POWERBROADCAST, 0x12): "woke",  # PBT_APMRESUMEAUTOMATIC, sent whenever the system resumes
}

MOD_ALT, MOD_CONTROL, MOD_SHIFT, MOD_WIN, MOD_NOREPEAT = 0x1, 0x2, 0x4, 0x8, 0x4000
ERROR_HOTKEY_ALREADY_REGISTERED = 1409

VIRTUAL_KEYS = {
    **{letter: ord(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
    "Backspace": 0x08,
    "Tab": 0x09,
    "Return": 0x0D,
    "Enter": 0x0D,
    "Pause": 0x13,
    "Esc": 0x1B,
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Print": 0x2C,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Help": 0x2F,
    "Menu": 0x5D,
    "Volume Mute": 0xAD,
    "Volume Down": 0xAE,
    "Volume Up": 0xAF,
    "Media Next": 0xB0,
    "Media Previous": 0xB1,
    "Media Stop": 0xB2,
    "Media Play": 0xB3,
}
"""Qt's portable name → virtual key ("Virtual-Key Codes"); other characters lie elsewhere on each keyboard."""

KEYPAD = {
    **{str(digit): 0x60 + digit for digit in range(10)},
    "*": 0x6A,
    "+": 0x6B,
    "-": 0x6D,
    ".": 0x6E,
    "/": 0x6F,
    "Enter": 0x0D,
}

APP_ID = f"{NAME}.{NAME}"
"""By which the taskbar puts our windows and the pinned icon together ("Application User Model IDs"): CompanyName and
ProductName. The shortcut that the installer makes bears the same."""

EXCLUDED_FROM_CAPTURE = 0x11
"""WDA_EXCLUDEFROMCAPTURE (SetWindowDisplayAffinity)."""

FIRST_TO_EXCLUDE = 19041
"""The build of Windows 10 version 2004; before, the window would be a black rectangle to others (ibid., Remarks)."""

_WAIT = 5.0


class Api(Protocol):
    """The calls made to Windows, with plain values; ``win32.Win32`` makes them."""

    def set_app_id(self, app_id: str) -> None:
        """SetCurrentProcessExplicitAppUserModelID."""
        ...

    def tick_count(self) -> int:
        """GetTickCount64: milliseconds since the start, sleep included."""
        ...

    def unbiased_time(self) -> int:
        """QueryUnbiasedInterruptTime: hundreds of nanoseconds since the start, without sleep."""
        ...

    def boot_time(self) -> int:
        """BootTime less BootTimeBias of SystemTimeOfDayInformation."""
        ...

    def key_of(self, character: str) -> int:
        """VkKeyScanW: virtual key in the low byte, the shift state in the next; -1 where the keyboard has none."""
        ...

    def register_hot_key(self, number: int, modifiers: int, virtual_key: int) -> int:
        """RegisterHotKey for the calling thread: 0, or the error's number."""
        ...

    def unregister_hot_key(self, number: int) -> None:
        """UnregisterHotKey."""
        ...

    def thread(self) -> int:
        """The calling thread's number; it has a message queue after this (PostThreadMessageW, Remarks)."""
        ...

    def post(self, thread: int, message: int) -> None:
        """PostThreadMessageW."""
        ...

    def next_message(self) -> tuple[int, int] | None:
        """GetMessageW and DispatchMessageW: message and first parameter; None once asked to quit."""
        ...

    def listen(self, on_message: Callable[[int, int], None]) -> Closing:
        """A hidden window of the calling thread whose messages are passed on."""
        ...

    def raise_topmost(self, window: int) -> None:
        """SetWindowPos to HWND_TOPMOST without moving, sizing or activating."""
        ...

    def foreground(self) -> int:
        """GetForegroundWindow; 0 where there is none."""
        ...

    def set_foreground(self, window: int) -> bool:
        """SetForegroundWindow."""
        ...

    def hangs(self, window: int) -> bool:
        """IsHungAppWindow; also for a window that has gone."""
        ...

    def build(self) -> int:
        """RtlGetVersion: the build of Windows, also where GetVersionEx would tell that of an older one."""
        ...

    def set_display_affinity(self, window: int, affinity: int) -> bool:
        """SetWindowDisplayAffinity, for a top-level window of this process."""
        ...

    def display_affinity(self, window: int) -> int:
        """GetWindowDisplayAffinity; 0 where it fails."""
        ...

    def input_shared_with(self, window: int) -> AbstractContextManager[None]:
        """AttachThreadInput to the window's thread, and back."""
        ...


class Windows:
    """One person's session on a Windows computer."""

    kind = "windows"

    def __init__(self, api: Api | None = None) -> None:
        self._given = api
        always = {name: lambda: Ability(True) for name in ABILITIES}
        found = {"capture_exclusion": self._hides_from_capture, "notifications": lambda: Ability(False, by_tray())}
        self.can: Mapping[str, Ability] = Abilities(always | found)

    @functools.cached_property
    def _api(self) -> Api:
        if self._given is not None:
            return self._given
        from coachdesk.machine.win32 import Win32

        return Win32()

    @functools.cached_property
    def _boot(self) -> str:
        """The same as long as the computer runs.

        Setting the clock moves BootTime and BootTimeBias by as much (geoffchappell.com, SYSTEM_TIMEOFDAY_INFORMATION;
        reactos, ntoskrnl/ke/clock.c, KeSetSystemTime), so their difference stays.
        """
        return f"{self._api.boot_time():x}"

    def now(self) -> Now:
        """GetTickCount64 goes on in sleep ("Windows Time"), QueryUnbiasedInterruptTime does not."""
        up = self._api.unbiased_time() / 10_000_000
        return Now(wall(), self._api.tick_count() / 1000, up, self._boot)

    def real_seconds(self, seconds: float) -> float:
        """As long as asked."""
        return seconds

    def time_zone(self) -> str:
        """The IANA name of the zone set in Windows now, by the table of Unicode CLDR that tzlocal carries."""
        return zone_name()

    def introduce(self) -> None:
        """Give this process the id of the taskbar; it has to have it before it shows a window (ibid.)."""
        self._api.set_app_id(APP_ID)

    def shortcuts(self, on_key: Callable[[str], None]) -> Shortcuts:
        """Hot keys of a thread of their own."""
        return HotKeys(self._api, on_key)

    def keep_on_top(self, window_id: int) -> None:
        """Insert it above other topmost windows; changing WS_EX_TOPMOST itself would not move it (SetWindowPos)."""
        self._api.raise_topmost(window_id)

    def active_window(self) -> object | None:
        """The handle of the foreground window."""
        return self._api.foreground() or None

    def activate(self, token: object) -> None:
        """Give a window the foreground back.

        Windows allows it to the program that has it (SetForegroundWindow, Remarks), which we do while our field is
        open. If not, the threads' input is shared for the call, but never with a window that hangs: sharing would make
        us wait with it (devblogs.microsoft.com/oldnewthing/20130619-00, on AttachThreadInput).
        """
        if not isinstance(token, int) or self._api.hangs(token) or self._api.set_foreground(token):
            return
        front = self._api.foreground()
        if front and not self._api.hangs(front):
            with self._api.input_shared_with(front):
                self._api.set_foreground(token)

    def exclude_from_capture(self, window_id: int) -> bool:
        """Set the affinity, and believe only what Windows then answers.

        It refuses windows with per-pixel transparency (Win32-Composition-Samples issue 56). What was already excluded
        is left as it is.
        """
        if not self.can["capture_exclusion"]:
            return False
        if self._api.display_affinity(window_id) != EXCLUDED_FROM_CAPTURE:
            self._api.set_display_affinity(window_id, EXCLUDED_FROM_CAPTURE)
        return self._api.display_affinity(window_id) == EXCLUDED_FROM_CAPTURE

    def _hides_from_capture(self) -> Ability:
        if self._api.build() < FIRST_TO_EXCLUDE:
            return Ability(False, seen_when_shared())
        return Ability(True)

    def idle_seconds(self) -> float | None:
        """Since the last input in this person's session."""
        from coachdesk.machine import idle_windows

        return idle_windows.seconds()

    def watch(self, on_event: Callable[[str], None]) -> Closing:
        """Listen to session and power messages."""
        return Messages(self._api, on_event)

    def notify(self, title: str, body: str) -> None:  # noqa: ARG002
        """Never from here: see ``by_tray``."""
        raise Refused(by_tray())

    def at_login(self) -> AtLogin:
        """The entry under ``Run``."""
        return RunEntry(WinRegistry(), NAME)


def by_tray() -> str:
    """Why nothing but the window shows notifications.

    Shell_NotifyIconW (NIF_INFO) shows them beside an icon in the tray, and the window's has one (Qt's); toasts without
    one are for installed programs with an id of their own ("Send a local toast notification from other types of
    unpackaged apps").
    """
    return _("Windows shows notifications beside the icon of CoachDesk in the tray.")


def hot_key(key: Key, api: Api) -> tuple[int, int] | None:
    """Modifiers and virtual key for RegisterHotKey; None where this keyboard has no such key."""
    held = ((key.alt, MOD_ALT), (key.ctrl, MOD_CONTROL), (key.shift, MOD_SHIFT), (key.meta, MOD_WIN))
    modifiers = sum(bit for down, bit in held if down) | MOD_NOREPEAT
    table = KEYPAD if key.keypad else VIRTUAL_KEYS
    if key.name in table:
        return modifiers, table[key.name]
    found = -1 if key.keypad else api.key_of(key.name)
    if found == -1 or (found >> 8) & 0x6:  # no key, or one that itself needs Ctrl or Alt
        return None
    return modifiers, found & 0xFF


class HotKeys:
    """Global shortcuts by RegisterHotKey; WM_HOTKEY comes to the thread that registered, so it has one of its own."""

    def __init__(self, api: Api, on_key: Callable[[str], None]) -> None:
        self._api = api
        self._on_key = on_key
        self._asked: queue.SimpleQueue[tuple[Mapping[str, str], Future[dict[str, str]]]] = queue.SimpleQueue()
        self._actions: dict[int, str] = {}
        self._number: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="shortcuts", daemon=True)
        self._thread.start()

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Replace all bindings."""
        answer: Future[dict[str, str]] = Future()
        self._asked.put((dict(table), answer))
        self._api.post(self._number.result(_WAIT), WM_APP)
        return answer.result(_WAIT)

    def close(self) -> None:
        """Let go of every key and end the thread."""
        if self._thread.is_alive():
            self._api.post(self._number.result(_WAIT), WM_QUIT)
            if self._thread is not threading.current_thread():
                self._thread.join(_WAIT)

    def _run(self) -> None:
        self._number.set_result(self._api.thread())
        while (message := self._api.next_message()) is not None:
            kind, parameter = message
            if kind == WM_HOTKEY and parameter in self._actions:
                self._on_key(self._actions[parameter])
            elif kind == WM_APP:
                table, answer = self._asked.get()
                answer.set_result(self._register(table))
        self._register({})

    def _register(self, table: Mapping[str, str]) -> dict[str, str]:
        for number in self._actions:
            self._api.unregister_hot_key(number)
        self._actions = {}
        read, refused = keys_of(table)
        for number, (action, key) in enumerate(read.items(), start=1):
            found = hot_key(key, self._api)
            if found is None:
                refused[action] = not_on_this_keyboard(table[action])
                continue
            error = self._api.register_hot_key(number, *found)
            if error:
                refused[action] = _refusal(error, table[action])
            else:
                self._actions[number] = action
        return refused


def _refusal(error: int, text: str) -> str:
    if error == ERROR_HOTKEY_ALREADY_REGISTERED:
        return already_used(text)
    return _("Windows did not accept “{keys}” (error {number}).").format(keys=text, number=error)


class Messages:
    """Lock, unlock, sleep and waking, as Windows tells a hidden window of a thread of its own."""

    def __init__(self, api: Api, on_event: Callable[[str], None]) -> None:
        self._api = api
        self._on_event = on_event
        self._number: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="lock-and-sleep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop reporting."""
        if self._thread.is_alive():
            self._api.post(self._number.result(_WAIT), WM_QUIT)
            if self._thread is not threading.current_thread():
                self._thread.join(_WAIT)

    def _run(self) -> None:
        window = self._api.listen(self._hear)
        self._number.set_result(self._api.thread())
        while self._api.next_message() is not None:
            pass
        window.close()

    def _hear(self, message: int, parameter: int) -> None:
        event = EVENTS.get((message, parameter))
        if event is not None:
            self._on_event(event)
