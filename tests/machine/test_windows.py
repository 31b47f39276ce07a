"""The Windows machine on made-up calls; no real Windows computer was at hand."""

import ctypes
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes
from types import SimpleNamespace
from typing import Any

import pytest

from coachdesk.clock import Clock
from coachdesk.errors import Refused
from coachdesk.machine.here import Ability, Machine, key
from coachdesk.machine.win32 import SIGNATURES, TimeOfDay, Version, Win32, WindowClass
from coachdesk.machine.windows import (
    MOD_ALT,
    MOD_CONTROL,
    MOD_NOREPEAT,
    MOD_SHIFT,
    MOD_WIN,
    WM_HOTKEY,
    WM_POWERBROADCAST,
    WM_QUIT,
    WM_WTSSESSION_CHANGE,
    Windows,
    hot_key,
)

PATIENCE = 20.0


class FakeWindow:
    """The hidden window."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        """Take it away."""
        self.closed = True


class FakeApi:
    """A Windows of plain values; messages are put into one queue, as only one thread asks at a time here."""

    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        self.keys: dict[int, tuple[int, int]] = {}
        self.errors: dict[int, int] = {}
        self.topmost: list[int] = []
        self.front = 11
        self.allowed = True
        self.hanging: set[int] = set()
        self.shared: list[int] = []
        self.heard: Callable[[int, int], None] | None = None
        self.window = FakeWindow()
        self.windows_build = 22631
        self.affinities: dict[int, int] = {}
        self.transparent: set[int] = set()
        self.app_id = ""

    def set_app_id(self, app_id: str) -> None:
        """Keep the id."""
        self.app_id = app_id

    def tick_count(self) -> int:
        """A minute and a half, one minute of it asleep."""
        return 90_500

    def unbiased_time(self) -> int:
        """Half a minute awake."""
        return 305_000_000

    def boot_time(self) -> int:
        """Some start."""
        return 0xABCDEF

    def key_of(self, character: str) -> int:
        """A keyboard with a few characters: comma, exclamation mark with shift, at with Ctrl and Alt."""
        return {",": 0xBC, "!": 0x131, "@": 0x651}.get(character, -1)

    def register_hot_key(self, number: int, modifiers: int, virtual_key: int) -> int:
        """Refuses the virtual keys in ``errors``."""
        if virtual_key in self.errors:
            return self.errors[virtual_key]
        self.keys[number] = (modifiers, virtual_key)
        return 0

    def unregister_hot_key(self, number: int) -> None:
        """Forgets the key; raises KeyError for one never registered."""
        del self.keys[number]

    def thread(self) -> int:
        """The one thread."""
        return 1

    def post(self, thread: int, message: int) -> None:
        """Put a message into the queue."""
        assert thread == 1
        self.messages.put((message, 0))

    def next_message(self) -> tuple[int, int] | None:
        """The next message; those for windows reach the hidden one."""
        message = self.messages.get(timeout=PATIENCE)
        if self.heard is not None:
            self.heard(*message)
        return None if message[0] == WM_QUIT else message

    def listen(self, on_message: Callable[[int, int], None]) -> FakeWindow:
        """The hidden window."""
        self.heard = on_message
        return self.window

    def raise_topmost(self, window: int) -> None:
        """Note it."""
        self.topmost.append(window)

    def foreground(self) -> int:
        """The window in front."""
        return self.front

    def set_foreground(self, window: int) -> bool:
        """Allowed always, or only while input is shared."""
        if self.allowed or self.shared:
            self.front = window
            return True
        return False

    def hangs(self, window: int) -> bool:
        """Whether it hangs or has gone."""
        return window in self.hanging

    def build(self) -> int:
        """Windows 11."""
        return self.windows_build

    def set_display_affinity(self, window: int, affinity: int) -> bool:
        """Refused for the windows in ``transparent``."""
        if window in self.transparent:
            return False
        self.affinities[window] = affinity
        return True

    def display_affinity(self, window: int) -> int:
        """As set."""
        return self.affinities.get(window, 0)

    @contextmanager
    def input_shared_with(self, window: int) -> Iterator[None]:
        """Note whose input was shared."""
        self.shared.append(window)
        yield


@pytest.fixture
def api() -> FakeApi:
    """The made-up Windows."""
    return FakeApi()


def test_it_is_a_machine_and_a_clock(api: FakeApi) -> None:
    machine: Machine = Windows(api)
    clock: Clock = machine
    assert (machine.kind, clock.real_seconds(5)) == ("windows", 5)
    assert all(ability for name, ability in machine.can.items() if name != "notifications")


def test_the_taskbar_is_told_whose_windows_will_come(api: FakeApi) -> None:
    Windows(api).introduce()
    assert "CoachDesk.CoachDesk" == api.app_id


def test_notifications_are_left_to_the_icon_in_the_tray() -> None:
    assert "beside the icon of CoachDesk in the tray" in Windows().can["notifications"].why
    with pytest.raises(Refused, match="in the tray"):
        Windows().notify("For today", "One thing")


def test_the_clocks_are_in_seconds(api: FakeApi) -> None:
    now = Windows(api).now()
    assert (now.awake, now.up, now.boot) == (90.5, 30.5, "abcdef")


def test_the_zone_is_the_systems(api: FakeApi) -> None:
    assert Windows(api).time_zone() == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ctrl+Alt+Shift+M", (MOD_CONTROL | MOD_ALT | MOD_SHIFT | MOD_NOREPEAT, 0x4D)),
        ("Meta+F9", (MOD_WIN | MOD_NOREPEAT, 0x78)),
        ("Ctrl+Alt+Right", (MOD_CONTROL | MOD_ALT | MOD_NOREPEAT, 0x27)),
        ("Ctrl+Num+5", (MOD_CONTROL | MOD_NOREPEAT, 0x65)),
        ("Ctrl+5", (MOD_CONTROL | MOD_NOREPEAT, 0x35)),
        ("Ctrl+,", (MOD_CONTROL | MOD_NOREPEAT, 0xBC)),
        ("Ctrl+Shift+!", (MOD_CONTROL | MOD_SHIFT | MOD_NOREPEAT, 0x31)),
        ("Ctrl+@", None),
        ("Ctrl+?", None),
        ("F24", (MOD_NOREPEAT, 0x87)),
    ],
)
def test_keys_become_hot_keys(api: FakeApi, text: str, expected: tuple[int, int] | None) -> None:
    assert hot_key(key(text), api) == expected


def test_a_pressed_hot_key_is_heard(api: FakeApi) -> None:
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    shortcuts = Windows(api).shortcuts(heard.put)
    assert shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"}) == {}
    api.messages.put((WM_HOTKEY, 99))
    api.messages.put((WM_HOTKEY, 2))
    api.messages.put((WM_HOTKEY, 1))
    assert [heard.get(timeout=PATIENCE), heard.get(timeout=PATIENCE)] == ["jot", "mark"]
    shortcuts.close()
    shortcuts.close()
    assert api.keys == {}


def test_binding_again_replaces_all_keys(api: FakeApi) -> None:
    shortcuts = Windows(api).shortcuts(print)
    shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"})
    shortcuts.bind({"hold": "Ctrl+Alt+H"})
    assert api.keys == {1: (MOD_CONTROL | MOD_ALT | MOD_NOREPEAT, ord("H"))}
    shortcuts.close()


def test_refused_hot_keys_are_explained(api: FakeApi) -> None:
    api.errors = {ord("M"): 1409, ord("J"): 5}
    shortcuts = Windows(api).shortcuts(print)
    table = {"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J", "hold": "Ctrl+?", "end": "E", "hide": "Ctrl+Alt+H"}
    assert shortcuts.bind(table) == {
        "mark": "Another program already uses “Ctrl+Alt+M”.",
        "jot": "Windows did not accept “Ctrl+Alt+J” (error 5).",
        "hold": "“Ctrl+?” is not on this keyboard.",
        "end": "“E” is needed for typing; add Ctrl, Alt or Meta.",
    }
    assert list(api.keys.values()) == [(MOD_CONTROL | MOD_ALT | MOD_NOREPEAT, ord("H"))]
    shortcuts.close()


def test_messages_of_the_session_and_of_power_are_events(api: FakeApi) -> None:
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    watch = Windows(api).watch(heard.put)
    for message in (
        *((WM_WTSSESSION_CHANGE, 7), (WM_WTSSESSION_CHANGE, 1), (WM_POWERBROADCAST, 4), (WM_POWERBROADCAST, 10)),
        *((WM_POWERBROADCAST, 18), (WM_POWERBROADCAST, 7), (WM_WTSSESSION_CHANGE, 8)),
    ):
        api.messages.put(message)
    assert [heard.get(timeout=PATIENCE) for _each in range(4)] == ["locked", "sleeping", "woke", "unlocked"]
    watch.close()
    watch.close()
    assert api.window.closed


def test_the_bar_is_put_on_top_of_topmost_windows(api: FakeApi) -> None:
    Windows(api).keep_on_top(7)
    assert api.topmost == [7]


def test_a_window_is_kept_out_of_screen_sharing_once_windows_confirms_it(api: FakeApi) -> None:
    machine = Windows(api)
    assert machine.can["capture_exclusion"]
    assert machine.exclude_from_capture(7) is True
    assert machine.exclude_from_capture(7) is True
    assert api.affinities == {7: 0x11}


def test_a_window_that_windows_refuses_to_exclude_is_not_said_to_be(api: FakeApi) -> None:
    api.transparent = {7}
    assert Windows(api).exclude_from_capture(7) is False


def test_before_windows_10_version_2004_no_window_is_made_black(api: FakeApi) -> None:
    api.windows_build = 19040
    machine = Windows(api)
    assert machine.can["capture_exclusion"] == Ability(
        False, "Visible if you share this screen; share a single window or tab instead."
    )
    assert machine.exclude_from_capture(7) is False
    assert api.affinities == {}


def test_the_window_in_front_gets_the_keyboard_back(api: FakeApi) -> None:
    machine = Windows(api)
    token = machine.active_window()
    api.front = 7
    assert token is not None
    machine.activate(token)
    assert (api.front, api.shared) == (11, [])


def test_where_windows_forbids_it_input_is_shared_for_a_moment(api: FakeApi) -> None:
    api.allowed = False
    Windows(api).activate(12)
    assert (api.front, api.shared) == (12, [11])


def test_input_is_never_shared_with_a_window_that_hangs(api: FakeApi) -> None:
    api.allowed = False
    api.hanging = {11}
    Windows(api).activate(12)
    assert (api.front, api.shared) == (11, [])


def test_a_window_that_hangs_or_has_gone_is_left_alone(api: FakeApi) -> None:
    api.hanging = {12}
    Windows(api).activate(12)
    Windows(api).activate("no window")
    assert api.front == 11


def test_nothing_in_front_is_no_window(api: FakeApi) -> None:
    api.front = 0
    assert Windows(api).active_window() is None


# --- the calls themselves, on made-up libraries ---


class FakeLibrary:
    """A library whose functions return what they are told, and note what they were called with."""

    def __init__(self, name: str, answers: dict[str, Callable[..., Any]]) -> None:
        self.calls: list[tuple[Any, ...]] = []
        for function in SIGNATURES[name]:
            setattr(self, function, self.function(function, answers.get(function)))

    def function(self, name: str, answer: Callable[..., Any] | None) -> Any:
        """Something that can be called and carries types, as ctypes' functions do."""

        class Function:
            restype: Any = None
            argtypes: Any = None

            def __call__(inner, *arguments: Any) -> Any:  # noqa: N805
                self.calls.append((name, *arguments))
                assert len(arguments) == len(inner.argtypes), name
                return answer(*arguments) if answer else 1

        return Function()


