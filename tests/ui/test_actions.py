"""The table of in-session actions is whole, and each does what it says."""

from dataclasses import fields, replace

import pytest

from coachdesk.machine.here import FakeMachine
from coachdesk.practice import clients, marks, sessions
from coachdesk.settings import Settings
from coachdesk.settings.groups import Shortcuts
from coachdesk.sitting import Sitting
from coachdesk.ui import actions, icons
from coachdesk.ui.actions import ACTIONS


class Here:
    """A session without windows: what would be shown is noted."""

    def __init__(self, desk, sitting) -> None:
        self.desk, self.sitting = desk, sitting
        self.noted: list[str] = []

    def confirm(self) -> None:
        self.noted.append("confirmed")

    def open_field(self, kind: str) -> None:
        self.noted.append(f"field for a {kind}")

    def toggle_bar(self) -> None:
        self.noted.append("bar")

    def move_bar(self) -> None:
        self.noted.append("moved")

    def share(self) -> None:
        self.noted.append("shared")


@pytest.fixture
def here(desk, clock):
    client = desk.do(clients.add, "Alice")
    made = Here(desk, Sitting(desk, FakeMachine(clock=clock)))
    made.sitting.begin(client.id, minutes=50)
    return made


def test_every_shortcut_of_the_settings_has_its_action():
    assert {field.name for field in fields(Shortcuts)} == {action.id for action in ACTIONS}


def test_ids_are_unique():
    assert len(ACTIONS) == len(actions.BY_ID)


def test_every_icon_is_in_the_font(qapp):
    names = {icon for action in ACTIONS for icon in (action.icon, action.icon_on) if icon}
    assert [] == [name for name in names if name not in icons._family()[1]]


def test_in_a_session_every_key_is_held_and_otherwise_those_of_our_windows():
    assert {"bar", "sharing"} == actions.keys(Settings(), running=False).keys()
    assert {field.name for field in fields(Shortcuts)} == actions.keys(Settings(), running=True).keys()


def test_an_action_without_a_key_asks_for_none():
    settings = Settings()
    bare = replace(settings, shortcuts=replace(settings.shortcuts, mark=""))
    assert "mark" not in actions.keys(bare, running=True)


def test_mark_keeps_the_moment_and_confirms_it(here, clock):
    clock.advance(600)
    actions.do("mark", here)
    session = here.sitting.moment().session_id
    assert [600] == [mark.at_seconds for mark in here.desk.read(marks.of_session, session)]
    assert ["confirmed"] == here.noted


@pytest.mark.parametrize(
    ("name", "noted"),
    [
        ("promise", "field for a promise"),
        ("jot", "field for a jot"),
        ("move", "moved"),
        ("bar", "bar"),
        ("sharing", "shared"),
    ],
)
def test_what_concerns_windows_is_asked_of_them(here, name, noted):
    actions.do(name, here)
    assert [noted] == here.noted


def test_hold_holds_for_ten_minutes_and_lets_go_again(here):
    actions.do("hold", here)
    assert 10 == here.sitting.moment().hold_left
    actions.do("hold", here)
    assert here.sitting.moment().hold_left is None


def test_hide_hides_and_shows_again(here):
    actions.do("hide", here)
    assert here.sitting.moment().hidden
    actions.do("hide", here)
    assert not here.sitting.moment().hidden


def test_pause_pauses_and_resumes(here):
    actions.do("pause", here)
    assert "paused" == here.sitting.moment().state
    actions.do("pause", here)
    assert "running" == here.sitting.moment().state


def test_end_ends_and_takes_back(here):
    actions.do("end", here)
    assert "ended" == here.sitting.moment().state
    actions.do("end", here)
    assert "running" == here.sitting.moment().state


@pytest.mark.parametrize(("name", "minutes"), [("extend5", 55), ("extend10", 60)])
def test_extending_moves_the_agreed_end(here, name, minutes):
    actions.do(name, here)
    assert minutes == here.sitting.moment().minutes_left


def test_full_length_gives_back_what_a_late_start_took(desk, clock, here):
    here.sitting.end()
    clock.advance(100)
    client = desk.do(clients.add, "Bert")
    planned = desk.do(sessions.plan, client.id, clock.now().at, minutes=50)
    clock.advance(300)
    here.sitting.begin(client.id, session_id=planned.id)
    assert "full_length" in [action.id for action in actions.in_row("more", here.sitting.moment())]
    actions.do("full_length", here)
    assert 50 == here.sitting.moment().minutes_left


@pytest.mark.parametrize("answer", ["asked", "later", "not_today"])
def test_an_answer_takes_the_cue_off_the_screen(here, clock, answer):
    clock.advance(25 * 60)
    here.sitting.tick()
    assert "process_check" == here.sitting.moment().cue.kind
    assert ["asked", "later", "not_today"] == [a.id for a in actions.in_row("cue", here.sitting.moment())]
    actions.do(answer, here)
    assert here.sitting.moment().cue is None


def test_words_follow_the_moment(here):
    assert ("hold", "hold") == (actions.BY_ID["hold"].label(), actions.BY_ID["hold"].label(here.sitting.moment()))
    actions.do("hold", here)
    assert "go on" == actions.BY_ID["hold"].label(here.sitting.moment())


@pytest.mark.parametrize(
    ("name", "undoing"),
    [
        ("hold", "Let cues come again."),
        ("hide", "Show the whole bar again."),
        ("end", "Take the end back; the session goes on."),
        ("pause", "Go on with the session; the pause does not count as its time."),
    ],
)
def test_what_undoes_is_explained_as_what_it_then_does(here, name, undoing):
    action = actions.BY_ID[name]
    assert undoing != action.explained(here.sitting.moment())
    actions.do(name, here)
    assert undoing == action.explained(here.sitting.moment())


def test_whatever_undoes_itself_says_so():
    assert [] == [action.id for action in ACTIONS if bool(action.words_on) != bool(action.sentence_on)]
