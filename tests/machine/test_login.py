"""Opening the window at login: what is asked of the system, whichever it is."""

from pathlib import Path

from coachdesk.machine.here import FakeMachine
from coachdesk.machine.linux import Linux
from coachdesk.machine.login import FakeAtLogin, set_start
from coachdesk.machine.macos import MacOS
from coachdesk.machine.windows import Windows
from coachdesk.paths import Home, program


def test_the_window_is_opened_minimised_on_the_same_records(home: Home) -> None:
    entry = FakeAtLogin()
    set_start(entry, True, home)
    assert (*program(), "--home", str(home.root), "--minimised") == entry.command
    set_start(entry, False, home)
    assert not entry.installed()


def test_records_beside_the_program_are_looked_for_there_whatever_the_stick_is_called_then(home: Home) -> None:
    entry = FakeAtLogin()
    set_start(entry, True, Home(home.root, portable=True))
    assert (*program(), "--minimised") == entry.command


def test_asked_for_anew_it_holds_although_the_person_had_switched_it_off(home: Home, tmp_path: Path) -> None:
    entry = Linux({"XDG_CONFIG_HOME": str(tmp_path / "config")}).at_login()
    set_start(entry, True, home)
    (file,) = (tmp_path / "config" / "autostart").iterdir()
    file.write_text(file.read_text() + "Hidden=true\n")
    assert not entry.installed()
    set_start(entry, True, home)
    assert entry.installed()
    assert "coachdesk.desktop" == file.name


def test_every_system_has_an_entry_of_its_own_for_the_window() -> None:
    assert not FakeMachine().at_login().installed()
    assert "CoachDesk" == Windows().at_login().name  # type: ignore[attr-defined]
    assert not MacOS().at_login().installed()
