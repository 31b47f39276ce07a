"""A Linux computer: its clocks, and the choice between X11, Wayland and no screen."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.machine.here import (
    Abilities,
    Ability,
    Closing,
    NoShortcuts,
    Shortcuts,
    seen_when_shared,
    wall,
    zone_name,
)
from coachdesk.machine.login import AtLogin
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.machine.notices import Notices
    from coachdesk.machine.x11 import X11Windows

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_ZONE_FILES = ("/etc/timezone", "/etc/localtime", "/etc/sysconfig/clock", "/etc/conf.d/clock")
"""What tzlocal reads the name of the time zone from."""


class Linux:
    """One person's session on a Linux computer, as its environment describes it."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = dict(os.environ if environment is None else environment)
        self._opened: X11Windows | None = None
        self._notices: Notices | None = None
        self.can: Mapping[str, Ability] = Abilities(
            {
                "global_shortcuts": self._hears_keys,
                "bar_on_top": self._keeps_on_top,
                "active_window": self._finds_windows,
                "lock_signal": partial(_hears_locks, self._environment),
                "sleep_signal": partial(_hears_sleep, self._environment),
                "capture_exclusion": lambda: Ability(False, seen_when_shared()),
                "notifications": partial(_shows_notifications, self._environment),
            }
        )

    @property
    def kind(self) -> str:
        """Also "wayland" where Wayland shows X11 windows (XWayland); "headless" without any screen."""
        if self._environment.get("WAYLAND_DISPLAY") or self._environment.get("XDG_SESSION_TYPE") == "wayland":
            return "wayland"
        return "x11" if self._display else "headless"

    @property
    def _display(self) -> str:
        return self._environment.get("DISPLAY", "")

    # --- clock ---

    def now(self) -> Now:
        """The clocks of clock_gettime(2): CLOCK_BOOTTIME goes on in sleep, CLOCK_MONOTONIC stands still."""
        up = time.clock_gettime(time.CLOCK_MONOTONIC)
        return Now(wall(), time.clock_gettime(time.CLOCK_BOOTTIME), up, boot())

    def real_seconds(self, seconds: float) -> float:
        """As long as asked."""
        return seconds

    def time_zone(self) -> str:
        """The zone of the system now; the C library is told too, so that local times follow (tzset(3))."""
        time.tzset()
        return _zone_set_by(_zone_setting())

    # --- keys and windows ---

    def introduce(self) -> None:
        """Nothing to tell: desktops go by the name that Qt gives the windows."""

    def shortcuts(self, on_key: Callable[[str], None]) -> Shortcuts:
        """Keys of the X11 screen; on Wayland without X11, or without a screen, all are refused in words."""
        try:
            from coachdesk.machine.x11 import X11Shortcuts

            return X11Shortcuts(self._screen(), on_key)
        except Refused as why:
            return NoShortcuts(why.sentence)

    def keep_on_top(self, window_id: int) -> None:
        """Raise the window again; Qt's bypass flag has already put it outside the window manager's layers."""
        if windows := self._windows():
            windows.to_top(window_id)

    def active_window(self) -> object | None:
        """The id of the X11 window that has the keyboard."""
        windows = self._windows()
        return windows.active() if windows else None

    def activate(self, token: object) -> None:
        """Give the keyboard back to an X11 window."""
        windows = self._windows()
        if windows and isinstance(token, int):
            windows.activate(token)

    def exclude_from_capture(self, window_id: int) -> bool:  # noqa: ARG002
        """Never: neither X11 nor Wayland has a way (keepassxc issue 12617)."""
        return False

    def idle_seconds(self) -> float | None:
        """From the X11 screen; on Wayland from GNOME, as the screen of older programs sees only what they are given."""
        from coachdesk.machine import buses, idle_linux

        if self.kind == "x11":
            return idle_linux.on_x11(self._display)
        return idle_linux.on_gnome(buses.session_bus(self._environment)) if self.kind == "wayland" else None

    def watch(self, on_event: Callable[[str], None]) -> Closing:
        """Listen to logind and the screen savers; without a bus nothing is ever reported."""
        from coachdesk.machine.buses import BusWatch

        return BusWatch(self._environment, on_event)

    def notify(self, title: str, body: str) -> None:
        """Ask the service of notifications on the person's bus."""
        from coachdesk.machine.notices import Notices

        if self._notices is None:
            self._notices = Notices(self._environment)
        self._notices.show(title, body)

    def at_login(self) -> AtLogin:
        """The entry in the person's autostart folder."""
        from coachdesk.machine.linux_login import Entry

        return Entry("coachdesk.desktop", _("Opens minimised, and waits until it is needed"), self._environment)

    def close(self) -> None:
        """End the connections to screen and bus, where any were needed."""
        for opened in (self._opened, self._notices):
            if opened is not None:
                opened.close()
        self._opened = self._notices = None

    def _screen(self) -> str:
        if not self._display:
            raise Refused(by_desktop_shortcut() if self.kind == "wayland" else _("There is no screen here."))
        return self._display

    def _windows(self) -> "X11Windows | None":
        from coachdesk.machine.x11 import X11Windows

        if self._opened is None or self._opened.lost:
            try:
                self._opened = X11Windows(self._screen())
            except Refused:
                self._opened = None
        return self._opened

    # --- abilities ---

    def _reached(self, partly: str) -> Ability:
        from coachdesk.machine import x11

        try:
            x11.connect(self._screen()).close()
        except Refused as why:
            return Ability(False, why.sentence)
        return Ability(True, partly if self.kind == "wayland" else "")

    def _hears_keys(self) -> Ability:
        only = _("Shortcuts work only while a window of the older kind (X11) has the keyboard.")
        return self._reached(f"{only} {by_desktop_shortcut()}")

    def _keeps_on_top(self) -> Ability:
        if self.kind == "wayland" and not self._display:
            return Ability(False, _("Wayland does not let a program keep its window on top; the bar can be covered."))
        return self._reached(_("Under Wayland the bar can be covered by a call in full screen."))

    def _finds_windows(self) -> Ability:
        if self.kind == "wayland" and not self._display:
            return Ability(False, _("Wayland does not tell which window has the keyboard."))
        return self._reached(_("Under Wayland only windows of the older kind (X11) can be given the keyboard back."))


def by_desktop_shortcut() -> str:
    """How to have keys on Wayland, which gives none to programs."""
    return _(
        "Wayland does not give keys to programs. In the keyboard settings of your desktop, add a shortcut of your own "
        "with the command “coachdesk session mark moment”."
    )


def _hears_locks(environment: Mapping[str, str]) -> Ability:
    from coachdesk.machine import buses

    return buses.hears_locks(environment)


def _hears_sleep(environment: Mapping[str, str]) -> Ability:
    from coachdesk.machine import buses

    return buses.hears_sleep(environment)


def _shows_notifications(environment: Mapping[str, str]) -> Ability:
    from coachdesk.machine import notices

    return notices.shown(environment)


@cache
def boot() -> str:
    """The kernel's identity of this start (random(4)); one and the same for all starts where /proc is closed to us."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return "linux"


def _zone_setting() -> tuple[object, ...]:
    """All that a change of the time zone changes: the variable, and the state of the files."""
    return os.environ.get("TZ"), *(_state_of(path) for path in _ZONE_FILES)


def _state_of(path: str) -> tuple[int, int] | None:
    try:
        state = os.lstat(path)
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns


@lru_cache(maxsize=1)
def _zone_set_by(_setting: tuple[object, ...]) -> str:
    # Finding the name takes 10 ms, and a session asks for it every five seconds.
    return zone_name()
