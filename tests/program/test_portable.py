"""Records on a stick: a whole practice there, under another letter next time, and on a computer that knows no keys."""

import errno
import os
import sys
from pathlib import Path

import pytest

from coachdesk import paths
from coachdesk.clock import Still
from coachdesk.errors import KeychainUnavailable
from coachdesk.storage import keys
from coachdesk.storage.keys import FakeKeychain
from tests import stick as on_stick


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that behaves as most sticks do: no rights, no second names; the installed program runs from it."""

    def refuse(*_what: object, **_how: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    for name in ("chmod", "link"):
        monkeypatch.setattr(os, name, refuse)
    (tmp_path / "D" / paths.PORTABLE).mkdir(parents=True)
    monkeypatch.delenv("COACHDESK_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    run_from(tmp_path / "D", monkeypatch)
    return tmp_path / "D"


def run_from(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be the one on the stick, wherever that is now."""
    monkeypatch.setattr(sys, "executable", str(stick / "coachdesk" / "coachdesk"))


def test_a_whole_practice_lives_there_and_goes_on_under_another_letter(
    stick: Path, clock: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, key = on_stick.begin(stick, clock)
    assert home.root == paths.home().root
    on_stick.keep_safe(stick, home, key, clock)
    on_stick.forget_one(home, key, clock)
    assert [] == on_stick.places_named(home, key, stick)

    stick.rename(stick.with_name("E"))
    run_from(stick.with_name("E"), monkeypatch)
    again = paths.home()
    assert (stick.with_name("E") / paths.PORTABLE, True, False) == (again.root, again.portable, again.is_away)
    assert ["Bea"] == on_stick.names(again, key, clock)


def test_records_moved_on_the_stick_are_found_under_another_letter(
    stick: Path, clock: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, key = on_stick.begin(stick, clock)
    on_stick.move(home, key, stick / "Praxis")
    stick.rename(stick.with_name("E"))
    run_from(stick.with_name("E"), monkeypatch)
    again = paths.home()
    assert (stick.with_name("E") / "Praxis", True, False) == (again.root, again.portable, again.is_away)
    assert [on_stick.FORGOTTEN, "Bea"] == on_stick.names(again, key, clock)


def test_on_another_computer_its_keychain_says_what_to_use_instead(stick: Path) -> None:
    home = paths.home()
    here, there = FakeKeychain("the one at home"), FakeKeychain("the one in the practice")
    key, code = keys.create(home.keys, passphrase=on_stick.PASSPHRASE, keychain=here)
    with pytest.raises(KeychainUnavailable, match=r"was kept in “the one at home”\. Use your passphrase or recovery"):
        keys.with_keychain(home.keys, there)
    assert [key, key] == [keys.with_passphrase(home.keys, on_stick.PASSPHRASE), keys.with_recovery(home.keys, code)]


def test_what_belongs_to_the_computer_stays_there(stick: Path) -> None:
    """What focus mode changed, and the socket of the running program, are of this computer, not of the stick."""
    own = (paths.focus_folder(), paths.runtime())
    assert [False, False] == [folder.is_relative_to(stick) for folder in own]
