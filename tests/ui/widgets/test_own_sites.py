"""Websites of one's own are typed or pasted; what is refused is explained and stays to be corrected."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from coachdesk.desk import Desk
from coachdesk.ui.widgets.own_sites import FEW, OwnSites
from tests.ui.hands import key, named, press, words_on, write


@pytest.fixture
def card(qtbot, desk, quiet_shell):
    made = OwnSites(desk, quiet_shell)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.activateWindow()
    return made


def enter(card: OwnSites, text: str) -> None:
    write(card.field, text)
    key(card.field, Qt.Key.Key_Return)


def shown(card: OwnSites, desk: Desk) -> None:
    card.show_settings(desk.settings)
    QApplication.processEvents()


def test_without_any_it_says_so(card):
    assert "None yet." in words_on(card)


def test_enter_adds_what_is_typed(desk, quiet_shell, card):
    enter(card, "https://www.Forum.example/thread?page=2")
    assert ("forum.example",) == desk.settings.focus.own_sites
    assert "forum.example" in words_on(card)
    assert "" == card.field.text()
    assert card.field.hasFocus()
    assert ["Added: forum.example"] == quiet_shell.said


def test_the_button_adds_it_too(desk, card):
    write(card.field, "forum.example")
    press(card, "Add")
    assert ("forum.example",) == desk.settings.focus.own_sites


def test_what_is_refused_stays_to_be_corrected_and_says_why(desk, card):
    enter(card, "zoom.us")
    assert () == desk.settings.focus.own_sites
    assert "zoom.us" == card.field.text()
    assert "zoom.us carries video calls, so focus mode leaves it alone." == card.refused.text()
    assert card.refused.isVisible()


def test_the_reason_goes_once_it_is_corrected(card):
    enter(card, "zoom.us")
    enter(card, "forum.example")
    assert not card.refused.isVisible()


def test_an_empty_field_is_refused_in_words(card):
    enter(card, "   ")
    assert "Type the name of a website, such as example.com." == card.refused.text()


def test_a_whole_list_can_be_pasted(qtbot, desk, quiet_shell, card):
    QGuiApplication.clipboard().setText("forum.example\nnews.example, games.example;\n\n  https://x.example/a,b.html ")
    card.field.setFocus()
    qtbot.keyClick(card.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    key(card.field, Qt.Key.Key_Return)
    assert ("forum.example", "games.example", "news.example", "x.example") == desk.settings.focus.own_sites
    assert ["4 websites were added."] == quiet_shell.said


def test_of_a_list_only_what_was_refused_stays(desk, card):
    enter(card, "forum.example zoom.us https://meet.google.com/abc")
    assert ("forum.example",) == desk.settings.focus.own_sites
    assert "zoom.us https://meet.google.com/abc" == card.field.text()
    assert 2 == len(card.refused.text().splitlines())


def test_of_many_reasons_a_few_are_shown(card):
    enter(card, "zoom.us webex.com whereby.com facetime.apple.com skype.com")
    assert "2 more were not taken." == card.refused.text().splitlines()[-1]
    assert 4 == len(card.refused.text().splitlines())


def test_one_that_is_there_already_is_told_of(desk, quiet_shell, card):
    enter(card, "forum.example")
    enter(card, "www.forum.example")
    assert ("forum.example",) == desk.settings.focus.own_sites
    assert "It is there already." == quiet_shell.said[-1]


def test_more_than_the_settings_hold_is_refused_and_stays(desk, card):
    desk.change_setting("focus.own_sites", [f"{n}.example" for n in range(2000)])
    shown(card, desk)
    enter(card, "one-more.example")
    assert 2000 == len(desk.settings.focus.own_sites)
    assert "one-more.example" == card.field.text()
    assert card.refused.isVisible()


def test_names_in_other_scripts_are_readable(desk, card):
    card.field.insert("bücher.example")
    key(card.field, Qt.Key.Key_Return)
    assert ("xn--bcher-kva.example",) == desk.settings.focus.own_sites
    assert "bücher.example" in words_on(card)
    assert named(card, "Remove \u2068bücher.example")


def test_one_is_removed_and_the_keyboard_goes_to_the_next(desk, card):
    for host in ("a.example", "b.example", "c.example"):
        enter(card, host)
    press(card, "Remove b.example")
    assert ("a.example", "c.example") == desk.settings.focus.own_sites
    assert "Remove c.example" == card.focusWidget().accessibleName()
    press(card, "Remove c.example")
    assert "Remove a.example" == card.focusWidget().accessibleName()
    press(card, "Remove a.example")
    assert card.field.hasFocus()
    assert "None yet." in words_on(card)


def test_of_many_a_few_are_shown_until_all_are_asked_for(desk, card):
    desk.change_setting("focus.own_sites", [f"{n:02}.example" for n in range(FEW + 8)])
    shown(card, desk)
    assert FEW == len(card.rows)
    press(card, "Show all 20 websites")
    assert 20 == len(card.rows)
    assert f"Remove {FEW}.example" == card.focusWidget().accessibleName()
    assert not card.every.isVisible()


def test_a_change_elsewhere_is_shown(desk, card):
    desk.change_setting("focus.own_sites", ["elsewhere.example"])
    shown(card, desk)
    assert "elsewhere.example" in words_on(card)


def test_one_from_the_settings_file_that_is_not_kept_away_says_why(desk, card):
    desk.change_setting("focus.own_sites", ["zoom.us"])
    shown(card, desk)
    assert "zoom.us carries video calls, so focus mode leaves it alone." in words_on(card)
