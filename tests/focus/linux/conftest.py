"""A bus of the test's own, without any service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    """A bus on which nothing can be started."""
    bus = Bus(tmp_path / "bus.conf")
    yield bus
    bus.end()


@pytest.fixture
def environment(bus: Bus) -> dict[str, str]:
    """What a program on that bus is told."""
    return {"DBUS_SESSION_BUS_ADDRESS": bus.address}
