"""One piece of work beside the window: how far it is, and what becomes of it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refused
from coachdesk.ui.bridge import Bridge
from coachdesk.ui.tasks import Progress, Tasks
from coachdesk.ui.widgets.page import FakeShell
from coachdesk.ui.widgets.under_way import UnderWay


class Slow:
    """Work that says how far it is until it may go on, and once more then, whether it is wanted or not."""

    def __init__(self, first: float, then: float) -> None:
        self._first, self._then = first, then
        self.go_on = threading.Event()

    def __call__(self, *, progress: Progress) -> float:
        """Its outcome is how far it came."""
        while not self.go_on.wait(0.02):
            if not progress.cancelled:
                progress(self._first)
        progress(self._then)
        return self._then


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[FakeShell]:
    made = FakeShell(Bridge(), Tasks(), None)
    yield made
    made.tasks.close()


@pytest.fixture
def under_way(qtbot: QtBot, shell: FakeShell) -> Iterator[UnderWay]:
    page = QWidget()
    qtbot.addWidget(page)
    made = UnderWay(shell, "Writing", page)
    yield made
    page.close()


def test_what_is_told_to_stop_rests_once_it_has_stopped(qtbot, under_way):
    work, told = Slow(0.2, 0.9), []
    under_way.stopped.connect(lambda: told.append("stopped"))
    under_way.begin(work, done=told.append)
    qtbot.waitUntil(lambda: 200 == under_way.bar.value())
    under_way.stop()
    assert (True, []) == (under_way.busy, told)
    work.go_on.set()
    qtbot.waitUntil(lambda: not under_way.busy)
    assert ["stopped"] == told


def test_where_one_is_left_another_begins_at_once_and_the_first_is_not_heard_of_again(qtbot, shell, under_way):
    first, second, told = Slow(0.2, 0.9), Slow(0.4, 0.5), []
    under_way.stopped.connect(lambda: told.append("stopped"))
    under_way.begin(first, done=told.append)
    under_way.leave()
    under_way.begin(second, done=told.append)
    first.go_on.set()
    qtbot.waitUntil(lambda: 400 == under_way.bar.value())
    second.go_on.set()
    qtbot.waitUntil(lambda: not shell.tasks.busy)
    assert [0.5] == told


def test_a_refusal_is_told_in_the_window_unless_somebody_else_tells_it(qtbot, shell, under_way):
    def refused(*, progress: Progress) -> None:
        raise Refused("The disk is full.")

    heard: list[Exception] = []
    under_way.begin(refused, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: not under_way.busy)
    assert ([], ["The disk is full."]) == (shell.said, [str(each) for each in heard])
    under_way.begin(refused, done=heard.append)
    qtbot.waitUntil(lambda: not under_way.busy)
    assert (["The disk is full."], 1) == (shell.said, len(heard))
