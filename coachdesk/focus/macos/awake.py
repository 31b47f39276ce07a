"""Keeping the screen of a Mac on, by caffeinate(8), which ends with the process it is told to wait for."""

import os
import subprocess

from coachdesk.focus.awake import Release, may_go_dark
from coachdesk.focus.blockers import Failed

CAFFEINATE = "/usr/bin/caffeinate"


def hold(program: str = CAFFEINATE) -> Release:
    """Keep the screen on, and the computer awake, until the release or the end of this process; raises Failed.

    wakepy's ``caffeinate -d cat`` ends when a pipe from us does, which another child of ours could hold open; ``-w``
    waits for our process itself.
    """
    command = (program, "-dis", "-w", str(os.getpid()))
    try:
        holding = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as why:
        raise Failed(may_go_dark()) from why

    def release() -> None:
        holding.terminate()
        try:
            holding.wait(1.0)
        except subprocess.TimeoutExpired:
            holding.kill()
            holding.wait()

    return release
