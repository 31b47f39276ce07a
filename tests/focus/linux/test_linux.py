"""How the parts of Linux come together."""

import pytest

from coachdesk.focus.blockers import Failed
from coachdesk.focus.linux import Linux
from coachdesk.focus.linux.absent import Absent
from coachdesk.focus.plan import NAMES, Plan


def test_there_is_one_blocker_for_each_kind_in_their_order() -> None:
    assert tuple(NAMES) == tuple(one.name for one in Linux({}).blockers())


@pytest.mark.parametrize("way", ["inhibit", "dunst", "xfce4-notifyd", "gnome", "cinnamon", "mate"])
def test_the_journal_finds_every_way_of_notifications_again_whatever_fits_now(way: str) -> None:
    found = Linux({}).find("notifications", way)
    assert found is not None
    assert ("notifications", way) == (found.name, found.way)


def test_the_journal_finds_the_chosen_blockers_of_the_other_kinds_again() -> None:
    system = Linux({"XDG_CURRENT_DESKTOP": "GNOME"})
    for one in system.blockers():
        if one.way != "none":
            assert system.find(one.name, one.way) is not None


def test_another_version_is_not_found() -> None:
    assert Linux({}).find("notifications", "telepathy") is None
    assert Linux({}).find("weather", "gnome") is None


def test_the_entry_at_login_is_that_of_the_environment() -> None:
    login = Linux({"XDG_CONFIG_HOME": "/nowhere"}).at_login()
    assert not login.installed()
    assert "/nowhere/autostart/coachdesk-restore.desktop" == str(login.path)  # type: ignore[attr-defined]


def test_what_offers_no_way_changes_nothing_and_claims_nothing() -> None:
    absent = Absent("sites", "Nothing here.")
    assert ("no", "Nothing here.") == (absent.available().level, absent.available().why)
    assert {} == absent.observe()
    for attempt in (lambda: absent.capture(Plan(1)), lambda: absent.apply(Plan(1), {})):
        with pytest.raises(Failed, match="Nothing here"):
            attempt()
    assert not absent.is_ours({})
    absent.restore({})
    assert "" == absent.by_hand({})
