"""Websites on Windows: a proxy script of our own in the person's connection settings, where none was set before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from coachdesk.focus import pac
from coachdesk.focus.blockers import YES, Before, Failed, Support, Values
from coachdesk.focus.plan import Plan
from coachdesk.machine.registry import COMPUTER, USER, Registry
from coachdesk.words import _

T = TypeVar("T")

DIRECT, PROXY, SCRIPT, DETECT = 1, 2, 4, 8
"""PROXY_TYPE_DIRECT, _PROXY, _AUTO_PROXY_URL and _AUTO_DETECT (INTERNET_PER_CONN_OPTION)."""

_SETTINGS = r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings"
_PANEL = r"Software\Policies\Microsoft\Internet Explorer\Control Panel"
POLICIES: tuple[tuple[str, str, int | None], ...] = (
    (_SETTINGS, "ProxySettingsPerUser", 0),
    (_SETTINGS, "ProxyEnable", 1),
    (_SETTINGS, "ProxyServer", None),
    (_SETTINGS, "AutoConfigURL", None),
    (_PANEL, "Proxy", 1),
    (_PANEL, "Autoconfig", 1),
)
"""Key, name and value (None: any) of the policies that settle the proxy or forbid changing it (inetres.admx)."""


class Api(Protocol):
    """The questions put to Windows; ``wininet.WinInet`` puts them. All but ``dials`` raise OSError."""

    def flags(self) -> int:
        """How the usual connection finds its way."""
        ...

    def set_flags(self, flags: int) -> None:
        """Change it."""
        ...

    def url(self) -> str:
        """The address of the script; "" without one."""
        ...

    def set_url(self, url: str) -> None:
        """Change it."""
        ...

    def dials(self) -> bool:
        """Whether the connection in use is a dial-up or VPN one."""
        ...


@dataclass
class FakeWinInet:
    """Connection settings in fields; ``closed`` answers nothing, ``deaf`` takes everything and changes nothing."""

    now: int = DIRECT
    script: str = ""
    dialled: bool = False
    closed: bool = False
    deaf: bool = False

    def flags(self) -> int:
        """The field."""
        self._open()
        return self.now

    def set_flags(self, flags: int) -> None:
        """Change the field."""
        self._open()
        self.now = self.now if self.deaf else flags

    def url(self) -> str:
        """The field."""
        self._open()
        return self.script

    def set_url(self, url: str) -> None:
        """Change the field."""
        self._open()
        self.script = self.script if self.deaf else url

    def dials(self) -> bool:
        """The field."""
        return self.dialled

    def _open(self) -> None:
        if self.closed:
            raise OSError("InternetQueryOptionW")


@dataclass(frozen=True)
class ScriptUrl:
    """The address of the script."""

    api: Api
    key: str = "script url"

    def read(self) -> str | None:
        """The address; None without one. Raises Failed."""
        return _asked(self.api.url) or None

    def write(self, value: str | None) -> None:
        """Change the address; raises Failed."""
        _asked(lambda: self.api.set_url(value or ""))


@dataclass(frozen=True)
class ScriptSwitch:
    """Whether the script is used; every other flag, such as "Automatically detect settings", stays as it is."""

    api: Api
    key: str = "use script"

    def read(self) -> str:
        """ "on" or "off"; raises Failed."""
        return "on" if _asked(self.api.flags) & SCRIPT else "off"

    def write(self, value: str | None) -> None:
        """Switch it; raises Failed."""
        others = _asked(self.api.flags) & ~SCRIPT
        _asked(lambda: self.api.set_flags(others | (SCRIPT if value == "on" else 0)))


def blocker(api: Api, registry: Registry) -> Values:
    """The blocker."""
    values = (ScriptUrl(api), ScriptSwitch(api))
    return Values("sites", "wininet", values, _ours, lambda: _support(api, registry), _by_hand)


def _ours(plan: Plan) -> tuple[str, str]:
    return pac.http_url(plan.port, plan.nonce), "on"


def _support(api: Api, registry: Registry) -> Support:
    """No where somebody else settles the proxy; partly where the connection in use has settings of its own."""
    if any(_settled(registry, *policy) for policy in POLICIES):
        return Support("no", _("The proxy of this computer is managed by an organisation, so websites stay open."))
    try:
        flags, url = api.flags(), api.url()
    except OSError:
        return Support("no", _("Windows does not tell its proxy settings, so websites stay open."))
    if flags & PROXY or (flags & SCRIPT and not pac.is_ours(url)):
        return Support(
            "no", _("This computer already uses a proxy, which focus mode leaves alone: websites stay open.")
        )
    if api.dials():
        return Support("partly", _("Over this dial-up or VPN connection websites stay open: it has its own settings."))
    return YES


def _settled(registry: Registry, path: str, name: str, value: int | None) -> bool:
    found = [registry.read(root, path, name) for root in (COMPUTER, USER)]
    return any(one is not None and (value is None or one == value) for one in found)


def _by_hand(_before: Before) -> str:
    return _(
        "In the settings of Windows under Network & internet, Proxy, switch off “Use setup script” (press the Windows "
        "key and R together, and enter ms-settings:network-proxy)."
    )


def _asked(call: Callable[[], T]) -> T:
    try:
        return call()
    except OSError as why:
        raise Failed(_("Windows did not let CoachDesk change its proxy settings, so websites stay open.")) from why
