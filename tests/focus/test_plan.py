"""A plan says what the settings want, and travels as plain JSON."""

import json
from typing import Any

import pytest

from coachdesk.errors import Refused
from coachdesk.focus.plan import App, Outcome, Plan, outcome_of
from coachdesk.settings import Settings, changed


def settings(**focus: Any) -> Settings:
    """The usual settings with some of focus mode's changed."""
    made = Settings()
    for name, value in focus.items():
        made = changed(made, f"focus.{name}", value)
    return made


def test_at_first_notifications_wait_and_the_screen_stays_on() -> None:
    assert Plan(60, ("notifications", "awake")) == Plan.of(Settings(), 60)


def test_websites_and_programs_are_wanted_once_some_are_chosen() -> None:
    plan = Plan.of(settings(own_sites=["b.example", "a.example"], programs=[["chat", "Chat"]]), 60)
    assert ("notifications", "awake", "sites", "apps") == plan.wanted
    assert (("a.example", "b.example"), (App("chat", "Chat"),)) == (plan.sites, plan.apps)


def test_a_group_stands_for_its_websites() -> None:
    assert "facebook.com" in Plan.of(settings(site_groups=["social"]), 60).sites


@pytest.mark.parametrize("name", ["notifications", "awake", "sites", "apps"])
def test_what_is_switched_off_is_not_wanted(name: str) -> None:
    chosen = settings(own_sites=["a.example"], programs=[["chat", "Chat"]])
    plan = Plan.of(changed(chosen, f"focus.{name}", False), 60)
    assert {"notifications", "awake", "sites", "apps"} - {name} == set(plan.wanted)


@pytest.mark.parametrize("at_login", [True, False])
def test_whether_to_look_again_at_login_goes_with_it(at_login: bool) -> None:
    plan = Plan.of(settings(at_login=at_login), 60)
    assert (at_login, "") == (plan.at_login, plan.until)


def test_a_call_in_a_hand_edited_file_is_left_out() -> None:
    assert () == Plan.of(settings(own_sites=["zoom.us"]), 60).sites


def test_it_travels_as_json() -> None:
    plan = Plan(60, ("sites", "apps"), ("a.example",), (App("chat", "Chät"),), "15:30", False, 4000, "n")
    assert plan == Plan.of_json(json.loads(json.dumps(plan.as_json())))


def test_what_another_version_adds_is_passed_over() -> None:
    told = {**Plan(60).as_json(), "lamps": 3, "wanted": ["awake", "lamps"]}
    assert Plan(60, ("awake",)) == Plan.of_json(told)


@pytest.mark.parametrize("told", [{}, {"lasts": 60}, {"lasts": 60, "wanted": 3, "sites": [], "apps": []}])
def test_what_is_no_plan_is_refused_in_words(told: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="another version"):
        Plan.of_json(told)


def test_an_outcome_travels_as_json() -> None:
    outcome = Outcome(("sites",), ("notifications",), ("Switch it on.",))
    assert outcome == outcome_of(json.loads(json.dumps(vars(outcome))))
    assert Outcome() == outcome_of({})
