"""Focus mode on Windows. Not run on a real Windows computer: the tests hand in made-up calls."""

from collections.abc import Callable

from coachdesk.focus.blockers import Blocker, Running
from coachdesk.focus.windows import apps, notifications, quiet_hours, sites, window_list, wininet
from coachdesk.machine import registry
from coachdesk.machine.here import Closing
from coachdesk.machine.login import AtLogin
from coachdesk.machine.windows_login import RunEntry


class Windows:
    """A Windows computer, as focus mode needs it. Building it loads nothing; each library comes when it is needed."""

    def blockers(self) -> tuple[Blocker, ...]:
        """One way for each."""
        from coachdesk.focus.awake import Awake

        return (
            notifications.blocker(quiet_hours.QuietHours(), _build),
            Awake(),
            sites.blocker(wininet.WinInet(), registry.WinRegistry()),
            apps.blocker(window_list.WindowList()),
        )

    def find(self, name: str, way: str) -> Blocker | None:
        """The blocker of this name, if it is of this way."""
        return next((one for one in self.blockers() if (one.name, one.way) == (name, way)), None)

    def at_login(self) -> AtLogin:
        """The entry under ``Run``."""
        return RunEntry(registry.WinRegistry(), "CoachDesk focus mode")

    def running(self) -> tuple[Running, ...]:
        """The programs with a button in the taskbar."""
        from coachdesk.focus.kept_down import running

        return running(apps.Taskbar(window_list.WindowList()))

    def ending(self, call: Callable[[], object]) -> Closing:
        """Call a function when the person logs off; Windows waits until it has returned, for 5 seconds at most."""
        from coachdesk.focus.windows.logoff import Logoff
        from coachdesk.machine.win32 import Win32

        return Logoff(call, Win32())


def _build() -> int:
    from coachdesk.machine.win32 import Win32

    return Win32().build()
