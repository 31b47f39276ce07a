"""A macOS computer: clocks, hot keys, staying on top, lock and sleep notifications.

Sources are named at each call of ``cocoa.Mac``. Not run on a real Mac: the tests hand in a made-up ``Api``. Hot keys
and notifications come through the main run loop, which Qt's Cocoa platform runs; without a window none arrive.
"""

import functools
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.machine.here import (
    ABILITIES,
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
from coachdesk.machine.macos_login import LaunchAgent
from coachdesk.words import _

CMD, SHIFT, OPTION, CONTROL = 0x0100, 0x0200, 0x0800, 0x1000
"""Carbon's modifiers (HIToolbox/Events.h): cmdKey, shiftKey, optionKey, controlKey."""

HOT_KEY_EXISTS = -9878
"""eventHotKeyExistsErr (HIToolbox/CarbonEventsCore.h)."""

KEY_CODES = {
    "Return": 0x24,
    "Tab": 0x30,
    "Space": 0x31,
    "Backspace": 0x33,
    "Esc": 0x35,
    "Enter": 0x4C,
    "Help": 0x72,
    "Ins": 0x72,
    "Home": 0x73,
    "PgUp": 0x74,
    "Del": 0x75,
    "End": 0x77,
    "PgDown": 0x79,
    "Left": 0x7B,
    "Right": 0x7C,
    "Down": 0x7D,
    "Up": 0x7E,
    "F1": 0x7A,
    "F2": 0x78,
    "F3": 0x63,
    "F4": 0x76,
    "F5": 0x60,
    "F6": 0x61,
    "F7": 0x62,
    "F8": 0x64,
    "F9": 0x65,
    "F10": 0x6D,
    "F11": 0x67,
    "F12": 0x6F,
    "F13": 0x69,
    "F14": 0x6B,
    "F15": 0x71,
    "F16": 0x6A,
    "F17": 0x40,
    "F18": 0x4F,
    "F19": 0x50,
    "F20": 0x5A,
}
"""Qt's portable name → virtual key code, the same on every keyboard (HIToolbox/Events.h, kVK_…)."""

KEYPAD = {
    ".": 0x41,
    "*": 0x43,
    "+": 0x45,
    "/": 0x4B,
    "Enter": 0x4C,
    "-": 0x4E,
    "=": 0x51,
    "0": 0x52,
    "1": 0x53,
    "2": 0x54,
    "3": 0x55,
    "4": 0x56,
    "5": 0x57,
    "6": 0x58,
    "7": 0x59,
    "8": 0x5B,
    "9": 0x5C,
}

ANSI = dict(
    zip(
        "asdfhgzxcvbqweryt123465=97-80]ou[iplj'k;\\,/nm.`",
        [
            *(*range(0x0A), *range(0x0B, 0x24)),
            *(0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x32),
        ],
        strict=True,
    )
)
"""Character → key code of the ANSI keyboard (kVK_ANSI_…), for when the layout in use cannot be read."""

EVENTS = {
    "com.apple.screenIsLocked": "locked",
    "com.apple.screenIsUnlocked": "unlocked",
    "NSWorkspaceWillSleepNotification": "sleeping",
    "NSWorkspaceDidWakeNotification": "woke",
}
"""The first two are not documented by Apple but long relied on (raygesualdo.com, 2019-10-06); the others: QA1340."""


class Api(Protocol):
    """The calls made to macOS, with plain values; ``cocoa.Mac`` makes them."""

    def clocks(self) -> tuple[float, float]:
        """Seconds since the start: with sleep, and without."""
        ...

    def boot_session(self) -> str:
        """kern.bootsessionuuid."""
        ...

    def layout(self) -> Mapping[str, int]:
        """Lower-case character → key code on the keyboard layout in use; empty where it cannot be read."""
        ...

    def hear_hot_keys(self, on_number: Callable[[int], None]) -> Closing:
        """Install the handler of pressed hot keys."""
        ...

    def register_hot_key(self, number: int, code: int, modifiers: int) -> tuple[int, object]:
        """RegisterEventHotKey: status, and what to unregister."""
        ...

    def unregister_hot_key(self, registered: object) -> None:
        """UnregisterEventHotKey."""
        ...

    def lift(self, view: int) -> None:
        """Keep the window of a view above others, on all spaces, also over full-screen ones."""
        ...

    def frontmost(self) -> int | None:
        """The process id of the application in front."""
        ...

    def activate(self, process: int) -> None:
        """Bring an application to the front."""
        ...

    def notify(self, title: str, body: str) -> bool:
        """AppleScript's ``display notification``; whether it ran."""
        ...

    def observe(self, names: Mapping[str, str], on_name: Callable[[str], None]) -> Closing:
        """Pass on the names of these notifications as they are posted."""
        ...


class MacOS:
    """One person's session on a macOS computer."""

    kind = "macos"

    def __init__(self, api: Api | None = None) -> None:
        self._given = api
        self.can: Mapping[str, Ability] = {
            **dict.fromkeys(ABILITIES, Ability(True)),
            "capture_exclusion": Ability(False, seen_when_shared()),
        }

    @functools.cached_property
    def _api(self) -> Api:
        if self._given is not None:
            return self._given
        from coachdesk.machine.cocoa import Mac

        return Mac()

    @functools.cached_property
    def _boot(self) -> str:
        return self._api.boot_session()

    def now(self) -> Now:
        """The two clocks, and the wall."""
        awake, up = self._api.clocks()
        return Now(wall(), awake, up, self._boot)

    def real_seconds(self, seconds: float) -> float:
        """As long as asked."""
        return seconds

    def time_zone(self) -> str:
        """The zone of the system now; the C library is told too, so that local times follow (tzset(3))."""
        time.tzset()
        return zone_name()

    def introduce(self) -> None:
        """Nothing to tell: the bundle says it."""

    def shortcuts(self, on_key: Callable[[str], None]) -> Shortcuts:
        """Hot keys; to be used from the main thread, where they also arrive."""
        return HotKeys(self._api, on_key)

    def keep_on_top(self, window_id: int) -> None:
        """Lift the window of Qt's view; needed again after its first show and after every change of flags."""
        self._api.lift(window_id)

    def active_window(self) -> object | None:
        """The process in front: macOS gives the keyboard to applications, which choose the window themselves."""
        return self._api.frontmost()

    def activate(self, token: object) -> None:
        """Bring that application to the front."""
        if isinstance(token, int):
            self._api.activate(token)

    def exclude_from_capture(self, window_id: int) -> bool:  # noqa: ARG002
        """Never: macOS 15 shows windows to ScreenCaptureKit whatever their ``sharingType`` says (electron issue 48258).

        Apple calls NSWindowSharingNone "a legacy constant" (Maccy pull request 1130), and with it people on DisplayLink
        screens saw no window at all (keepassxc issues 10757, 11002, 11709, 11960).
        """
        return False

    def idle_seconds(self) -> float | None:
        """Since the last input in this person's session."""
        from coachdesk.machine import idle_macos

        return idle_macos.seconds()

    def watch(self, on_event: Callable[[str], None]) -> Closing:
        """Listen to lock and sleep notifications."""
        return self._api.observe(EVENTS, lambda name: on_event(EVENTS[name]))

    def notify(self, title: str, body: str) -> None:
        """By AppleScript, as the frameworks show notifications only of programs that were installed and signed."""
        if not self._api.notify(title, body):
            raise Refused(_("macOS did not show the notification."))

    def at_login(self) -> AtLogin:
        """An agent in the person's own folder."""
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", "coachdesk.window")


def hot_key(key: Key, layout: Mapping[str, int]) -> tuple[int, int] | None:
    """Key code and Carbon modifiers; None where this keyboard has no such key.

    Qt means Command by "Ctrl" and Control by "Meta" on macOS (documentation of QKeySequence).
    """
    held = ((key.ctrl, CMD), (key.shift, SHIFT), (key.alt, OPTION), (key.meta, CONTROL))
    modifiers = sum(bit for down, bit in held if down)
    table = KEYPAD if key.keypad else {**(layout or ANSI), **KEY_CODES}
    code = table.get(key.name, table.get(key.name.lower()))
    return None if code is None else (code, modifiers)


class HotKeys:
    """Global shortcuts by Carbon's RegisterEventHotKey, which no permission is needed for; repeats are not reported."""

    def __init__(self, api: Api, on_key: Callable[[str], None]) -> None:
        self._api = api
        self._on_key = on_key
        self._registered: list[object] = []
        self._actions: dict[int, str] = {}
        self._handler: Closing | None = api.hear_hot_keys(self._pressed)

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Replace all bindings."""
        for registered in self._registered:
            self._api.unregister_hot_key(registered)
        self._registered, self._actions = [], {}
        read, refused = keys_of(table)
        layout = self._api.layout()
        for number, (action, key) in enumerate(read.items(), start=1):
            found = hot_key(key, layout)
            if found is None:
                refused[action] = not_on_this_keyboard(table[action])
                continue
            status, registered = self._api.register_hot_key(number, *found)
            if status:
                refused[action] = _refusal(status, table[action])
            else:
                self._registered.append(registered)
                self._actions[number] = action
        return refused

    def close(self) -> None:
        """Let go of every key."""
        self.bind({})
        if self._handler is not None:
            self._handler.close()
            self._handler = None

    def _pressed(self, number: int) -> None:
        action = self._actions.get(number)
        if action is not None:
            self._on_key(action)


def _refusal(status: int, text: str) -> str:
    if status == HOT_KEY_EXISTS:
        return already_used(text)
    return _("macOS did not accept “{keys}” (error {number}).").format(keys=text, number=status)
