"""Websites are kept away by the proxy settings of the desktop: those of GNOME and its kin, or those of KDE.

Chromium takes its proxy from GNOME's settings on GNOME, Cinnamon, Pantheon and Unity, and from KDE's file on KDE
(``net/proxy_resolution/proxy_config_service_linux.cc``); Firefox takes it from GNOME's settings wherever they are
(``toolkit/system/unixproxy/nsUnixSystemProxySettings.cpp``). On KDE therefore both are set.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coachdesk.focus import pac
from coachdesk.focus.blockers import Before, Blocker, Failed, Support, Values
from coachdesk.focus.linux.absent import Absent
from coachdesk.focus.linux.gsettings import GSetting, LibGio, Settings
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.plan import Plan

Environment = Mapping[str, str]

SCHEMA = "org.gnome.system.proxy"
_LIKE_GNOME = {"GNOME", "Unity", "X-Cinnamon", "Cinnamon", "Budgie", "MATE", "Pantheon", "GNOME-Flashback"}
"""Names in ``XDG_CURRENT_DESKTOP`` of the desktops whose proxy settings these are."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def choose(environment: Environment, settings: Settings | None = None) -> Blocker:
    """The way that fits this desktop."""
    names = set(environment.get("XDG_CURRENT_DESKTOP", "").split(":"))
    way = "kde" if "KDE" in names else "gnome" if names & _LIKE_GNOME else ""
    for one in every(environment, settings):
        if one.way == way:
            return one
    return Absent("sites", _("This desktop has no proxy settings that browsers follow, so websites stay open."))


def every(environment: Environment, settings: Settings | None = None) -> tuple[Blocker, ...]:
    """All the ways, whether they fit or not."""
    from coachdesk.focus.linux.kioslaverc import Kioslaverc

    gnome = of_gnome(environment, settings or LibGio())
    return gnome, Kioslaverc(environment, gnome)


def of_gnome(environment: Environment, settings: Settings) -> Values:
    """By the settings of GNOME; the address comes first and is the mark, as it is new each time."""
    values = (GSetting(SCHEMA, "autoconfig-url", settings), GSetting(SCHEMA, "mode", settings))
    return Values("sites", "gnome", values, _ours, lambda: _support(environment, settings), _by_hand)


def _ours(plan: "Plan") -> tuple[str, str]:
    return f"'{pac.data_url(pac.text(plan.sites, plan.port, plan.nonce))}'", "'auto'"


def _support(environment: Environment, settings: Settings) -> Support:
    if not (free := free_of_proxies(environment)):
        return free
    for key in ("autoconfig-url", "mode"):
        if not (supported := settings.support(SCHEMA, key)):
            return supported
    try:
        mode, url = (settings.in_force(SCHEMA, key).strip("'") for key in ("mode", "autoconfig-url"))
    except Failed as why:
        return Support("no", why.sentence)
    if mode not in ("", "none") and not (mode == "auto" and pac.is_ours(url)):
        return in_use()
    return in_part()


def free_of_proxies(environment: Environment) -> Support:
    """No where a proxy is named in the environment, which programs of the command line hand on."""
    if any(environment.get(name) for each in _PROXIES for name in (each, each.upper())):
        return in_use()
    return in_part()


def in_use() -> Support:
    """What is said where somebody else settled the proxy."""
    return Support("no", _("This computer already uses a proxy, which focus mode leaves alone: websites stay open."))


def in_part() -> Support:
    """What is said where it works: what it does not reach."""
    return Support(
        "partly",
        _(
            "Pages that are open already may keep updating until you reload them, and browsers with proxy settings "
            "of their own are not reached."
        ),
    )


def _by_hand(_before: Before) -> str:
    return _("Open the settings of your desktop, then Network and Proxy, and switch the proxy off.")
