"""The coach's own record is a place of its own where CoachDesk is used for oneself."""

import pytest

from coachdesk.practice import clients
from coachdesk.ui.pages import PAGES
from coachdesk.ui.pages.mine import MyRecordPage
from coachdesk.ui.widgets.navigation import Navigation


def test_it_opens_on_oneself_and_makes_the_record_when_first_wanted(desk, shell, show):
    page = show(MyRecordPage)
    page.arrive()

    assert [page.client_id] == [c.id for c in desk.read(clients.every)]
    assert "self" == desk.read(clients.one, page.client_id).kind


@pytest.fixture
def places(qtbot):
    made = Navigation(PAGES)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("left_out", [("mine",), ("clients",), ()])
def test_each_way_of_working_has_its_places_and_their_keys(places, left_out):
    places.leave_out(left_out)

    offered = places.offered
    assert [name for name in places.names if name not in left_out] == offered
    assert {"today", "clients", "mine", "reflect", "settings"} - set(left_out) <= set(offered)
    tips = [places._group.button(places.names.index(name)).toolTip() for name in offered]
    assert [f"Ctrl+{n}" for n in range(1, len(offered) + 1)] == tips
