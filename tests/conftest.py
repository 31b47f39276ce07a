"""What every test stands on: a still clock, an empty home, a private environment, and nothing left behind."""

import gc
import itertools
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import hypothesis
import pytest

from coachdesk.clock import Now, Still
from coachdesk.paths import Home

if TYPE_CHECKING:
    from sqlmodel import Session

    from coachdesk.desk import Desk
    from coachdesk.storage.store import Store

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# How long an example takes says how busy the machine is, not whether the program is right.
hypothesis.settings.register_profile(
    "ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("ours")

for _name in ("SIGINT", "SIGHUP"):  # which a shell in the background and nohup have all that they start ignore
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)

gc.disable()  # by itself it would sweep on any thread, and a widget that ends elsewhere than on Qt's ends the process

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

PERSONAL = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XAUTHORITY", "COACHDESK_PASSPHRASE")
"""Ways into the real desktop of the person who runs the tests; no test may take them."""


@pytest.fixture
def clock() -> Still:
    """A clock standing at noon UTC, moved by hand."""
    return Still.at(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))


@pytest.fixture
def now(clock: Still) -> Now:
    """The reading of ``clock`` when the test begins: 2026-03-02 12:00 UTC."""
    return clock.now()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty folder for records and settings; also what ``COACHDESK_HOME`` names."""
    root = tmp_path / "home"
    root.mkdir()
    return Home(root)


KEY = bytes(range(32))
"""The data key of the records that tests work on."""


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encrypted records without a row, made once and copied for each test."""
    from coachdesk.storage import store

    path = tmp_path_factory.mktemp("records") / "records.db"
    store.create(path, KEY).close()
    return path


@pytest.fixture
def desk(clock: Still, home: Home, empty_records: Path) -> Iterator["Desk"]:
    """A desk with unlocked, empty records, which does not wait until the disk has what it was told to keep."""
    from coachdesk.desk import Desk
    from coachdesk.storage import store

    shutil.copyfile(empty_records, home.records)
    opened = Desk(clock, home)
    opened.adopt(without_waiting_for_the_disk(store.open(home.records, KEY)))
    yield opened
    opened.close()


def without_waiting_for_the_disk(records: "Store") -> "Store":
    """Records that a power cut may take; only the tests of the store itself need more, and this is much faster."""
    from sqlalchemy import event

    @event.listens_for(records.engine, "connect")
    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    return records


@pytest.fixture
def db(desk: "Desk") -> Iterator["Session"]:
    """One transaction on empty records, for verbs called directly; rolled back at the end."""
    with desk.store.session() as session:
        yield session


@pytest.fixture(autouse=True)
def private_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the person's own records, folders, keychain, screen and settings out of reach.

    Runtime and temporary folders are short because the path of a Unix socket has at most 107 bytes.
    """
    short = Path(tempfile.mkdtemp(prefix="desk-", dir="/tmp" if os.name == "posix" else None))
    for name, folder in {
        "COACHDESK_HOME": tmp_path / "home",
        "HOME": tmp_path / "person",
        "XDG_DATA_HOME": tmp_path / "person" / "data",
        "XDG_CONFIG_HOME": tmp_path / "person" / "config",
        "XDG_CACHE_HOME": tmp_path / "person" / "cache",
        "XDG_STATE_HOME": tmp_path / "person" / "state",
        "XDG_RUNTIME_DIR": short / "run",
        "TMPDIR": short / "tmp",
    }.items():
        if name != "COACHDESK_HOME":
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    for name in PERSONAL:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COACHDESK_NO_KEYCHAIN", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setattr(tempfile, "tempdir", None)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    shutil.rmtree(short, ignore_errors=True)


SWEEP_EVERY = 25
"""Tests between two sweeps of everything; the youngest things are swept after each."""
_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Let the cycle collector work between two tests, on the thread that owns the widgets.

    What is still there after a sweep of everything, such as modules, is there to stay; it is not looked at again.
    """
    yield
    if next(_tests) % SWEEP_EVERY == 1:
        gc.collect()
        gc.freeze()
    else:
        gc.collect(1)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, swept: None) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or an open window behind."""
    before = set(threading.enumerate())
    yield
    left = [f"the thread {thread.name}, now {_where(thread)}" for thread in _threads_left(before)]
    if "qtbot" in request.fixturenames:
        left += _qt_left()
    if left:
        pytest.fail("The test left behind: " + "; ".join(left), pytrace=False)


def _threads_left(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads begun since that would keep the program from ending, after a second of patience."""
    new = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in new:
        thread.join(timeout=1)
    return [thread for thread in new if thread.is_alive()]


def _where(thread: threading.Thread) -> str:
    """The line of our own code a thread is at, else the line of Python's."""
    frame = sys._current_frames().get(thread.ident or 0)
    if frame is None:
        return "ending"
    stack = traceback.extract_stack(frame)
    ours = [line for line in stack if "coachdesk" in line.filename or "tests" in line.filename]
    last = (ours or stack)[-1]
    return f"in {last.filename}:{last.lineno}"


def _qt_left() -> list[str]:
    """What Qt still shows or runs, in words; all of it is stopped, so that only the test at fault is blamed."""
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication

    left = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            left.append(
                f"the window {type(window).__name__} ({window.windowTitle() or window.objectName() or 'no title'})"
            )
            window.hide()
    if not QThreadPool.globalInstance().waitForDone(1000):
        left.append("work in the thread pool")
    return left + _timers_and_threads_left()


def _timers_and_threads_left() -> list[str]:
    """Every running QTimer and QThread that Python knows, and whose it is."""
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    left = []
    for thing in gc.get_objects():
        if not issubclass(type(thing), QTimer | QThread) or not isValid(thing):
            continue
        whose = f" of {type(thing.parent()).__name__}" if thing.parent() else ""
        if isinstance(thing, QTimer) and thing.isActive():
            left.append(f"a running QTimer{whose}, every {thing.interval()} ms")
            thing.stop()
        elif isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread():
            left.append(f"a running QThread{whose}")
            thing.quit()
            thing.wait(1000)
    return left


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one."""
    report = yield
    return _skipped_is_failed(report, item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped test module into a failed one."""
    report = yield
    return _skipped_is_failed(report, collector.nodeid)


def _skipped_is_failed(report: Report, name: str) -> Report:
    """The report, failed if it said skipped: what a machine needs for the tests, ``make test`` installs."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{name} was skipped, and no test may be. {reason}"
    return report
