"""The wording of the lists in the settings: changed, added, removed, moved, and back to what came."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.practice import checklists, clients
from coachdesk.practice.checklists import FIRST_SESSION, WEEKLY_CLIENTS, WEEKLY_SELF
from coachdesk.ui.widgets import FakeShell
from coachdesk.ui.widgets.checklist_editor import ChecklistEditor
from tests.ui.hands import key, named, press, words_on, write


@pytest.fixture
def shell():
    return FakeShell()


@pytest.fixture
def editor(qtbot, desk, shell):
    made = ChecklistEditor(desk, shell)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    desk.listeners.append(lambda _touched: made.refresh())
    return made


def texts(desk, key: str = FIRST_SESSION) -> list[str]:
    return [item.text for item in desk.read(checklists.items, key)]


def test_each_list_is_shown_with_its_words(editor, desk):
    shown = {
        "First session": FIRST_SESSION,
        "The week with clients": WEEKLY_CLIENTS,
        "The week for myself": WEEKLY_SELF,
    }
    for name, which in shown.items():
        press(editor, name)
        assert texts(desk, which) == [row.text for row in editor.items.values()]
        assert texts(desk, which)[0] in words_on(editor)


def test_an_item_is_changed_in_its_place(editor, desk):
    row = next(iter(editor.items.values()))
    press(row, "Change:")
    write(row.field, "In my own words.")
    press(row, "Store")
    assert "In my own words." == texts(desk)[0]
    assert "In my own words." in words_on(editor)


def test_an_item_is_added_at_the_end(editor, desk):
    press(editor, "The week for myself")
    write(editor.words, "Did I laugh?")
    press(editor, "Add")
    assert "Did I laugh?" == texts(desk, WEEKLY_SELF)[-1]
    assert "" == editor.words.words
    assert 4 == len(texts(desk))


def test_nothing_is_not_added(editor, desk, shell):
    press(editor, "Add")
    assert ["The item is still empty."] == shell.said


def test_an_item_is_removed_after_asking(editor, desk, shell):
    before = texts(desk)
    shell.answer = False
    press(editor, "Remove:")
    assert before == texts(desk)
    shell.answer = True
    press(editor, "Remove:")
    assert before[1:] == texts(desk)
    assert before[0] not in words_on(editor)


def test_an_item_is_moved_and_the_keyboard_stays_with_it(editor, desk, qtbot):
    before = texts(desk)
    editor.activateWindow()
    named(editor, f"Later: {before[0][:60]}").setFocus()
    for place in (1, 2, 3):
        key(editor.window().focusWidget(), Qt.Key.Key_Space)
        assert place == texts(desk).index(before[0])
    held = editor.window().focusWidget()
    assert (f"Earlier: {before[0][:60]}", -1) == (held.accessibleName(), held.property("by"))


def test_the_first_item_goes_no_earlier_and_the_last_no_later(editor):
    rows = list(editor.items.values())
    assert not named(rows[0], "Earlier:").isEnabled()
    assert named(rows[0], "Later:").isEnabled()
    assert not named(rows[-1], "Later:").isEnabled()


def test_a_list_goes_back_to_the_words_it_came_with(editor, desk, shell):
    came = texts(desk)
    assert not editor.back.isVisible()
    desk.do(checklists.edit_item, next(iter(editor.items)), "other")
    desk.do(checklists.add_item, FIRST_SESSION, "Tea?")
    shell.answer = False
    press(editor, "Back to the words")
    assert "other" == texts(desk)[0]
    shell.answer = True
    press(editor, "Back to the words")
    assert [*came, "Tea?"] == texts(desk)
    assert ("your wording of the items that came with it",) == shell.asked[-1][1][:1]


def test_an_emptied_list_says_so_and_can_be_brought_back(editor, desk):
    for item_id in list(editor.items):
        desk.do(checklists.remove_item, item_id)
    QApplication.processEvents()
    assert "This list is empty." in words_on(editor)
    press(editor, "Back to the words")
    assert 4 == len(editor.items)


def test_what_was_ticked_is_still_ticked_when_an_item_comes_back(editor, desk):
    ada = desk.do(clients.add, "Ada")
    item = next(iter(editor.items))
    desk.do(checklists.tick, ada.id, item)
    desk.do(checklists.remove_item, item)
    desk.do(checklists.as_shipped, FIRST_SESSION)
    assert desk.read(checklists.lines, ada.id)[0].ticked_at


def test_a_half_typed_item_stays_with_its_list(editor, desk):
    write(editor.words, "Half an it")
    press(editor, "The week with clients")
    assert "" == editor.words.words
    press(editor, "First session")
    assert "Half an it" == editor.words.words


def test_locked_records_show_no_list(qtbot, desk, shell, editor):
    desk.close()
    editor.refresh()
    assert 4 == len(editor.items)
