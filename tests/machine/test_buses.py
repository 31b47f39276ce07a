"""Lock and sleep, from a logind and screen savers of the test's own on private buses."""

import contextlib
import os
import queue
import select
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from coachdesk.machine.buses import BusWatch, hears_locks, hears_sleep
from coachdesk.machine.linux import Linux

PATIENCE = 20.0
LOGIN = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", interface=f"{LOGIN}.Manager")
OURS = "/org/freedesktop/login1/session/_32"
ANOTHER = "/org/freedesktop/login1/session/_37"

CONFIGURATION = """<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


class Bus:
    """A bus of the test's own."""

    def __init__(self, configuration: Path) -> None:
        configuration.write_text(CONFIGURATION.format(folder=os.environ["TMPDIR"]))
        self.daemon = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address", f"--config-file={configuration}"], stdout=subprocess.PIPE
        )
        assert self.daemon.stdout is not None
        assert select.select([self.daemon.stdout], [], [], PATIENCE)[0]
        self.address = self.daemon.stdout.readline().decode().strip()

    def end(self) -> None:
        """Let the bus die."""
        self.daemon.kill()
        self.daemon.wait()
        assert self.daemon.stdout is not None
        self.daemon.stdout.close()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """A bus of the test's own."""
    bus = Bus(tmp_path / "bus.conf")
    yield bus
    bus.end()


class Service:
    """A program on the bus that owns names, answers what logind is asked, and sends signals."""

    def __init__(self, bus: Bus, *names: str, knows: tuple[str, ...] = ("GetSessionByPID",)) -> None:
        self.knows = knows
        self.asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.connection = DBusConnection(prep_socket(next(get_connectable_addresses(bus.address))))
        for name in names:
            self.connection.send_and_get_reply(message_bus.RequestName(name), timeout=PATIENCE)
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Answer until the connection is closed."""
        while True:
            try:
                message = self.connection.receive()
            except (OSError, ValueError):
                return
            if message.header.message_type is MessageType.method_call:
                member = str(message.header.fields[HeaderFields.member])
                self.connection.send(self.answer(message, member))
                self.asked.put(member)

    def answer(self, message: Any, member: str) -> Any:
        """What logind says, or that it knows nothing."""
        if member not in self.knows:
            return new_error(message, f"{LOGIN}.NoSessionForPID")
        if member == "GetUser":
            return new_method_return(message, "o", ("/org/freedesktop/login1/user/_1000",))
        if member == "Get":
            return new_method_return(message, "v", (("(so)", ("2", OURS)),))
        return new_method_return(message, "o", (OURS,))

    def until_asked(self, member: str) -> None:
        """Wait until somebody has asked this, which the watch does once it listens."""
        while self.asked.get(timeout=PATIENCE) != member:
            pass

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

    def ping(self, other: "Service") -> None:
        """Wait until the bus has passed on all that was sent, by sending something more to another service."""
        self.connection.send(new_method_call(DBusAddress("/", LOGIN, "org.freedesktop.DBus.Peer"), "Ping"))
        other.until_asked("Ping")

    def close(self) -> None:
        """Leave the bus."""
        with contextlib.suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.thread.join(PATIENCE)
        self.connection.close()


class Heard:
    """A watch whose events can be waited for."""

    def __init__(self, **environment: str) -> None:
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.watch = BusWatch(environment, self.events.put)

    def next(self, count: int) -> list[str]:
        """The next events."""
        return [self.events.get(timeout=PATIENCE) for _each in range(count)]


@pytest.fixture
def logind(bus: Bus) -> Iterator[Service]:
    """A logind on the bus."""
    service = Service(bus, LOGIN)
    yield service
    service.close()


@pytest.fixture
def heard(bus: Bus, logind: Service) -> Iterator[Heard]:
    """A watch that listens to the logind of the test, and to screen savers on the same bus."""
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address, DBUS_SESSION_BUS_ADDRESS=bus.address)
    logind.until_asked("GetSessionByPID")
    yield heard
    heard.watch.close()
    heard.watch.close()


def test_sleep_and_waking_are_reported(logind: Service, heard: Heard) -> None:
    logind.sleep(True)
    logind.sleep(False)
    assert heard.next(2) == ["sleeping", "woke"]


def test_lock_and_unlock_of_our_session_are_reported(logind: Service, heard: Heard) -> None:
    logind.ask_to_lock(True, ANOTHER)
    logind.ask_to_lock(True)
    logind.ask_to_lock(False, ANOTHER)
    logind.sleep(True)
    logind.ask_to_lock(False)
    assert heard.next(3) == ["locked", "sleeping", "unlocked"]


def test_a_lock_by_the_desktop_itself_is_reported(logind: Service, heard: Heard) -> None:
    logind.hint(True, ANOTHER)
    logind.sleep(True)
    logind.hint(True)
    logind.hint(False)
    assert heard.next(3) == ["sleeping", "locked", "unlocked"]


@pytest.mark.parametrize("interface", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_the_screen_saver_is_a_lock(logind: Service, heard: Heard, interface: str) -> None:
    logind.save_screen(True, interface)
    logind.save_screen(False, interface)
    assert heard.next(2) == ["locked", "unlocked"]


def test_one_lock_announced_in_three_ways_is_reported_once(logind: Service, heard: Heard) -> None:
    logind.ask_to_lock(True)
    logind.save_screen(True, "org.gnome.ScreenSaver")
    logind.hint(True)
    logind.sleep(True)
    assert heard.next(2) == ["locked", "sleeping"]


def test_a_program_of_no_session_follows_the_one_its_person_sees(bus: Bus) -> None:
    logind = Service(bus, LOGIN, knows=("GetUser", "Get"))
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address)
    logind.until_asked("Get")
    logind.ask_to_lock(True)
    assert heard.next(1) == ["locked"]
    heard.watch.close()
    logind.close()


def test_a_named_session_is_asked_for_by_its_name(bus: Bus) -> None:
    logind = Service(bus, LOGIN, knows=("GetSession",))
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address, XDG_SESSION_ID="2")
    logind.until_asked("GetSession")
    logind.ask_to_lock(True)
    assert heard.next(1) == ["locked"]
    heard.watch.close()
    logind.close()


def test_sleep_is_heard_where_no_session_is_known(bus: Bus) -> None:
    logind = Service(bus, LOGIN, knows=())
    heard = Heard(DBUS_SYSTEM_BUS_ADDRESS=bus.address)
    logind.until_asked("GetUser")
    logind.ask_to_lock(True)
    logind.sleep(True)
    assert heard.next(1) == ["sleeping"]
    heard.watch.close()
    logind.close()


def test_another_programs_signals_are_not_taken_for_logind(bus: Bus, logind: Service, heard: Heard) -> None:
    stranger = Service(bus, "org.example.Stranger")
    stranger.sleep(True)
    stranger.hint(True)
    stranger.ping(logind)
    logind.sleep(False)
    assert heard.next(1) == ["woke"]
    stranger.close()


def test_a_bus_that_goes_away_ends_the_reports_only(bus: Bus, logind: Service, heard: Heard) -> None:
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
    saver = Service(bus, "org.freedesktop.ScreenSaver")
    here = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus", "DBUS_SESSION_BUS_ADDRESS": bus.address}
    assert (bool(hears_locks(here)), bool(hears_sleep(here))) == (True, False)
    saver.close()