def libraries(**answers: Callable[..., Any]) -> dict[str, FakeLibrary]:
    """All libraries, with the answers of some functions."""
    return {name: FakeLibrary(name, answers) for name in SIGNATURES}


def test_the_id_of_the_taskbar_goes_to_the_shell() -> None:
    loaded = libraries()
    Win32(loaded.__getitem__).set_app_id("CoachDesk.CoachDesk")
    assert [("SetCurrentProcessExplicitAppUserModelID", "CoachDesk.CoachDesk")] == loaded["shell32"].calls


def test_every_function_is_declared_before_it_is_called() -> None:
    loaded = libraries()
    Win32(loaded.__getitem__)
    user: Any = loaded["user32"]
    assert user.SetWindowPos.restype is wintypes.BOOL
    assert user.SetWindowPos.argtypes[:2] == [wintypes.HWND, wintypes.HWND]
    assert user.GetForegroundWindow.restype is wintypes.HWND


def test_the_start_of_the_computer_does_not_depend_on_the_set_clock() -> None:
    def told(moved: int) -> Callable[..., int]:
        def answer(_kind: int, place: Any, size: int, _length: None) -> int:
            assert size == 48
            place._obj.boot_time = 1_000 + moved
            place._obj.boot_time_bias = moved % (1 << 64)
            return 0

        return answer

    starts = [Win32(libraries(NtQuerySystemInformation=told(moved)).__getitem__).boot_time() for moved in (0, 99, -99)]
    assert starts == [1_000, 1_000, 1_000]


