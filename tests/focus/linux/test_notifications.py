"""Which way of silencing notifications is chosen, and that each puts back what it changed."""

import time
from collections.abc import Callable

import pytest

from coachdesk.focus.blockers import YES, Blocker, Failed, Support
from coachdesk.focus.linux import notifications
from coachdesk.focus.linux.gsettings import FakeSettings
from coachdesk.focus.plan import Plan
from tests.focus.linux.stand_ins import Dunst, Plasma, Program, Server, Silent, Xfconfd
from tests.machine.bus import Bus

PLAN = Plan(60)
ENDED = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
KEYS = {
    "gnome": (("org.gnome.desktop.notifications", "show-banners"), "false", "true"),
    "cinnamon": (("org.cinnamon.desktop.notifications", "display-notifications"), "false", "true"),
    "mate": (("org.mate.NotificationDaemon", "do-not-disturb"), "true", "false"),
}
"""Way → setting, quiet, loud."""
BANNERS = KEYS["gnome"][0]


def way(name: str, environment: dict[str, str], settings: FakeSettings | None = None) -> Blocker:
    return next(one for one in notifications.every(environment, settings) if one.way == name)


@pytest.mark.parametrize(
    ("expected", "start"),
    [
        ("inhibit", Plasma),
        ("dunst", Dunst),
        ("xfce4-notifyd", lambda address: Server(address, "Xfce Notify Daemon", "Xfce")),
        ("gnome", lambda address: Server(address, "gnome-shell", "GNOME")),
        ("cinnamon", lambda address: Server(address, "cinnamon", "GNOME")),
        ("mate", lambda address: Server(address, "Notification Daemon", "MATE")),
    ],
)
@pytest.mark.parametrize("desktop", ["GNOME", "XFCE", "sway", ""])
def test_the_program_that_shows_notifications_decides_whatever_the_desktop(
    expected: str, start: Callable[[str], Program], desktop: str, bus: Bus, environment: dict[str, str]
) -> None:
    with start(bus.address):
        assert expected == notifications.choose({**environment, "XDG_CURRENT_DESKTOP": desktop}).way


@pytest.mark.parametrize(
    ("expected", "desktop"),
    [
        ("gnome", "GNOME"),
        ("gnome", "ubuntu:GNOME"),
        ("cinnamon", "X-Cinnamon"),
        ("mate", "MATE"),
        ("xfce4-notifyd", "XFCE"),
        ("none", "KDE"),
        ("none", "sway"),
        ("none", ""),
    ],
)
def test_where_nothing_shows_notifications_yet_the_desktop_decides(
    expected: str, desktop: str, environment: dict[str, str]
) -> None:
    assert expected == notifications.choose({**environment, "XDG_CURRENT_DESKTOP": desktop}).way


def test_a_program_that_offers_no_way_is_named_and_its_desktop_not_asked(bus: Bus, environment: dict[str, str]) -> None:
    with Server(bus.address, "mako", "emersion"):
        chosen = notifications.choose({**environment, "XDG_CURRENT_DESKTOP": "GNOME"})
        why = "mako shows the notifications here, and offers no way to keep it quiet."
        assert Support("no", why) == chosen.available()
        with pytest.raises(Failed, match="mako"):
            chosen.apply(PLAN, {})


def test_without_a_bus_it_says_first_what_that_means() -> None:
    why = "Pop-ups may still appear: nothing here could be asked to hold them back."
    assert Support("no", why) == notifications.choose({"XDG_CURRENT_DESKTOP": "GNOME"}).available()
    assert Support("no", why) == notifications.choose(ENDED).available()


def test_a_program_that_hangs_is_given_up_in_time(bus: Bus, environment: dict[str, str]) -> None:
    with Silent(bus.address):
        begun = time.monotonic()
        assert Support("no", "This desktop does not answer.") == notifications.choose(environment).available()
        assert time.monotonic() - begun < 2


def test_every_way_is_a_blocker_of_notifications_and_has_words_for_putting_back_by_hand() -> None:
    every = notifications.every({})
    assert {"inhibit", "dunst", "xfce4-notifyd", *KEYS} == {one.way for one in every}
    assert {"notifications"} == {one.name for one in every}
    assert all(one.by_hand({}).endswith((".", "dunstctl set-paused false")) for one in every)


# --- Settings of GNOME, Cinnamon and MATE -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("set_to", [None, "loud"])
def test_a_setting_is_as_before_afterwards_set_or_not(name: str, set_to: str | None) -> None:
    key, quiet, loud = KEYS[name]
    before = {key: loud} if set_to else {}
    settings = FakeSettings(dict(before))
    blocker = way(name, {}, settings)
    assert YES == blocker.available()

    captured = blocker.capture(PLAN)
    blocker.apply(PLAN, captured)
    blocker.apply(PLAN, captured)
    assert {key: quiet} == settings.kept

    way(name, {}, settings).restore(captured)
    blocker.restore(captured)
    assert before == settings.kept


def test_quiet_before_is_nothing_to_capture_and_stays() -> None:
    settings = FakeSettings({BANNERS: "false"})
    blocker = way("gnome", {}, settings)
    captured = blocker.capture(PLAN)
    assert {} == captured
    blocker.apply(PLAN, captured)
    blocker.restore(captured)
    assert {BANNERS: "false"} == settings.kept


