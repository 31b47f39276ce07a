"""Focus mode in the settings: all of it follows the settings and how focus mode stands."""

import threading

import pytest

from coachdesk.focus.blockers import FakeSystem
from coachdesk.focus.plan import Outcome
from coachdesk.ui.widgets.focus_settings import FocusSettings
from tests.ui.hands import press, words_on


@pytest.fixture
def part(qtbot, desk, quiet_shell):
    made = FocusSettings(desk, quiet_shell)
    qtbot.addWidget(made)
    made.show()
    desk.listeners.append(lambda _touched: made.show_settings(desk.settings))
    return made


def test_a_change_elsewhere_is_shown_everywhere(desk, part):
    for name, value in (
        ("notifications", False), ("site_groups", ["news"]), ("own_sites", ["a.example"]),
        ("programs", [("chess", "Chess")]),
    ):  # fmt: skip
        desk.change_setting(f"focus.{name}", value)
    assert not part.form.form.control("notifications").isChecked()
    assert part.groups.rows["news"].toggle.isChecked()
    assert ["a.example"] == [row.host for row in part.sites.rows]
    assert ["chess"] == list(part.programs.rows)


def test_what_is_told_from_another_thread_is_shown(qtbot, quiet_shell, part):
    press(part, "Begin")
    ending = threading.Thread(target=quiet_shell.focus.leave)
    ending.start()
    ending.join()
    qtbot.waitUntil(part.now.begin.isVisible)


def test_what_could_not_be_put_back_at_the_end_stands_first(qtbot, quiet_shell, part):
    press(part, "Begin")
    quiet_shell.focus.outcome = Outcome(by_hand=("Switch the banners on.",))
    press(part, "End now")
    qtbot.waitUntil(part.left.isVisible)
    assert words_on(part).startswith("Please put this back yourself")


def test_putting_everything_back_shows_how_it_stands_then(qtbot, quiet_shell, part, settle):
    press(part, "Begin")
    quiet_shell.focus.outcome = Outcome(by_hand=("Switch the banners on.",))
    press(part, "Put everything back now")
    settle()
    assert part.now.begin.isVisible()
    assert part.left.isVisible()


def test_the_computer_can_be_another_one(qtbot, desk, quiet_shell):
    other = FakeSystem()
    part = FocusSettings(desk, quiet_shell, system=other)
    qtbot.addWidget(part)
    assert other is part.check._system


def test_without_another_one_it_is_this_computer(qtbot, desk, quiet_shell):
    quiet_shell.system = None
    part = FocusSettings(desk, quiet_shell)
    qtbot.addWidget(part)
    assert ["notifications", "awake", "sites", "apps"] == [one.name for one in part.check._system.blockers()]


def test_a_window_without_news_shows_it_too(qtbot, desk, quiet_shell):
    quiet_shell.bridge = None
    part = FocusSettings(desk, quiet_shell)
    qtbot.addWidget(part)
    assert part.now.how.text()
