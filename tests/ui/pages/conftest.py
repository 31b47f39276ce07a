"""What tests of pages stand on: a desk with open records, a window that remembers, and a page on screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Slot
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.desk import Desk
from coachdesk.machine.here import FakeMachine
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.sitting import Sitting
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.widgets.page import FakeShell, Page

Show = Callable[..., Page]


class Router(QObject):
    """Lets a page hear of changed records, as the window does."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    @Slot(object)
    def hear(self, touched: frozenset[type]) -> None:
        """Refresh the page if the change concerns it."""
        if self._page.concerns & touched:
            self._page.refresh()


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk, machine: FakeMachine) -> FakeShell:  # there must be an application
    """A window that remembers where it was sent and what it said."""
    bridge = Bridge()
    desk.listeners.append(bridge.announce)
    return FakeShell(bridge, Tasks(), Sitting(desk, machine))


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, shell: FakeShell) -> Iterator[Show]:
    """Put a page on screen, about something."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))

    def shown(page_class: type[Page], **what: object) -> Page:
        page = page_class(desk, shell)
        qtbot.addWidget(page)
        shell.bridge.changed.connect(Router(page).hear)
        page.resize(1000, 800)
        page.arrive(**what)
        page.show()
        page.activateWindow()
        QApplication.processEvents()
        return page

    yield shown
    QLocale.setDefault(before)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def ana(desk: Desk) -> Client:
    """A client."""
    return desk.do(
        clients.add, "Ana Lindqvist", short_name="Ana", planned_sessions=10, call_link="https://meet.example.org/ana"
    )
