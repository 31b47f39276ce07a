"""When there is a bug: a report without a word of a client, and one calm screen."""

import errno
import os
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.errors import Refused
from coachdesk.practice import clients
from coachdesk.reports import MOST_REPORTS, report_of, store_report

SECRET = "Alice said she will leave"


def fail(words: str) -> None:
    """Fail while holding a client's words in every place an error can carry them."""
    raise ValueError(words) from KeyError(words)


@pytest.fixture
def error():
    try:
        fail(SECRET)
    except ValueError as raised:
        return raised


def test_the_report_says_where_and_not_what(error, now):
    text = report_of(error, now)
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_crash.py" in text
    assert "fail" in text
    assert "2026-03-02 12:00:00 UTC" in text
    assert "Alice" not in text


def test_the_report_names_no_folder_of_a_person(error, now):
    assert not any(line.strip().startswith(("/", "C:")) for line in report_of(error, now).splitlines())


def test_the_report_is_a_file_for_this_person_alone(error, home, now):
    path = store_report(report_of(error, now), home.logs, now)
    assert 0o600 == path.stat().st_mode & 0o777
    assert "Alice" not in path.read_text("utf-8")


def test_old_reports_go(home, clock):
    for _ in range(MOST_REPORTS + 3):
        clock.advance(60)
        last = store_report("a report", home.logs, clock.now())
    found = sorted(home.logs.glob("crash-*.txt"))
    assert (MOST_REPORTS, last) == (len(found), found[-1])


@pytest.fixture
def program(start, locked):
    return start()


def crash(program, error) -> None:
    program.reporter.take(type(error), error, error.__traceback__)


def press(qtbot, program, text: str) -> None:
    screen = program.reporter._screen
    button = next(one for one in screen.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_one_screen_is_shown_and_can_be_left(qtbot, program, error, capsys):
    crash(program, error)
    crash(program, error)
    screen = program.reporter._screen
    assert screen.isVisible()
    assert "Alice" not in screen.details.toPlainText()
    press(qtbot, program, "Go on")
    assert program.reporter._screen is None
    assert program.window.isVisible()
    assert "Alice" not in capsys.readouterr().err


def test_it_waits_while_the_keyboard_is_with_another_program(qtbot, program, error, capsys):
    other = QWidget(None, Qt.WindowType.Tool)  # what the reporter knows of a call: none of its windows is active
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    crash(program, error)
    assert program.reporter._screen is None
    assert 1 == len(list(program.desk.home.logs.iterdir()))
    other.close()
    program.window.activateWindow()
    qtbot.waitUntil(lambda: program.reporter._screen is not None)
    press(qtbot, program, "Go on")


def test_a_fault_that_comes_back_is_told_in_a_line(qtbot, program, error, capsys):
    crash(program, error)
    press(qtbot, program, "Go on")
    crash(program, error)
    assert program.reporter._screen is None
    assert "The same mistake of ours happened again." == program.window.message.sentence


def test_esc_goes_on(qtbot, program, error, capsys):
    crash(program, error)
    qtbot.keyClick(program.reporter._screen, Qt.Key.Key_Escape)
    assert program.reporter._screen is None
    assert program.window.isVisible()


def test_the_details_can_be_copied(qtbot, program, error, capsys):
    crash(program, error)
    press(qtbot, program, "Copy the details")
    assert "ValueError" in QGuiApplication.clipboard().text()
    press(qtbot, program, "Go on")


def test_quitting_from_it_ends_in_order(qtbot, program, error, capsys):
    crash(program, error)
    with qtbot.waitSignal(program.window.quitted):
        press(qtbot, program, "Quit")


def test_open_records_are_checked_before_they_are_called_safe(qtbot, program, error, locked, capsys):
    program.desk.open(locked[0])
    program.desk.do(clients.add, "Alice Example")
    crash(program, error)
    texts = [part.text() for part in program.reporter._screen.findChildren(type(program.window.message._words))]
    assert any("are whole" in text for text in texts)
    press(qtbot, program, "Go on")


def test_a_refusal_is_no_crash(program):
    refusal = Refused("The disk is full.")
    crash(program, refusal)
    assert program.reporter._screen is None
    assert "The disk is full." == program.window.message.sentence


def test_a_disk_that_fails_is_no_crash(program, home):
    pulled = OSError(errno.EIO, "in the system's words", str(home.backups))
    program.reporter.take(OSError, pulled, None)
    assert (None, True) == (program.reporter._screen, "The disk reported an error" in program.window.message.sentence)


@pytest.mark.parametrize(
    ("number", "place"), [(errno.ENOENT, "backups"), (errno.EIO, "../elsewhere"), (None, "backups")]
)
def test_a_file_of_ours_that_is_not_there_or_any_other_disk_is_one(qtbot, program, home, number, place, capsys):
    error = OSError(number, "words", os.path.normpath(home.root / place)) if number else OSError("words")
    program.reporter.take(OSError, error, None)
    qtbot.waitUntil(lambda: program.reporter._screen is not None)
    assert "OSError" in capsys.readouterr().err or number
    program.reporter._screen.reject()


def test_a_folder_that_cannot_be_written_changes_nothing(qtbot, program, error, home, capsys):
    home.logs.write_text("a file where the folder should be")
    crash(program, error)
    assert program.reporter._screen.isVisible()
    press(qtbot, program, "Go on")


def test_errors_are_taken_from_python_and_given_back(program):
    before = sys.excepthook
    program.reporter.install()
    assert program.reporter.take == sys.excepthook
    program.reporter.uninstall()
    assert before == sys.excepthook


def test_a_fault_in_a_thread_is_reported_without_its_words(qtbot, program, capsys):
    program.reporter.install()
    failing = threading.Thread(target=fail, args=(SECRET,))
    failing.start()
    failing.join()
    program.reporter.uninstall()
    qtbot.waitUntil(lambda: program.reporter._screen is not None)
    assert "ValueError" in program.reporter._screen.details.toPlainText()
    assert "Alice" not in capsys.readouterr().err + program.reporter._screen.details.toPlainText()
    press(qtbot, program, "Go on")
