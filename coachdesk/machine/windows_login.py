"""What Windows runs at login, by the key ``Run`` of the person's own registry.

``RunOnce`` would delete itself before it runs and have to be written anew for every session, and once it has failed
nothing is left; one lasting entry is simplest, is shown to the person in the Task Manager under "Startup apps", and is
taken away again by ``remove``. Entries of either key may be 260 characters long at most ("Run and RunOnce Registry
Keys", learn.microsoft.com).
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.errors import Refused
from coachdesk.machine.registry import USER, Registry
from coachdesk.words import _

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
LONGEST = 260


@dataclass(frozen=True)
class RunEntry:
    """One entry of ours."""

    registry: Registry
    name: str
    """As the Task Manager shows it."""

    def installed(self) -> bool:
        """Whether there is one."""
        return self.registry.read(USER, RUN, self.name) is not None

    def install(self, command: Sequence[str]) -> None:
        """Write it, unless it says the same already; raises Refused."""
        line = subprocess.list2cmdline(command)
        if len(line) > LONGEST:
            raise Refused(
                _("CoachDesk lies too deep in the folders of this computer to be started by Windows at login.")
            )
        if self.registry.read(USER, RUN, self.name) == line:
            return
        try:
            self.registry.write(USER, RUN, self.name, line)
        except OSError as why:
            raise Refused(_("Windows did not let CoachDesk be started at login.")) from why

    def remove(self) -> None:
        """Take it away; raises Refused."""
        try:
            self.registry.remove(USER, RUN, self.name)
        except OSError as why:
            raise Refused(_("Windows did not let CoachDesk be taken from what it starts at login.")) from why
