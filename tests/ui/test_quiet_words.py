"""The words for every state of focus mode."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from coachdesk.focus.mode import State
from coachdesk.focus.plan import NAMES, Outcome, Quiet
from coachdesk.ui import quiet_words

HALF_PAST_THREE = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
LOUD = Quiet("apps", False, "Windows of other programs cannot be minimised on Wayland.")


def on(*told: Quiet, until: datetime | None = None) -> State:
    return State("on", until, told)


def quiet(*names: str) -> tuple[Quiet, ...]:
    return tuple(Quiet(name, True) for name in names)


@pytest.fixture(autouse=True)
def british_clock():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_every_blocker_has_a_name_within_a_sentence():
    assert list(NAMES) == list(quiet_words.THINGS)


@pytest.mark.parametrize(
    ("state", "dot"),
    [
        (None, ""),
        (State(), ""),
        (State("entering"), ""),
        (State("leaving", None, quiet("sites")), ""),
        (State("on"), ""),
        (on(*quiet("notifications", "awake")), "on"),
        (on(*quiet("notifications"), LOUD), "partly"),
        (on(LOUD), "partly"),
    ],
)
def test_the_dot_is_full_only_while_everything_wanted_is_quiet(state, dot):
    assert dot == quiet_words.dot(state)
    assert bool(dot) == bool(quiet_words.about(state))


def test_the_dot_says_what_it_stands_for():
    state = on(*quiet("notifications", "sites"), LOUD)
    assert (
        "Quiet: notifications and websites. Not quiet: programs. "
        "Programs: Windows of other programs cannot be minimised on Wayland."
    ) == quiet_words.about(state)


def test_the_dot_gives_one_reason_at_most():
    state = on(Quiet("awake", True, "It is known to be short."), LOUD, Quiet("sites", False, "There is a proxy."))
    assert (
        "Quiet: the screen. Not quiet: programs and websites. "
        "Programs: Windows of other programs cannot be minimised on Wayland."
    ) == quiet_words.about(state)
    assert "Quiet: the screen. It is known to be short." == quiet_words.about(on(state.told[0]))


def test_at_a_glance_there_are_names_only():
    state = on(*quiet("notifications"), LOUD, Quiet("sites", False, "There is a proxy."), Quiet("awake", False))
    assert "Notifications are quiet. Not quiet: programs, websites and the screen." == quiet_words.at_a_glance(state)
    assert "Notifications are quiet. The screen stays on." == quiet_words.at_a_glance(on(*quiet(*list(NAMES)[:2])))
    assert "Becoming quiet …" == quiet_words.at_a_glance(State("entering"))


def test_the_reasons_stand_one_below_the_other():
    state = on(Quiet("sites", True, "Pages already open stay."), LOUD, Quiet("awake", False))
    assert (
        "Programs: Windows of other programs cannot be minimised on Wayland.\n"
        "The screen: could not be made quiet.\n"
        "Pages already open stay."
    ) == quiet_words.reasons(state)
    assert "" == quiet_words.reasons(on(*quiet("sites"))) == quiet_words.reasons(State(sentence="Stopped."))


def test_nothing_quiet_is_not_called_quiet():
    assert "Not quiet: websites." == quiet_words.about(on(Quiet("sites", False)))
    assert "Nothing could be made quiet" == quiet_words.until(on(Quiet("sites", False)))


def test_a_reason_that_names_the_blocker_does_not_name_it_twice():
    state = on(Quiet("notifications", False, "Notifications: this computer did not take the change."))
    assert "Notifications: this computer did not take the change." == quiet_words.now(state)
    assert "Not quiet: notifications. Notifications: this computer did not take the change." == quiet_words.about(state)


def test_a_reason_that_speaks_of_the_thing_itself_stands_alone():
    state = on(Quiet("awake", False, "The screen may go dark by itself."))
    assert "The screen may go dark by itself." == quiet_words.now(state)
    assert "Not quiet: the screen. The screen may go dark by itself." == quiet_words.about(state)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (quiet("notifications"), "Notifications are quiet."),
        (quiet("notifications", "awake"), "Notifications are quiet. The screen stays on."),
        (quiet(*NAMES), "Notifications, websites and programs are quiet. The screen stays on."),
        (quiet("awake"), "The screen stays on."),
        ((*quiet("sites"), Quiet("awake", False, "")), "Websites are quiet. The screen: could not be made quiet."),
        ((Quiet("sites", True, "Pages already open stay."),), "Websites are quiet. Pages already open stay."),
        ((), "Nothing is chosen to be kept quiet."),
    ],
)
def test_what_is_quiet_is_said_in_whole_sentences(told, words):
    assert words == quiet_words.now(on(*told))


def test_every_phase_has_its_words():
    assert "Becoming quiet …" == quiet_words.now(State("entering"))
    assert "Everything is being put back …" == quiet_words.now(State("leaving"))
    assert "Nothing is kept quiet." == quiet_words.now(State())
    assert "Focus mode could not be started." == quiet_words.now(State(sentence="Focus mode could not be started."))


def test_how_long_it_lasts():
    assert "Quiet until 15:30" == quiet_words.until(on(*quiet("sites"), until=HALF_PAST_THREE))
    assert "Quiet during this session" == quiet_words.until(on(*quiet("sites")))
    assert "" == quiet_words.until(State())


def test_beside_other_words_only_an_end_that_is_known_is_said():
    assert "quiet until 15:30" == quiet_words.lasting(on(*quiet("sites"), until=HALF_PAST_THREE))
    for state in (None, State(), on(*quiet("sites")), on(LOUD, until=HALF_PAST_THREE)):
        assert "" == quiet_words.lasting(state)


def test_while_closing_the_latest_end_is_said_and_only_then():
    assert "Quiet until 15:30 at the latest" == quiet_words.until_closed(on(*quiet("sites"), until=HALF_PAST_THREE))
    assert "" == quiet_words.until_closed(on(*quiet("sites")))
    assert "" == quiet_words.until_closed(on(LOUD, until=HALF_PAST_THREE))
    assert "" == quiet_words.until_closed(State())


def test_what_came_of_putting_back():
    assert "Everything is as it was before." == quiet_words.after(Outcome(("sites",)))
    assert "Switch the proxy off in Settings." == quiet_words.after(
        Outcome(by_hand=("Switch the proxy off in Settings.",))
    )
    assert "Websites" in quiet_words.after(Outcome(left=("sites",)))


def test_what_was_put_back_after_a_crash_is_one_calm_sentence():
    found = quiet_words.recovered(Outcome(("notifications", "awake", "sites")))
    assert "CoachDesk stopped unexpectedly; notifications and websites are as they were before." == found


@pytest.mark.parametrize("nothing", [None, Outcome()])
def test_where_nothing_was_left_nothing_is_said(nothing):
    assert "" == quiet_words.recovered(nothing)


def test_what_could_not_be_put_back_is_said_too():
    found = quiet_words.recovered(Outcome(by_hand=("Switch the proxy off in Settings.",)))
    assert found.endswith("Switch the proxy off in Settings.")
    assert "are as they were" not in found
