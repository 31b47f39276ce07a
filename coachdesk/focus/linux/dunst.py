"""Whether dunst is paused.

The property ``paused`` of ``org.dunstproject.cmd0`` is what dunstctl(1) reads and writes. It ends with dunst: one that
was started again is not paused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jeepney import DBusAddress

from coachdesk.focus.linux.calls import Denied, calls

DUNST = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.dunstproject.cmd0")


@dataclass(frozen=True)
class Paused:
    """The property as a ``Value``: "true", "false", or None where dunst does not run."""

    environment: Mapping[str, str] = field(repr=False)
    key: str = "dunst paused"

    def read(self) -> str | None:
        """Whether it is paused now; raises Failed where the bus or dunst does not answer."""
        with calls(self.environment) as bus:
            try:
                return "true" if bus.get(DUNST, "paused") else "false"
            except Denied:
                return None

    def write(self, value: str | None) -> None:
        """Pause it, or let it go on; raises Failed."""
        with calls(self.environment) as bus:
            bus.set(DUNST, "paused", "b", value == "true")
