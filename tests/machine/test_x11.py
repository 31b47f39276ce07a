"""Keys and windows of a real X11 screen."""

import queue
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from Xlib import X, Xatom
from Xlib import display as xlib

from coachdesk.errors import Refused
from coachdesk.machine.here import key
from coachdesk.machine.x11 import Repeats, X11Shortcuts, X11Windows, connect, keysym, local
from tests.display import PATIENCE, Display, wait_for


class Keys:
    """Shortcuts whose actions can be waited for."""

    def __init__(self, screen: Display) -> None:
        self.heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.shortcuts = X11Shortcuts(screen.name, self.heard.put)

    def next(self) -> str:
        """The next action heard."""
        return self.heard.get(timeout=PATIENCE)


@pytest.fixture
def keys(screen: Display) -> Iterator[Keys]:
    """Shortcuts of the test's screen."""
    keys = Keys(screen)
    yield keys
    keys.shortcuts.close()


class Window:
    """A plain window of another program's, which notes the keys it gets."""

    def __init__(self, screen: Display, title: str, bypass: bool = False) -> None:
        self.screen = xlib.Display(f"unix/{screen.name}")
        here = self.screen.screen()
        masks = X.FocusChangeMask | X.KeyPressMask | X.StructureNotifyMask | X.ExposureMask
        self.window = here.root.create_window(
            *(100, 100, 200, 100, 0, here.root_depth),
            event_mask=masks,
            override_redirect=bypass,
            background_pixel=here.white_pixel,
        )
        self.window.set_wm_name(title)
        self.window.map()
        self.until(X.MapNotify)

    @property
    def id(self) -> int:
        return int(self.window.id)

    def until(self, kind: int) -> Any:
        """Wait for an event of this kind."""
        return wait_for(self.screen, lambda event: event.type == kind)

    def until_focused(self) -> None:
        """Wait until it has the keyboard."""
        while self.screen.get_input_focus().focus != self.window:
            self.until(X.FocusIn)

    def until_active(self) -> None:
        """Wait until the window manager tells so, which it does a moment after giving it the keyboard."""
        root, told = self.screen.screen().root, self.screen.intern_atom("_NET_ACTIVE_WINDOW")
        root.change_attributes(event_mask=X.PropertyChangeMask)
        while list(root.get_full_property(told, Xatom.WINDOW).value) != [self.id]:
            self.until(X.PropertyNotify)

    def close(self) -> None:
        """Take it away."""
        self.screen.close()


def test_a_shortcut_is_heard_while_another_window_has_the_keyboard(screen: Display, keys: Keys) -> None:
    call = Window(screen, "call")
    call.until_focused()
    assert keys.shortcuts.bind({"mark": "Ctrl+Alt+Shift+M"}) == {}
    screen.run("xdotool", "key", "ctrl+alt+shift+m")
    assert keys.next() == "mark"
    call.close()


@pytest.mark.parametrize("locks", [["Num_Lock"], ["Caps_Lock"], ["Num_Lock", "Caps_Lock"], ["Scroll_Lock"]])
def test_locks_of_the_keyboard_do_not_matter(screen: Display, keys: Keys, locks: list[str]) -> None:
    keys.shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Meta+F9"})
    screen.run("xdotool", "key", *locks, "ctrl+alt+m", "super+F9")
    assert [keys.next(), keys.next()] == ["mark", "jot"]


def test_other_modifiers_are_another_key(screen: Display, keys: Keys) -> None:
    keys.shortcuts.bind({"mark": "Ctrl+Alt+M", "hold": "Ctrl+Alt+Shift+M"})
    screen.run("xdotool", "key", "ctrl+m", "alt+m", "ctrl+alt+super+m", "ctrl+alt+shift+m")
    assert keys.next() == "hold"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Ctrl+Shift+Right", "ctrl+shift+Right"),
        ("Ctrl+Alt+PgUp", "ctrl+alt+Prior"),
        ("Meta+F12", "super+F12"),
        ("Ctrl+Alt+5", "ctrl+alt+5"),
        ("Ctrl+Alt+,", "ctrl+alt+comma"),
        ("Ctrl+Num+5", "ctrl+KP_5"),
        ("Ctrl+Space", "ctrl+space"),
        ("F11", "F11"),
        ("Volume Mute", "XF86AudioMute"),
    ],
)
def test_every_kind_of_key_can_be_bound(screen: Display, keys: Keys, text: str, typed: str) -> None:
    assert keys.shortcuts.bind({"mark": text}) == {}
    screen.run("xdotool", "key", typed)
    assert keys.next() == "mark"


