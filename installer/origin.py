"""From which state of the source a build comes: told inside the program, and the date that every file of it bears.

``python -m installer.origin FOLDER`` ends with 1 where a frozen folder has to be made anew.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from installer import ROOT

RELEASES = "COACHDESK_RELEASES"
"""The environment's name for the address at which releases are offered; only a release has one."""
EPOCH = "SOURCE_DATE_EPOCH"
"""The environment's name for the seconds since 1970 that stand for now (reproducible-builds.org)."""


def epoch() -> int:
    """The date of the commit, in seconds since 1970, unless the environment names another.

    Raises RuntimeError for a source without its history when the environment names none.
    """
    named = os.environ.get(EPOCH) or _git("log", "-1", "--format=%ct")
    if not named:
        raise RuntimeError(f"This source has no history; please set {EPOCH}.")
    return int(named)


def write(path: Path) -> Path:
    """Write ``build.json``: the commit ("" without a history), its date, and where releases are.

    And whether anything lies in the source that the commit does not hold, which then may be in the build.
    """
    told = {
        "commit": commit(),
        "changed": is_changed(),
        "built_on": datetime.fromtimestamp(epoch(), UTC).isoformat(),
        "releases": os.environ.get(RELEASES, ""),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told) + "\n", "utf-8")
    return path


def commit() -> str:
    """The present commit; "" without a history."""
    return _git("rev-parse", "HEAD")


def is_changed() -> bool:
    """Whether a file is changed, or new, and in no commit."""
    return bool(_git("status", "--porcelain", "--untracked-files=normal"))


def is_of_this_source(frozen: Path) -> bool:
    """Whether a frozen folder is of just the present source: of a changed one nobody can know."""
    try:
        told = json.loads((frozen / "_internal" / "resources" / "build.json").read_text("utf-8"))
    except FileNotFoundError:
        return False
    return bool(told["commit"]) and told["commit"] == commit() and not told.get("changed", True) and not is_changed()


def _git(*words: str) -> str:
    """What git prints; "" where there is no history, or no git."""
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


if __name__ == "__main__":
    sys.exit(not is_of_this_source(Path(sys.argv[1])))
