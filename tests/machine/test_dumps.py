"""A crash leaves no file of the memory in which a client's records lie open."""

import resource
import subprocess
import sys
from pathlib import Path

DYING = """
import os
from coachdesk.__main__ import main
main(["--version"])
words = "Alice said she will leave"
os.abort()
"""


def allow_dumps() -> None:
    """As on a computer whose person wants them."""
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)


def test_a_crash_leaves_nothing_of_the_memory(tmp_path: Path) -> None:
    place = tmp_path / "where it died"
    place.mkdir()
    died = subprocess.run([sys.executable, "-c", DYING], cwd=place, preexec_fn=allow_dumps, check=False)
    assert -6 == died.returncode
    assert [] == list(place.iterdir())
