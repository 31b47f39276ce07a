"""A setting changes to a good value, given as such or as a person types it; any other is refused in a sentence."""

from dataclasses import replace

import pytest

from coachdesk import settings
from coachdesk.clock import Phase
from coachdesk.errors import Refused
from coachdesk.settings import SHIPPED, Settings, Template


def value(name: str, given: object) -> object:
    """What the setting holds after the change."""
    group, _, single = name.partition(".")
    return getattr(getattr(settings.changed(Settings(), name, given), group), single)


def refusal(name: str, given: object) -> str:
    """The sentence with which the change is refused."""
    with pytest.raises(Refused) as caught:
        settings.changed(Settings(), name, given)
    return caught.value.sentence


@pytest.mark.parametrize("given", [45, 45.0, "45", " 45 ", "45 min", "45 minutes", "45.0", "٤٥"])
def test_a_length_is_taken_as_a_number_or_as_typed(given: object) -> None:
    assert 45 == value("session.minutes", given)


@pytest.mark.parametrize("given", [4, 481, -50, True, 45.5, "45.5", "45 seconds", "", "long", None, [45], float("nan")])
def test_a_length_outside_its_bounds_or_without_a_number_is_refused(given: object) -> None:
    expected = "“Usual length” takes a whole number from 5 to 480 (minutes)."
    assert expected == refusal("session.minutes", given)


def test_a_refused_change_leaves_the_settings_as_they_were() -> None:
    before = Settings()
    with pytest.raises(Refused):
        settings.changed(before, "session.minutes", 1)
    assert before == Settings()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("50%", ("50%",)),
        ("33 %, 20", ("33%", "20")),
        (["50%", 20], ("50%", "20")),
        ("20 min; 40 min.", ("20", "40")),
        (20, ("20",)),
        ("", ()),
        ([], ()),
    ],
)
def test_process_checks_are_shares_or_minutes(given: object, expected: tuple[str, ...]) -> None:
    assert expected == value("cues.process_checks", given)


@pytest.mark.parametrize("given", ["0%", "100%", "0", "481", "half", "50%%", ["50%", None], "-5", {"50%": 1}, True])
def test_a_process_check_that_is_neither_is_refused(given: object) -> None:
    assert refusal("cues.process_checks", given).startswith("“Process checks”")


def test_the_same_process_check_twice_is_refused_by_name() -> None:
    assert "“Process checks”: 50% is there twice." == refusal("cues.process_checks", "50%, 20, 50 %")


def test_too_many_process_checks_are_refused() -> None:
    assert "“Process checks” has room for 6." == refusal("cues.process_checks", "1,2,3,4,5,6,7")


def test_landing_minutes_are_kept_the_earliest_first() -> None:
    assert (15, 10, 3) == value("cues.landing", "3, 15 min, 10")


@pytest.mark.parametrize("given", ["0", "61", "10, 10", "soon", [True], 1.5])
def test_landing_minutes_are_1_to_60_each_once(given: object) -> None:
    assert refusal("cues.landing", given).startswith("“Landing”")


@pytest.mark.parametrize("given", [False, "no", "Off", " false ", "0"])
def test_a_switch_is_turned_off_in_words(given: object) -> None:
    assert False is value("cues.end", given)


@pytest.mark.parametrize("given", [True, "yes", "ON", "true", "1"])
def test_a_switch_is_turned_on_in_words(given: object) -> None:
    assert True is value("cues.tint_only", given)


@pytest.mark.parametrize("given", ["perhaps", 1, None, []])
def test_a_switch_knows_nothing_between(given: object) -> None:
    assert "“Say when the time is over” is either on or off." == refusal("cues.end", given)


@pytest.mark.parametrize("given", ["self", "for myself", "For Myself"])
def test_a_choice_is_taken_by_value_or_by_label(given: object) -> None:
    assert "self" == value("session.whom", given)


def test_a_refused_choice_names_what_there_is() -> None:
    assert "“Appearance” is one of these: As the computer, Light, Dark." == refusal("appearance.look", "pink")


def test_the_language_is_one_that_ships() -> None:
    assert "en" == value("appearance.language", "English")
    assert refusal("appearance.language", "tlh").startswith("“Language” is one of these: As the computer, English")


@pytest.mark.parametrize("name", ["session.colour", "colour", "", ".", "session", "window.geometry.x", "problems"])
def test_an_unknown_setting_is_refused_by_name(name: str) -> None:
    assert f"There is no setting called “{name}”." == refusal(name, 1)


# ------------------------------------------------------------------------------------------------------------ shortcuts


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Ctrl+Alt+Shift+K", "Ctrl+Alt+Shift+K"),
        ("shift + alt + control + k", "Ctrl+Alt+Shift+K"),
        ("win+option+pageup", "Alt+Meta+PgUp"),
        ("ctrl+f9", "Ctrl+F9"),
        ("Ctrl+Shift+7", "Ctrl+Shift+7"),
        ("", ""),
        ("None", ""),
    ],
)
def test_a_shortcut_is_written_in_one_way(given: str, expected: str) -> None:
    assert expected == value("shortcuts.mark", given)


@pytest.mark.parametrize("given", ["K+Ctrl", "Ctrl+", "+", "Ctrl+Ctrl+K", "Hyper+Ctrl+K", "Ctrl+Alt+ä", "Ctrl+Alt+KK"])
def test_what_is_no_shortcut_is_refused_with_an_example(given: str) -> None:
    assert f"“{given}” is not a shortcut; write one like Ctrl+Alt+Shift+M." == refusal("shortcuts.mark", given)


@pytest.mark.parametrize("given", ["K", "F9", "Ctrl+C", "Shift+K", "Meta+Left"])
def test_keys_that_other_programs_would_miss_are_refused(given: str) -> None:
    assert refusal("shortcuts.mark", given).startswith(f"{given} would be missing in every other program")


