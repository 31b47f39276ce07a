"""Every setting carries what a form needs, and the defaults are the calm ones."""

import subprocess
import sys
from dataclasses import fields

import pytest

from coachdesk import settings
from coachdesk.clock import Phase
from coachdesk.errors import Refused
from coachdesk.settings import GROUPS, SHIPPED, Setting, Settings, Template

KINDS = {"number", "choice", "switch", "text", "day", "list", "key"}
EVERY = [setting for group in GROUPS for setting in settings.fields_of(group)]


def test_the_defaults_are_the_calm_ones() -> None:
    calm = Settings()
    assert (50, "open", 2, "clients") == (
        calm.session.minutes,
        calm.session.template,
        calm.session.arrive_minutes,
        calm.session.whom,
    )
    assert (("50%",), (10, 5), True, 20) == (
        calm.cues.process_checks,
        calm.cues.landing,
        calm.cues.end,
        calm.cues.seconds,
    )
    assert () == calm.problems


def test_every_group_of_the_settings_has_a_title() -> None:
    assert [one.name for one in fields(Settings) if one.name not in ("templates", "problems")] == list(GROUPS)


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: setting.key)
def test_a_form_finds_all_it_needs(setting: Setting) -> None:
    assert setting.kind in KINDS
    assert setting.label
    assert not setting.shown or setting.sentence.endswith(".")
    assert getattr(getattr(Settings(), setting.group), setting.name) == setting.default
    if setting.kind == "number":
        assert setting.low is not None
        assert setting.high is not None
        assert setting.low < setting.high
        assert setting.unit
    if setting.kind == "choice":
        assert setting.default in [value for value, _label in setting.choices]


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: setting.key)
def test_every_default_passes_its_own_check(setting: Setting) -> None:
    assert Settings() == settings.changed(Settings(), setting.key, setting.default)


@pytest.mark.parametrize("setting", [one for one in EVERY if one.shown], ids=lambda setting: setting.key)
def test_every_default_can_be_typed(setting: Setting) -> None:
    assert Settings() == settings.changed(Settings(), setting.key, settings.as_text(setting.default))


def test_what_is_not_set_is_shown_as_nothing() -> None:
    assert "" == settings.as_text(None)


def test_what_windows_remember_and_what_is_chosen_from_lists_is_not_in_a_form() -> None:
    chosen = ["focus.site_groups", "focus.own_sites", "focus.programs"]
    assert ["bar.places", *chosen, "window.geometry", "prompts.off"] == [one.key for one in EVERY if not one.shown]


def test_an_unknown_group_has_no_form() -> None:
    with pytest.raises(KeyError):
        settings.fields_of("colours")


def test_one_s_own_structures_are_offered() -> None:
    mine = settings.with_template(Settings(), Template("mine", "Mine"))
    offered = next(one for one in settings.fields_of("session", mine) if one.name == "template").choices
    assert ["open", "sixty", "grow", "mine"] == [value for value, _label in offered]


def test_no_default_shortcut_is_one_of_zoom_s_or_needs_altgr_alone() -> None:
    keys = [one.default for one in settings.fields_of("shortcuts")]
    assert len(set(keys)) == len(keys)
    assert "Ctrl+Alt+Shift+H" not in keys
    assert all(one.startswith("Ctrl+Alt+Shift+") for one in keys)


def test_the_shipped_structures_are_an_open_one_an_hour_and_grow() -> None:
    assert ["open", "sixty", "grow"] == [one.id for one in SHIPPED]
    assert () == SHIPPED[0].phases
    assert [5, 10, 5, 25, 10, 5] == [one.minutes for one in SHIPPED[1].phases]
    assert ["Goal", "Reality", "Options", "Will"] == [one.name for one in SHIPPED[2].phases]
    assert Phase("Arrive", 5) == SHIPPED[1].phases[0]


def test_reading_settings_loads_nothing_heavy() -> None:
    heavy = ("tomlkit", "pydantic", "PySide6", "sqlmodel")
    code = f"import sys, coachdesk.settings, coachdesk.prompts; print([one for one in {heavy} if one in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == answer.stdout.strip()


def test_programs_to_keep_down_are_kept_as_pairs_by_name_each_once() -> None:
    chosen = settings.changed(
        Settings(), "focus.programs", [["slack", "Slack"], ["discord", "Discord"], ["slack", "S"]]
    )
    assert (("discord", "Discord"), ("slack", "S")) == chosen.focus.programs


@pytest.mark.parametrize("wrong", ["slack", [["slack"]], [["", "Slack"]], [[1, 2]], {"slack": "Slack"}])
def test_programs_written_otherwise_are_refused(wrong: object) -> None:
    with pytest.raises(Refused):
        settings.changed(Settings(), "focus.programs", wrong)


def test_own_websites_are_kept_once_each() -> None:
    assert ("a.example", "b.example") == settings.changed(
        Settings(), "focus.own_sites", ["b.example", "a.example", "b.example"]
    ).focus.own_sites
