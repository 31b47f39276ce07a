"""The contract every system keeps, its fake, and the one choice among Linux, Windows and macOS."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from coachdesk.clock import Clock, Now, Still
from coachdesk.errors import Refused
from coachdesk.machine.login import AtLogin, FakeAtLogin
from coachdesk.words import _

ABILITIES = (
    *("global_shortcuts", "bar_on_top", "active_window"),
    *("lock_signal", "sleep_signal", "capture_exclusion", "notifications"),
)
"""What ``Machine.can`` tells of."""

EVENTS = ("locked", "unlocked", "sleeping", "woke")
"""What ``Machine.watch`` can report."""


@dataclass(frozen=True)
class Ability:
    """Whether this computer can do something; true or false by itself, with the reason in words where there is one."""

    yes: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.yes


class Abilities(Mapping[str, Ability]):
    """What a computer can do, each found out when it is first asked for and then kept."""

    def __init__(self, checks: Mapping[str, Callable[[], Ability]]) -> None:
        self._checks = checks
        self._known: dict[str, Ability] = {}

    def __getitem__(self, name: str) -> Ability:
        if name not in self._known:
            self._known[name] = self._checks[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._checks)

    def __len__(self) -> int:
        return len(self._checks)


class Closing(Protocol):
    """Something that goes on until it is closed."""

    def close(self) -> None:
        """Stop, and wait until it has stopped; a second call does nothing."""
        ...


class Shortcuts(Closing, Protocol):
    """Keys that reach us while another program has the keyboard."""

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Replace all bindings. ``table`` is action id → keys ("" for none); the answer is id → why it was refused."""
        ...


class Machine(Clock, Protocol):
    """One computer, as CoachDesk needs it. It is also the real clock."""

    @property
    def kind(self) -> str:
        """One of "x11", "wayland", "windows", "macos", "headless"."""
        ...

    @property
    def can(self) -> Mapping[str, Ability]:
        """By name, each of ``ABILITIES``."""
        ...

    def time_zone(self) -> str:
        """The IANA name of the system's present time zone; "UTC" where it cannot be told."""
        ...

    def introduce(self) -> None:
        """Before the first window: tell the system, where it has to be told, whose windows will come."""
        ...

    def shortcuts(self, on_key: Callable[[str], None]) -> Shortcuts:
        """Listen for global shortcuts; ``on_key`` gets the action id, from another thread."""
        ...

    def keep_on_top(self, window_id: int) -> None:
        """Put this window of ours above all others again, without giving it the keyboard."""
        ...

    def active_window(self) -> object | None:
        """A token for the window that has the keyboard, to give back to ``activate``; None where it cannot be told."""
        ...

    def activate(self, token: object) -> None:
        """Give the keyboard back to a window; does nothing when that window is gone."""
        ...

    def exclude_from_capture(self, window_id: int) -> bool:
        """Keep a top-level window of ours out of screen sharing and recordings.

        True only when the system has confirmed it for this window; needed again for each new window.
        """
        ...

    def idle_seconds(self) -> float | None:
        """Seconds since somebody last touched keyboard or mouse, in whatever program; None where it cannot be told.

        May take a second: ask on a worker thread. What a computer sleeps may or may not be counted.
        """
        ...

    def watch(self, on_event: Callable[[str], None]) -> Closing:
        """Report each of ``EVENTS`` as it happens, from another thread."""
        ...

    def notify(self, title: str, body: str) -> None:
        """Show a notification of the desktop: plain text, without a name in it, as others may see it.

        Waits a second at most. Raises Refused where it was not taken, so that nobody counts it as told.
        """
        ...

    def at_login(self) -> AtLogin:
        """What opens CoachDesk when the person logs in."""
        ...


def seen_when_shared() -> str:
    """The sentence where the system cannot keep a window out of screen sharing."""
    return _("Visible if you share this screen; share a single window or tab instead.")


def wall() -> datetime:
    """Wall time, aware, UTC: the only place in CoachDesk that reads it."""
    return datetime.now(UTC)


def zone_name() -> str:
    """The IANA name of the system's time zone as set at this moment; never raises, "UTC" where it cannot be told.

    tzlocal keeps its first answer for ever, so it is told to look again each time.
    """
    import logging  # both only when asked: the first window is drawn without them

    import tzlocal

    logging.getLogger("tzlocal").setLevel(logging.CRITICAL)  # it would complain at every look
    try:
        tzlocal.reload_localzone()
        name = tzlocal.get_localzone_name()
        ZoneInfo(name)
    except Exception:  # a zone set wrongly raises whatever the system's files make it raise
        return "UTC"
    return name


def zone_here() -> ZoneInfo:
    """The system's time zone as set at this moment; never raises."""
    return ZoneInfo(zone_name())


