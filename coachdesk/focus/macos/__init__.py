"""Focus mode on macOS. Not run on a real Mac: the tests hand in made-up calls."""

from collections.abc import Callable
from pathlib import Path

from coachdesk import paths
from coachdesk.focus.awake import Awake
from coachdesk.focus.blockers import Blocker, Running
from coachdesk.focus.macos import apps, awake, commands, notifications, sites, workspace
from coachdesk.machine.here import Closing, Nothing
from coachdesk.machine.login import AtLogin
from coachdesk.machine.macos_login import LaunchAgent


class MacOS:
    """A Mac, as focus mode needs it."""

    def __init__(self, run: commands.Run = commands.run, api: apps.Api | None = None) -> None:
        self._run = run
        self._api = api or workspace.Workspace()

    def blockers(self) -> tuple[Blocker, ...]:
        """One way for each; that of the websites is for the network service in use now."""
        return (
            notifications.Shortcuts(paths.focus_folder(), self._run),
            Awake(hold=awake.hold),
            sites.blocker(self._run, sites.in_admin_group),
            apps.blocker(self._api),
        )

    def find(self, name: str, way: str) -> Blocker | None:
        """The blocker of this name and way; for websites that of the service then in use."""
        if name == "sites" and way.startswith(sites.WAY):
            return sites.of(way, self._run)
        here: dict[str, Callable[[], Blocker]] = {
            "notifications": lambda: notifications.Shortcuts(paths.focus_folder(), self._run),
            "awake": lambda: Awake(hold=awake.hold),
            "apps": lambda: apps.blocker(self._api),
        }
        found = here[name]() if name in here else None
        return found if found is not None and found.way == way else None

    def at_login(self) -> AtLogin:
        """The agent in the person's own folder."""
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", "coachdesk.focus.restore")

    def running(self) -> tuple[Running, ...]:
        """The programs with a place in the Dock."""
        from coachdesk.focus.kept_down import running

        return running(apps.Dock(self._api))

    def ending(self, call: Callable[[], object]) -> Closing:  # noqa: ARG002
        """Nothing to hear: at logout macOS ends processes by SIGTERM, which the guardian hears anyway."""
        return Nothing()
