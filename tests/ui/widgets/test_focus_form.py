"""The switches of focus mode, and what the one for the next login takes away."""

import pytest

from coachdesk import paths
from coachdesk.focus.blockers import Failed
from coachdesk.focus.plan import Plan
from coachdesk.machine.login import FakeAtLogin
from coachdesk.ui.widgets.focus_form import FocusForm
from tests.ui.hands import press


@pytest.fixture
def form(qtbot, desk, quiet_shell):
    made = FocusForm(desk, quiet_shell, quiet_shell.system)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Quiet during sessions", "with_sessions"), ("Hold notifications back", "notifications"),
        ("Keep the screen on", "awake"), ("Keep chosen websites away", "sites"),
        ("Keep chosen programs down", "apps"), ("Look again at the next login", "at_login"),
    ],
)  # fmt: skip
def test_each_switch_changes_its_setting(desk, form, settle, words, name):
    press(form, words)
    assert getattr(desk.settings.focus, name) is False
    settle()


def test_switching_the_next_login_off_takes_its_entry_away(quiet_shell, form, settle):
    quiet_shell.system.login.install(("coachdesk",))
    press(form, "Look again at the next login")
    settle()
    assert not quiet_shell.system.login.installed()


def test_other_switches_leave_the_entry(quiet_shell, form, settle):
    quiet_shell.system.login.install(("coachdesk",))
    press(form, "Keep the screen on")
    settle()
    assert quiet_shell.system.login.installed()


def test_switching_it_on_again_while_it_is_quiet_puts_the_entry_back_at_once(desk, quiet_shell, form, settle):
    quiet_shell.focus.enter(Plan.of(desk.settings, 60.0))
    quiet_shell.system.login.install(("coachdesk",))
    press(form, "Look again at the next login")
    settle()
    assert not quiet_shell.system.login.installed()
    press(form, "Look again at the next login")
    settle()
    assert (*paths.program(), "--restore-only") == quiet_shell.system.login.command
    assert [] == quiet_shell.said


def test_what_is_switched_while_it_is_quiet_holds_from_the_next_time(desk, quiet_shell, form, settle):
    press(form, "Keep the screen on")
    assert [] == quiet_shell.said
    quiet_shell.focus.enter(Plan.of(desk.settings, 60.0))
    press(form, "Keep chosen websites away")
    assert ["This holds from the next time focus mode begins."] == quiet_shell.said


def test_switching_it_on_again_puts_nothing_there_by_itself(quiet_shell, form, settle):
    press(form, "Look again at the next login")
    press(form, "Look again at the next login")
    settle()
    assert not quiet_shell.system.login.installed()


class Kept(FakeAtLogin):
    """An entry that cannot be taken away."""

    def __init__(self, error: Exception) -> None:
        super().__init__(("coachdesk",))
        self.error = error

    def remove(self):
        raise self.error


def test_an_entry_that_cannot_be_taken_away_is_told(desk, quiet_shell, form, settle):
    quiet_shell.system.login = Kept(Failed("The entry could not be removed."))
    press(form, "Look again at the next login")
    settle()
    assert ["The entry could not be removed."] == quiet_shell.said
    assert desk.settings.focus.at_login is False


def test_a_bug_there_reaches_the_crash_screen(qtbot, quiet_shell, form, settle):
    quiet_shell.system.login = Kept(RuntimeError())
    with qtbot.captureExceptions() as caught:
        press(form, "Look again at the next login")
        settle()
    assert [RuntimeError] == [kind for kind, _error, _trace in caught]


def test_a_change_elsewhere_is_shown(desk, form):
    desk.change_setting("focus.sites", False)
    form.show_settings(desk.settings)
    assert not form.form.control("sites").isChecked()
