"""A Linux computer's clocks, and what it says it can do."""

import queue
import time
from datetime import datetime
from pathlib import Path

import pytest

from coachdesk.clock import Clock
from coachdesk.machine.here import Machine
from coachdesk.machine.linux import Linux
from tests.display import PATIENCE, Display

BY_DESKTOP = (
    "Wayland does not give keys to programs. In the keyboard settings of your desktop, add a shortcut of your own "
    "with the command “coachdesk session mark moment”."
)


def test_it_is_a_machine_and_a_clock() -> None:
    machine: Machine = Linux({})
    clock: Clock = machine
    assert clock.real_seconds(5) == 5


def test_the_clocks_are_the_kernels() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    now = Linux({}).now()
    after = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= now.awake <= after
    assert now.up <= time.clock_gettime(time.CLOCK_MONOTONIC)
    assert now.boot == Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def test_two_readings_show_no_sleep_and_no_step() -> None:
    machine = Linux({})
    earlier, later = machine.now(), machine.now()
    assert later.slept_since(earlier) < 0.1
    assert abs(later.stepped_since(earlier)) < 0.1


def test_local_times_follow_a_change_of_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Linux({})
    moment = datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert machine.time_zone() == "Asia/Kolkata"
    assert moment.astimezone().isoformat() == "2026-07-01T17:30:00+05:30"
    monkeypatch.setenv("TZ", "America/New_York")
    assert machine.time_zone() == "America/New_York"
    assert moment.astimezone().isoformat() == "2026-07-01T08:00:00-04:00"


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({}, "headless"),
        ({"DISPLAY": ":0"}, "x11"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland"),
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, "wayland"),
        ({"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0"}, "x11"),
    ],
)
def test_the_kind_is_told_by_the_environment(environment: dict[str, str], kind: str) -> None:
    assert Linux(environment).kind == kind


def test_on_wayland_shortcuts_are_refused_with_the_way_out() -> None:
    machine = Linux({"WAYLAND_DISPLAY": "wayland-0"})
    shortcuts = machine.shortcuts(print)
    assert shortcuts.bind({"mark": "Ctrl+Alt+M", "jot": ""}) == {"mark": BY_DESKTOP}
    assert (bool(machine.can["global_shortcuts"]), machine.can["global_shortcuts"].why) == (False, BY_DESKTOP)
    assert not machine.can["bar_on_top"]
    assert not machine.can["active_window"]
    shortcuts.close()


def test_under_xwayland_everything_works_partly_and_says_so(screen: Display) -> None:
    machine = Linux({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": screen.name})
    for name in ("global_shortcuts", "bar_on_top", "active_window"):
        assert machine.can[name]
    assert machine.can["global_shortcuts"].why == (
        f"Shortcuts work only while a window of the older kind (X11) has the keyboard. {BY_DESKTOP}"
    )
    assert machine.can["bar_on_top"].why == "Under Wayland the bar can be covered by a call in full screen."


def test_on_x11_everything_works_without_a_word(screen: Display) -> None:
    machine = Linux({"DISPLAY": screen.name})
    for name in ("global_shortcuts", "bar_on_top", "active_window"):
        assert (bool(machine.can[name]), machine.can[name].why) == (True, "")
    shortcuts = machine.shortcuts(print)
    assert shortcuts.bind({"mark": "Ctrl+Alt+M"}) == {}
    shortcuts.close()
    assert machine.active_window() is None
    machine.keep_on_top(1)
    machine.activate(1)
    machine.activate("no window")
    machine.close()
    machine.close()


def test_without_a_screen_nothing_is_promised() -> None:
    machine = Linux({})
    assert machine.shortcuts(print).bind({"mark": "Ctrl+Alt+M"}) == {"mark": "There is no screen here."}
    assert machine.can["global_shortcuts"].why == "There is no screen here."
    assert machine.active_window() is None
    machine.keep_on_top(1)
    machine.activate(1)


def test_no_window_is_said_to_be_kept_out_of_screen_sharing() -> None:
    machine = Linux({})
    assert machine.exclude_from_capture(7) is False
    assert machine.can["capture_exclusion"].why == (
        "Visible if you share this screen; share a single window or tab instead."
    )


def test_a_screen_over_the_network_is_not_used(no_network: list[int]) -> None:
    machine = Linux({"DISPLAY": "192.0.2.7:0"})
    reason = "The screen “192.0.2.7:0” is reached over a network, which CoachDesk does not use."
    assert machine.shortcuts(print).bind({"mark": "Ctrl+Alt+M"}) == {"mark": reason}
    assert machine.can["global_shortcuts"].why == reason
    assert machine.active_window() is None
    assert no_network == []


def test_a_new_screen_is_used_after_the_old_one_has_gone() -> None:
    with Display() as screen:
        machine = Linux({"DISPLAY": screen.name})
        assert machine.active_window() is None
    assert machine.active_window() is None
    machine.close()


def test_keys_are_heard_through_the_machine(screen: Display) -> None:
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    shortcuts = Linux({"DISPLAY": screen.name}).shortcuts(heard.put)
    shortcuts.bind({"mark": "Ctrl+Alt+Shift+M"})
    screen.run("xdotool", "key", "ctrl+alt+shift+m")
    assert heard.get(timeout=PATIENCE) == "mark"
    shortcuts.close()


def test_watching_without_a_bus_hears_nothing_and_ends() -> None:
    heard: list[str] = []
    Linux({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"}).watch(heard.append).close()
    assert heard == []
