"""Windows are kept out of screen sharing where the system confirms it, and nothing more is claimed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QToolTip, QWidget

from coachdesk.machine.here import Ability
from coachdesk.ui.private_windows import PrivateWindows
from coachdesk.ui.theme import Theme


@pytest.fixture
def private(qapp, machine):
    made = PrivateWindows(machine, qapp)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def is_excluded(machine, window) -> bool:
    return int(window.winId()) in machine.excluded


def test_a_window_already_there_is_covered(qtbot, private, machine, window):
    window.show()
    private.begin()
    assert (True, True) == (is_excluded(machine, window), private.hold)


def test_a_window_shown_later_is_covered(private, machine, window):
    private.begin()
    assert not private.hold
    window.show()
    assert (True, True) == (is_excluded(machine, window), private.hold)


def test_menus_lists_and_tooltips_are_covered_too(qtbot, qapp, private, machine, window):
    private.begin()
    choice = QComboBox(window)
    choice.addItems(["one", "two"])
    window.show()
    menu = QMenu(window)
    menu.addAction("one")
    menu.popup(window.pos())
    assert is_excluded(machine, menu)
    menu.close()
    choice.showPopup()
    assert is_excluded(machine, choice.view().window())
    choice.hidePopup()
    QToolTip.showText(window.pos(), "words", window)
    tip = next(each for each in qapp.topLevelWidgets() if each.inherits("QTipLabel"))
    assert is_excluded(machine, tip)
    QToolTip.hideText()
    tip.hide()


def test_a_window_with_new_flags_is_asked_for_again(private, machine, window):
    private.begin()
    window.show()
    before = machine.excluded.count(int(window.winId()))
    window.setWindowFlags(Qt.WindowType.Tool)
    window.show()
    again = machine.excluded.count(int(window.winId()))
    assert again >= 1
    assert again > before or len(set(machine.excluded)) > 1
    assert private.hold


def test_one_window_that_is_not_confirmed_is_enough_for_no_claim(qtbot, private, machine, window):
    private.begin()
    window.show()
    other = QWidget()
    qtbot.addWidget(other)
    machine.confirms_exclusion = False
    with qtbot.waitSignal(private.changed):
        other.show()
    assert (False, "") == (private.hold, private.words)
    assert "Visible if you share this screen." == private.remark
    with qtbot.waitSignal(private.changed):
        other.hide()
    assert (True, "") == (private.hold, private.remark)


def test_without_a_window_nothing_is_claimed(private):
    private.begin()
    assert not private.hold


def test_where_the_system_cannot_nothing_is_watched_and_the_reason_is_said(private, machine, window):
    machine.can = {"capture_exclusion": Ability(False, "Visible if you share this screen; share a tab instead.")}
    private.begin()
    window.show()
    assert ([], False) == (machine.excluded, private.hold)
    assert "Visible if you share this screen; share a tab instead." == private.remark


def test_no_window_of_ours_is_translucent(qtbot, qapp, desk, window):
    theme = Theme(qapp, desk.settings)
    menu = QMenu(window)
    choice = QComboBox(window)
    choice.addItems(["one", "two"])
    window.show()
    seen = set()
    for show in (
        lambda: menu.popup(window.pos()),
        choice.showPopup,
        lambda: QToolTip.showText(window.pos(), "words", window),
    ):
        show()
        shown = [each for each in qapp.topLevelWidgets() if each.isVisible()]
        seen |= {type(each).__name__ for each in shown}
        assert not any(each.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground) for each in shown)
        assert {1.0} == {each.windowOpacity() for each in shown}
        for each in shown:
            each.setVisible(each is window)
    qapp.setStyleSheet("")
    theme.deleteLater()
    assert len(seen) >= 3
