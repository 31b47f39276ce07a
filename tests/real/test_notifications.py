"""Notifications, silenced with real daemons and a real dconf, and everything as before afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jeepney import message_bus

from coachdesk.focus.blockers import YES, Blocker
from coachdesk.focus.linux import notifications
from coachdesk.focus.linux.inhibit import NOTIFICATIONS
from coachdesk.focus.plan import Plan
from tests.display import Display
from tests.focus.linux.stand_ins import Plasma
from tests.machine.bus import Bus as BareBus
from tests.real.apart import Apart, RefusedThere
from tests.real.bus import Bus, until
from tests.real.conftest import Begin, Desktop
from tests.real.popups import PopUps

pytestmark = pytest.mark.machine

PLAN = Plan(60)
SENT = PLAN.as_json()
"""The plan as it travels."""
SERVER = "org.freedesktop.Notifications"
DAEMONS = {"dunst": "/usr/bin/dunst", "xfce4-notifyd": "/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd"}
KEYS = {
    "gnome": ("org.gnome.desktop.notifications", "show-banners", "true", "false"),
    "cinnamon": ("org.cinnamon.desktop.notifications", "display-notifications", "true", "false"),
    "mate": ("org.mate.NotificationDaemon", "do-not-disturb", "false", "true"),
}
"""Way → schema, key, its default, and what is quiet."""

NO_BUS = "The settings of this desktop cannot be reached (its session bus was not found)."
NO_DCONF = "The settings of this desktop are not kept here (dconf was not found)."

Start = Callable[[dict[str, str]], Apart]


def output(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout


def kept(environment: dict[str, str]) -> tuple[str, str]:
    """Everything that dconf and xfconf hold."""
    return output(environment, "dconf", "dump", "/"), output(environment, "xfconf-query", "-c", "xfce4-notifyd", "-lv")


def named(bus: Bus) -> list[str]:
    """The services that run on the bus."""
    with bus.connect() as connection:
        names = connection.send_and_get_reply(message_bus.ListNames()).body[0]
    return sorted(name for name in names if not name.startswith(":"))


# --- Windows that come and do not come --------------------------------------------------------------------------------


@pytest.fixture
def popups(bus: Bus, screen: Display) -> Iterator[PopUps]:
    popups = PopUps(bus, screen.name)
    yield popups
    popups.close()


@pytest.fixture(params=DAEMONS)
def daemon(
    request: pytest.FixtureRequest, bus: Bus, screen: Display, desktop: Desktop, begin: Begin
) -> "subprocess.Popen[bytes]":
    process = begin({**screen.environment, **desktop("GNOME"), "DISPLAY": screen.name}, DAEMONS[request.param])
    bus.until_owned(SERVER)
    return process


@pytest.fixture
def chosen(daemon: object, desktop: Desktop) -> Blocker:
    """What fits, although the desktop calls itself GNOME."""
    return notifications.choose(desktop("GNOME"))


def test_a_notification_shows_a_window_before_and_after_but_none_during_focus(
    chosen: Blocker, popups: PopUps, desktop: Desktop
) -> None:
    number = popups.send("before")
    popups.until_shown(1)
    popups.take_back(number)
    popups.until_shown(0)
    before, seen = kept(desktop("GNOME")), chosen.observe()

    assert YES == chosen.available()
    captured = chosen.capture(PLAN)
    chosen.apply(PLAN, captured)
    popups.forget()
    during = popups.send("during")
    assert popups.none_came()

    chosen.restore(captured)
    popups.take_back(during)  # dunst shows by now what it held back
    popups.until_shown(0)
    number = popups.send("after")
    popups.until_shown(1)
    popups.take_back(number)
    assert (before, seen) == (kept(desktop("GNOME")), chosen.observe())


def test_quiet_before_stays_quiet_afterwards(chosen: Blocker, popups: PopUps) -> None:
    captured = chosen.capture(PLAN)
    chosen.apply(PLAN, captured)  # as the person might

    again = chosen.capture(PLAN)
    assert {} == again
    chosen.apply(PLAN, again)
    chosen.restore(again)
    popups.forget()
    popups.send("still quiet")
    assert popups.none_came()


def test_what_a_killed_process_left_is_put_back_by_a_fresh_one(
    chosen: Blocker, apart: Start, desktop: Desktop, popups: PopUps
) -> None:
    here, seen = desktop("GNOME"), chosen.observe()
    first = apart(here)
    captured = first.do("notifications", chosen.way, "capture", SENT)
    for _time in range(2):
        first.do("notifications", chosen.way, "apply", SENT, captured)
    assert seen != chosen.observe()
    first.kill()

    second = apart(here)
    for _time in range(2):
        second.do("notifications", chosen.way, "restore", captured)
    assert seen == chosen.observe()
    popups.send("loud again")
    popups.until_shown(1)


def test_with_the_bus_gone_putting_back_fails_at_once(chosen: Blocker, bus: Bus) -> None:
    captured = chosen.capture(PLAN)
    chosen.apply(PLAN, captured)
    bus.kill()
    begun = time.monotonic()
    with pytest.raises(notifications.Failed):
        chosen.restore(captured)
    assert time.monotonic() - begun < 2
    assert "otifications" in chosen.by_hand(captured)


@pytest.mark.parametrize("daemon", ["dunst"], indirect=True)
def test_a_dunst_that_was_killed_and_started_again_is_not_paused_and_nothing_is_to_do(
    chosen: Blocker, daemon: "subprocess.Popen[bytes]", bus: Bus, screen: Display, desktop: Desktop, begin: Begin
) -> None:
    captured = chosen.capture(PLAN)
    chosen.apply(PLAN, captured)
    daemon.kill()
    daemon.wait()
    bus.until_free(SERVER)
    assert not chosen.is_ours(captured)
    chosen.restore(captured)
    begin({**desktop(""), "DISPLAY": screen.name}, DAEMONS["dunst"])
    bus.until_owned(SERVER)
    assert {"dunst paused": "false"} == chosen.observe()


# --- Choosing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A file that is there once somebody makes the bus start what shows notifications; comes before the bus."""
    mark, folder = tmp_path / "started", Path(os.environ["XDG_RUNTIME_DIR"]) / "dbus-1/services"
    folder.mkdir(parents=True)
    (folder / f"{SERVER}.service").write_text(
        f"[D-BUS Service]\nName={SERVER}\nExec=/bin/sh -c 'touch {mark}; exit 1'\n"
    )
    return mark


