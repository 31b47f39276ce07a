"""What tests of the window stand on: a computer of plain values, locked records, and the program with its window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.focus.mode import FakeFocus
from coachdesk.focus.plan import Outcome
from coachdesk.machine.here import FakeMachine
from coachdesk.paths import Home
from coachdesk.sitting import Sitting
from coachdesk.storage import keys, store
from coachdesk.storage.keys import FakeKeychain
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.program import Program
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.theme import Theme
from tests.ui.hands import PASSPHRASE, unlock

Start = Callable[..., Program]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Qt's offscreen screen has no window manager, and says so."""
    item.add_marker(
        pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")
    )


@pytest.fixture
def machine(clock: Still) -> FakeMachine:
    """A computer made of plain values; its clock is ``clock``."""
    return FakeMachine(clock=clock)


@pytest.fixture
def focus() -> FakeFocus:
    """Focus mode made of plain values."""
    return FakeFocus()


@pytest.fixture
def locked(home: Home) -> tuple[bytes, str]:
    """Records that ``PASSPHRASE`` opens are in the home: their key and recovery code."""
    key, code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    return key, code


@pytest.fixture
def start(qtbot: QtBot, home: Home, machine: FakeMachine) -> Iterator[Start]:
    """Start the program with its window; it is put away after the test."""
    begun: list[Program] = []

    def begin(
        focus: FakeFocus | None = None, recovered: Outcome | None = None, keychain: FakeKeychain | None = None
    ) -> Program:
        program = Program(["coachdesk"], home, machine, machine, None, None if focus is None else lambda: focus)
        program.window.recovered = recovered
        if keychain is not None:
            program.opening.keychain_here = lambda: keychain
        begun.append(program)
        program.show()
        qtbot.waitUntil(lambda: program.begun)
        return program

    yield begin
    for program in begun:
        program.put_away()
        program.window.deleteLater()
        program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def unlocked(qtbot: QtBot, start: Start, locked: tuple[bytes, str]) -> Program:
    """The program with its records opened by their passphrase, and nothing under way."""
    program = start()
    unlock(qtbot, program)
    return program


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, desk: Desk, machine: FakeMachine) -> Iterator[MainWindow]:
    """The window with its real pages, at Today."""
    bridge, tasks = Bridge(), Tasks()
    desk.listeners.append(bridge.announce)
    theme = Theme(qapp, desk.settings)
    made = MainWindow(desk, bridge, tasks, theme)
    made.sitting = Sitting(desk, machine)
    made.show()
    made.start_at("today")
    qtbot.waitExposed(made)
    yield made
    for each in made.findChildren(QDialog):
        each.close()
    made.hide()  # not closed: that would ask about the session that runs
    made.forget_pages()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tasks.close()
    qapp.setStyleSheet("")
    theme.deleteLater()
