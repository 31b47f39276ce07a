"""Ends a program under test that imports what belongs to the window's thread on another: a race it would seldom lose.

PySide keeps the types it makes in a table that the window's thread reads without Python's lock. Types that another
thread made meanwhile ended every other week of the frozen program in ``test_week``, and hardly one from source.
"""

import os
import sys
import threading
import traceback

OWN = ("PySide6", "coachdesk.ui")
"""What is imported on the window's thread alone."""
BROKEN = 70
"""The exit code of a program that did not keep to it."""


def keep() -> None:
    """From now on, in this process."""
    sys.addaudithook(_look)


def _look(event: str, arguments: tuple[object, ...]) -> None:
    if event != "import" or threading.current_thread() is threading.main_thread():
        return
    name = str(arguments[0])
    if any(name == own or name.startswith(f"{own}.") for own in OWN):
        print(f"{name} is imported on another thread than the window's:", file=sys.stderr)
        traceback.print_stack()
        sys.stderr.flush()
        os._exit(BROKEN)
