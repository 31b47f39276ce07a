"""Lock and sleep, from a logind and screen savers of the test's own on private buses."""

import queue
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)

from coachdesk.machine.buses import BusWatch, hears_locks, hears_sleep
from coachdesk.machine.linux import Linux
from tests.machine.bus import PATIENCE, Bus, Service

LOGIN = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", interface=f"{LOGIN}.Manager")
OURS = "/org/freedesktop/login1/session/_32"
ANOTHER = "/org/freedesktop/login1/session/_37"


class Logind(Service):
    """Answers what logind is asked as far as it ``knows``, and sends signals; also what is no logind may send them."""

    def __init__(self, bus: Bus, *names: str, knows: tuple[str, ...] = ("GetSessionByPID",)) -> None:
        self.knows = knows
        super().__init__(bus, *names)

    def answer(self, message: Any, member: str) -> Any:
        """What logind says, or that it knows nothing."""
        if member not in self.knows:
            return new_error(message, f"{LOGIN}.NoSessionForPID")
        if member == "GetUser":
            return new_method_return(message, "o", ("/org/freedesktop/login1/user/_1000",))
        if member == "Get":
            return new_method_return(message, "v", (("(so)", ("2", OURS)),))
        return new_method_return(message, "o", (OURS,))

    def sleep(self, begins: bool) -> None:
        """Announce sleep or waking."""
        self.connection.send(new_signal(MANAGER, "PrepareForSleep", "b", (begins,)))

    def ask_to_lock(self, locked: bool, path: str = OURS) -> None:
        """Ask a session to lock or unlock its screen."""
        address = DBusAddress(path, interface=f"{LOGIN}.Session")
        self.connection.send(new_signal(address, "Lock" if locked else "Unlock"))

    def hint(self, locked: bool, path: str = OURS) -> None:
        """Announce that the desktop has locked its screen by itself."""
        body = (f"{LOGIN}.Session", {"LockedHint": ("b", locked)}, [])
        address = DBusAddress(path, interface="org.freedesktop.DBus.Properties")
        self.connection.send(new_signal(address, "PropertiesChanged", "sa{sv}as", body))

    def save_screen(self, active: bool, interface: str) -> None:
        """Announce that the screen saver works or has ended."""
        path = "/" + interface.replace(".", "/")
        self.connection.send(new_signal(DBusAddress(path, interface=interface), "ActiveChanged", "b", (active,)))

    def ping(self, other: "Logind") -> None:
        """Wait until the bus has passed on all that was sent, by sending something more to another service."""
        self.connection.send(new_method_call(DBusAddress("/", LOGIN, "org.freedesktop.DBus.Peer"), "Ping"))
        other.until_asked("Ping")


class Heard:
    """A watch whose events can be waited for."""

    def __init__(self, **environment: str) -> None:
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.watch = BusWatch(environment, self.events.put)

    def next(self, count: int) -> list[str]:
        """The next events."""
        return [self.events.get(timeout=PATIENCE) for _each in range(count)]


@pytest.fixture
def logind(bus: Bus) -> Iterator[Logind]:
    """A logind on the bus."""
    service = Logind(bus, LOGIN)
    yield service
    service.close()


@pytest.fixture
def heard(bus: Bus, logind: Logind) -> Iterator[Heard]:
    """A watch that listens to the logind of the test, and to screen savers on the same bus."""
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address, DBUS_SESSION_BUS_ADDRESS=bus.address)
    logind.until_asked("GetSessionByPID")
    yield heard
    heard.watch.close()
    heard.watch.close()


def test_sleep_and_waking_are_reported(logind: Logind, heard: Heard) -> None:
    logind.sleep(True)
    logind.sleep(False)
    assert heard.next(2) == ["sleeping", "woke"]


def test_lock_and_unlock_of_our_session_are_reported(logind: Logind, heard: Heard) -> None:
    logind.ask_to_lock(True, ANOTHER)
    logind.ask_to_lock(True)
    logind.ask_to_lock(False, ANOTHER)
    logind.sleep(True)
    logind.ask_to_lock(False)
    assert heard.next(3) == ["locked", "sleeping", "unlocked"]


