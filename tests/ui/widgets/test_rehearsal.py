"""A rehearsal and an example practice open in a window of their own, beside one's own records."""

import pytest
from PySide6.QtCore import Qt

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


@pytest.mark.parametrize("once", [True, False])
def test_only_the_first_offer_can_be_put_away(qtbot, desk, once):
    offer = Rehearsal(desk, FakeShell(), once=once)
    qtbot.addWidget(offer)

    assert once is not offer.away.isHidden()
