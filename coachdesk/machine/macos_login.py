"""What macOS runs at login: an agent in the person's own folder (launchd.plist(5)).

launchd reads the folder at each login; nothing is loaded now, as ``RunAtLoad`` would run it at once. From macOS 13 on
the person is told of it as a background item, and can switch it off in System Settings. Not run on a real Mac.
"""

import os
import plistlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

from coachdesk.errors import Refused
from coachdesk.words import _


@dataclass(frozen=True)
class LaunchAgent:
    """One agent of ours."""

    folder: Path
    """Usually ``~/Library/LaunchAgents``."""
    label: str
    """Its name, different from that of every other agent."""

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.label}.plist"

    def installed(self) -> bool:
        """Whether there is one."""
        return self._file.is_file()

    def install(self, command: Sequence[str]) -> None:
        """Write it, unless it says the same already; raises Refused."""
        wanted = {
            "Label": self.label,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
        }
        if self._read() == wanted:
            return
        part = self._file.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(plistlib.dumps(wanted))
            part.chmod(0o644)  # launchd takes none that others may write
            os.replace(part, self._file)  # noqa: PTH105  # as a whole or not at all
        except OSError as why:
            raise Refused(_("macOS did not let CoachDesk be started at login.")) from why

    def remove(self) -> None:
        """Take it away; raises Refused."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as why:
            raise Refused(_("macOS did not let CoachDesk be taken from what it starts at login.")) from why

    def _read(self) -> object:
        try:
            return plistlib.loads(self._file.read_bytes())
        except (OSError, plistlib.InvalidFileException, ExpatError, ValueError):
            return None
