"""Websites on macOS: a proxy script of our own for the network service in use, where none was set before.

By networksetup(8); its words and how they are written: ``networksetup -help``. Both the address and the switch are put
back, as others lost one of them (Proxyman issues 272 and 2155). Not run on a real Mac.
"""

import grp
import os
import plistlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from coachdesk.focus import pac
from coachdesk.focus.blockers import YES, Before, Failed, Support, Values
from coachdesk.focus.macos.commands import PATIENCE, Ran, Run
from coachdesk.focus.plan import Plan
from coachdesk.words import _

NETWORKSETUP, ROUTE, SCUTIL, SECURITY = (
    *("/usr/sbin/networksetup", "/sbin/route"),
    *("/usr/sbin/scutil", "/usr/bin/security"),
)
WAY = "networksetup:"
"""What comes before the name of the service in the name of the way."""

_SERVICE = re.compile(r"^\(\d+\) (?P<name>.+)\n\(Hardware Port: .*, Device: (?P<device>.*)\)$", re.MULTILINE)
"""One service that is not disabled; a disabled one has an asterisk for its number."""
_PROXIES = re.compile(r"^  (HTTP|HTTPS|SOCKS|ProxyAutoConfig|ProxyAutoDiscovery)Enable : 1$", re.MULTILINE)
_SCRIPT = re.compile(r"^  ProxyAutoConfigURLString : (.*)$", re.MULTILINE)
"""Lines of ``scutil --proxy``: the settings of the service in use, from a profile of an organisation too."""


class Networksetup:
    """The calls of networksetup for one service."""

    def __init__(self, service: str, run: Run) -> None:
        self.service, self._run = service, run

    def read(self) -> tuple[str | None, str]:
        """Address and "on" or "off" of the script; "(null)" and a blank are no address. Raises Failed."""
        told = self._told("-getautoproxyurl")
        lines = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
        if "Enabled" not in lines:
            raise Failed(_refused())
        url = lines.get("URL", "").strip()
        return (None if url in ("", "(null)") else url), "on" if lines["Enabled"].strip() == "Yes" else "off"

    def set_url(self, url: str | None) -> None:
        """Set the address, which also switches it on; a blank where there was none, as it cannot be unset.

        A blank is the common way (macmule, setAutomaticProxyConfigurationURL). Raises Failed.
        """
        self._told("-setautoproxyurl", url or " ")

    def switch(self, state: str) -> None:
        """Switch the script on or off; raises Failed."""
        self._told("-setautoproxystate", state)

    def _told(self, verb: str, *more: str) -> str:
        ran = self._run((NETWORKSETUP, verb, self.service, *more), PATIENCE)
        if ran.code != 0 or "** Error" in ran.out:
            raise Failed(_refused())
        return ran.out


@dataclass(frozen=True)
class ScriptUrl:
    """The address of the script."""

    calls: Networksetup
    key: str = "script url"

    def read(self) -> str | None:
        """The address; None without one. Raises Failed."""
        return self.calls.read()[0]

    def write(self, value: str | None) -> None:
        """Change the address and leave the switch as it was; raises Failed."""
        state = self.calls.read()[1]
        self.calls.set_url(value)
        self.calls.switch(state)


@dataclass(frozen=True)
class ScriptSwitch:
    """Whether the script is used."""

    calls: Networksetup
    key: str = "use script"

    def read(self) -> str:
        """ "on" or "off"; raises Failed."""
        return self.calls.read()[1]

    def write(self, value: str | None) -> None:
        """Switch it; raises Failed."""
        self.calls.switch(value or "off")


def blocker(run: Run, admin: Callable[[], bool]) -> Values:
    """The blocker for the service in use; where there is none to be used, one that says why."""
    try:
        service = in_use(run)
    except Failed as why:
        return _blocker("", run, Support("no", why.sentence))
    return _blocker(service, run, None, admin)


def of(way: str, run: Run) -> Values:
    """The blocker that wrote an entry of the journal, whatever service is in use by now."""
    return _blocker(way.removeprefix(WAY), run, YES)


def in_use(run: Run) -> str:
    """The name of the service through which the internet is reached; raises Failed."""
    route = run((ROUTE, "-n", "get", "default"), PATIENCE)
    device = re.search(r"^\s*interface: (\S+)$", route.out, re.MULTILINE)
    order = run((NETWORKSETUP, "-listnetworkserviceorder"), PATIENCE)
    for found in _SERVICE.finditer(order.out):
        if device and found["device"] == device[1]:
            return found["name"]
    raise Failed(_("The internet is reached through a VPN, or not at all, so websites stay open."))


def in_admin_group() -> bool:
    """Whether this person administers the computer."""
    try:
        return grp.getgrnam("admin").gr_gid in os.getgroups()
    except KeyError:
        return False


