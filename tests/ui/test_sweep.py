"""The cycle collector works on the window's thread alone."""

import gc

import pytest

from coachdesk.ui.sweep import Sweep


@pytest.fixture
def sweep(qapp):
    made = Sweep()
    made.start()
    yield made
    made.stop()


class Knot:
    """Something that only the cycle collector can let go of."""

    alive = 0

    def __init__(self) -> None:
        type(self).alive += 1
        self.self = self

    def __del__(self) -> None:
        type(self).alive -= 1


def test_python_collects_nothing_by_itself_meanwhile(sweep):
    for _ in range(3000):
        Knot()
    assert 3000 == Knot.alive
    sweep.look()
    assert 0 == Knot.alive


def test_little_is_left_alone(sweep):
    gc.collect()
    Knot()
    sweep.look()
    assert 1 == Knot.alive
    gc.collect()


def test_everything_is_swept_soon_where_much_has_gone(sweep, qtbot):
    Knot()
    assert 1 == Knot.alive
    sweep.soon()
    qtbot.waitUntil(lambda: Knot.alive == 0)


@pytest.mark.parametrize("before", [True, False])
def test_afterwards_python_collects_as_it_did_before(qapp, before):
    made = Sweep()
    if before:
        gc.enable()
    made.start()
    assert not gc.isenabled()
    made.stop()
    assert before == gc.isenabled()
    gc.disable()  # as the tests have it
