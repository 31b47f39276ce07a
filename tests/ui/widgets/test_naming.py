"""How a name stands at the head of a page."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.ui.widgets.naming import put_heading
from coachdesk.ui.widgets.texts import label


def first_ink(heading, columns) -> int:
    """The first of these columns with anything else than the ground."""
    image = heading.grab().toImage()
    ground = image.pixel(0, 0)
    return next(x for x in columns if any(image.pixel(x, y) != ground for y in range(image.height())))


@pytest.mark.parametrize("name", ["Mara", "\u05de\u05e8\u05d9\u05dd"])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_name_begins_at_the_side_of_the_layout_whichever_way_its_letters_run(qtbot, name, direction):
    heading = label("", "display")
    qtbot.addWidget(heading)
    heading.setLayoutDirection(direction)
    put_heading(heading, name)
    heading.resize(400, 40)
    columns = range(400) if direction == Qt.LayoutDirection.LeftToRight else range(399, -1, -1)
    assert abs(columns[0] - first_ink(heading, columns)) < 10