def test_binding_again_replaces_all_keys(screen: Display, keys: Keys) -> None:
    keys.shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"})
    assert keys.shortcuts.bind({"jot": "Ctrl+Alt+M", "hold": "Ctrl+Alt+H"}) == {}
    screen.run("xdotool", "key", "ctrl+alt+j", "ctrl+alt+m", "ctrl+alt+h")
    assert [keys.next(), keys.next()] == ["jot", "hold"]


def test_keys_let_go_reach_the_other_window_again(screen: Display, keys: Keys) -> None:
    call = Window(screen, "call")
    call.until_focused()
    keys.shortcuts.bind({"mark": "Ctrl+Alt+M"})
    keys.shortcuts.bind({"mark": ""})
    screen.run("xdotool", "key", "ctrl+alt+m")
    code = call.screen.keysym_to_keycode(ord("m"))
    assert wait_for(call.screen, lambda event: event.type == X.KeyPress and event.detail == code)
    call.close()


def test_keys_of_another_program_are_refused_and_the_rest_is_bound(screen: Display, keys: Keys) -> None:
    other = Keys(screen)
    other.shortcuts.bind({"theirs": "Ctrl+Alt+M"})
    refused = keys.shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+J"})
    assert refused == {"mark": "Another program already uses “Ctrl+Alt+M”."}
    screen.run("xdotool", "key", "ctrl+alt+m", "ctrl+alt+j")
    assert (other.next(), keys.next()) == ("theirs", "jot")
    other.shortcuts.close()


def test_keys_of_the_window_manager_are_refused(keys: Keys) -> None:
    refused = keys.shortcuts.bind({"move": "Ctrl+Alt+Right"})  # openbox changes the desktop with them
    assert refused == {"move": "Another program already uses “Ctrl+Alt+Right”."}


def test_keys_become_free_when_their_program_closes(screen: Display, keys: Keys) -> None:
    other = Keys(screen)
    other.shortcuts.bind({"theirs": "Ctrl+Alt+M"})
    other.shortcuts.close()
    other.shortcuts.close()
    assert keys.shortcuts.bind({"mark": "Ctrl+Alt+M"}) == {}


def test_a_key_the_keyboard_lacks_is_refused(keys: Keys, screen: Display) -> None:
    screen.run("setxkbmap", "gr")
    refused = keys.shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": "Ctrl+Alt+F2"})
    assert refused == {"mark": "“Ctrl+Alt+M” is not on this keyboard."}


def test_a_key_stays_bound_when_another_layout_moves_it(screen: Display, keys: Keys) -> None:
    keys.shortcuts.bind({"mark": "Ctrl+Alt+Z"})
    screen.run("setxkbmap", "de")
    screen.run("xdotool", "key", "ctrl+alt+z")
    assert keys.next() == "mark"


def test_a_key_held_down_is_heard_once(screen: Display, keys: Keys) -> None:
    keys.shortcuts.bind({"mark": "Ctrl+F9", "jot": "Ctrl+F10"})
    screen.run(
        "xdotool", "keydown", "ctrl", "keydown", "F9", "sleep", "1", "keyup", "F9", "key", "F10", "keyup", "ctrl"
    )
    assert [keys.next(), keys.next()] == ["mark", "jot"]


def test_release_and_press_at_the_same_moment_are_a_repeat() -> None:
    repeats = Repeats()
    heard = [repeats.pressed(58, 1000)]
    repeats.released(58, 1500)
    heard.append(repeats.pressed(58, 1500))
    heard.append(repeats.pressed(58, 1540))
    repeats.released(58, 1600)
    heard.append(repeats.pressed(58, 1620))
    assert heard == [True, False, False, True]


