"""A duty is noted as told before it is told: never twice, and again only where it could not be told."""

from datetime import timedelta

import pytest

from coachdesk.practice import duties_told
from tests import quick

ONE, TWO = ("my_promise", "p", "2026-03-10"), ("my_promise", "p", "2026-03-12")


@pytest.fixture
def desk(clock, home):
    with quick.desk(clock, home) as opened:
        yield opened


def test_all_that_is_new_is_to_be_told_and_nothing_twice(desk):
    assert (ONE,) == desk.do(duties_told.note, [ONE])
    assert (TWO,) == desk.do(duties_told.note, [ONE, TWO, TWO])
    assert () == desk.do(duties_told.note, [TWO, ONE])
    assert () == desk.do(duties_told.note, [])


def test_what_could_not_be_told_is_told_the_next_time(desk):
    desk.do(duties_told.note, [ONE, TWO])
    desk.do(duties_told.take_back, [ONE])
    assert (ONE,) == desk.read(duties_told.untold, [ONE, TWO])


def test_what_was_told_long_ago_is_forgotten_unless_it_still_stands(desk, clock):
    desk.do(duties_told.note, [ONE, TWO])
    clock.advance(timedelta(days=399).total_seconds())
    assert 0 == desk.do(duties_told.prune, ())
    clock.advance(timedelta(days=2).total_seconds())
    assert 1 == desk.do(duties_told.prune, {ONE})
    assert (TWO,) == desk.read(duties_told.untold, [ONE, TWO])