@pytest.mark.parametrize("name", ["", "GNOME", "KDE", "sway", "XFCE", "MATE"])
def test_choosing_starts_nothing_although_it_could_be_started(
    name: str, started: Path, bus: Bus, desktop: Desktop
) -> None:
    before = named(bus)
    notifications.choose(desktop(name))
    for blocker in notifications.every(desktop(name)):
        if blocker.way in ("inhibit", "dunst"):
            assert not blocker.available()
    assert before == named(bus)
    assert not started.exists()
    with pytest.raises(LookupError):
        bus.ask(NOTIFICATIONS, "GetCapabilities")
    until(started.exists)  # so it could have been


def test_on_xfce_the_settings_are_there_before_the_daemon_is(bus: Bus, desktop: Desktop) -> None:
    here = desktop("XFCE")
    chosen = notifications.choose(here)
    assert ("xfce4-notifyd", YES) == (chosen.way, chosen.available())
    before = kept(here)
    captured = chosen.capture(PLAN)
    chosen.apply(PLAN, captured)
    assert "/do-not-disturb  true\n" in kept(here)[1]
    assert "" == bus.owner(SERVER)
    chosen.restore(captured)
    assert before == kept(here)


# --- Settings in dconf ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", KEYS)
@pytest.mark.parametrize("set_to", ["nothing", "its default", "quiet"])
def test_a_key_is_byte_for_byte_as_before_afterwards(way: str, set_to: str, apart: Start, desktop: Desktop) -> None:
    here = desktop("")
    schema, key, default, quiet = KEYS[way]
    if set_to != "nothing":
        output(here, "gsettings", "set", schema, key, default if set_to == "its default" else quiet)
    before = kept(here)
    process = apart(here)
    assert ["yes", ""] == process.do("notifications", way, "available")
    captured = process.do("notifications", way, "capture", SENT)
    assert (set_to == "quiet") == (captured == {})
    for _time in range(2):
        process.do("notifications", way, "apply", SENT, captured)
    assert f"{key}={quiet}\n" in kept(here)[0]

    process.kill()
    fresh = apart(here)
    for _time in range(2):
        fresh.do("notifications", way, "restore", captured)
    assert before == kept(here)


