"""A form from data: every setting has a control, and a refusal stands under it in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coachdesk.settings import GROUPS, Settings, fields_of
from coachdesk.ui.widgets.forms import SettingForm

SHOWN = [(group, one.name) for group in GROUPS for one in fields_of(group) if one.shown]


@pytest.fixture
def form(qtbot, desk):
    """Build the form of a group; it lives as long as the test."""
    built: list[SettingForm] = []

    def made(group: str) -> SettingForm:
        built.append(SettingForm(group, desk.settings, desk.change_setting))
        qtbot.addWidget(built[-1])
        built[-1].show()
        return built[-1]

    return made


@pytest.mark.parametrize(("group", "name"), SHOWN)
def test_every_setting_has_a_control_with_a_name(form, group, name):
    control = form(group).control(name)
    named = [part.accessibleName() for part in [control, *control.findChildren(QWidget)] if part.accessibleName()]
    assert any(next(one for one in fields_of(group) if one.name == name).label in text for text in named)


def test_a_switch_is_applied_at_once(qtbot, desk, form):
    qtbot.mouseClick(form("appearance").control("reduce_motion"), Qt.MouseButton.LeftButton)
    assert desk.settings.appearance.reduce_motion


def test_a_choice_is_applied_at_once(qtbot, desk, form):
    control = form("appearance").control("look")
    qtbot.mouseClick(control._group.button(2), Qt.MouseButton.LeftButton)
    assert "dark" == desk.settings.appearance.look


def test_a_number_is_applied_when_it_is_typed_in_full(qtbot, desk, form):
    field = form("session").control("minutes").field
    field.selectAll()
    qtbot.keyClicks(field, "75")
    assert 50 == desk.settings.session.minutes
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert 75 == desk.settings.session.minutes


def test_a_process_check_is_added_and_taken_out(qtbot, desk, form):
    made = form("cues")
    control = made.control("process_checks")
    qtbot.keyClicks(control.line, "20")
    qtbot.keyClick(control.line, Qt.Key.Key_Return)
    assert ("50%", "20") == desk.settings.cues.process_checks
    made.show_settings(desk.settings)
    qtbot.mouseClick(control._buttons[0], Qt.MouseButton.LeftButton)
    assert ("20",) == desk.settings.cues.process_checks


def test_what_cannot_be_used_is_said_under_the_setting(qtbot, desk, form):
    made = form("cues")
    control = made.control("process_checks")
    qtbot.keyClicks(control.line, "sometimes")
    qtbot.keyClick(control.line, Qt.Key.Key_Return)
    assert "Process checks" in made.refusal("process_checks")
    assert ("50%",) == desk.settings.cues.process_checks == control.values


def test_a_shortcut_is_set_by_pressing_it(qtbot, desk, form):
    control = form("shortcuts").control("mark")
    qtbot.mouseClick(control.face, Qt.MouseButton.LeftButton)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(control.face, Qt.Key.Key_K, modifiers)
    assert "Ctrl+Alt+K" == desk.settings.shortcuts.mark == control.keys


def test_two_actions_with_one_shortcut_are_refused_in_words(qtbot, desk, form):
    made = form("shortcuts")
    control = made.control("mark")
    taken = desk.settings.shortcuts.promise
    qtbot.mouseClick(control.face, Qt.MouseButton.LeftButton)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(control.face, Qt.Key.Key_P, held)
    assert "Note a promise" in made.refusal("mark")
    assert taken != control.keys == desk.settings.shortcuts.mark


def test_escape_leaves_a_shortcut_as_it_was(qtbot, desk, form):
    control = form("shortcuts").control("mark")
    before = control.keys
    qtbot.mouseClick(control.face, Qt.MouseButton.LeftButton)
    qtbot.keyClick(control.face, Qt.Key.Key_Escape)
    assert before == control.keys == desk.settings.shortcuts.mark


def test_a_shortcut_can_be_given_up(qtbot, desk, form):
    control = form("shortcuts").control("mark")
    qtbot.mouseClick(control.none, Qt.MouseButton.LeftButton)
    assert "" == desk.settings.shortcuts.mark
    assert not control.none.isEnabled()


def test_other_values_are_shown_without_being_told(qtbot, desk, form):
    made = form("session")
    told = []
    desk.listeners.append(told.append)
    desk.change_setting("session.minutes", 90)
    told.clear()
    made.show_settings(desk.settings)
    assert (90, []) == (made.control("minutes").value, told)


def test_every_kind_of_setting_is_known():
    from coachdesk.ui.widgets.forms import _MAKERS

    assert {one.kind for group in GROUPS for one in fields_of(group, Settings()) if one.shown} <= set(_MAKERS)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("session.arrive_minutes", "1 minute"),
        ("privacy.retention_years", "1 year"),
        ("reminders.backup_days", "1 day"),
        ("hours.group_cap", "1 person"),
    ],
)
def test_one_of_anything_is_called_as_one(desk, form, key, words):
    desk.change_setting(key, 1)
    group, name = key.split(".")
    assert words == form(group).control(name).field.text()


@pytest.mark.parametrize("key", ["privacy.lock_minutes", "privacy.retention_years", "reminders.brief_minutes"])
def test_a_nought_that_means_never_is_shown_as_never(desk, form, key):
    desk.change_setting(key, 0)
    group, name = key.split(".")
    assert "never" == form(group).control(name).field.text()