def test_a_refused_question_is_an_error() -> None:
    refusing = libraries(NtQuerySystemInformation=lambda *_arguments: -1073741820)
    with pytest.raises(OSError, match="0xc0000004"):
        Win32(refusing.__getitem__).boot_time()


def test_structures_have_the_size_windows_expects() -> None:
    assert tuple(map(ctypes.sizeof, (TimeOfDay, WindowClass, Version))) == (48, 72, 276)


def test_topmost_is_asked_for_without_moving_sizing_or_activating() -> None:
    loaded = libraries()
    Win32(loaded.__getitem__).raise_topmost(7)
    assert loaded["user32"].calls == [("SetWindowPos", 7, -1, 0, 0, 0, 0, 0x13)]


def test_the_affinity_and_the_build_are_read_from_windows() -> None:
    def told(place: Any) -> int:
        assert place._obj.size == ctypes.sizeof(Version)
        place._obj.build = 19045
        return 0

    def read(_window: int, place: Any) -> int:
        place._obj.value = 0x11
        return 1

    loaded = libraries(RtlGetVersion=told, GetWindowDisplayAffinity=read)
    calls = Win32(loaded.__getitem__)
    assert (calls.build(), calls.set_display_affinity(7, 0x11), calls.display_affinity(7)) == (19045, True, 0x11)
    assert ("SetWindowDisplayAffinity", 7, 0x11) in loaded["user32"].calls
    refusing = Win32(libraries(GetWindowDisplayAffinity=lambda *_arguments: 0).__getitem__)
    assert refusing.display_affinity(7) == 0