@pytest.mark.parametrize("way", KEYS)
def test_what_the_person_set_meanwhile_stays(way: str, apart: Start, desktop: Desktop) -> None:
    here = desktop("")
    schema, key, default, _quiet = KEYS[way]
    process = apart(here)
    captured = process.do("notifications", way, "capture", SENT)
    process.do("notifications", way, "apply", SENT, captured)
    assert process.do("notifications", way, "is_ours", captured)
    output(here, "gsettings", "set", schema, key, default)
    assert not process.do("notifications", way, "is_ours", captured)
    process.do("notifications", way, "restore", captured)
    assert f"{key}={default}\n" in kept(here)[0]


def test_a_change_is_on_the_disk_when_it_is_said_to_be_made(apart: Start, bus: Bus, desktop: Desktop) -> None:
    here = desktop("")
    process = apart(here)
    captured = process.do("notifications", "gnome", "capture", SENT)
    process.do("notifications", "gnome", "apply", SENT, captured)
    bus.kill()  # and with it the service that writes
    assert "show-banners=false\n" in output(here, "dconf", "dump", "/")


def test_a_bus_that_goes_away_does_not_end_the_process_and_putting_back_fails_at_once(
    apart: Start, bus: Bus, desktop: Desktop
) -> None:
    process = apart(desktop(""))
    captured = process.do("notifications", "gnome", "capture", SENT)
    process.do("notifications", "gnome", "apply", SENT, captured)
    bus.kill()
    begun = time.monotonic()
    with pytest.raises(RefusedThere, match="session bus was not found"):
        until(lambda: process.do("notifications", "gnome", "restore", captured))
    assert time.monotonic() - begun < 2
    assert ["no", NO_BUS] == process.do("notifications", "gnome", "available")
    assert "Do Not Disturb" in process.do("notifications", "gnome", "by_hand", captured).title()


IN_A_WINDOW = """
import ctypes, sys
from coachdesk.focus.linux.gsettings import GSetting
GSetting("org.gnome.desktop.notifications", "show-banners").read()
print("read", flush=True)
sys.stdin.readline()
glib = ctypes.CDLL("libgio-2.0.so.0")
while glib.g_main_context_iteration(None, True):
    print("still there", flush=True)
"""
"""Reads a setting, and then waits for events as Qt does with GLib's loop."""


def test_a_bus_that_goes_away_does_not_end_a_window_that_looked_at_a_setting(bus: Bus, desktop: Desktop) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", IN_A_WINDOW], env=desktop(""), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdin is not None
        assert window.stdout is not None
        try:
            assert "read\n" == window.stdout.readline()
            bus.kill()
            window.stdin.write("go on\n")
            window.stdin.flush()
            assert "still there\n" == window.stdout.readline()
        finally:
            window.kill()


def test_a_settings_service_that_hangs_is_given_up_in_time(apart: Start, bus: Bus, desktop: Desktop) -> None:
    process = apart(desktop(""))
    captured = process.do("notifications", "gnome", "capture", SENT)
    process.do("notifications", "gnome", "apply", SENT, captured)
    with bus.connect() as connection:
        asked = message_bus.GetConnectionUnixProcessID("ca.desrt.dconf")
        service = connection.send_and_get_reply(asked).body[0]
    os.kill(service, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        with pytest.raises(RefusedThere, match="do not answer"):
            process.do("notifications", "gnome", "restore", captured)
        assert time.monotonic() - begun < 4
    finally:
        os.kill(service, signal.SIGKILL)


@pytest.mark.parametrize(
    ("without", "why"),
    [({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}, NO_BUS), ({"GSETTINGS_BACKEND": "memory"}, NO_DCONF)],
)
def test_without_dconf_it_is_not_available(without: dict[str, str], why: str, apart: Start, desktop: Desktop) -> None:
    process = apart({**desktop("GNOME"), **without})
    assert ["no", why] == process.do("notifications", "gnome", "available")
    with pytest.raises(RefusedThere) as refused:
        process.do("notifications", "gnome", "apply", SENT, process.do("notifications", "gnome", "capture", SENT))
    assert why == str(refused.value)


def sessions_of(display: str) -> list[str]:
    """The programs of a bus that runs with this screen, started by whomever."""
    found = []
    for process in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error):
            if process.name().startswith("dbus") and display == process.environ().get("DISPLAY"):
                found.append(process.name())
    return found


