"""A question is asked once, names what goes, and the usual answer changes nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coachdesk.ui.dialogs.confirm import Confirm
from coachdesk.ui.main_window import LEAST
from coachdesk.ui.widgets.points import Points


@pytest.fixture
def asked(qtbot):
    made = Confirm("Remove this client?", ("12 sessions", "7 promises"), "Remove")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_it_names_what_goes(asked):
    texts = [part.text() for part in asked.findChildren(QLabel)]
    assert ["Remove this client?", "•", "12 sessions", "•", "7 promises"] == texts


def test_enter_changes_nothing(qtbot, asked):
    assert asked.keep.hasFocus()
    with qtbot.waitSignal(asked.rejected):
        qtbot.keyClick(asked, Qt.Key.Key_Return)


def test_escape_changes_nothing(qtbot, asked):
    with qtbot.waitSignal(asked.rejected):
        qtbot.keyClick(asked, Qt.Key.Key_Escape)


def test_the_deed_is_one_tab_away(qtbot, asked):
    qtbot.keyClick(asked, Qt.Key.Key_Tab)
    assert asked.act.hasFocus()
    with qtbot.waitSignal(asked.accepted):
        qtbot.keyClick(asked.act, Qt.Key.Key_Space)


@pytest.mark.parametrize("name", ["W" * 300, "Wilhelmina-Theodora von Aldenhoven " * 9])
def test_a_very_long_name_pushes_nothing_out_and_is_whole_for_those_who_ask(qtbot, name):
    made = Confirm(f"Remove {name}?", [name], "Remove")
    qtbot.addWidget(made)
    made.show()
    assert made.width() <= LEAST[0]
    assert made.height() <= LEAST[1]
    assert [True, True] == [name in each.toolTip() for each in (made.findChild(QLabel), made.findChild(Points))]


def test_its_title_names_nobody(asked):
    assert "CoachDesk" == asked.windowTitle()
