"""Focus mode on Linux: which of its ways fits this desktop."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coachdesk.focus.blockers import Blocker, Running
from coachdesk.machine.here import Closing, Nothing
from coachdesk.machine.login import AtLogin
from coachdesk.words import _


@dataclass(frozen=True)
class Linux:
    """A desktop on Linux, as its environment describes it."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def blockers(self) -> tuple[Blocker, ...]:
        """The blockers that fit this desktop best: notifications, awake, sites, apps."""
        from coachdesk.focus.linux import awake, notifications, sites
        from coachdesk.focus.linux.apps import Minimise

        return (
            notifications.choose(self.environment),
            awake.awake(self.environment),
            sites.choose(self.environment),
            Minimise(self.environment),
        )

    def find(self, name: str, way: str) -> Blocker | None:
        """The blocker that wrote an entry of the journal, also where another would be chosen by now."""
        return next((one for one in self._every(name) if (one.name, one.way) == (name, way)), None)

    def at_login(self) -> AtLogin:
        """The entry in the person's autostart folder."""
        from coachdesk.machine.linux_login import Entry

        comment = _("Puts back what focus mode changed, should the computer have stopped meanwhile")
        return Entry("coachdesk-restore.desktop", comment, self.environment)

    def running(self) -> tuple[Running, ...]:
        """The programs with windows, by name; empty where the desktop does not tell."""
        from coachdesk.focus.linux import running

        return running.running(self.environment)

    def ending(self, call: Callable[[], object]) -> Closing:  # noqa: ARG002
        """A SIGTERM says it (systemd.kill(5))."""
        return Nothing()

    def _every(self, name: str) -> tuple[Blocker, ...]:
        """All the ways of one kind."""
        if name == "notifications":
            from coachdesk.focus.linux import notifications

            return notifications.every(self.environment)
        if name == "sites":
            from coachdesk.focus.linux import sites

            return sites.every(self.environment)
        if name == "awake":
            from coachdesk.focus.linux import awake

            return (awake.awake(self.environment),)
        if name == "apps":
            from coachdesk.focus.linux.apps import Minimise

            return (Minimise(self.environment),)
        return ()
