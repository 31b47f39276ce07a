"""A window for widgets of focus mode: it stands on a desk, on focus mode and on a computer of plain values."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.focus.blockers import FakeSystem
from coachdesk.focus.mode import FakeFocus
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.widgets.page import FakeShell


@pytest.fixture
def quiet_shell(qapp) -> Iterator[FakeShell]:
    """A shell with focus mode, whose news reach the window as they do in the program."""
    made = FakeShell(bridge=Bridge(), tasks=Tasks())
    made.focus, made.system = FakeFocus(), FakeSystem()
    made.focus.listeners.append(made.bridge.focus)
    yield made
    made.tasks.close()


@pytest.fixture
def settle(qtbot, quiet_shell):
    """Wait until no work is under way and its outcome is shown."""

    def settled() -> None:
        qtbot.waitUntil(lambda: not quiet_shell.tasks.busy)
        QApplication.processEvents()  # what was added to a card is shown

    return settled
