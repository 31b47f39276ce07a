"""Where programs can be kept down on Linux, what is said where not, and when a window is let be."""

from collections.abc import Iterator

import pytest

from coachdesk.errors import Refused
from coachdesk.focus.blockers import YES, Failed
from coachdesk.focus.linux.apps import Minimise
from coachdesk.focus.linux.screen import Window, within
from coachdesk.focus.linux.watch import Insistence, chosen
from coachdesk.focus.plan import App, Plan
from tests.display import Display
from tests.focus.linux.manager import Manager
from tests.focus.linux.others import Others

SLACK = Plan(60, apps=(App("slack", "Slack"),))


@pytest.fixture
def screen() -> Iterator[Display]:
    """A screen of the test's own, with a window manager."""
    with Display() as display:
        yield display


@pytest.fixture
def bare() -> Iterator[Display]:
    """A screen without a window manager."""
    with Display(managed=False) as display:
        yield display


def window(wm_class: str, normal: bool = True) -> Window:
    """A window of this class."""
    return Window(1, 0, wm_class, wm_class, normal)


# --- where it works ---


def test_it_works_where_a_window_manager_minimises(screen: Display) -> None:
    assert YES == Minimise({"DISPLAY": screen.name}).available()


@pytest.mark.parametrize("also", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}])
def test_beside_wayland_it_works_for_windows_of_the_older_kind(screen: Display, also: dict[str, str]) -> None:
    support = Minimise({"DISPLAY": screen.name, **also}).available()
    assert ("partly", "Under Wayland only programs with windows of the older kind (X11) are kept down.") == (
        support.level,
        support.why,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "There is no screen here."),
        (
            {"WAYLAND_DISPLAY": "wayland-0"},
            "Wayland does not let a program minimise the windows of others; they stay open.",
        ),
        ({"DISPLAY": ":4711"}, "The screen “:4711” cannot be reached."),
        (
            {"DISPLAY": "example.com:0"},
            "The screen “example.com:0” is reached over a network, which CoachDesk does not use.",
        ),
    ],
)
def test_where_it_does_not_work_it_says_why(environment: dict[str, str], sentence: str) -> None:
    blocker = Minimise(environment)
    assert ("no", sentence) == (blocker.available().level, blocker.available().why)
    with pytest.raises(Failed) as told:
        blocker.capture(SLACK)
    assert sentence == told.value.sentence
    with pytest.raises(Failed) as told:
        blocker.apply(SLACK, {})
    assert sentence == told.value.sentence
    blocker.restore({})


def test_without_a_window_manager_it_says_so(bare: Display) -> None:
    support = Minimise({"DISPLAY": bare.name}).available()
    assert ("no", "The window manager here does not minimise windows when asked; they stay open.") == (
        support.level,
        support.why,
    )


def test_a_window_manager_that_died_counts_as_none(screen: Display) -> None:
    screen.end_manager()
    assert "no" == Minimise({"DISPLAY": screen.name}).available().level


def test_windows_that_do_not_go_down_are_told_of(screen: Display) -> None:
    others = Others(screen)
    others.open("Slack")
    screen.end_manager()
    blocker = Minimise({"DISPLAY": screen.name})
    before = blocker.capture(SLACK)
    with pytest.raises(Failed, match="could not be minimised"):
        blocker.apply(SLACK, before)
    assert not blocker.is_ours(before)
    blocker.restore(before)
    others.close()


def test_a_screen_that_has_gone_has_taken_its_windows_with_it() -> None:
    screen = Display()
    with screen:
        others = Others(screen)
        others.open("Slack")
        blocker = Minimise({"DISPLAY": screen.name})
        before = blocker.capture(SLACK)
        blocker.apply(SLACK, before)
        others.close()
    assert not blocker.is_ours(before)
    blocker.restore(before)
    Minimise({}).restore(before)


# --- other window managers ---


def test_windows_come_back_where_they_have_to_be_mapped(bare: Display) -> None:
    manager, others = Manager(bare), Others(bare)
    _notes, slack, second, call = (others.open(name) for name in ("Notes", "Slack", "Slack", "Call"))
    others.until(lambda: others.active == call)
    blocker = Minimise({"DISPLAY": bare.name})
    assert YES == blocker.available()
    before = blocker.capture(SLACK)
    blocker.apply(SLACK, before)
    assert others.is_down(slack, second)
    others.bring_up(slack)
    others.until(lambda: others.is_down(slack) and others.active == call)
    blocker.restore(before)
    others.until(lambda: others.is_up(slack, second) and others.active == call)
    others.close()
    manager.close()