def test_a_lock_by_the_desktop_itself_is_reported(logind: Logind, heard: Heard) -> None:
    logind.hint(True, ANOTHER)
    logind.sleep(True)
    logind.hint(True)
    logind.hint(False)
    assert heard.next(3) == ["sleeping", "locked", "unlocked"]


@pytest.mark.parametrize("interface", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_the_screen_saver_is_a_lock(logind: Logind, heard: Heard, interface: str) -> None:
    logind.save_screen(True, interface)
    logind.save_screen(False, interface)
    assert heard.next(2) == ["locked", "unlocked"]


def test_one_lock_announced_in_three_ways_is_reported_once(logind: Logind, heard: Heard) -> None:
    logind.ask_to_lock(True)
    logind.save_screen(True, "org.gnome.ScreenSaver")
    logind.hint(True)
    logind.sleep(True)
    assert heard.next(2) == ["locked", "sleeping"]


def test_a_program_of_no_session_follows_the_one_its_person_sees(bus: Bus) -> None:
    logind = Logind(bus, LOGIN, knows=("GetUser", "Get"))
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address)
    logind.until_asked("Get")
    logind.ask_to_lock(True)
    assert heard.next(1) == ["locked"]
    heard.watch.close()
    logind.close()


def test_a_named_session_is_asked_for_by_its_name(bus: Bus) -> None:
    logind = Logind(bus, LOGIN, knows=("GetSession",))
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address, XDG_SESSION_ID="2")
    logind.until_asked("GetSession")
    logind.ask_to_lock(True)
    assert heard.next(1) == ["locked"]
    heard.watch.close()
    logind.close()


def test_sleep_is_heard_where_no_session_is_known(bus: Bus) -> None:
    logind = Logind(bus, LOGIN, knows=())
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address)
    logind.until_asked("GetUser")
    logind.ask_to_lock(True)
    logind.sleep(True)
    assert heard.next(1) == ["sleeping"]
    heard.watch.close()
    logind.close()


def test_another_programs_signals_are_not_taken_for_logind(bus: Bus, logind: Logind, heard: Heard) -> None:
    stranger = Logind(bus, "org.example.Stranger")
    stranger.sleep(True)
    stranger.hint(True)
    stranger.ping(logind)
    logind.sleep(False)
    assert heard.next(1) == ["woke"]
    stranger.close()


def test_a_bus_that_goes_away_ends_the_reports_only(bus: Bus, logind: Logind, heard: Heard) -> None:
    bus.end()
    logind.thread.join(PATIENCE)
    heard.watch.close()
    assert heard.events.empty()
    assert not heard.watch.running


ABSENT = [
    {},
    {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"},
    {"DBUS_SYSTEM_BUS_ADDRESS": "nonsense", "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
    {
        "DBUS_SYSTEM_BUS_ADDRESS": "tcp:host=192.0.2.7,port=1",
        "DBUS_SESSION_BUS_ADDRESS": "tcp:host=192.0.2.7,port=1;unix:path=/nowhere/bus",
    },
]


@pytest.mark.parametrize("environment", ABSENT)
def test_without_a_bus_nothing_is_reported_and_nothing_tries_the_network(
    environment: dict[str, str], no_network: list[int]
) -> None:
    here = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus", **environment}
    heard = Heard(**here)
    heard.watch.close()
    assert heard.events.empty()
    can = Linux(here).can
    assert can["lock_signal"].why == (
        "This system does not announce that the screen was locked (logind was not found)."
    )
    assert not can["lock_signal"]
    assert not can["sleep_signal"]
    assert set(no_network) <= {1}


@pytest.mark.usefixtures("logind")
def test_with_logind_locks_and_sleep_are_heard(bus: Bus) -> None:
    here = {"DBUS_SYSTEM_BUS_ADDRESS": bus.address}
    assert (bool(hears_locks(here)), bool(hears_sleep(here))) == (True, True)


def test_a_screen_saver_alone_lets_locks_be_heard(bus: Bus) -> None:
    saver = Logind(bus, "org.freedesktop.ScreenSaver")
    here = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus", "DBUS_SESSION_BUS_ADDRESS": bus.address}
    assert (bool(hears_locks(here)), bool(hears_sleep(here))) == (True, False)
    saver.close()
