"""“Do not disturb” of a made-up Windows."""

import json

import pytest

from coachdesk.focus.blockers import Blocker, Failed, Values
from coachdesk.focus.plan import Plan
from coachdesk.focus.windows.notifications import OFF, PRIORITY_ONLY, FakeQuietHours, blocker

PLAN = Plan(60)
ALARMS_ONLY = "Microsoft.QuietHoursProfile.AlarmsOnly"
BY_YOURSELF = (
    "Windows did not switch “Do not disturb”. You can do it in the settings of Windows under System, Notifications "
    "(press the Windows key and R together, and enter ms-settings:notifications)."
)


def over(quiet: FakeQuietHours, build: int = 22631) -> Values:
    """The blocker over this Windows."""
    return blocker(quiet, lambda: build)


def test_it_is_a_blocker() -> None:
    made: Blocker = over(FakeQuietHours())
    assert ("notifications", "quiet hours", "yes", {"profile": OFF}) == (
        *(made.name, made.way),
        *(made.available().level, made.observe()),
    )


def test_banners_are_held_back_and_let_through_again() -> None:
    quiet = FakeQuietHours()
    made = over(quiet)
    before = made.capture(PLAN)
    assert {"profile": [OFF, PRIORITY_ONLY]} == before
    made.apply(PLAN, before)
    made.apply(PLAN, before)
    assert PRIORITY_ONLY == quiet.chosen
    assert made.is_ours(before)
    made.restore(before)
    made.restore(before)
    assert OFF == quiet.chosen


@pytest.mark.parametrize("chosen", [PRIORITY_ONLY, ALARMS_ONLY])
def test_a_choice_of_the_persons_own_is_not_touched(chosen: str) -> None:
    quiet = FakeQuietHours(chosen)
    made = over(quiet)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    made.restore(before)
    assert ({}, chosen) == (before, quiet.chosen)


def test_the_profile_that_means_off_is_the_one_windows_names() -> None:
    quiet = FakeQuietHours("Microsoft.QuietHoursProfile.Open", "Microsoft.QuietHoursProfile.Open")
    made = over(quiet)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    assert PRIORITY_ONLY == quiet.chosen
    made.restore(before)
    assert "Microsoft.QuietHoursProfile.Open" == quiet.chosen


def test_without_being_told_which_profile_means_off_the_known_one_counts() -> None:
    quiet = FakeQuietHours(off="")
    made = over(quiet)
    made.apply(PLAN, made.capture(PLAN))
    assert PRIORITY_ONLY == quiet.chosen


def test_a_choice_made_meanwhile_stays() -> None:
    quiet = FakeQuietHours()
    made = over(quiet)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    quiet.chosen = ALARMS_ONLY
    made.restore(before)
    assert (False, ALARMS_ONLY) == (made.is_ours(before), quiet.chosen)


def test_after_a_kill_another_process_lets_banners_through_again() -> None:
    quiet = FakeQuietHours()
    first = over(quiet)
    before = json.loads(json.dumps(first.capture(PLAN)))
    first.apply(PLAN, before)
    over(quiet).restore(before)
    assert OFF == quiet.chosen


def test_a_windows_that_takes_the_choice_and_keeps_its_own_is_not_believed() -> None:
    made = over(FakeQuietHours(deaf=True))
    with pytest.raises(Failed) as told:
        made.apply(PLAN, made.capture(PLAN))
    assert BY_YOURSELF == told.value.sentence


def test_what_cannot_be_put_back_is_told_with_the_way_to_do_it() -> None:
    quiet = FakeQuietHours()
    made = over(quiet)
    before = made.capture(PLAN)
    made.apply(PLAN, before)
    quiet.deaf = True
    with pytest.raises(Failed) as told:
        made.restore(before)
    assert BY_YOURSELF == told.value.sentence == made.by_hand(before)


def test_a_windows_without_the_interface_does_not_support_it() -> None:
    quiet = FakeQuietHours(gone=True)
    made = over(quiet)
    assert ("no", BY_YOURSELF) == (made.available().level, made.available().why)
    for call in (made.observe, lambda: made.capture(PLAN), lambda: made.restore({"profile": [OFF, PRIORITY_ONLY]})):
        with pytest.raises(Failed):
            call()


def test_a_windows_that_goes_deaf_between_is_a_refusal_not_a_fault() -> None:
    quiet = FakeQuietHours()
    made = over(quiet)
    before = made.capture(PLAN)
    quiet.gone = True
    with pytest.raises(Failed):
        made.values[0].write(PRIORITY_ONLY)
    with pytest.raises(Failed):
        made.apply(PLAN, before)


def test_before_windows_10_version_1803_nothing_is_asked() -> None:
    made = over(FakeQuietHours(gone=True), 17133)
    assert "Switching “Do not disturb” needs Windows 10 version 1803 or a newer one." == made.available().why
