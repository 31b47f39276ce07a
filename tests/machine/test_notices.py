"""Notifications, taken by a desktop of the test's own on a private bus."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket

from coachdesk.errors import Refused
from coachdesk.machine.linux import Linux
from coachdesk.machine.notices import SERVICE
from tests.machine.test_buses import PATIENCE, Bus

Shown = tuple[str, str, str]


class Desktop:
    """A service of notifications that says what it can do, and keeps what it is to show."""

    def __init__(self, bus: Bus, *, can: tuple[str, ...] = ("body",), answers: bool = True) -> None:
        self.can, self.answers = list(can), answers
        self.shown: queue.SimpleQueue[Shown] = queue.SimpleQueue()
        self.connection = DBusConnection(prep_socket(next(get_connectable_addresses(bus.address))))
        self.connection.send_and_get_reply(message_bus.RequestName(SERVICE), timeout=PATIENCE)
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        """Answer until the bus is gone or the connection closed."""
        while True:
            try:
                message = self.connection.receive()
            except (OSError, ValueError, RuntimeError):
                return
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            if member == "GetCapabilities":
                self.connection.send(new_method_return(message, "as", (self.can,)))
            elif member == "Notify":
                name, _old, _icon, title, body, *_rest = message.body
                self.shown.put((name, title, body))
                if self.answers:
                    self.connection.send(new_method_return(message, "u", (1,)))
            else:
                self.connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def close(self) -> None:
        self.connection.sock.shutdown(2)
        self.thread.join(PATIENCE)
        self.connection.close()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    made = Bus(tmp_path / "bus.conf")
    yield made
    made.end()


@pytest.fixture
def linux(bus: Bus) -> Iterator[Linux]:
    machine = Linux({"DBUS_SESSION_BUS_ADDRESS": bus.address})
    yield machine
    machine.close()


def test_a_notification_is_shown_by_the_desktop(bus: Bus, linux: Linux) -> None:
    desktop = Desktop(bus)
    assert linux.can["notifications"]
    linux.notify("For today", "The week's reflection & more")
    linux.notify("Soon", "A session begins")
    assert ("CoachDesk", "For today", "The week's reflection & more") == desktop.shown.get(timeout=PATIENCE)
    assert ("CoachDesk", "Soon", "A session begins") == desktop.shown.get(timeout=PATIENCE)
    desktop.close()


def test_where_the_desktop_reads_markup_the_words_stay_words(bus: Bus, linux: Linux) -> None:
    desktop = Desktop(bus, can=("body", "body-markup"))
    linux.notify("A < B", "<b>Q & A</b>")
    assert ("CoachDesk", "A < B", "&lt;b&gt;Q &amp; A&lt;/b&gt;") == desktop.shown.get(timeout=PATIENCE)
    desktop.close()


def test_a_desktop_that_is_slow_has_it_all_the_same(bus: Bus, linux: Linux) -> None:
    desktop = Desktop(bus, answers=False)
    linux.notify("For today", "One thing")
    assert ("CoachDesk", "For today", "One thing") == desktop.shown.get(timeout=PATIENCE)
    desktop.close()


def test_without_such_a_desktop_it_is_refused_and_may_come_later(bus: Bus, linux: Linux) -> None:
    assert not linux.can["notifications"]
    with pytest.raises(Refused, match="No desktop that shows notifications"):
        linux.notify("For today", "One thing")
    desktop = Desktop(bus)
    linux.notify("For today", "One thing")
    assert ("CoachDesk", "For today", "One thing") == desktop.shown.get(timeout=PATIENCE)
    desktop.close()


def test_without_a_bus_it_is_refused() -> None:
    machine = Linux({})
    assert "No desktop that shows notifications was found here." == machine.can["notifications"].why
    with pytest.raises(Refused):
        machine.notify("For today", "One thing")
    machine.close()


def test_when_the_bus_goes_it_is_refused(bus: Bus, linux: Linux) -> None:
    desktop = Desktop(bus)
    linux.notify("For today", "One thing")
    bus.end()
    with pytest.raises(Refused):
        linux.notify("For today", "Another")
    desktop.close()