def _blocker(service: str, run: Run, known: Support | None, admin: Callable[[], bool] = in_admin_group) -> Values:
    calls = Networksetup(service, run)

    def ours(plan: Plan) -> tuple[str, str]:
        return pac.http_url(plan.port, plan.nonce), "on"

    def support() -> Support:
        return _support(run, admin) if known is None else known

    def by_hand(_before: Before) -> str:
        wording = _("In System Settings under Network, {service}, Details, Proxies, switch off “{name}”.")
        return wording.format(service=service, name=_("Automatic proxy configuration"))

    return Values("sites", f"{WAY}{service}", (ScriptUrl(calls), ScriptSwitch(calls)), ours, support, by_hand)


def _support(run: Run, admin: Callable[[], bool]) -> Support:
    proxies = run((SCUTIL, "--proxy"), PATIENCE)
    if proxies.code != 0:
        return Support("no", _("macOS does not tell its proxy settings, so websites stay open."))
    script = _SCRIPT.search(proxies.out)
    ours = script is not None and pac.is_ours(script[1].strip())
    if {found[1] for found in _PROXIES.finditer(proxies.out)} - ({"ProxyAutoConfig"} if ours else set()):
        return Support(
            "no", _("This computer already uses a proxy, which focus mode leaves alone: websites stay open.")
        )
    if not _may_change(run, admin):
        return Support("no", _refused())
    return YES


def _may_change(run: Run, admin: Callable[[], bool]) -> bool:
    """Whether macOS changes network settings without asking for a password.

    The rule of the right system.preferences.network (zen-desktop pull request 629): "shared" is false where "Require an
    administrator password to access system-wide settings" is on; without it administrators may, others may not (since
    Big Sur: alfred-network-workflow issue 22), unless the rule allows everybody.
    """
    ran = run((SECURITY, "authorizationdb", "read", "system.preferences.network"), PATIENCE)
    start = ran.out.find("<?xml")
    if ran.code != 0 or start < 0:
        return False
    try:
        rule = plistlib.loads(ran.out[start : ran.out.rfind("</plist>") + len("</plist>")].encode())
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return False
    if rule.get("class") == "allow" or rule.get("rule") == ["allow"]:
        return True
    return admin() and (rule.get("class") != "user" or bool(rule.get("shared")))


def _refused() -> str:
    return _("macOS lets only an administrator change the network settings, so websites stay open.")


# --- The fake ---------------------------------------------------------------------------------------------------------

ALLOWED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>class</key><string>user</string><key>group</key><string>admin</string>
<key>shared</key><true/></dict></plist>
YES (0)
"""
"""What ``security authorizationdb read`` writes where administrators may change the network."""


@dataclass
class FakeNetwork:
    """The network settings of a Mac, told as its own programs tell them."""

    order: str = "(1) Wi-Fi\n(Hardware Port: Wi-Fi, Device: en0)\n"
    device: str = "en0"
    """The interface of the default route; "" without one."""
    urls: dict[str, str] = field(default_factory=lambda: {"Wi-Fi": "(null)"})
    """The address of the script by service, as networksetup writes it."""
    on: set[str] = field(default_factory=set)
    """The services that use their script."""
    proxies: str = "<dictionary> {\n  FTPPassive : 1\n}\n"
    right: str = ALLOWED
    locked: bool = False
    """networksetup wants an administrator."""
    changes: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, command: Sequence[str], patience: float) -> Ran:  # noqa: ARG002
        """What the program would write."""
        program, *words = command
        if program == ROUTE:
            return (
                Ran(0, f"   route to: default\n  interface: {self.device}\n")
                if self.device
                else Ran(1, "route: writing")
            )
        if program == SCUTIL:
            return Ran(0, self.proxies)
        if program == SECURITY:
            return Ran(0, self.right)
        return self._networksetup(*words)

    def _networksetup(self, verb: str, service: str = "", value: str = "") -> Ran:
        if verb == "-listnetworkserviceorder":
            return Ran(0, f"An asterisk (*) denotes that a network service is disabled.\n{self.order}")
        if service not in self.urls:
            return Ran(4, f"{service} is not a recognized network service.\n** Error: The parameters were not valid.\n")
        if verb == "-getautoproxyurl":
            return Ran(0, f"URL: {self.urls[service]}\nEnabled: {'Yes' if service in self.on else 'No'}\n")
        if self.locked:
            return Ran(0, "** Error: Command requires admin privileges.\n")
        self.changes.append((verb, service, value))
        if verb == "-setautoproxyurl":
            self.urls[service] = value
        if verb == "-setautoproxyurl" or value == "on":
            self.on.add(service)
        else:
            self.on.discard(service)
        return Ran(0)
