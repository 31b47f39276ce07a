"""Which way of silencing notifications fits: the program that shows them decides, else the desktop."""

from collections.abc import Callable, Mapping

from coachdesk.focus.blockers import YES, Before, Blocker, Failed, Support, Values
from coachdesk.focus.linux.absent import Absent
from coachdesk.focus.linux.calls import Calls, Denied, NoBus, calls
from coachdesk.focus.linux.dunst import DUNST, Paused
from coachdesk.focus.linux.gsettings import GSetting, LibGio, Settings
from coachdesk.focus.linux.inhibit import NOTIFICATIONS, SERVER, Inhibition, capabilities
from coachdesk.focus.linux.xfconf import Switch
from coachdesk.words import N_, _

Environment = Mapping[str, str]

_KEYS = {
    "gnome": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "cinnamon": ("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "mate": ("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
"""Way → schema, key, and the value that is quiet."""

_SERVERS = {
    ("xfce notify daemon", "xfce"): "xfce4-notifyd",
    ("gnome-shell", "gnome"): "gnome",
    ("cinnamon", "gnome"): "cinnamon",
    ("notification daemon", "mate"): "mate",
}
"""Name and vendor that a program tells in ``GetServerInformation`` → the way it obeys."""

_DESKTOPS = {"XFCE": "xfce4-notifyd", "GNOME": "gnome", "X-Cinnamon": "cinnamon", "MATE": "mate"}
"""Name in ``XDG_CURRENT_DESKTOP`` → way, where nothing shows notifications yet."""

_BY_HAND = {
    "dunst": N_("Let dunst show notifications again: dunstctl set-paused false"),
    "xfce4-notifyd": N_("Open the settings of Xfce, then Notifications, and switch “Do not disturb” off."),
    "gnome": N_("Open the settings of GNOME, then Notifications, and switch “Do not disturb” off."),
    "cinnamon": N_("Open the system settings, then Notifications, and switch notifications on."),
    "mate": N_("Open the control center, then Popup Notifications, and switch “Do not disturb” off."),
}


def choose(environment: Environment, settings: Settings | None = None) -> Blocker:
    """The way that fits now; asks the bus, starts nothing."""
    try:
        with calls(environment) as bus:
            way = _of_server(bus) if bus.owner(SERVER) else _of_desktop(environment)
    except NoBus:
        sentence = _("Pop-ups may still appear: nothing here could be asked to hold them back.")
        return Absent("notifications", sentence)
    except Failed as why:
        return Absent("notifications", why.sentence)
    return next(one for one in every(environment, settings) if one.way == way)


def every(environment: Environment, settings: Settings | None = None) -> tuple[Blocker, ...]:
    """All the ways, whether they fit or not."""
    switch = Switch(environment, "xfce4-notifyd", "/do-not-disturb")
    paused = Paused(environment)
    return (
        Inhibition(environment),
        _values("dunst", paused, "true", lambda: _runs(paused)),
        _values("xfce4-notifyd", switch, "true", switch.support),
        *(_of_settings(way, settings or LibGio()) for way in _KEYS),
    )


def _of_server(bus: Calls) -> str:
    """The way of the program that shows notifications; raises Failed where it knows none of them."""
    if "inhibitions" in capabilities(bus):
        return "inhibit"
    try:
        bus.get(DUNST, "paused")
    except Denied:
        name, vendor, *_versions = bus.ask(NOTIFICATIONS, "GetServerInformation")
    else:
        return "dunst"
    if way := _SERVERS.get((name.casefold(), vendor.casefold())):
        return way
    raise Failed(_("{program} shows the notifications here, and offers no way to keep it quiet.").format(program=name))


def _of_desktop(environment: Environment) -> str:
    """The way of the desktop; raises Failed where it has none."""
    for name in environment.get("XDG_CURRENT_DESKTOP", "").split(":"):
        if way := _DESKTOPS.get(name):
            return way
    raise Failed(_("No program was found that shows notifications here."))


def _values(way: str, value: Paused | Switch | GSetting, quiet: str, support: Callable[[], Support]) -> Values:
    def by_hand(_before: Before) -> str:
        return _(_BY_HAND[way])

    return Values("notifications", way, (value,), lambda _plan: (quiet,), support, by_hand)


def _of_settings(way: str, settings: Settings) -> Values:
    schema, key, quiet = _KEYS[way]
    return _values(way, GSetting(schema, key, settings), quiet, lambda: settings.support(schema, key))


def _runs(paused: Paused) -> Support:
    try:
        there = paused.read() is not None
    except Failed as why:
        return Support("no", why.sentence)
    return YES if there else Support("no", _("dunst does not run."))
