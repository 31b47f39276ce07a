"""Slow work is done elsewhere, and its outcome comes back to the window's thread."""

import threading

import pytest
from PySide6.QtCore import QObject, Slot

from coachdesk.errors import Refused
from coachdesk.ui.tasks import Tasks


class Waiting(QObject):
    """Somebody who waits for an outcome."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.told_on: list[threading.Thread] = []

    @Slot(object)
    def done(self, value: object) -> None:
        self.values.append(value)
        self.told_on.append(threading.current_thread())

    @Slot(object)
    def failed(self, error: Exception) -> None:
        self.errors.append(error)


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def waiting(qapp):
    return Waiting()


def refuse() -> None:
    raise Refused("No.")


def test_work_is_done_on_a_thread_of_its_own_and_told_on_the_window_s(qtbot, tasks, waiting):
    tasks.run(threading.current_thread, done=waiting.done)
    qtbot.waitUntil(lambda: waiting.values != [])
    assert threading.main_thread() is not waiting.values[0]
    assert [threading.main_thread()] == waiting.told_on
    assert not tasks.busy


def test_work_gets_its_arguments(qtbot, tasks, waiting):
    tasks.run(pow, 2, 5, done=waiting.done)
    qtbot.waitUntil(lambda: waiting.values == [32])


def test_a_refusal_comes_back(qtbot, tasks, waiting):
    tasks.run(refuse, done=waiting.done, failed=waiting.failed)
    qtbot.waitUntil(lambda: waiting.errors != [])
    assert "No." == waiting.errors[0].sentence
    assert [] == waiting.values


def test_an_error_nobody_waits_for_reaches_the_crash_screen(qtbot, tasks):
    with qtbot.captureExceptions() as caught:
        task = tasks.run(refuse)
        qtbot.waitSignal(task.ended).wait()
        qtbot.waitUntil(lambda: caught != [])
    assert Refused is caught[0][0]


def test_work_tells_how_far_it_is(qtbot, tasks, waiting):
    go = threading.Event()

    def work(progress):
        go.wait(5)
        progress(0.5)
        return "done"

    task = tasks.run(work, done=waiting.done, reports=True)
    with qtbot.waitSignal(task.progressed) as told:
        go.set()
    assert [0.5] == told.args
    qtbot.waitUntil(lambda: waiting.values == ["done"])


def test_what_is_cancelled_stops_and_tells_nobody(qtbot, tasks, waiting):
    asked, cancelled = threading.Event(), threading.Event()

    def work(progress):
        asked.set()
        cancelled.wait(5)
        progress(0.9)

    task = tasks.run(work, done=waiting.done, failed=waiting.failed, reports=True)
    assert asked.wait(5)
    with qtbot.waitSignal(task.ended):
        task.cancel()
        cancelled.set()
    assert ([], []) == (waiting.values, waiting.errors)


def test_work_that_is_told_to_stop_tells_whether_it_did(qtbot, tasks, waiting):
    told = []
    for share in ([1.0], []):  # it looks once more whether it is wanted, or it is too late for that
        go = threading.Event()

        def work(progress, go=go, share=share):
            go.wait(5)
            for each in share:
                progress(each)
            return "done"

        task = tasks.run(work, done=waiting.done, failed=waiting.failed, reports=True)
        task.stopped.connect(lambda: told.append("stopped"))
        with qtbot.waitSignal(task.ended):
            task.progress.cancel()
            go.set()
        told.extend(waiting.values)
    assert ["stopped", "done"] == told
    assert [] == waiting.errors


def test_whoever_is_gone_is_told_nothing(qtbot, tasks):
    waiting = Waiting()
    go = threading.Event()
    task = tasks.run(go.wait, 5, done=waiting.done)
    waiting.deleteLater()
    qtbot.waitUntil(lambda: not _alive(waiting))
    with qtbot.waitSignal(task.ended):
        go.set()
    assert [] == waiting.values


def _alive(thing: QObject) -> bool:
    import shiboken6

    return shiboken6.isValid(thing)


def test_closing_waits_for_what_is_under_way(qapp, waiting):
    tasks = Tasks()
    finished = threading.Event()
    tasks.run(finished.set, done=waiting.done)
    tasks.close()
    assert finished.is_set()
    assert not tasks.busy
    assert [] == waiting.values
