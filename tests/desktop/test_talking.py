"""A program that a test talks with is waited for as long as it works."""

import subprocess
import sys

import pytest

from tests.desktop.talking import speaks

AT_WORK = "import time; end = time.process_time() + 1.5\nwhile time.process_time() < end: pass\nprint('done')"
AT_REST = "import sys; sys.stdin.read()"


@pytest.mark.parametrize(("said", "program"), [(True, AT_WORK), (False, AT_REST)])
def test_it_is_waited_for_until_it_rests(said: bool, program: str) -> None:
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert said is speaks(process, 0.3)
