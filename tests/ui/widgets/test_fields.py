"""Fields, and what is being typed surviving whatever happens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.practice import drafts
from coachdesk.storage import turns
from coachdesk.ui.widgets import DraftLine, DraftText, LineField, PassphraseField, labelled
from coachdesk.ui.widgets.fields import PAUSE


def kept(desk, subject="c1", field="words"):
    """What is on disk of what is being typed."""
    return desk.read(drafts.get, "close", subject, field)


@pytest.fixture(params=[DraftLine, DraftText])
def field(request, qtbot, desk):
    made = request.param(desk, "close", "words", "What mattered")
    qtbot.addWidget(made)
    made.about("c1")
    made.show()
    return made


def test_what_is_typed_is_on_disk_within_half_a_second(qtbot, desk, field):
    qtbot.keyClicks(field, "she said")
    assert "" == kept(desk)
    qtbot.waitUntil(lambda: kept(desk) == "she said", timeout=PAUSE * 4)
    assert 500 == PAUSE


def test_steady_typing_does_not_put_it_off(qtbot, desk, field):
    qtbot.keyClicks(field, "a")
    waiting = field._draft._timer.remainingTime()
    qtbot.wait(60)
    qtbot.keyClicks(field, "b")
    assert field._draft._timer.remainingTime() < waiting


def test_it_is_there_again_when_the_field_is_built_anew(qtbot, desk, field):
    qtbot.keyClicks(field, "half a sen")
    field.flush()
    again = type(field)(desk, "close", "words", "What mattered")
    qtbot.addWidget(again)
    again.about("c1", "stored words")
    assert "half a sen" == again.words


def test_without_a_draft_the_stored_words_are_shown(field):
    field.about("c2", "stored words")
    assert "stored words" == field.words


def test_going_on_to_another_row_keeps_both_apart(qtbot, desk, field):
    qtbot.keyClicks(field, "of the first")
    field.about("c2")
    assert "" == field.words
    qtbot.keyClicks(field, "of the second")
    field.flush()
    assert ("of the first", "of the second") == (kept(desk, "c1"), kept(desk, "c2"))


def test_hiding_keeps_at_once(qtbot, desk, field):
    qtbot.keyClicks(field, "in the mid")
    field.hide()
    assert "in the mid" == kept(desk)


@pytest.mark.parametrize("kind", [DraftLine, DraftText])
def test_leaving_with_the_keyboard_keeps_at_once(qtbot, desk, kind):
    both = QWidget()
    qtbot.addWidget(both)
    layout = QVBoxLayout(both)
    field, other = kind(desk, "close", "words", "What mattered"), LineField("Other")
    for part in (field, other):
        layout.addWidget(part)
    field.about("c1")
    both.show()
    both.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "and on")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert "and on" == kept(desk)
    assert other.hasFocus()


def test_stored_as_a_record_the_draft_is_gone(qtbot, desk, field):
    qtbot.keyClicks(field, "done")
    field.flush()
    field.cleared()
    assert ("", "") == (kept(desk), field.words)


def test_drafts_are_announced_to_nobody(qtbot, desk, field):
    heard = []
    desk.listeners.append(heard.append)
    qtbot.keyClicks(field, "quiet")
    field.flush()
    assert [] == heard


def test_locked_records_are_not_written_to(qtbot, desk, field):
    qtbot.keyClicks(field, "too late")
    desk.close()
    field.hide()
    assert not desk.is_open


def test_a_passphrase_may_be_pasted_and_is_hidden_again_when_cleared(qtbot, qapp):
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    qapp.clipboard().setText("pasted words")
    field.field.paste()
    field.eye.setChecked(True)
    assert "pasted words" == field.passphrase
    field.clear()
    assert field.field.EchoMode.Password == field.field.echoMode()
    assert "" == field.passphrase


def test_a_field_is_named_for_everyone(qtbot):
    field = LineField("Phone")
    group = labelled("Phone", field, "With the country's code.")
    qtbot.addWidget(group)
    assert "Phone" == field.accessibleName()


def test_what_the_records_do_not_take_is_said_once_and_stored_as_soon_as_they_do(qtbot, desk, field):
    with turns.long_work():
        qtbot.keyClicks(field, "of the first")
        with pytest.raises(Refused, match="CoachDesk itself"):
            field.flush()
        field.flush()
        field.about("c2")
        qtbot.keyClicks(field, "of the second")
        field.about("c1")
        assert "of the first" == field.words
    qtbot.waitUntil(lambda: kept(desk, "c2") == "of the second", timeout=PAUSE * 4)
    assert "of the first" == kept(desk, "c1")


def test_a_draft_that_cannot_be_cleared_at_once_goes_later(qtbot, desk, field):
    qtbot.keyClicks(field, "she said")
    field.flush()
    with turns.long_work():
        field.cleared()
        field.about("c1")
        assert "" == field.words
    qtbot.waitUntil(lambda: kept(desk) == "", timeout=PAUSE * 4)


def test_what_was_typed_in_another_field_of_the_same_name_is_taken_over(qtbot, desk, field):
    other = type(field)(desk, "close", "words", "What mattered")
    qtbot.addWidget(other)
    other.about("c1", "stored words")
    qtbot.keyClicks(field, "she said ")
    field.flush()
    other.look_again()
    assert "she said " == other.typed_text
    field.cleared()
    other.look_again()
    assert "stored words" == other.typed_text


def test_looking_again_changes_nothing_of_what_is_being_typed(qtbot, desk, field):
    qtbot.keyClicks(field, "she ")
    field.look_again()
    qtbot.keyClicks(field, "said ")
    qtbot.keyClick(field, Qt.Key.Key_Home)
    field.look_again()
    qtbot.keyClicks(field, "and ")
    assert "and she said " == field.typed_text


def test_looking_again_waits_for_records_that_take_nothing_now(qtbot, desk, field):
    qtbot.keyClicks(field, "she said")
    with turns.long_work():
        field.look_again()
        assert "she said" == field.words
    desk.close()
    field.look_again()
    assert "she said" == field.words
