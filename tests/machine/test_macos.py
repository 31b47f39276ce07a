"""The macOS machine on made-up calls; no real Mac was at hand."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from coachdesk.clock import Clock
from coachdesk.errors import Refused
from coachdesk.machine.cocoa import SIGNATURES, Handler, HotKeyId, Observers, four, show_notification
from coachdesk.machine.here import Machine, key
from coachdesk.machine.macos import ANSI, CMD, CONTROL, EVENTS, HOT_KEY_EXISTS, OPTION, SHIFT, MacOS, hot_key


class FakeClosing:
    """Something that can be closed."""

    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        """Count it."""
        self.closed += 1


class FakeApi:
    """A macOS of plain values."""

    def __init__(self) -> None:
        self.keys: dict[int, tuple[int, int]] = {}
        self.errors: dict[int, int] = {}
        self.letters: dict[str, int] = {}
        self.pressed: Callable[[int], None] = print
        self.posted: Callable[[str], None] = print
        self.handler, self.observers = FakeClosing(), FakeClosing()
        self.lifted: list[int] = []
        self.front: int | None = 501
        self.notices: list[tuple[str, str]] = []
        self.shows = True

    def clocks(self) -> tuple[float, float]:
        """A minute and a half, one minute of it asleep."""
        return 90.5, 30.5

    def boot_session(self) -> str:
        """Some start."""
        return "0F0F"

    def layout(self) -> Mapping[str, int]:
        """The keyboard, if it can be read."""
        return self.letters

    def hear_hot_keys(self, on_number: Callable[[int], None]) -> FakeClosing:
        """Keep the handler."""
        self.pressed = on_number
        return self.handler

    def register_hot_key(self, number: int, code: int, modifiers: int) -> tuple[int, object]:
        """Refuses the key codes in ``errors``."""
        if code in self.errors:
            return self.errors[code], None
        self.keys[number] = (code, modifiers)
        return 0, number

    def unregister_hot_key(self, registered: object) -> None:
        """Forget the key; raises KeyError for one never registered."""
        assert isinstance(registered, int)
        del self.keys[registered]

    def lift(self, view: int) -> None:
        """Note it."""
        self.lifted.append(view)

    def frontmost(self) -> int | None:
        """The process in front."""
        return self.front

    def activate(self, process: int) -> None:
        """Bring it to the front."""
        self.front = process

    def notify(self, title: str, body: str) -> bool:
        """Show it, if it shows any."""
        self.notices.append((title, body))
        return self.shows

    def observe(self, names: Mapping[str, str], on_name: Callable[[str], None]) -> FakeClosing:
        """Keep the observer."""
        assert names is EVENTS
        self.posted = on_name
        return self.observers


@pytest.fixture
def api() -> FakeApi:
    """The made-up macOS."""
    return FakeApi()


def test_it_is_a_machine_and_a_clock(api: FakeApi) -> None:
    machine: Machine = MacOS(api)
    clock: Clock = machine
    assert (machine.kind, clock.real_seconds(5), machine.time_zone()) == ("macos", 5, "Europe/Berlin")
    assert [name for name, can in machine.can.items() if not can] == ["capture_exclusion"]


def test_the_clocks_are_in_seconds(api: FakeApi) -> None:
    now = MacOS(api).now()
    assert (now.awake, now.up, now.boot) == (90.5, 30.5, "0F0F")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ctrl+Alt+Shift+M", (0x2E, CMD | OPTION | SHIFT)),
        ("Meta+F9", (0x65, CONTROL)),
        ("Ctrl+Alt+Right", (0x7C, CMD | OPTION)),
        ("Ctrl+Num+5", (0x57, CMD)),
        ("Ctrl+5", (0x17, CMD)),
        ("Ctrl+,", (0x2B, CMD)),
        ("Ctrl+Volume Mute", None),
        ("Ctrl+Num+!", None),
    ],
)
def test_keys_become_hot_keys(text: str, expected: tuple[int, int] | None) -> None:
    assert hot_key(key(text), {}) == expected


def test_letters_are_where_the_keyboard_in_use_has_them() -> None:
    assert hot_key(key("Ctrl+Z"), {"z": 0x10, "y": 0x06}) == (0x10, CMD)
    assert hot_key(key("Ctrl+F1"), {"z": 0x10}) == (0x7A, CMD)
    assert hot_key(key("Ctrl+M"), {"z": 0x10}) is None


def test_the_plain_keyboard_has_every_letter_and_digit_once() -> None:
    assert set("abcdefghijklmnopqrstuvwxyz0123456789") <= set(ANSI)
    assert len(set(ANSI.values())) == len(ANSI)
    assert (ANSI["a"], ANSI["m"], ANSI["0"], ANSI["`"]) == (0x00, 0x2E, 0x1D, 0x32)


def test_a_pressed_hot_key_is_heard(api: FakeApi) -> None:
    heard: list[str] = []
    shortcuts = MacOS(api).shortcuts(heard.append)
    assert shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"}) == {}
    for number in (2, 99, 1):
        api.pressed(number)
    assert heard == ["jot", "mark"]
    shortcuts.close()
    shortcuts.close()
    assert (api.keys, api.handler.closed) == ({}, 1)


def test_binding_again_replaces_all_keys(api: FakeApi) -> None:
    shortcuts = MacOS(api).shortcuts(print)
    shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"})
    shortcuts.bind({"hold": "Ctrl+Alt+H"})
    assert api.keys == {1: (ANSI["h"], CMD | OPTION)}


def test_refused_hot_keys_are_explained(api: FakeApi) -> None:
    api.errors = {ANSI["m"]: HOT_KEY_EXISTS, ANSI["j"]: -50}
    table = {"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J", "hold": "Volume Mute", "end": "E", "hide": "Ctrl+Alt+H"}
    assert MacOS(api).shortcuts(print).bind(table) == {
        "mark": "Another program already uses “Ctrl+Alt+M”.",
        "jot": "macOS did not accept “Ctrl+Alt+J” (error -50).",
        "hold": "“Volume Mute” is not on this keyboard.",
        "end": "“E” is needed for typing; add Ctrl, Alt or Meta.",
    }
    assert list(api.keys.values()) == [(ANSI["h"], CMD | OPTION)]


def test_notifications_are_events(api: FakeApi) -> None:
    heard: list[str] = []
    watch = MacOS(api).watch(heard.append)
    for name in EVENTS:
        api.posted(name)
    watch.close()
    assert heard == ["locked", "unlocked", "sleeping", "woke"]
    assert api.observers.closed == 1


def test_the_bar_is_lifted_and_the_application_in_front_comes_back(api: FakeApi) -> None:
    machine = MacOS(api)
    machine.keep_on_top(7)
    token = machine.active_window()
    api.front = 1
    assert token is not None
    machine.activate(token)
    machine.activate("no process")
    assert (api.lifted, api.front) == ([7], 501)


def test_no_window_is_said_to_be_kept_out_of_screen_sharing(api: FakeApi) -> None:
    machine = MacOS(api)
    assert machine.exclude_from_capture(7) is False
    assert machine.can["capture_exclusion"].why == (
        "Visible if you share this screen; share a single window or tab instead."
    )


def test_a_notification_that_was_not_shown_is_refused(api: FakeApi) -> None:
    MacOS(api).notify("For today", "One thing")
    api.shows = False
    with pytest.raises(Refused, match="did not show"):
        MacOS(api).notify("For today", "One thing")
    assert [("For today", "One thing")] * 2 == api.notices


# --- the calls themselves, on made-up frameworks ---


def test_where_there_is_no_applescript_nothing_is_shown() -> None:
    assert not show_notification("For today", "One thing")


class FakeCarbon:
    """As much of Carbon as a handler needs."""

    def __init__(self) -> None:
        self.removed: list[int | None] = []
        self.pressed: Any = None
        self.next = HotKeyId(four("CDsk"), 3)

    def GetApplicationEventTarget(self) -> int:
        """The application."""
        return 1

    def InstallEventHandler(self, _target: int, handler: Any, count: int, kinds: Any, _data: None, place: Any) -> int:
        """Keep the handler."""
        assert (count, kinds[0].kind_class, kinds[0].kind) == (1, 0x6B657962, 5)
        self.pressed = handler
        place._obj.value = 9
        return 0

    def GetEventParameter(self, _event: int, name: int, kind: int, _a: None, size: int, _b: None, place: Any) -> int:
        """The id of the hot key."""
        assert (name, kind, size) == (0x2D2D2D2D, 0x686B6964, 8)
        place._obj.signature, place._obj.number = self.next.signature, self.next.number
        return 0

    def RemoveEventHandler(self, handler: Any) -> int:
        """Note it."""
        self.removed.append(handler.value)
        return 0


def test_only_our_own_hot_keys_are_taken() -> None:
    carbon = FakeCarbon()
    heard: list[int] = []
    handler = Handler(carbon, heard.append)
    carbon.pressed(0, 0, 0)
    carbon.next = HotKeyId(four("othr"), 4)
    carbon.pressed(0, 0, 0)
    handler.close()
    handler.close()
    assert (heard, carbon.removed) == ([3], [9])


class FakeCentre:
    """A notification centre."""

    def __init__(self) -> None:
        self.blocks: dict[str, Callable[[Any], None]] = {}

    def addObserverForName_object_queue_usingBlock_(
        self, name: str, _thing: None, _queue: None, block: Callable[[Any], None]
    ) -> str:
        """Keep the block."""
        self.blocks[name] = block
        return name

    def removeObserver_(self, token: str) -> None:
        """Forget the block."""
        del self.blocks[token]


class FakeNotification:
    """One notification."""

    def name(self) -> str:
        """Its name."""
        return "com.apple.screenIsLocked"


def test_observers_pass_names_on_until_they_are_removed() -> None:
    centre = FakeCentre()
    heard: list[str] = []
    observers = Observers([(centre, "com.apple.screenIsLocked")], heard.append)
    centre.blocks["com.apple.screenIsLocked"](FakeNotification())
    observers.close()
    observers.close()
    assert (heard, centre.blocks) == (["com.apple.screenIsLocked"], {})


def test_every_function_has_its_types() -> None:
    assert all(isinstance(arguments, tuple) for _answer, arguments in SIGNATURES.values())
    assert (four("keyb"), four("----")) == (0x6B657962, 0x2D2D2D2D)