def test_a_setting_that_is_locked_is_not_available() -> None:
    locked = Support("no", "locked")
    settings = FakeSettings(missing={BANNERS[0]: locked})
    assert locked == way("gnome", {}, settings).available()


# --- dunst ------------------------------------------------------------------------------------------------------------


def test_dunst_is_paused_and_goes_on(bus: Bus, environment: dict[str, str]) -> None:
    with Dunst(bus.address) as dunst:
        blocker = way("dunst", environment)
        assert YES == blocker.available()
        captured = blocker.capture(PLAN)
        assert {"dunst paused": ["false", "true"]} == captured
        blocker.apply(PLAN, captured)
        assert dunst.paused
        assert blocker.is_ours(captured)
        way("dunst", environment).restore(captured)
        assert not dunst.paused


def test_dunst_paused_before_stays_paused(bus: Bus, environment: dict[str, str]) -> None:
    with Dunst(bus.address, paused=True) as dunst:
        blocker = way("dunst", environment)
        captured = blocker.capture(PLAN)
        assert {} == captured
        blocker.restore(captured)
        assert dunst.paused


def test_what_the_person_told_dunst_meanwhile_stays(bus: Bus, environment: dict[str, str]) -> None:
    with Dunst(bus.address) as dunst:
        blocker = way("dunst", environment)
        captured = blocker.capture(PLAN)
        blocker.apply(PLAN, captured)
        dunst.paused = False
        assert not blocker.is_ours(captured)
        blocker.restore(captured)
        assert not dunst.paused


def test_with_dunst_its_pause_has_ended_and_nothing_is_left_to_put_back(bus: Bus, environment: dict[str, str]) -> None:
    blocker = way("dunst", environment)
    with Dunst(bus.address):
        captured = blocker.capture(PLAN)
        blocker.apply(PLAN, captured)
    assert not blocker.is_ours(captured)
    blocker.restore(captured)
    assert Support("no", "dunst does not run.") == blocker.available()
    with pytest.raises(Failed, match="does not offer"):
        blocker.apply(PLAN, captured)


def test_a_dunst_that_does_not_take_the_change_is_not_called_quiet(bus: Bus, environment: dict[str, str]) -> None:
    with Dunst(bus.address, stuck=True):
        blocker = way("dunst", environment)
        with pytest.raises(Failed, match="did not take the change"):
            blocker.apply(PLAN, blocker.capture(PLAN))


@pytest.mark.parametrize("name", ["dunst", "xfce4-notifyd"])
def test_when_the_bus_is_gone_nothing_is_claimed(name: str) -> None:
    blocker = way(name, ENDED)
    assert "no" == blocker.available().level
    for attempt in (blocker.observe, lambda: blocker.capture(PLAN)):
        with pytest.raises(Failed, match="cannot be asked"):
            attempt()
    with pytest.raises(Failed, match="cannot be asked"):
        blocker.restore({"dunst paused": ["false", "true"], "xfconf xfce4-notifyd /do-not-disturb": [None, "true"]})


def test_a_dunst_that_hangs_at_the_end_fails_in_time(bus: Bus, environment: dict[str, str]) -> None:
    with Silent(bus.address):
        begun = time.monotonic()
        with pytest.raises(Failed, match="does not answer"):
            way("dunst", environment).restore({"dunst paused": ["false", "true"]})
        assert time.monotonic() - begun < 2


# --- Xfce -------------------------------------------------------------------------------------------------------------

SWITCH = ("xfce4-notifyd", "/do-not-disturb")


@pytest.mark.parametrize("before", [{}, {SWITCH: ("b", False)}])
def test_the_switch_of_xfce_is_as_before_afterwards_set_or_not(
    before: dict[tuple[str, str], tuple[str, bool]], bus: Bus, environment: dict[str, str]
) -> None:
    with Xfconfd(bus.address) as settings:
        settings.kept = dict(before)
        blocker = way("xfce4-notifyd", environment)
        assert YES == blocker.available()
        captured = blocker.capture(PLAN)
        blocker.apply(PLAN, captured)
        assert {SWITCH: ("b", True)} == settings.kept
        assert {"xfconf xfce4-notifyd /do-not-disturb": "true"} == blocker.observe()
        way("xfce4-notifyd", environment).restore(captured)
        assert before == settings.kept


def test_a_switch_that_is_locked_is_not_available(bus: Bus, environment: dict[str, str]) -> None:
    with Xfconfd(bus.address) as settings:
        settings.locked = True
        why = "The administrator of this computer has locked a setting this needs."
        assert Support("no", why) == way("xfce4-notifyd", environment).available()


def test_without_xfconf_the_switch_is_not_available_and_nothing_is_claimed(environment: dict[str, str]) -> None:
    blocker = way("xfce4-notifyd", environment)
    why = "The settings of Xfce cannot be reached (xfconf was not found)."
    assert Support("no", why) == blocker.available()
    with pytest.raises(Failed):
        blocker.restore({"xfconf xfce4-notifyd /do-not-disturb": [None, "true"]})
