"""A screen and a bus of the test's own, on which the program starts."""

from collections.abc import Iterator

import pytest

from tests.desktop.reader import Bus
from tests.display import Display


@pytest.fixture
def bus() -> Iterator[Bus]:
    with Bus() as made:
        yield made


@pytest.fixture
def screen(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    for name, value in bus.environment.items():
        monkeypatch.setenv(name, value)
    with Display() as made:
        yield made
