"""The window: everything that imports PySide6. ``run`` shows it, then opens the records."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

import PySide6.QtCore  # noqa: F401  # brings the hook that is taken out below

# PySide6 hooks itself into every import for the sake of "from __feature__ import …", which nothing here says. The hook
# reads the source of each module imported (PYSIDE-2029: inspect.getsource), and Python keeps its lines: 24 MB, and a
# quarter of the time that importing takes. "__orig_import__" is what was there before it: not Python's own import, but
# PySide's "__lazy_import__", without which "from PySide6.QtGui import *" finds only classes that were used already.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

if TYPE_CHECKING:
    from pathlib import Path

    from coachdesk.clock import Clock
    from coachdesk.focus.mode import Focus
    from coachdesk.focus.plan import Outcome
    from coachdesk.instance import Instance
    from coachdesk.machine.here import Machine
    from coachdesk.paths import Home
    from coachdesk.rehearse.guided import Guided


def run(
    home: Home,
    machine: Machine,
    clock: Clock,
    instance: Instance | None = None,
    rehearsal: Guided | None = None,
    recovered: Outcome | None = None,
    *,
    minimised: bool = False,
    file: Path | None = None,
) -> int:
    """Show the window for a home until the coach quits; returns the exit code. A rehearsal brings its own records.

    ``recovered`` is what was put back of a focus mode that was killed, for the first screen to say. ``minimised``
    leaves the window in the taskbar until it is asked for. ``file`` is one that was opened with CoachDesk.

    The first window is on screen before the libraries of the database are loaded. A rehearsal leaves the machine as
    it is.
    """
    from coachdesk.ui.program import Program

    program = Program(sys.argv[:1], home, machine, clock, rehearsal, None if rehearsal else real_focus)
    program.window.recovered = recovered
    program.minimised = minimised
    if file is not None:
        program.handed.take(file)
    if instance is not None:
        instance.serve(program.bridge.handle)
    return program.carry_on()


def real_focus() -> Focus:
    """Focus mode of this computer; imported when it is asked for, which is after the first window is painted."""
    from coachdesk.focus.mode import Mode

    return Mode()