def test_the_call_keeps_the_keyboard_when_a_window_was_active_too_briefly_to_be_seen(bare: Display) -> None:
    manager, others = Manager(bare, late=True), Others(bare)
    _notes, slack, call = (others.open(name) for name in ("Notes", "Slack", "Call"))
    blocker = Minimise({"DISPLAY": bare.name})
    blocker.apply(SLACK, blocker.capture(SLACK))
    others.bring_up(slack)
    others.until(lambda: others.is_down(slack))
    others.until(lambda: others.active == call)
    blocker.restore({})
    others.close()
    manager.close()


def test_nothing_but_the_call_has_the_keyboard_once_a_window_goes_down(bare: Display) -> None:
    manager, others = Manager(bare), Others(bare)
    _notes, slack, call = (others.open(name) for name in ("Notes", "Slack", "Call"))
    blocker = Minimise({"DISPLAY": bare.name})
    blocker.apply(SLACK, blocker.capture(SLACK))
    others.bring_up(slack)
    others.until(lambda: others.is_down(slack))
    assert {slack, call} == set(manager.made_active[3:])
    assert call == others.active
    blocker.restore({})
    others.close()
    manager.close()


def test_a_window_manager_that_minimises_nothing_is_told_of(bare: Display) -> None:
    manager, others = Manager(bare, stubborn=True), Others(bare)
    slack = others.open("Slack")
    blocker = Minimise({"DISPLAY": bare.name})
    before = blocker.capture(SLACK)
    with pytest.raises(Failed, match="could not be minimised"):
        blocker.apply(SLACK, before)
    assert others.is_up(slack)
    blocker.restore(before)
    others.close()
    manager.close()


def test_windows_that_do_not_come_back_are_told_of(bare: Display) -> None:
    manager, others = Manager(bare), Others(bare)
    others.open("Slack")
    blocker = Minimise({"DISPLAY": bare.name})
    before = blocker.capture(SLACK)
    blocker.apply(SLACK, before)
    manager.close()
    with pytest.raises(Failed, match="Windows of Slack may still be minimised"):
        blocker.restore(before)
    others.close()


# --- what is chosen ---


def test_nothing_chosen_is_nothing_to_do(screen: Display) -> None:
    blocker = Minimise({"DISPLAY": screen.name})
    assert {} == blocker.capture(Plan(60))
    blocker.apply(Plan(60), {})
    blocker.restore({})


@pytest.mark.parametrize(
    ("kept", "wm_class", "normal"),
    [(True, "slack", True), (False, "slack", False), (False, "mail", True), (False, "zoom", True), (False, "", True)],
)
def test_only_normal_windows_of_chosen_programs_are_kept_down(kept: bool, wm_class: str, normal: bool) -> None:
    programs = chosen([("Slack", "Slack"), ("zoom", "Zoom")])
    assert kept == programs.has(window(wm_class, normal))


def test_a_program_spared_by_its_name_is_not_chosen() -> None:
    assert frozenset() == chosen([("us-meet", "Zoom Workplace")]).programs


@pytest.mark.parametrize(
    ("windows", "sentence"),
    [
        ([], "Some windows may still be minimised; a click in the list of windows brings each back."),
        (
            ["Slack", "Mail", "Slack"],
            "Windows of Mail, Slack may still be minimised; a click in the list of windows brings each back.",
        ),
    ],
)
def test_it_says_where_to_click(windows: list[str], sentence: str) -> None:
    before = {"windows": [{"name": name, "class": name.lower()} for name in windows]}
    assert sentence == Minimise({}).by_hand(before)


# --- who insists ---


@pytest.mark.parametrize(
    ("wanted", "times"),
    [
        (False, [0]),
        (False, [0, 100]),
        (True, [0, 5000, 10_000]),
        (False, [0, 5000, 10_001]),
        (True, [0, 8000, 10_500, 18_000]),
    ],
)
def test_three_times_within_ten_seconds_is_insisting(wanted: bool, times: list[int]) -> None:
    insistence = Insistence()
    assert wanted == [insistence.said(at) for at in times][-1]


# --- waiting ---


def test_what_takes_too_long_is_given_up() -> None:
    import threading

    goes_on = threading.Event()
    with pytest.raises(Failed, match="does not answer"):
        within(0.01, goes_on.wait)
    goes_on.set()


def test_a_refusal_is_a_failure() -> None:
    def refuse() -> None:
        raise Refused("No.")

    with pytest.raises(Failed, match="No"):
        within(10, refuse)


def test_a_fault_of_ours_stays_a_fault() -> None:
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 // 0)