def test_a_shortcut_must_be_text() -> None:
    assert "“Mark a moment” is written like Ctrl+Alt+Shift+M." == refusal("shortcuts.mark", 5)


def test_a_taken_shortcut_is_refused_naming_the_other_action() -> None:
    expected = "Ctrl+Alt+Shift+P already belongs to “Note a promise”."
    assert expected == refusal("shortcuts.mark", "ctrl+alt+shift+p")


def test_a_shortcut_may_be_given_again_to_its_own_action() -> None:
    assert "Ctrl+Alt+Shift+M" == value("shortcuts.mark", "Ctrl+Alt+Shift+M")


def test_any_number_of_actions_may_have_no_shortcut() -> None:
    without = settings.changed(settings.changed(Settings(), "shortcuts.mark", ""), "shortcuts.jot", "")
    assert ("", "") == (without.shortcuts.mark, without.shortcuts.jot)


# --------------------------------------------------------------------------------------------------- places and windows


def test_the_place_of_the_bar_is_kept_for_each_screen() -> None:
    assert {"HDMI-1": ("top", 0.5)} == value("bar.places", {"HDMI-1": ["top", 0.5]})


@pytest.mark.parametrize(
    "given",
    [
        5,
        {"HDMI-1": "top"},
        {"HDMI-1": ["middle", 0]},
        {"HDMI-1": ["top", float("inf")]},
        {"": ["top", 0]},
        {5: ["top", 0]},
        {"A": ["top", True]},
        {"A": ["top", "0"]},
        {"A": [["top"], 0]},
        {"A": 3},
        {"\x00": ["top", 1]},
    ],
)
def test_an_impossible_place_is_refused(given: object) -> None:
    assert refusal("bar.places", given).startswith("“Places of the bar”")


def test_the_place_of_the_window_is_kept() -> None:
    assert (-10, 0, 900, 700, True) == value("window.geometry", [-10, 0, 900, 700, True])
    assert None is value("window.geometry", None)


@pytest.mark.parametrize(
    "given", ["", [1, 2, 3, 4], [1, 2, 0, 4, True], [1, 2, 3, 4, 5], [1, 2, "x", 4, True], [10**9, 1, 1, 1, False]]
)
def test_an_impossible_place_of_the_window_is_refused(given: object) -> None:
    assert refusal("window.geometry", given).startswith("“Place of the window”")


def test_prompts_are_switched_off_once_each() -> None:
    assert ("a", "b") == value("prompts.off", ["b", "a", "b"])
    assert refusal("prompts.off", [5])
    assert refusal("prompts.off", ["a" * 81])


# ------------------------------------------------------------------------------------------------------------ templates

MINE = Template("", "Für mich", (Phase("Begin", 10), Phase("Work", 40)))


def test_a_new_structure_gets_a_name_of_its_own() -> None:
    once = settings.with_template(Settings(), MINE)
    twice = settings.with_template(once, MINE)
    assert ("fur-mich", "fur-mich-2") == tuple(one.id for one in twice.templates[-2:])


def test_a_structure_named_in_another_script_can_be_kept() -> None:
    assert "own" == settings.with_template(Settings(), replace(MINE, name="自分")).templates[-1].id


def test_one_s_own_structure_can_be_chosen_and_removed_again() -> None:
    chosen = settings.changed(settings.with_template(Settings(), MINE), "session.template", "Für mich")
    assert MINE.phases == chosen.template.phases
    assert Settings() == settings.without_template(chosen, "fur-mich")


def test_removing_another_structure_keeps_the_choice() -> None:
    chosen = settings.changed(settings.with_template(Settings(), MINE), "session.template", "grow")
    assert "grow" == settings.without_template(chosen, "fur-mich").session.template


def test_a_shipped_structure_can_be_edited_and_put_back() -> None:
    edited = settings.with_template(Settings(), replace(SHIPPED[1], name="My hour"))
    assert ["open", "sixty", "grow"] == [one.id for one in edited.templates]
    assert "My hour" == edited.templates[1].name
    assert Settings() == settings.without_template(edited, "sixty")


def test_a_shipped_structure_cannot_be_removed() -> None:
    with pytest.raises(Refused, match="came with CoachDesk"):
        settings.without_template(Settings(), "grow")


def test_all_structures_may_be_changed_in_one_go() -> None:
    one = replace(MINE, id="mine")
    chosen = settings.changed(settings.changed(Settings(), "templates", [one]), "session.template", "mine")
    assert (*SHIPPED, one) == chosen.templates
    assert Settings() == settings.changed(chosen, "templates", ())
    assert chosen == settings.changed(chosen, "templates", chosen.templates)


def test_structures_must_be_structures() -> None:
    assert "Ways to divide the time are edited one at a time." == refusal("templates", "grow")
    assert "Ways to divide the time are edited one at a time." == refusal("templates", ["grow"])


@pytest.mark.parametrize(
    "template",
    [
        Template("Not an id", "Name"),
        Template("mine", "  "),
        Template("mine", "two\x00lines"),
        Template("mine", "n" * 61),
        Template("mine", "Name", (Phase("", 5),)),
        Template("mine", "Name", (Phase("Begin", 0),)),
        Template("mine", "Name", (Phase("Begin", float("nan")),)),
        Template("mine", "Name", (Phase("Begin", True),)),
        Template("mine", "Name", (Phase("Begin", 481),)),
        Template("mine", "Name", (Phase("Begin", 5),) * 21),
    ],
)
def test_an_impossible_structure_is_refused(template: Template) -> None:
    with pytest.raises(Refused):
        settings.with_template(Settings(), template)
