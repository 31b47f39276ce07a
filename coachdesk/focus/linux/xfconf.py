"""A switch among the settings of Xfce, through the bus interface of xfconfd (``org.xfce.Xfconf``, xfconf 4.18).

xfconfd takes a change at once and writes it to its file some seconds later. It starts when it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress

from coachdesk.focus.blockers import YES, Failed, Support
from coachdesk.focus.linux.calls import Calls, calls
from coachdesk.words import _

XFCONF = DBusAddress("/org/xfce/Xfconf", "org.xfce.Xfconf", "org.xfce.Xfconf")


@dataclass(frozen=True)
class Switch:
    """A yes-or-no property of a channel as a ``Value``: "true", "false", or None where it is not set."""

    environment: Mapping[str, str] = field(repr=False)
    channel: str
    path: str

    @property
    def key(self) -> str:
        """Its name in the journal."""
        return f"xfconf {self.channel} {self.path}"

    def support(self) -> Support:
        """Whether xfconfd is there or can be started, and the administrator leaves this to the person."""
        try:
            with calls(self.environment) as bus:
                if not bus.can_start("org.xfce.Xfconf"):
                    return Support("no", _("The settings of Xfce cannot be reached (xfconf was not found)."))
                if self._ask(bus, "IsPropertyLocked"):
                    return Support("no", _("The administrator of this computer has locked a setting this needs."))
        except Failed as why:
            return Support("no", why.sentence)
        return YES

    def read(self) -> str | None:
        """What is set; raises Failed."""
        with calls(self.environment) as bus:
            if not self._ask(bus, "PropertyExists"):
                return None
            _kind, value = self._ask(bus, "GetProperty")
            return "true" if value else "false"

    def write(self, value: str | None) -> None:
        """Set it, or for None forget it; raises Failed."""
        with calls(self.environment) as bus:
            if value is None:
                self._ask(bus, "ResetProperty", "b", False)
            else:
                self._ask(bus, "SetProperty", "v", ("b", value == "true"))

    def _ask(self, bus: Calls, method: str, signature: str = "", *body: Any) -> Any:
        answer = bus.ask(XFCONF, method, f"ss{signature}", self.channel, self.path, *body, starting=True)
        return answer[0] if answer else None
