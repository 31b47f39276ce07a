"""Records beside the program that are another user's: a click shows why in a window, a command in a line."""

import os
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from coachdesk.__main__ import main
from tests import owners

WHY = "The records beside the program belong to another user of this computer, and were left alone: {folder}. "


@pytest.fixture
def why(tmp_path, monkeypatch):
    """A stick that was another user's on another computer, as the program on it is."""
    folder = tmp_path / "CoachDesk records"
    folder.mkdir()
    (tmp_path / "coachdesk").mkdir()
    owners.tell(monkeypatch, dict.fromkeys([folder, tmp_path / "coachdesk", tmp_path], os.getuid() + 1))
    monkeypatch.delenv("COACHDESK_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "coachdesk" / "coachdesk"))
    return WHY.format(folder=folder)


def test_a_start_by_a_click_says_it_in_a_window_till_it_is_closed(qtbot, why, capsys):
    shown = []

    def look():
        window = QApplication.activeModalWidget()
        shown.append((window.sentence.text(), window.focusWidget() is window.leave))
        window.leave.click()

    QTimer.singleShot(0, look)
    assert 1 == main([])
    assert [(capsys.readouterr().err.strip(), True)] == shown
    assert shown[0][0].startswith(why)


@pytest.mark.parametrize("words", [["--minimised"], ["client", "list"], ["init"], ["rehearse"]])
def test_what_was_not_opened_by_a_click_says_it_in_a_line(why, words, capsys):
    assert 1 == main(words)
    assert capsys.readouterr().err.startswith(why)


def test_without_a_screen_a_line_is_all(why, capsys, monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    assert 1 == main([])
    assert capsys.readouterr().err.startswith(why)


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["--restore-only"], ["focus", "undo"], ["focus", "off"]])
def test_what_needs_no_records_goes_on(why, words, capsys):
    assert 0 == main(words)
    assert "" == capsys.readouterr().err


def test_with_a_folder_named_it_begins(why, tmp_path, capsys):
    assert 1 == main(["--home", str(tmp_path / "others"), "client", "list"])
    assert capsys.readouterr().err.startswith("There are no records in")
