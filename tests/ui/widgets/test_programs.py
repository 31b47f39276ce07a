"""Programs are chosen from those that run; what carries calls cannot be, and what does not run stays listed."""

import pytest
from PySide6.QtGui import QPixmap

from coachdesk.errors import Refused
from coachdesk.focus.blockers import Running
from coachdesk.focus.plan import App
from coachdesk.ui.widgets.cards import Glyph
from coachdesk.ui.widgets.programs import Programs, _picture
from tests.ui.hands import named, press, words_on

CHOOSE = "Choose from the programs running now"
MAIL = Running(App("thunderbird", "Thunderbird"))
ZOOM = Running(App("zoom", "Zoom"), excluded="It carries calls, so focus mode leaves it alone.")


@pytest.fixture
def make(qtbot, desk, quiet_shell):
    def made(*running: Running) -> Programs:
        quiet_shell.system.programs = running
        card = Programs(desk, quiet_shell, quiet_shell.system)
        qtbot.addWidget(card)
        card.show()
        return card

    return made


@pytest.fixture
def looked(make, settle):
    def made(*running: Running) -> Programs:
        card = make(*running)
        press(card, CHOOSE)
        settle()
        return card

    return made


def switch(card: Programs, name: str):
    return named(card, f"Keep down: {name}")


def test_without_a_chosen_one_it_says_so(make):
    assert "No program is chosen, so all stay as they are." in words_on(make(MAIL))


def test_those_that_run_are_listed_when_asked_for(looked):
    card = looked(MAIL, Running(App("slack", "slack")))
    assert ["slack", "thunderbird"] == list(card.rows)


def test_one_is_chosen_with_its_switch_and_let_go_again(desk, looked):
    card = looked(MAIL)
    press(card, "Keep down: Thunderbird")
    assert (("thunderbird", "Thunderbird"),) == desk.settings.focus.programs
    assert switch(card, "Thunderbird").isChecked()
    press(card, "Keep down: Thunderbird")
    assert () == desk.settings.focus.programs


def test_what_carries_calls_is_listed_last_with_the_reason_and_cannot_be_chosen(desk, looked):
    card = looked(Running(App("aaa", "AAA"), excluded="No."), ZOOM, MAIL)
    assert ["thunderbird", "aaa", "zoom"] == list(card.rows)
    assert not switch(card, "Zoom").isEnabled()
    assert "It carries calls, so focus mode leaves it alone." in words_on(card)


def test_an_excluded_one_in_the_settings_can_be_let_go(desk, looked):
    desk.change_setting("focus.programs", [("zoom", "Zoom")])
    card = looked(ZOOM)
    press(card, "Keep down: Zoom")
    assert () == desk.settings.focus.programs
    assert not switch(card, "Zoom").isEnabled()


def test_a_chosen_one_that_does_not_run_is_listed_and_can_be_let_go(desk, looked):
    desk.change_setting("focus.programs", [("chess", "Chess")])
    card = looked(MAIL)
    assert "It does not run now." in words_on(card)
    press(card, "Keep down: Chess")
    assert () == desk.settings.focus.programs
    assert "chess" in card.rows  # still there, should it have been a slip


def test_before_anybody_looked_nothing_is_said_of_what_runs(desk, make):
    desk.change_setting("focus.programs", [("chess", "Chess")])
    assert "It does not run now." not in words_on(make())


def test_looking_again_shows_the_present(quiet_shell, looked, settle):
    card = looked(MAIL)
    quiet_shell.system.programs = (ZOOM,)
    press(card, "Look again which programs run")
    settle()
    assert ["zoom"] == list(card.rows)


def test_a_computer_that_does_not_tell_is_told_of(looked):
    assert "This computer does not tell which programs run now." in words_on(looked())


def test_a_program_without_a_name_goes_by_what_the_system_calls_it(desk, looked):
    press(looked(Running(App("nameless", ""))), "Keep down: nameless")
    assert (("nameless", "nameless"),) == desk.settings.focus.programs


def test_a_change_elsewhere_is_shown(desk, looked):
    card = looked(MAIL)
    desk.change_setting("focus.programs", [("thunderbird", "Thunderbird")])
    card.show_settings(desk.settings)
    assert switch(card, "Thunderbird").isChecked()


def test_a_refusal_is_said_and_the_switch_shows_what_holds(desk, quiet_shell, looked):
    desk.change_setting("focus.programs", [(f"game{n}", f"Game {n}") for n in range(200)])
    card = looked(MAIL)
    press(card, "Keep down: Thunderbird")
    assert 1 == len(quiet_shell.said)
    assert not switch(card, "Thunderbird").isChecked()


@pytest.mark.parametrize("error", [Refused("The desktop does not answer."), RuntimeError()])
def test_what_goes_wrong_while_looking_is_told(qtbot, quiet_shell, make, settle, error):
    def broken():
        raise error

    card = make(MAIL)
    quiet_shell.system.running = broken
    with qtbot.captureExceptions() as caught:
        press(card, CHOOSE)
        settle()
    refused = isinstance(error, Refused)
    assert (["The desktop does not answer."] if refused else []) == quiet_shell.said
    assert (0 if refused else 1) == len(caught)
    del quiet_shell.system.running
    press(card, CHOOSE)
    settle()
    assert ["thunderbird"] == list(card.rows)


def test_looking_twice_at_once_looks_once(quiet_shell, make, settle):
    card = make(MAIL)
    card.look.click()
    card.look.click()
    assert "Looking which programs run…" in words_on(card)
    settle()
    assert ["thunderbird"] == list(card.rows)


# --- pictures


@pytest.mark.parametrize("icon", ["", "there-is-no-such-icon", "/there/is/no/such/file.png"])
def test_a_program_without_a_picture_has_a_plain_window(qtbot, icon):
    picture = _picture(icon, 1.0)
    qtbot.addWidget(picture)
    assert isinstance(picture, Glyph)
    assert (24, 24) == picture.pixmap().size().toTuple()


def test_a_program_has_its_own_picture(qtbot, tmp_path):
    path = tmp_path / "game.png"
    drawn = QPixmap(64, 64)
    drawn.fill("#33655a")
    drawn.save(str(path))
    picture = _picture(str(path), 1.0)
    qtbot.addWidget(picture)
    assert not isinstance(picture, Glyph)
    assert (24, 24) == picture.pixmap().size().toTuple()
    assert "#33655a" == picture.pixmap().toImage().pixelColor(20, 20).name()


def test_a_program_is_asked_for_the_picture_it_has(qtbot, tmp_path):
    program = tmp_path / "game.exe"
    program.write_bytes(b"MZ")
    picture = _picture(str(program), 1.0)
    qtbot.addWidget(picture)
    assert not picture.pixmap().isNull()
