"""A duty is noted as told in the step in which it is told: never twice, never without."""

from datetime import timedelta

import pytest

from coachdesk.practice import duties_told
from tests import quick

ONE, TWO = ("my_promise", "p", "2026-03-10"), ("my_promise", "p", "2026-03-12")


@pytest.fixture
def desk(clock, home):
    with quick.desk(clock, home) as opened:
        yield opened


def test_all_that_is_new_is_told_together_and_nothing_twice(desk):
    told = []
    assert 1 == desk.do(duties_told.tell, [ONE], told.append)
    assert 1 == desk.do(duties_told.tell, [ONE, TWO, TWO], told.append)
    assert 0 == desk.do(duties_told.tell, [TWO, ONE], told.append)
    assert [(ONE,), (TWO,)] == told


def test_what_could_not_be_delivered_is_told_the_next_time(desk):
    def fail(_keys: object) -> None:
        raise OSError("nobody listens")

    with pytest.raises(OSError, match="nobody listens"):
        desk.do(duties_told.tell, [ONE], fail)
    assert (ONE,) == desk.read(duties_told.untold, [ONE])


def test_nothing_to_tell_is_not_delivered(desk):
    told = []
    assert 0 == desk.do(duties_told.tell, [], told.append)
    assert [] == told


def test_what_was_told_long_ago_is_forgotten_unless_it_still_stands(desk, clock):
    desk.do(duties_told.tell, [ONE, TWO], lambda _keys: None)
    clock.advance(timedelta(days=399).total_seconds())
    assert 0 == desk.do(duties_told.prune, ())
    clock.advance(timedelta(days=2).total_seconds())
    assert 1 == desk.do(duties_told.prune, {ONE})
    assert (TWO,) == desk.read(duties_told.untold, [ONE, TWO])
