"""The rule by which a call counts as disturbed."""

from typing import Any

import pytest

from tests.real.browsers.pages import NOTED, Span, Stats, joined, left, page


def stats(now: float = 10_000, **silences: list[Span]) -> Stats:
    """A page whose channels were all heard just now, with these silences before."""
    names = {"timer": [], "poll": [], **silences}
    return Stats(now, {name: {"last": now, "silences": spans, "errors": []} for name, spans in names.items()})


def test_a_silence_longer_than_allowed_disturbs() -> None:
    assert ["poll: silent for 501 ms"] == stats(poll=[(1000, 1501)]).disturbances([])
    assert [] == stats(poll=[(1000, 1500)]).disturbances([])


def test_any_error_disturbs() -> None:
    told = stats()
    told.channels["poll"]["errors"].append([5, "TypeError"])
    assert ["poll: TypeError"] == told.disturbances([(0, 10_000)])


def test_a_silence_that_still_lasts_counts() -> None:
    told = stats()
    told.channels["poll"]["last"] = 9000
    assert ["poll: silent for 1000 ms"] == told.disturbances([])


@pytest.mark.parametrize(
    ("timer", "server", "rest"),
    [
        ([(1000, 1800)], [], 200),
        ([], [(1000, 1800)], 200),
        ([(1000, 1500)], [(1400, 1800)], 200),
        ([(0, 1100)], [(1900, 3000)], 800),
        ([(0, 1000)], [(2000, 3000)], 1000),
        ([(0, 3000)], [], 0),
    ],
)
def test_only_the_time_in_which_the_timer_or_the_server_stood_still_is_taken_away(
    timer: list[Span], server: list[Span], rest: float
) -> None:
    assert {"poll": rest} == stats(timer=timer, poll=[(1000, 2000)]).longest(server)


def test_each_silence_is_judged_alone() -> None:
    assert [] == stats(poll=[(1000, 1400), (1500, 1900)]).disturbances([])


def test_spans_are_joined_where_they_overlap() -> None:
    assert [(1, 4), (5, 6)] == joined([(5, 6), (2, 4), (1, 3), (2, 3)])
    assert 2 == left((1, 4), [(0, 2), (4, 9)])


def test_a_page_is_under_way_once_every_channel_was_heard() -> None:
    told: Any = stats()
    assert told.under_way
    told.channels["poll"]["last"] = 0
    assert not told.under_way


def test_the_page_notes_what_the_rule_judges() -> None:
    text = page("meet.test", ("timer", "poll"))
    assert "This is meet.test." in text
    assert f'"noted": {NOTED}' in text
