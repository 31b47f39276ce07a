"""What is left out of the frozen program is missed by nobody."""

import subprocess
import sys

import pytest

from installer import contents


@pytest.mark.program
def test_everything_imports_and_a_chart_is_drawn_without_what_is_left_out() -> None:
    command = [sys.executable, "-m", "tests.installer.without"]
    done = subprocess.run(command, cwd=contents.ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ("", "", 0) == (done.stdout, done.stderr, done.returncode)
