"""Notifications, taken by a desktop of the test's own on a private bus."""

import queue
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import new_method_return

from coachdesk.errors import Refused
from coachdesk.machine.linux import Linux
from coachdesk.machine.notices import SERVICE
from tests.machine.bus import PATIENCE, Bus, Service

Shown = tuple[str, str, str]


class Desktop(Service):
    """A service of notifications that says what it can do, and keeps what it is to show."""

    def __init__(self, bus: Bus, *, can: tuple[str, ...] = ("body",), answers: bool = True) -> None:
        self.can, self.answers = list(can), answers
        self.shown: queue.SimpleQueue[Shown] = queue.SimpleQueue()
        super().__init__(bus, SERVICE)

    def answer(self, message: Any, member: str) -> Any:
        """What it can do, or that it is shown; nothing where it is slow."""
        if member == "GetCapabilities":
            return new_method_return(message, "as", (self.can,))
        if member != "Notify":
            return super().answer(message, member)
        name, _old, _icon, title, body, *_rest = message.body
        self.shown.put((name, title, body))
        return new_method_return(message, "u", (1,)) if self.answers else None


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
