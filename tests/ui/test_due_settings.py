"""Reminders in the settings: what is wanted, what this computer shows, and the start at login as it really is."""

from collections.abc import Iterator

import pytest

from coachdesk.errors import Refused
from coachdesk.machine.here import Ability
from coachdesk.machine.login import FakeAtLogin
from coachdesk.reminders.schedule import FakeAlarm
from coachdesk.ui.due import Duties
from coachdesk.ui.due_settings import DueSettings
from tests.ui.hands import press, words_on


@pytest.fixture
def part(window, desk, machine) -> Iterator[DueSettings]:
    window.duties = Duties(desk, machine, window, FakeAlarm)
    window.start_at("settings", section="reminders")
    yield window.page.part(DueSettings)
    window.duties.close()


def test_the_start_at_login_is_asked_of_the_system(desk, machine, part):
    part.form.control("autostart").click()
    assert desk.settings.reminders.autostart
    assert ("--home", str(desk.home.root), "--minimised") == machine.login.command[-3:]
    part.form.control("autostart").click()
    assert (None, False) == (machine.login.command, desk.settings.reminders.autostart)


def test_switched_off_in_the_system_it_is_shown_as_off(desk, machine, window, part):
    part.form.control("autostart").click()
    machine.login.remove()
    window.start_at("today")
    window.start_at("settings", section="reminders")
    assert not part.form.control("autostart").isChecked()
    assert not desk.settings.reminders.autostart


def test_what_the_system_refuses_is_said_beneath_and_stays_off(desk, machine, part):
    class Closed(FakeAtLogin):
        def install(self, command):  # noqa: ARG002
            raise Refused("This system starts nothing.")

    machine.login = Closed()
    part.form.control("autostart").click()
    assert "This system starts nothing." == part.form.refusal("autostart")
    assert not part.form.control("autostart").isChecked()
    assert not desk.settings.reminders.autostart


def test_other_wishes_are_kept_as_they_are_chosen(desk, part):
    part.form.control("notify").click()
    assert desk.settings.reminders.notify


def test_a_notification_can_be_looked_at(machine, part):
    press(part, "Show one now")
    assert [("CoachDesk", "This is how a reminder looks.")] == machine.notices
    assert "never name a client" in words_on(part)


def test_where_none_are_shown_it_says_so(machine, part):
    machine.can = {"notifications": Ability(False)}
    press(part, "Show one now")
    assert "This computer shows no notifications." in words_on(part)


def test_in_a_rehearsal_there_are_none(window):
    window.start_at("settings", section="reminders")
    part = window.page.part(DueSettings)
    assert "In a rehearsal there are none." in words_on(part)
    part.form.control("autostart").click()
    assert window.desk.settings.reminders.autostart
