"""Where the presence bar stands: at an edge of a screen, whole, and back at the same place when its size changes."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

EDGES = ("top", "right", "bottom", "left")


class Place(NamedTuple):
    """An edge of a screen and the share (0 to 1) along it, left to right or top to bottom, of the bar's centre."""

    edge: str
    offset: float


class Spot(NamedTuple):
    """A place on a screen known by its name."""

    screen: str
    place: Place


USUAL = Place("top", 0.5)
"""Top centre: under the camera."""


def place_of(stored: Any) -> Place:
    """The place that was stored as ``[edge, offset]``; the usual one if that says nothing usable."""
    try:
        edge, offset = stored
        share = float(offset)
    except (TypeError, ValueError):
        return USUAL
    if edge not in EDGES or not 0.0 <= share <= 1.0:
        return USUAL
    return Place(edge, share)


def stand(area: QRect, place: Place, size: QSize) -> QRect:
    """The rectangle of a bar of this size at a place of the visible area; never beyond the area, cut if larger."""
    width, height = min(size.width(), area.width()), min(size.height(), area.height())
    along_x = area.x() + round(area.width() * place.offset - width / 2)
    along_y = area.y() + round(area.height() * place.offset - height / 2)
    corner = {
        "top": QPoint(along_x, area.y()),
        "bottom": QPoint(along_x, area.y() + area.height() - height),
        "left": QPoint(area.x(), along_y),
        "right": QPoint(area.x() + area.width() - width, along_y),
    }[place.edge]
    return clamped(QRect(corner, QSize(width, height)), area)


def clamped(rect: QRect, area: QRect) -> QRect:
    """The rectangle moved as little as needed to lie in the area; its upper left part if it is larger."""
    x = max(area.x(), min(rect.x(), area.x() + area.width() - rect.width()))
    y = max(area.y(), min(rect.y(), area.y() + area.height() - rect.height()))
    return QRect(QPoint(x, y), rect.size())


def ending_with(rect: QRect, other: QRect, area: QRect, *, mirrored: bool) -> QRect:
    """The rectangle moved to end where another does, in the direction of reading, as far as the area allows."""
    x = other.x() if mirrored else other.x() + other.width() - rect.width()
    return clamped(QRect(QPoint(x, rect.y()), rect.size()), area)


def beside(bar: QRect, size: QSize, area: QRect, gap: int) -> QRect:
    """The rectangle of a window that belongs to the bar: below it, or above it where there is no room below."""
    below = bar.y() + bar.height() + gap
    above = bar.y() - gap - size.height()
    y = below if below + size.height() <= area.y() + area.height() else above
    x = bar.x() + (bar.width() - size.width()) // 2
    return clamped(QRect(QPoint(x, y), size), area)


def nearest(rect: QRect, area: QRect) -> Place:
    """The place to snap to when the bar is let go here: its nearest edge, and the centre if it is almost there."""
    gaps = {
        "top": rect.y() - area.y(),
        "bottom": area.y() + area.height() - rect.y() - rect.height(),
        "left": rect.x() - area.x(),
        "right": area.x() + area.width() - rect.x() - rect.width(),
    }
    edge = min(EDGES, key=lambda name: gaps[name])
    if edge in ("top", "bottom"):
        share = (rect.x() + rect.width() / 2 - area.x()) / max(1, area.width())
    else:
        share = (rect.y() + rect.height() / 2 - area.y()) / max(1, area.height())
    share = min(1.0, max(0.0, share))
    return Place(edge, 0.5 if abs(share - 0.5) < 0.02 else round(share, 4))


def onward(spot: Spot, screens: Sequence[str]) -> Spot:
    """The middle of the next edge, clockwise; after the left edge, the top of the next screen."""
    following = (EDGES.index(spot.place.edge) + 1) % len(EDGES)
    screen = spot.screen
    if following == 0 and screen in screens:
        screen = screens[(screens.index(screen) + 1) % len(screens)]
    return Spot(screen, Place(EDGES[following], 0.5))


def chosen(places: Mapping[str, Any], screens: Sequence[str], primary: str) -> Spot:
    """Where to stand with these screens: the one last moved to that is still there, else the primary one."""
    for name in reversed(list(places)):
        if name in screens:
            return Spot(name, place_of(places[name]))
    return Spot(primary, USUAL)


def remembered(places: Mapping[str, Any], spot: Spot) -> dict[str, list[Any]]:
    """The places to store after the bar was moved to a spot; the last one moved to stands last."""
    kept = {name: [*place_of(stored)] for name, stored in places.items() if name != spot.screen}
    return {**kept, spot.screen: [*spot.place]}
