"""The bar stands at an edge, whole, on a screen that is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from coachdesk.ui import bar_places
from coachdesk.ui.bar_places import EDGES, USUAL, Place, Spot

AREA = QRect(0, 30, 1440, 870)
REST = QSize(160, 44)

areas = st.builds(
    QRect, st.integers(-3000, 3000), st.integers(-3000, 3000), st.integers(200, 4000), st.integers(100, 3000)
)
places = st.builds(Place, st.sampled_from(EDGES), st.floats(0, 1))
sizes = st.builds(QSize, st.integers(1, 700), st.integers(1, 200))


def test_the_usual_place_is_the_top_centre_below_the_panel():
    assert QRect(640, 30, 160, 44) == bar_places.stand(AREA, USUAL, REST)


def test_growing_keeps_the_centre():
    small, large = (bar_places.stand(AREA, USUAL, QSize(width, 44)) for width in (160, 560))
    assert small.x() + 80 == large.x() + 280


@pytest.mark.parametrize(
    ("edge", "corner"),
    [("top", (640, 30)), ("bottom", (640, 856)), ("left", (0, 443)), ("right", (1280, 443))],
)
def test_it_stands_in_the_middle_of_each_edge(edge, corner):
    assert QPoint(*corner) == bar_places.stand(AREA, Place(edge, 0.5), REST).topLeft()


@given(areas, places, sizes)
def test_it_never_leaves_the_visible_area(area, place, size):
    assert area.contains(bar_places.stand(area, place, size))


@given(areas, places, sizes)
def test_snapping_where_it_stands_keeps_it_at_an_edge_of_the_area(area, place, size):
    rect = bar_places.stand(area, place, size)
    again = bar_places.stand(area, bar_places.nearest(rect, area), rect.size())
    touches = (
        again.left() == area.left(),
        again.right() == area.right(),
        again.top() == area.top(),
        again.bottom() == area.bottom(),
    )
    assert any(touches)
    assert area.contains(again)


def test_let_go_near_the_bottom_it_snaps_to_the_bottom():
    assert Place("bottom", 0.25) == bar_places.nearest(QRect(280, 800, 160, 44), AREA)


def test_let_go_almost_at_the_centre_it_snaps_to_the_centre():
    assert Place("top", 0.5) == bar_places.nearest(QRect(650, 60, 160, 44), AREA)


def test_let_go_beyond_the_corner_the_share_stays_within_the_edge():
    assert Place("left", 0.0) == bar_places.nearest(QRect(-400, -300, 160, 44), AREA)


def test_a_bar_dragged_outside_comes_back_whole():
    assert QRect(1280, 30, 160, 44) == bar_places.clamped(QRect(1400, -20, 160, 44), AREA)


def test_moving_on_goes_round_the_edges_and_back_to_the_top():
    seen, spot = [], Spot("A", USUAL)
    for _step in range(4):
        spot = bar_places.onward(spot, ["A"])
        seen.append(spot.place.edge)
    assert ["right", "bottom", "left", "top"] == seen
    assert Spot("A", USUAL) == spot


def test_moving_on_after_the_left_edge_goes_to_the_next_screen():
    assert Spot("B", USUAL) == bar_places.onward(Spot("A", Place("left", 0.3)), ["A", "B"])


def test_moving_on_from_a_screen_that_is_gone_stays_a_valid_spot():
    assert Spot("gone", USUAL) == bar_places.onward(Spot("gone", Place("left", 0.3)), ["A"])


def test_the_screen_last_moved_to_is_chosen():
    stored = {"A": ["left", 0.2], "B": ["bottom", 0.7]}
    assert Spot("B", Place("bottom", 0.7)) == bar_places.chosen(stored, ["A", "B"], "A")


def test_an_unplugged_screen_falls_back_to_the_one_before_it():
    stored = {"A": ["left", 0.2], "B": ["bottom", 0.7]}
    assert Spot("A", Place("left", 0.2)) == bar_places.chosen(stored, ["A", "C"], "C")


def test_without_anything_remembered_it_is_the_primary_screen():
    assert Spot("C", USUAL) == bar_places.chosen({}, ["A", "C"], "C")


@pytest.mark.parametrize("stored", [None, [], ["top"], ["middle", 0.5], ["top", 7], ["top", "left"], "top", 3])
def test_a_stored_place_that_says_nothing_usable_is_the_usual_one(stored):
    assert USUAL == bar_places.place_of(stored)


def test_remembering_a_place_puts_it_last_and_keeps_the_others():
    stored = bar_places.remembered({"A": ["left", 0.2], "B": ["top", 0.5]}, Spot("A", Place("right", 0.4)))
    assert [("B", ["top", 0.5]), ("A", ["right", 0.4])] == list(stored.items())


def test_the_field_stands_below_the_bar_in_its_middle():
    assert QRect(480, 82, 480, 60) == bar_places.beside(QRect(640, 30, 160, 44), QSize(480, 60), AREA, 8)


def test_the_field_stands_above_a_bar_at_the_bottom():
    assert QRect(480, 788, 480, 60) == bar_places.beside(QRect(640, 856, 160, 44), QSize(480, 60), AREA, 8)


@given(areas, places, sizes)
def test_the_field_stays_on_the_screen_with_its_bar(area, place, size):
    bar = bar_places.stand(area, place, size)
    field = QSize(min(480, area.width()), min(60, area.height()))
    assert area.contains(bar_places.beside(bar, field, area, 8))


@pytest.mark.parametrize(("mirrored", "x"), [(False, 200), (True, 300)])
def test_a_longer_bar_ends_where_the_one_before_did(mirrored, x):
    area, before = QRect(0, 0, 1000, 500), QRect(300, 0, 300, 44)
    assert QRect(x, 0, 400, 44) == bar_places.ending_with(QRect(250, 0, 400, 44), before, area, mirrored=mirrored)


def test_where_the_area_ends_a_longer_bar_ends_elsewhere():
    area, before = QRect(0, 0, 1000, 500), QRect(0, 200, 300, 44)
    assert area.x() == bar_places.ending_with(QRect(0, 200, 400, 44), before, area, mirrored=False).x()
