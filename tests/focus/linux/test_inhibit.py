"""Asking KDE for quiet, which ends with who asked."""

import pytest

from coachdesk.focus.blockers import YES, Failed, Support
from coachdesk.focus.linux.inhibit import Inhibition
from coachdesk.focus.plan import Plan
from tests.focus.linux.stand_ins import Plasma, Server, Silent
from tests.machine.bus import Bus

PLAN = Plan(60)


def test_it_is_quiet_from_applying_to_restoring_and_nothing_is_captured(bus: Bus, environment: dict[str, str]) -> None:
    with Plasma(bus.address):
        blocker = Inhibition(environment)
        assert YES == blocker.available()
        assert {"inhibited": False} == blocker.observe()
        assert {} == blocker.capture(PLAN)
        blocker.apply(PLAN, {})
        assert {"inhibited": True} == blocker.observe()
        assert blocker.is_ours({})
        blocker.restore({})
        assert {"inhibited": False} == blocker.observe()
        assert not blocker.is_ours({})


def test_asking_twice_is_asking_once_and_so_is_taking_back(bus: Bus, environment: dict[str, str]) -> None:
    with Plasma(bus.address) as plasma:
        blocker = Inhibition(environment)
        blocker.apply(PLAN, {})
        blocker.apply(PLAN, {})
        assert ["coachdesk"] == [who for _sender, who in plasma.inhibitions.values()]
        blocker.restore({})
        blocker.restore({})
        assert 1 == plasma.asked.count("UnInhibit")


def test_the_quiet_that_others_asked_for_stays(bus: Bus, environment: dict[str, str]) -> None:
    with Plasma(bus.address):
        theirs, ours = Inhibition(environment), Inhibition(environment)
        theirs.apply(PLAN, {})
        ours.apply(PLAN, {})
        ours.restore({})
        assert {"inhibited": True} == ours.observe()
        theirs.restore({})


def test_plasma_that_was_started_again_is_asked_again(bus: Bus, environment: dict[str, str]) -> None:
    blocker = Inhibition(environment)
    with Plasma(bus.address):
        blocker.apply(PLAN, {})
    assert not blocker.is_ours({})
    with Plasma(bus.address) as plasma:
        blocker.apply(PLAN, {})
        assert 1 == len(plasma.inhibitions)
        blocker.restore({})
        assert {} == plasma.inhibitions


def test_restoring_when_plasma_or_the_bus_has_gone_fails_nothing(bus: Bus, environment: dict[str, str]) -> None:
    blocker = Inhibition(environment)
    with Plasma(bus.address):
        blocker.apply(PLAN, {})
    blocker.restore({})
    with Plasma(bus.address):
        blocker.apply(PLAN, {})
        bus.end()
        assert not blocker.is_ours({})
        blocker.restore({})
    with pytest.raises(Failed, match="cannot be asked"):
        blocker.apply(PLAN, {})
    assert "no" == blocker.available().level


def test_a_program_that_cannot_be_asked_is_not_available(bus: Bus, environment: dict[str, str]) -> None:
    why = "The program that shows notifications here cannot be asked to be quiet."
    with Server(bus.address):
        assert Support("no", why) == Inhibition(environment).available()
        with pytest.raises(Failed):
            Inhibition(environment).apply(PLAN, {})
    assert Support("no", why) == Inhibition(environment).available()


def test_a_program_that_hangs_is_given_up(bus: Bus, environment: dict[str, str]) -> None:
    with Silent(bus.address), pytest.raises(Failed, match="does not answer"):
        Inhibition(environment).apply(PLAN, {})


def test_the_words_for_doing_it_by_hand_name_the_switch() -> None:
    assert "Do not disturb" in Inhibition({}).by_hand({})
