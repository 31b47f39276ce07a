"""Which build of the program runs here: of which commit, from which day, and where its releases are offered."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coachdesk import paths

SHORT = 9
"""Digits of a commit that name it well enough for a person."""
PATIENCE = 5.0
"""Seconds in which git has to tell of a source tree."""


@dataclass(frozen=True)
class Build:
    """One copy of the program; empty texts and no day where it does not know."""

    commit: str = ""
    """Forty hexadecimal digits."""
    day: date | None = None
    """The day (UTC) of that commit; a copy is as old as what is in it, whenever it was put together."""
    releases: str = ""
    """The address of a page where releases are offered."""
    packed: bool = False
    """Whether it is an installed program; else it runs from its source."""
    changed: bool = False
    """Whether it was packed with something in the source that this commit does not hold."""

    @property
    def short(self) -> str:
        """The commit, as it is told a person."""
        return self.commit[:SHORT]


def this() -> Build:
    """The build that runs here: what was packed with the program, or what git says of the source tree.

    Git is a process of a few milliseconds; nobody asks on the way to the first window.
    """
    if not getattr(sys, "frozen", False):
        return from_git(Path(__file__).parent.parent)
    try:
        content = json.loads((paths.resources() / "build.json").read_bytes())
    except (OSError, ValueError):
        content = {}
    return packed(content if isinstance(content, dict) else {})


def packed(content: Mapping[str, Any]) -> Build:
    """What ``build.json`` says: ``commit``, ``changed``, ``built_on`` (ISO, the date of the commit), ``releases``."""
    commit, releases = content.get("commit"), content.get("releases")
    return Build(
        commit if isinstance(commit, str) else "",
        _day(content.get("built_on")),
        releases if isinstance(releases, str) and releases.startswith("https://") else "",
        packed=True,
        changed=content.get("changed") is True,
    )


def from_git(root: Path) -> Build:
    """What git says of a source tree; nothing where it is none of git's, or there is no git."""
    folder = root / ".git"
    if not folder.exists():
        return Build()
    try:
        told = subprocess.run(
            ["git", f"--git-dir={folder}", "log", "-1", "--no-show-signature", "--format=%H %cI"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return Build()
    commit, _space, moment = told.stdout.strip().partition(" ")
    return Build(commit, _day(moment))


def notices() -> Path | None:
    """The licences of everything that is packed with the program; None where there is no such file, as from source."""
    here = Path(sys.executable).resolve().parent
    places = (here, here.parent / "Resources", Path(getattr(sys, "_MEIPASS", here)))
    found = (place / "NOTICES.txt" for place in places)
    return next((file for file in found if file.is_file()), None) if getattr(sys, "frozen", False) else None


def _day(moment: object) -> date | None:
    try:
        at = datetime.fromisoformat(moment) if isinstance(moment, str) else None
    except ValueError:
        return None
    if at is None:
        return None
    return at.date() if at.tzinfo is None else at.astimezone(UTC).date()