def test_a_lost_screen_refuses_every_action_in_words() -> None:
    with Display(managed=False) as screen:
        keys = Keys(screen)
        assert keys.shortcuts.bind({"mark": "Ctrl+Alt+M"}) == {}
    assert keys.shortcuts.bind({"mark": "Ctrl+Alt+M"}) == {"mark": "The screen does not answer."}
    keys.shortcuts.close()


def test_the_window_with_the_keyboard_is_found_and_given_it_back(screen: Display) -> None:
    call, field = Window(screen, "call"), Window(screen, "field")
    windows = X11Windows(screen.name)
    screen.run("xdotool", "windowactivate", "--sync", str(call.id))
    before = windows.active()
    screen.run("xdotool", "windowactivate", "--sync", str(field.id))
    assert (before, windows.active()) == (call.id, field.id)
    windows.activate(call.id)
    call.until_active()
    assert windows.active() == call.id
    for each in (windows, call, field):
        each.close()


def test_activating_leaves_nothing_unread(screen: Display) -> None:
    call = Window(screen, "call")
    windows = X11Windows(screen.name)
    for _again in range(3):
        windows.activate(call.id)
    windows._screen.sync()
    assert 0 == windows._screen.pending_events()  # else the next would be asked for with the time of an earlier one
    for each in (windows, call):
        each.close()


def test_without_a_window_manager_the_focus_itself_is_used(screen: Display) -> None:
    windows = X11Windows(screen.name)
    screen.end_manager()
    call, field = Window(screen, "call"), Window(screen, "field")
    field.window.set_input_focus(X.RevertToNone, X.CurrentTime)
    field.until_focused()
    assert windows.active() == field.id
    windows.activate(call.id)
    call.until_focused()
    assert windows.active() == call.id
    for each in (windows, call, field):
        each.close()


def test_a_window_that_has_gone_is_left_alone(screen: Display) -> None:
    call = Window(screen, "call")
    call.until_focused()
    call.close()
    windows = X11Windows(screen.name)
    windows.activate(call.id)
    windows.to_top(call.id)
    assert not windows.lost
    windows.close()


def test_a_window_comes_to_the_top_without_taking_the_keyboard(screen: Display) -> None:
    call, bar = Window(screen, "call"), Window(screen, "bar", bypass=True)
    cover = Window(screen, "cover", bypass=True)
    screen.run("xdotool", "windowactivate", "--sync", str(call.id))
    windows = X11Windows(screen.name)
    windows.to_top(bar.id)
    order = [window.id for window in bar.screen.screen().root.query_tree().children]
    assert order.index(bar.id) > order.index(cover.id)
    assert windows.active() == call.id
    for each in (windows, call, bar, cover):
        each.close()


def test_a_screen_that_has_gone_is_noted() -> None:
    with Display(managed=False) as screen:
        windows = X11Windows(screen.name)
    assert windows.active() is None
    assert windows.lost
    windows.close()


@pytest.mark.parametrize("name", ["localhost:10.0", "tcp/host:0", "192.0.2.7:0", "nonsense"])
def test_a_screen_over_the_network_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="reached over a network"):
        connect(name)


@pytest.mark.parametrize("name", [":0", "unix:0", "unix/:0"])
def test_a_local_screen_is_reached_through_its_unix_socket(name: str) -> None:
    assert local(name) == "unix/:0"


def test_a_screen_that_is_not_there_is_refused_without_trying_the_network(no_network: list[Any]) -> None:
    with pytest.raises(Refused, match="cannot be reached"):
        connect(":54321")
    assert no_network == [socket.AF_UNIX]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ctrl+M", 0x6D),
        ("Esc", 0xFF1B),
        ("F1", 0xFFBE),
        ("Ctrl+Num+0", 0xFFB0),
        ("Ctrl+\\", 0x5C),
        ("Volume Up", 0x1008FF13),
    ],
)
def test_names_of_keys_become_keysyms(text: str, expected: int) -> None:
    assert keysym(key(text)) == expected
