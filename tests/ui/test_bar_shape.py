"""The bar's outline follows the edge it stands at."""

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize

from coachdesk.ui.bar_shape import Shape, hidden_size

BAR = QRect(0, 0, 160, 44)


@pytest.mark.parametrize("edge", ["top", "right", "bottom", "left"])
def test_the_line_of_time_is_the_bars_foot_wherever_it_stands(edge):
    assert QRect(0, 41, 160, 3) == Shape(BAR, edge).line()


@pytest.mark.parametrize(
    ("edge", "size", "line"),
    [
        ("top", QSize(160, 3), QRect(0, 0, 160, 3)),
        ("bottom", QSize(160, 3), QRect(0, 0, 160, 3)),
        ("left", QSize(3, 160), QRect(0, 0, 3, 160)),
        ("right", QSize(3, 160), QRect(0, 0, 3, 160)),
    ],
)
def test_hidden_the_line_is_all_there_is(edge, size, line):
    assert size == hidden_size(edge, dot=False)
    assert line == Shape(QRect(QPoint(0, 0), size), edge, hidden=True).line()


@pytest.mark.parametrize("edge", ["top", "right", "bottom", "left"])
def test_hidden_the_dot_is_beside_the_line_and_within_the_window(edge):
    shape = Shape(QRect(QPoint(0, 0), hidden_size(edge, dot=True)), edge, hidden=True)
    assert shape.rect.contains(shape.dot())
    assert not shape.dot().intersects(shape.line())


def test_time_is_used_up_in_the_direction_of_reading():
    assert QRectF(0, 41, 80, 3) == Shape(BAR, "top").used(0.5, 1.0)
    assert QRectF(80, 41, 80, 3) == Shape(BAR, "top", mirrored=True).used(0.5, 1.0)


def test_upright_it_is_used_up_from_the_top():
    assert QRectF(0, 0, 3, 40) == Shape(QRect(0, 0, 3, 160), "left", hidden=True).used(0.25, 1.0)


def test_it_is_used_up_in_whole_pixels_of_the_screen():
    assert 0.5 == Shape(BAR, "top").used(0.003, 2.0).width()
    assert 0.0 == Shape(BAR, "top").used(0.003, 1.0).width()


@pytest.mark.parametrize(
    ("edge", "square"),
    [
        ("top", [(0, 0), (159, 0)]),
        ("bottom", [(0, 43), (159, 43)]),
        ("left", [(0, 0), (0, 43)]),
        ("right", [(159, 0), (159, 43)]),
    ],
)
def test_the_corners_at_the_edge_are_square_and_the_others_round(edge, square):
    seen = Shape(BAR, edge).region(dot=False, afloat=False)
    corners = [(0, 0), (159, 0), (0, 43), (159, 43)]
    assert square == [corner for corner in corners if seen.contains(QPoint(*corner))]


def test_while_dragged_every_corner_is_round():
    seen = Shape(BAR, "top").region(dot=False, afloat=True)
    assert [] == [corner for corner in [(0, 0), (159, 0), (0, 43), (159, 43)] if seen.contains(QPoint(*corner))]


def test_hidden_only_line_and_dot_are_seen():
    shape = Shape(QRect(0, 0, 160, 11), "top", hidden=True)
    assert QRect(0, 0, 160, 3) == shape.region(dot=False, afloat=False).boundingRect()
    assert QRect(0, 0, 160, 11) == shape.region(dot=True, afloat=False).boundingRect()
