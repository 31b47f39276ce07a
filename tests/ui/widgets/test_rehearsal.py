"""A rehearsal and an example practice open in a window of their own, beside one's own records."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from coachdesk.focus.mode import FakeFocus
from coachdesk.ui.widgets.first_offers import FirstOffers
from coachdesk.ui.widgets.page import FakeShell
from coachdesk.ui.widgets.rehearsal import LookAround, Rehearsal, open_example


def test_what_opens_is_told(qtbot):
    shell = FakeShell()

    assert open_example(shell, "--help")  # the same program, which then only prints
    assert ["It opens in a window of its own, with made-up people; your records are not touched."] == shell.said


def test_a_look_around_is_one_click(qtbot, monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM")  # without a screen it says so and ends
    shell = FakeShell()
    around = LookAround(shell)
    qtbot.addWidget(around)
    qtbot.mouseClick(around, Qt.MouseButton.LeftButton)

    assert 1 == len(shell.said)


def declines(offer):
    return [each for each in offer.findChildren(QAbstractButton) if each.text().startswith("Not now")]


def test_only_the_first_offer_can_be_put_away(qtbot, desk):
    offer = Rehearsal(desk, FakeShell())
    qtbot.addWidget(offer)

    assert [] == declines(offer)


@pytest.mark.parametrize("focus", [FakeFocus(), None])
def test_one_answer_puts_every_first_offer_away(qtbot, desk, focus):
    shell = FakeShell()
    shell.focus = focus
    offers = FirstOffers(desk, shell)
    qtbot.addWidget(offers)
    offers.show()

    assert (focus is not None) == offers.check.isVisible()
    (away,) = declines(offers)
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert not offers.isVisible()


def test_what_was_used_goes_and_what_is_left_stays(qtbot, desk):
    shell = FakeShell()
    shell.focus = FakeFocus()
    offers = FirstOffers(desk, shell)
    qtbot.addWidget(offers)
    offers.show()
    qtbot.mouseClick(offers.check.check, Qt.MouseButton.LeftButton)

    assert (True, False) == (offers.rehearsal.isVisible(), offers.check.isVisible())
    offers.rehearsal.hide()
    offers.rehearsal.begin.clicked.disconnect(offers.rehearsal._on_begin)  # no second window here
    offers.rehearsal.begin.click()
    assert not offers.isVisible()