# --- Keys -----------------------------------------------------------------------------------------------------------

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")

KEY_NAMES = frozenset(
    {
        *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        *"`-=[]\\;',./+*~!@#$%^&()_{}|:\"<>?",
        *(f"F{number}" for number in range(1, 25)),
        *("Esc", "Tab", "Backspace", "Return", "Enter", "Ins", "Del", "Pause", "Print", "Home", "End"),
        *("Left", "Up", "Right", "Down", "PgUp", "PgDown", "Space", "Menu", "Help"),
        *("Media Play", "Media Stop", "Media Previous", "Media Next", "Volume Mute", "Volume Down", "Volume Up"),
    }
)
"""The names of keys as Qt's ``QKeySequence.PortableText`` writes them (qkeysequence.cpp, table ``keyname``)."""

_TYPING = frozenset(name for name in KEY_NAMES if len(name) == 1) | {"Space", "Tab", "Backspace", "Return", "Enter"}


@dataclass(frozen=True)
class Key:
    """One key with the modifiers held down with it."""

    name: str
    ctrl: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False
    keypad: bool = False

    @property
    def text(self) -> str:
        """The portable text, modifiers in Qt's order."""
        held = {"Meta": self.meta, "Ctrl": self.ctrl, "Alt": self.alt, "Shift": self.shift, "Num": self.keypad}
        return "+".join([*(name for name, down in held.items() if down), self.name])


def key(text: str) -> Key:
    """Read a portable text such as "Ctrl+Alt+Shift+M", "Meta+F9" or "Ctrl++".

    On macOS Qt means the Command key by "Ctrl" and the Control key by "Meta" (documentation of QKeySequence).

    Raises:
        Refused: it is no single key, the key is unknown, or it is one that people type with.
    """
    *held, name = _parts(text.strip())
    modifiers = [part.capitalize() for part in held]
    found = _KEY_BY_LOWER.get(name.lower())
    if found is None or not set(modifiers) <= {*_MODIFIERS, "Num"}:
        raise Refused(_("“{keys}” is not a key CoachDesk knows.").format(keys=text))
    chosen = Key(found, **{word.lower(): word in modifiers for word in _MODIFIERS}, keypad="Num" in modifiers)
    if found in _TYPING and not (chosen.ctrl or chosen.alt or chosen.meta):
        raise Refused(_("“{keys}” is needed for typing; add Ctrl, Alt or Meta.").format(keys=text))
    return chosen


def _parts(text: str) -> list[str]:
    """Split at the plus signs between keys; a plus sign at the very end is the key itself."""
    if text == "+" or text.endswith("++"):
        return [*(part.strip() for part in text[:-1].split("+") if part), "+"]
    return [part.strip() for part in text.split("+")]


_KEY_BY_LOWER = {
    **{name.lower(): name for name in KEY_NAMES},
    "escape": "Esc",
    "insert": "Ins",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDown",
}


def keys_of(table: Mapping[str, str]) -> tuple[dict[str, Key], dict[str, str]]:
    """The readable keys of a table of shortcuts, and a sentence for each action whose keys are refused.

    Empty texts are left out. Of two actions with the same keys, the second is refused.
    """
    read: dict[str, Key] = {}
    refused: dict[str, str] = {}
    for action, text in table.items():
        if not text.strip():
            continue
        try:
            chosen = key(text)
        except Refused as why:
            refused[action] = why.sentence
            continue
        if chosen in read.values():
            refused[action] = _("“{keys}” is chosen for two actions.").format(keys=text)
        else:
            read[action] = chosen
    return read, refused


def already_used(text: str) -> str:
    """The sentence for keys that the system refuses because they are taken."""
    return _("Another program already uses “{keys}”.").format(keys=text)


def not_on_this_keyboard(text: str) -> str:
    """The sentence for keys that the keyboard in use cannot produce."""
    return _("“{keys}” is not on this keyboard.").format(keys=text)


# --- What is not there ----------------------------------------------------------------------------------------------


