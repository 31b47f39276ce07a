"""The contract of what a system starts when the person logs in, its fake, and the command that opens the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coachdesk import paths

MINIMISED = "--minimised"
"""Given to the program, it opens its window minimised."""


class AtLogin(Protocol):
    """Something the system starts at the next login."""

    def installed(self) -> bool:
        """Whether it is there, and not switched off by the person."""
        ...

    def install(self, command: Sequence[str]) -> None:
        """Put it there, or bring it up to date; what the person switched off stays so. Raises Refused."""
        ...

    def remove(self) -> None:
        """Take it away; does nothing where there is none; raises Refused."""
        ...


@dataclass
class FakeAtLogin:
    """A login entry that is a plain value."""

    command: tuple[str, ...] | None = None

    def installed(self) -> bool:
        """Whether there is a command."""
        return self.command is not None

    def install(self, command: Sequence[str]) -> None:
        """Keep the command."""
        self.command = tuple(command)

    def remove(self) -> None:
        """Forget the command."""
        self.command = None


def set_start(entry: AtLogin, on: bool, home: paths.Home) -> None:
    """Have the window opened at login on these records, or no longer; raises Refused.

    Asked for here, it also holds where the person had switched it off in the settings of the system. Records that
    travel with the program are found beside it, wherever that lies then.
    """
    entry.remove()
    if on:
        where = [] if home.portable else ["--home", str(home.root)]
        entry.install([*paths.program(), *where, MINIMISED])