@pytest.mark.parametrize("address", ["", "autolaunch:"])
def test_where_there_is_a_screen_and_no_bus_none_is_started(address: str, apart: Start, screen: Display) -> None:
    asked = {"DBUS_SESSION_BUS_ADDRESS": address} if address else {}
    process = apart({**os.environ, **asked, "DISPLAY": screen.name, "XDG_CURRENT_DESKTOP": "GNOME"})
    assert ["no", NO_BUS] == process.do("notifications", "gnome", "available")
    assert ["no", NO_BUS] == process.do("sites", "gnome", "available")
    for way in KEYS:
        with pytest.raises(RefusedThere, match="session bus was not found"):
            process.do("notifications", way, "capture", SENT)
    assert [] == sessions_of(screen.name)
    assert not (Path(os.environ["HOME"]) / ".dbus").exists()


def test_a_bus_that_does_not_know_dconf_keeps_no_settings(tmp_path: Path, apart: Start, desktop: Desktop) -> None:
    bare = BareBus(tmp_path / "bus.conf")
    process = apart({**desktop("GNOME"), "DBUS_SESSION_BUS_ADDRESS": bare.address})
    try:
        assert ["no", NO_DCONF] == process.do("notifications", "gnome", "available")
    finally:
        bare.end()


def test_without_its_schema_a_desktop_is_not_available(tmp_path: Path, apart: Start, desktop: Desktop) -> None:
    process = apart({**desktop("GNOME"), "XDG_DATA_DIRS": str(tmp_path)})
    why = "This desktop has no setting org.gnome.desktop.notifications show-banners."
    assert ["no", why] == process.do("notifications", "gnome", "available")


def test_a_key_that_the_administrator_locked_is_not_available(tmp_path: Path, apart: Start, desktop: Desktop) -> None:
    keys = tmp_path / "keys"
    (keys / "locks").mkdir(parents=True)
    (keys / "banners").write_text("[org/gnome/desktop/notifications]\nshow-banners=true\n")
    (keys / "locks" / "banners").write_text("/org/gnome/desktop/notifications/show-banners\n")
    subprocess.run(["dconf", "compile", tmp_path / "site", keys], check=True, timeout=20)
    profile = tmp_path / "profile"
    profile.write_text(f"user-db:user\nfile-db:{tmp_path / 'site'}\n")
    process = apart({**desktop("GNOME"), "DCONF_PROFILE": str(profile)})
    why = "The administrator of this computer has locked a setting this needs."
    assert ["no", why] == process.do("notifications", "gnome", "available")
    with pytest.raises(RefusedThere, match="administrator"):
        process.do("notifications", "gnome", "apply", SENT, process.do("notifications", "gnome", "capture", SENT))


# --- KDE --------------------------------------------------------------------------------------------------------------


def test_a_process_that_is_killed_inhibits_nothing_any_more(bus: Bus, apart: Start, desktop: Desktop) -> None:
    def inhibited() -> Any:
        return notifications.choose(desktop("KDE")).observe()["inhibited"]

    with Plasma(bus.address):
        process = apart(desktop("KDE"))
        process.do("notifications", "inhibit", "apply", SENT, {})
        assert inhibited()
        process.kill()
        until(lambda: not inhibited())


def test_where_dconf_cannot_be_seen_what_is_ours_is_not_taken_for_the_person_s(apart: Start, desktop: Desktop) -> None:
    """Else the journal would forget it, and nobody would ever put it back."""
    first = apart(desktop("GNOME"))
    before = first.do("notifications", "gnome", "capture", SENT)
    first.do("notifications", "gnome", "apply", SENT, before)
    first.kill()
    blind = apart({**desktop("GNOME"), "GSETTINGS_BACKEND": "memory"})
    with pytest.raises(RefusedThere, match="dconf was not found"):
        blind.do("notifications", "gnome", "is_ours", before)
    assert apart(desktop("GNOME")).do("notifications", "gnome", "is_ours", before)


def test_where_dconf_s_service_hangs_what_is_ours_is_not_taken_for_the_person_s(
    apart: Start, desktop: Desktop, bus: Bus
) -> None:
    first = apart(desktop("GNOME"))
    before = first.do("notifications", "gnome", "capture", SENT)
    first.do("notifications", "gnome", "apply", SENT, before)
    first.kill()
    with bus.connect() as connection:
        service = connection.send_and_get_reply(message_bus.GetConnectionUnixProcessID("ca.desrt.dconf")).body[0]
    os.kill(service, signal.SIGSTOP)
    try:
        with pytest.raises(RefusedThere, match="do not answer"):
            apart(desktop("GNOME")).do("notifications", "gnome", "is_ours", before)
    finally:
        os.kill(service, signal.SIGCONT)
    assert apart(desktop("GNOME")).do("notifications", "gnome", "is_ours", before)
