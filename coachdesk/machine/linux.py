"""A Linux computer: its clocks, and the choice between X11, Wayland and no screen."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coachdesk.clock import Now
from coachdesk.machine.here import wall, zone_name

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Linux:
    """One person's session on a Linux computer, as its environment describes it."""

    environment: Mapping[str, str]

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] | None = None) -> "Linux":
        """The session this process was started in."""
        return cls(dict(os.environ if environment is None else environment))

    @property
    def kind(self) -> str:
        """ "wayland" also where Wayland shows X11 windows; "headless" without any screen."""
        if self.environment.get("WAYLAND_DISPLAY") or self.environment.get("XDG_SESSION_TYPE") == "wayland":
            return "wayland"
        return "x11" if self.environment.get("DISPLAY") else "headless"

    def now(self) -> Now:
        """The clocks of clock_gettime(2): CLOCK_BOOTTIME goes on in sleep, CLOCK_MONOTONIC stands still."""
        up = time.clock_gettime(time.CLOCK_MONOTONIC)
        return Now(wall(), time.clock_gettime(time.CLOCK_BOOTTIME), up, _boot())

    def real_seconds(self, seconds: float) -> float:
        """As long as asked."""
        return seconds

    def time_zone(self) -> str:
        """The zone of the system now; the C library is told too, so that local times follow (tzset(3))."""
        time.tzset()
        return zone_name()


def _boot() -> str:
    """The kernel's identity of this start (random(4)); a name for "unknown" where /proc is closed to us."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "linux"
