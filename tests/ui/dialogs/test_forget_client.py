"""Forgetting a client in the window: said first, done once, gone on with after a kill."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.practice import clients, forget, notes, sessions
from coachdesk.practice.hours import HoursNoted
from coachdesk.storage import backup, erase, keys
from coachdesk.ui.dialogs.forget_client import ForgetClient
from tests import planted
from tests.ui.hands import PASSPHRASE, dialog, press, unlock, words_on


@pytest.fixture
def program(unlocked):
    return unlocked


@pytest.fixture
def ada(program):
    """A client with an hour held and a note, and a backup that holds both."""
    client = program.desk.do(clients.add, "Ada Lovelace", short_name="Ada")
    session = program.desk.do(sessions.log, client.id, program.desk.now().at.replace(hour=9), 60)
    program.desk.do(notes.add, session.id, f"She said {planted.word('note')}")
    backup.back_up(program.desk.store, program.desk.home.backups, program.desk.now())
    return client


def opened(qtbot, program, client):
    program.window.show_page("client", client_id=client.id)
    ForgetClient(program.desk, program.window, client.id, program.window).open()
    form = dialog(program.window)
    qtbot.waitUntil(form.act.isEnabled)
    return form


def left_in_settings(qtbot, program, name):
    """Leave the file of that name where it is, as the card of the settings tells and offers; the card."""
    from coachdesk.ui.widgets.forgetting import Forgetting

    program.window.start_at("settings", section="privacy")
    card = program.window.page.part(Forgetting)
    qtbot.waitUntil(card.remove.isVisible)
    assert name in card.left.text().replace("\u200b", "")
    qtbot.mouseClick(card.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.desk.read(forget.pending))
    return card


def test_what_goes_and_stays_is_said_and_nothing_is_done_yet(qtbot, program, ada):
    form = opened(qtbot, program, ada)
    said = words_on(form)
    for words in (
        "Forget Ada?", "1 session, planned or held", "1 note", "the same in 1 backup", "under a random number",
        "1.00 hours of 1 session", "what you exported",
    ):  # fmt: skip
        assert words in said
    assert form.cancel.isDefault()
    press(form, "Cancel")
    assert 1 == len(program.desk.read(clients.every))


def test_the_hours_stay_unless_it_is_chosen_otherwise_and_the_lists_say_it(qtbot, program, ada):
    form = opened(qtbot, program, ada)
    going, staying = words_on(form.going), words_on(form.staying)
    assert "1.00 hours of 1 session" in staying
    assert "1.00 hours" not in going
    press(form, "Nothing")
    going, staying = words_on(form.going), words_on(form.staying)
    assert "1.00 hours of 1 session" in going
    assert "1.00 hours" not in staying
    form.close()


def test_it_is_done_and_told_and_no_byte_is_left(qtbot, program, ada, locked):
    form = opened(qtbot, program, ada)
    press(form, "Forget")
    qtbot.waitUntil(lambda: "no word of theirs" in form.words.text())
    assert "1 copy was rewritten without them." in form.words.text()
    assert "clients" == program.window.page_name
    assert [] == list(program.desk.read(clients.every))
    assert {} == planted.found(program.desk.home.root, locked[0], {"note": planted.word("note")})
    assert [3600] == [row.paid_seconds + row.pro_bono_seconds for row in program.desk.read(every_hour)]
    press(form, "Close")


def every_hour(db):
    from sqlmodel import select

    return db.exec(select(HoursNoted)).all()


def test_what_is_being_typed_about_them_does_not_come_back(qtbot, program, ada):
    program.window.show_page("client", client_id=ada.id, tab="private")
    field = program.window.page.findChildren(type(program.window.page))
    assert [] == field
    form = opened(qtbot, program, ada)
    press(form, "Forget")
    qtbot.waitUntil(lambda: "no word of theirs" in form.words.text())
    assert {"clients"} == {*program.window._pages}
    form.close()


def test_files_that_cannot_be_read_are_the_coachs_choice(qtbot, program, ada):
    damaged = program.desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
    damaged.write_bytes(b"nothing that opens" * 300)
    form = opened(qtbot, program, ada)
    assert damaged.name in words_on(form).replace("\u200b", "")
    press(form, "Remove them")
    press(form, "Forget")
    qtbot.waitUntil(lambda: "1 file was removed." in form.words.text())
    assert not damaged.exists()
    form.close()


def test_left_ones_are_told(qtbot, program, ada):
    damaged = program.desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
    damaged.write_bytes(b"nothing that opens" * 300)
    form = opened(qtbot, program, ada)
    press(form, "Forget")
    qtbot.waitUntil(lambda: "may still hold them" in form.words.text())
    assert damaged.exists()
    assert [] == erase.unfinished(program.desk.home, program.desk.store.key)
    form.close()


def test_a_running_session_is_said_and_nothing_can_be_done(qtbot, program, ada):
    program.desk.do(sessions.start, ada.id)
    ForgetClient(program.desk, program.window, ada.id, program.window).open()
    form = dialog(program.window)
    qtbot.waitUntil(form.refusal.isVisible)
    assert "end it first" in form.refusal.text()
    assert not form.act.isEnabled()
    form.close()
    program.desk.do(sessions.finish)


def test_another_way_of_forgetting_is_finished_by_the_window(qtbot, program, ada, locked):
    program.desk.do(forget.forget, ada.id)
    qtbot.waitUntil(lambda: not program.desk.read(forget.pending))
    assert {} == planted.found(program.desk.home.root, locked[0], {"note": planted.word("note")})


def test_the_next_start_goes_on_and_says_what_is_left(qtbot, start, home, locked, desk_of):
    damaged = home.root / "records.db.damaged-2026-01-03T00-00-00Z"
    damaged.write_bytes(b"nothing that opens" * 300)
    program = start()
    unlock(qtbot, program)
    qtbot.waitUntil(lambda: "may still hold them" in program.window.message.sentence)
    card = left_in_settings(qtbot, program, damaged.name)
    qtbot.waitUntil(card.left.isHidden)
    assert damaged.exists()


def test_a_copy_that_could_not_be_rewritten_is_told_in_the_settings_and_can_be_left(qtbot, program, ada):
    (taken,) = [each.path for each in erase.look(program.desk.home, program.desk.store.key, [ada.id]) if each.holds]
    taken.with_name(f"{taken.name}.rewriting").mkdir()
    form = opened(qtbot, program, ada)
    press(form, "Forget")
    qtbot.waitUntil(lambda: "may still hold them" in form.words.text())
    form.close()
    left_in_settings(qtbot, program, taken.name)
    assert taken.exists()


@pytest.fixture
def desk_of(clock, home, locked):
    """A client was forgotten, and the program was killed before the rest was done."""
    from coachdesk.desk import Desk

    before = Desk(clock, home)
    before.open(keys.with_passphrase(home.keys, PASSPHRASE))
    ada = before.do(clients.add, "Ada")
    before.do(forget.forget, ada.id)
    before.close()