def test_a_hidden_window_passes_its_messages_on_and_is_taken_away() -> None:
    kept = SimpleNamespace(procedure=0)

    def register(described: Any) -> int:
        kept.procedure = described._obj.procedure
        return 1

    loaded = libraries(RegisterClassW=register, DefWindowProcW=lambda *_arguments: 5, CreateWindowExW=lambda *_a: 77)
    heard: list[tuple[int, int]] = []
    window = Win32(loaded.__getitem__).listen(lambda *message: heard.append(message))
    kind = ctypes.CFUNCTYPE(ctypes.c_ssize_t, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
    assert kind(kept.procedure)(77, WM_WTSSESSION_CHANGE, 7, 1) == 5
    window.close()
    assert heard == [(WM_WTSSESSION_CHANGE, 7)]
    sessions = [call[:2] for call in loaded["wtsapi32"].calls]
    assert sessions == [("WTSRegisterSessionNotification", 77), ("WTSUnRegisterSessionNotification", 77)]
    assert [call[0] for call in loaded["user32"].calls][-2:] == ["DestroyWindow", "UnregisterClassW"]


def test_messages_end_with_quit_and_with_an_error() -> None:
    for answer in (0, -1):
        ended = libraries(GetMessageW=lambda *_arguments, answer=answer: answer)
        assert Win32(ended.__getitem__).next_message() is None
    going = Win32(libraries().__getitem__)
    assert going.next_message() == (0, 0)


def test_input_is_shared_with_another_thread_only_and_always_given_back() -> None:
    loaded = libraries(GetCurrentThreadId=lambda: 1, GetWindowThreadProcessId=lambda *_arguments: 2)
    with pytest.raises(RuntimeError), Win32(loaded.__getitem__).input_shared_with(7):
        raise RuntimeError
    attached = [call[1:] for call in loaded["user32"].calls if call[0] == "AttachThreadInput"]
    assert attached == [(1, 2, True), (1, 2, False)]
    same = libraries(GetCurrentThreadId=lambda: 1, GetWindowThreadProcessId=lambda *_arguments: 1)
    with Win32(same.__getitem__).input_shared_with(7):
        pass
    assert [call[0] for call in same["user32"].calls] == ["GetWindowThreadProcessId"]


def test_the_other_calls_hand_over_plain_values() -> None:
    def unbiased(place: Any) -> int:
        place._obj.value = 305_000_000
        return 1

    loaded = libraries(
        GetTickCount64=lambda: 90_500,
        QueryUnbiasedInterruptTime=unbiased,
        VkKeyScanW=lambda _character: 0xBC,
        GetForegroundWindow=lambda: None,
        IsHungAppWindow=lambda _window: 0,
        GetCurrentThreadId=lambda: 3,
    )
    calls = Win32(loaded.__getitem__)
    assert (calls.tick_count(), calls.unbiased_time(), calls.key_of(",")) == (90_500, 305_000_000, 0xBC)
    assert (calls.foreground(), calls.hangs(7), calls.set_foreground(7), calls.thread()) == (0, False, True, 3)
    assert calls.register_hot_key(1, 2, 3) == 0
    calls.unregister_hot_key(1)
    calls.post(3, WM_QUIT)
    assert ("UnregisterHotKey", None, 1) in loaded["user32"].calls
    assert ("PostThreadMessageW", 3, WM_QUIT, 0, 0) in loaded["user32"].calls
