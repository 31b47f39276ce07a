"""The entry by which Windows starts us at login."""

import pytest

from coachdesk.errors import Refused
from coachdesk.machine.login import AtLogin
from coachdesk.machine.registry import USER, FakeRegistry
from coachdesk.machine.windows_login import RUN, RunEntry

NAME = "CoachDesk"
COMMAND = (r"C:\Program Files\CoachDesk\coachdesk.exe", "--restore-only")
LINE = r'"C:\Program Files\CoachDesk\coachdesk.exe" --restore-only'


def test_it_is_written_with_quotes_found_and_taken_away() -> None:
    registry = FakeRegistry()
    entry: AtLogin = RunEntry(registry, NAME)
    assert not entry.installed()
    entry.install(COMMAND)
    assert entry.installed()
    assert {(USER, RUN, NAME): LINE} == registry.values
    entry.remove()
    entry.remove()
    assert {} == registry.values


def test_one_that_is_up_to_date_is_not_written_again() -> None:
    RunEntry(FakeRegistry({(USER, RUN, NAME): LINE}, closed=True), NAME).install(COMMAND)


def test_one_of_another_place_is_brought_up_to_date() -> None:
    registry = FakeRegistry({(USER, RUN, NAME): r"D:\old\coachdesk.exe --restore-only"})
    RunEntry(registry, NAME).install(COMMAND)
    assert {(USER, RUN, NAME): LINE} == registry.values


def test_a_closed_registry_is_a_refusal() -> None:
    entry = RunEntry(FakeRegistry(closed=True), NAME)
    with pytest.raises(Refused, match="did not let CoachDesk be started at login"):
        entry.install(COMMAND)
    with pytest.raises(Refused, match="did not let CoachDesk be taken from"):
        entry.remove()


def test_a_command_longer_than_windows_takes_is_a_refusal() -> None:
    registry = FakeRegistry()
    with pytest.raises(Refused, match="too deep in the folders"):
        RunEntry(registry, NAME).install(("C:\\" + "x" * 260, "--restore-only"))
    assert {} == registry.values
