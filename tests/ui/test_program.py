"""The program as a whole: it starts, answers other starts, remembers, and ends without leaving anything behind."""

import threading

from coachdesk.settings import load
from coachdesk.ui.theme import DARK


def test_another_start_brings_the_window_forward(qtbot, start):
    program = start()
    program.window.step_aside()
    assert {"ok": None} == program.answer({"verb": "raise"})
    assert not program.window.isMinimized()


def test_another_start_asks_from_its_own_thread(qtbot, start):
    program = start()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(program.bridge.handle({"verb": "raise"})), daemon=True)
    thread.start()
    qtbot.waitUntil(lambda: answers == [{"ok": None}])


def test_a_verb_handed_over_by_the_command_line_is_answered(start):
    answer = start().answer({"verb": "make.coffee"})
    assert "ok" not in answer


def test_what_could_not_be_used_in_the_settings_is_said(home, start):
    home.settings.write_text("[session]\nminutes = 'soon'\n")
    program = start()
    assert program.desk.settings.problems
    assert program.window.message.sentence in program.desk.settings.problems


def test_the_appearance_changes_at_once(start):
    program = start()
    program.desk.change_setting("appearance.look", "dark")
    assert DARK == program.theme.colours


def test_the_place_of_the_window_is_on_disk_after_quitting(home, start):
    program = start()
    program.window.setGeometry(10, 20, 800, 600)
    program.window.close()
    assert (10, 20, 800, 600, False) == load(home.settings).window.geometry