class NoShortcuts:
    """Shortcuts where the system has none: every action is refused with the reason."""

    def __init__(self, why: str) -> None:
        self.why = why

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Refuse each action that has keys."""
        return {action: self.why for action, text in table.items() if text.strip()}

    def close(self) -> None:
        """Nothing to stop."""


class Nothing:
    """A watch that never reports anything."""

    def close(self) -> None:
        """Nothing to stop."""


# --- The fake -------------------------------------------------------------------------------------------------------

_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class FakeMachine:
    """A computer made of plain values, for tests and rehearsals: a still clock, keys pressed by calling ``press``."""

    clock: Still = field(default_factory=lambda: Still.at(_NOON))
    zone: str = "Europe/Vienna"
    kind: str = "headless"
    can: Mapping[str, Ability] = field(default_factory=lambda: dict.fromkeys(ABILITIES, Ability(True)))
    taken: set[str] = field(default_factory=set)
    """Keys that another program uses already."""
    active: object | None = None
    """The window that has the keyboard."""
    activations: list[object] = field(default_factory=list)
    kept_on_top: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    """Windows that were kept out of screen sharing."""
    idle: float | None = 0.0
    """Seconds since somebody touched it."""
    confirms_exclusion: bool = True
    """Whether excluding a window is confirmed, where it is among the abilities."""
    bound: dict[str, str] = field(default_factory=dict)
    """Action id → keys, as bound now."""
    notices: list[tuple[str, str]] = field(default_factory=list)
    """Notifications shown, title and body."""
    login: FakeAtLogin = field(default_factory=FakeAtLogin)
    introduced: bool = False
    """Whether it was told whose windows will come."""
    _listeners: list[Callable[[str], None]] = field(default_factory=list)
    _on_keys: list[Callable[[str], None]] = field(default_factory=list)

    def now(self) -> Now:
        """The reading the clock stands at."""
        return self.clock.now()

    def real_seconds(self, seconds: float) -> float:
        """As long as asked."""
        return self.clock.real_seconds(seconds)

    def time_zone(self) -> str:
        """The zone set in ``zone``."""
        return self.zone

    def introduce(self) -> None:
        """Note that it was told."""
        self.introduced = True

    def shortcuts(self, on_key: Callable[[str], None]) -> "FakeShortcuts":
        """Shortcuts that ``press`` sets off."""
        self._on_keys.append(on_key)
        return FakeShortcuts(self, on_key)

    def keep_on_top(self, window_id: int) -> None:
        """Note the window."""
        self.kept_on_top.append(window_id)

    def active_window(self) -> object | None:
        """The window set in ``active``."""
        return self.active

    def activate(self, token: object) -> None:
        """Give that window the keyboard, and note it."""
        self.active = token
        self.activations.append(token)

    def exclude_from_capture(self, window_id: int) -> bool:
        """Note the window, where this computer can do it and confirms it."""
        confirmed = bool(self.can.get("capture_exclusion")) and self.confirms_exclusion
        if confirmed:
            self.excluded.append(window_id)
        return confirmed

    def idle_seconds(self) -> float | None:
        """What is set in ``idle``."""
        return self.idle

    def watch(self, on_event: Callable[[str], None]) -> "FakeWatch":
        """A watch that ``emit`` sets off."""
        self._listeners.append(on_event)
        return FakeWatch(self, on_event)

    def notify(self, title: str, body: str) -> None:
        """Keep it, where this computer shows any."""
        if not self.can.get("notifications"):
            raise Refused(_("This computer shows no notifications."))
        self.notices.append((title, body))

    def at_login(self) -> FakeAtLogin:
        """The entry kept in ``login``."""
        return self.login

    def press(self, action: str) -> None:
        """Press the keys bound to an action; raises LookupError when none are, as nothing would happen."""
        if action not in self.bound:
            raise LookupError(f"no keys are bound to {action!r}")
        for on_key in list(self._on_keys):
            on_key(action)

    def emit(self, event: str) -> None:
        """Let the computer be locked, unlocked, fall asleep or wake; raises ValueError for anything else."""
        if event not in EVENTS:
            raise ValueError(event)
        for on_event in list(self._listeners):
            on_event(event)


@dataclass
class FakeShortcuts:
    """The shortcuts of a ``FakeMachine``."""

    machine: FakeMachine
    on_key: Callable[[str], None]

    def bind(self, table: Mapping[str, str]) -> dict[str, str]:
        """Replace all bindings; keys in ``machine.taken`` are refused."""
        read, refused = keys_of(table)
        taken = {key(text) for text in self.machine.taken}
        refused |= {action: already_used(table[action]) for action, chosen in read.items() if chosen in taken}
        self.machine.bound = {action: table[action] for action in read if action not in refused}
        return refused

    def close(self) -> None:
        """Let go of every key."""
        if self.on_key in self.machine._on_keys:
            self.machine._on_keys.remove(self.on_key)
            self.machine.bound = {}


@dataclass
class FakeWatch:
    """The watch of a ``FakeMachine``."""

    machine: FakeMachine
    on_event: Callable[[str], None]

    def close(self) -> None:
        """Report nothing more."""
        if self.on_event in self.machine._listeners:
            self.machine._listeners.remove(self.on_event)


# --- The choice -----------------------------------------------------------------------------------------------------


def here() -> Machine:
    """The computer this runs on."""
    if sys.platform == "win32":
        from coachdesk.machine.windows import Windows

        return Windows()
    if sys.platform == "darwin":
        from coachdesk.machine.macos import MacOS

        return MacOS()
    from coachdesk.machine.linux import Linux

    return Linux()
