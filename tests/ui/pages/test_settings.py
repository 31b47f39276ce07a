"""The settings: every section, the editors, and what they change."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coachdesk.desk import Desk
from coachdesk.errors import WrongKey
from coachdesk.exchange import client_words
from coachdesk.focus.blockers import FakeSystem
from coachdesk.practice import clients, own_prompts, sessions
from coachdesk.storage import backup, keys
from coachdesk.ui.pages.settings import SECTIONS, SettingsPage
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.widgets import FakeShell
from coachdesk.ui.widgets.backups import Backups
from coachdesk.ui.widgets.forgetting import Forgetting
from coachdesk.ui.widgets.prompts import Prompts
from coachdesk.ui.widgets.protection import Protection
from coachdesk.ui.widgets.structures import Structures
from tests.ui.hands import PASSPHRASE, dialog, words_on


class NoKeychain:
    """Stands for what opens the records on a computer without a keychain."""

    keychain = None


@pytest.fixture
def shell(qapp):
    tasks = Tasks()
    made = FakeShell(tasks=tasks)
    made.opening = NoKeychain()
    made.system = FakeSystem()
    yield made
    tasks.close()


@pytest.fixture
def desk(clock, home, locked):
    """A desk with the records of a home that a passphrase opens."""
    made = Desk(clock, home)
    made.open(locked[0])
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell):
    made = SettingsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    desk.listeners.append(lambda _touched: made.refresh())
    return made


def click(qtbot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def named(widget: QWidget, name: str) -> QWidget:
    """The control with this accessible name that is shown."""
    return next(one for one in widget.findChildren(QWidget) if one.accessibleName() == name and not one.isHidden())


@pytest.mark.parametrize("section", [one.name for one in SECTIONS])
def test_every_section_can_be_shown(page, section):
    page.arrive(section=section)
    assert 1 == sum(not built.isHidden() for built in page._built.values())


def test_a_change_elsewhere_is_shown(desk, page):
    from coachdesk.ui.widgets.forms import SettingForm

    desk.change_setting("session.minutes", 75)
    assert 75 == page.part(SettingForm, "session").control("minutes").value


def test_what_changed_while_another_section_was_shown_is_there_when_one_comes_back(desk, page):
    from coachdesk.ui.widgets.forms import SettingForm

    page.arrive(section="look")
    desk.change_setting("session.minutes", 75)
    page.arrive(section="session")
    assert 75 == page.part(SettingForm, "session").control("minutes").value


def test_a_structure_of_one_s_own_is_made_and_can_be_chosen(qtbot, desk, page):
    editor_of = page.part(Structures)
    click(qtbot, editor_of.new)
    editor = editor_of.editor
    qtbot.keyClicks(editor.name, "Walk and talk")
    click(qtbot, editor.another)
    qtbot.keyClicks(editor.rows[-1].name, "Part")
    click(qtbot, editor.rows[-1].up)
    click(qtbot, editor.store)
    made = desk.settings.templates[-1]
    assert ("Walk and talk", ["Explore", "Part", "Commit"]) == (made.name, [phase.name for phase in made.phases])
    desk.change_setting("session.template", made.id)
    assert made == desk.settings.template


def test_how_the_time_is_divided_has_one_name_wherever_it_is_read(qtbot, desk, page):
    structures = page.part(Structures)
    click(qtbot, structures.new)
    said = words_on(page)
    structures.edit(desk.settings.templates[1])
    said += "\n" + words_on(page)
    assert "How the time is divided" == client_words.FIELDS["template"]
    assert {"How the time is divided", "Ways to divide the time", "A new way to divide the time"} <= {
        *said.splitlines()
    }
    assert "structure" not in said.casefold()


def test_a_phase_can_be_taken_out_and_lengthened(qtbot, desk, page):
    structures = page.part(Structures)
    structures.edit(desk.settings.templates[2])
    click(qtbot, structures.editor.rows[0].out)
    structures.editor.rows[0].minutes.field.setValue(30)
    click(qtbot, structures.editor.store)
    phases = next(one for one in desk.settings.templates if one.id == "grow").phases
    assert [("Reality", 30), ("Options", 15), ("Will", 15)] == [(phase.name, phase.minutes) for phase in phases]


def test_a_shipped_structure_that_was_changed_is_put_back(qtbot, desk, page):
    before = desk.settings.templates
    structures = page.part(Structures)
    structures.edit(before[1])
    structures.editor.rows[0].minutes.field.setValue(9)
    click(qtbot, structures.editor.store)
    assert before != desk.settings.templates
    click(qtbot, named(structures, "Put back as it came: In six steps, from arriving to closing"))
    assert before == desk.settings.templates


def test_removing_a_structure_asks_and_names_it(qtbot, desk, shell, page):
    from coachdesk.settings import Template, with_template

    desk.change_settings(with_template(desk.settings, Template("", "Walk and talk")))
    shell.answer = False
    click(qtbot, named(page, "Remove Walk and talk"))
    assert 4 == len(desk.settings.templates)
    shell.answer = True
    click(qtbot, named(page, "Remove Walk and talk"))
    assert 3 == len(desk.settings.templates)
    assert "Walk and talk" in shell.asked[-1][1][0]


def test_a_structure_without_a_name_is_refused_in_words(qtbot, desk, shell, page):
    structures = page.part(Structures)
    click(qtbot, structures.new)
    click(qtbot, structures.editor.store)
    assert 3 == len(desk.settings.templates)
    assert shell.said
    assert structures.editor is not None


@pytest.fixture
def prompts(page):
    page.arrive(section="prompts")
    return page.part(Prompts)


def test_a_shipped_prompt_is_switched_off_and_on(qtbot, desk, prompts):
    first = prompts.shown()[0]
    click(qtbot, named(prompts, f"Offer: {first.short}"))
    assert (first.id,) == desk.settings.prompts.off
    click(qtbot, named(prompts, f"Offer: {first.short}"))
    assert () == desk.settings.prompts.off


def test_words_of_one_s_own_are_added_changed_and_removed(qtbot, desk, prompts):
    prompts.category.setCurrentIndex(prompts.category.findData("silence"))
    click(qtbot, prompts.new)
    qtbot.keyClicks(prompts.editor.short, "Stay a moment")
    click(qtbot, prompts.editor.store)
    (made,) = desk.read(own_prompts.every)
    assert ("silence", "Stay a moment") == (made.category, made.short)
    click(qtbot, named(prompts, "Change: Stay a moment"))
    prompts.editor.short.setText("Stay with it")
    click(qtbot, prompts.editor.store)
    assert ["Stay with it"] == [row.short for row in desk.read(own_prompts.every)]
    click(qtbot, named(prompts, "Remove: Stay with it"))
    assert [] == list(desk.read(own_prompts.every))


def test_the_keyboard_is_back_at_the_button_once_an_editor_is_closed(qtbot, desk, page, prompts):
    for answer in ("Store", "Cancel"):
        click(qtbot, prompts.new)
        qtbot.keyClicks(prompts.editor.short, "Stay a moment")
        button = named(prompts.editor, answer)
        button.setFocus()
        click(qtbot, button)
        assert prompts.editor is None
        assert prompts.new is page.window().focusWidget()


def test_another_category_lets_go_of_what_is_typed_and_leaves_the_keyboard_there(qtbot, page, prompts):
    click(qtbot, prompts.new)
    prompts.category.setFocus()
    prompts.category.setCurrentIndex(prompts.category.findData("silence"))
    assert prompts.editor is None
    assert prompts.category is page.window().focusWidget()


def test_one_s_own_words_can_rest(qtbot, desk, prompts):
    desk.do(own_prompts.add, "opening", "What is new?", "What is new?")
    click(qtbot, named(prompts, "Offer: What is new?"))
    assert desk.read(own_prompts.every)[0].off


@pytest.fixture
def privacy(page):
    page.arrive(section="privacy")
    return page


def prove(qtbot, page, words):
    """Say who sits here, in the form that asks for it."""
    form = dialog(page)
    form.words.field.setText(words)
    click(qtbot, form.act)
    return form


def test_a_new_passphrase_takes_the_place_of_the_old_for_whoever_knows_it(qtbot, desk, shell, privacy):
    protection = privacy.part(Protection)
    qtbot.keyClicks(protection.passphrase.field, "short")
    assert not protection.use.isEnabled()
    protection.passphrase.field.setText("quite another sentence")
    click(qtbot, protection.use)
    form = prove(qtbot, privacy, "somebody at an open desk")
    qtbot.waitUntil(form.refusal.isVisible)
    assert "not the passphrase" in form.refusal.text()
    assert desk.store.key == keys.with_passphrase(desk.home.keys, PASSPHRASE)
    prove(qtbot, privacy, PASSPHRASE)
    qtbot.waitUntil(lambda: shell.said != [])
    assert desk.store.key == keys.with_passphrase(desk.home.keys, "quite another sentence")


def test_whoever_does_not_know_it_changes_nothing(qtbot, desk, shell, privacy, locked):
    protection = privacy.part(Protection)
    before = desk.home.keys.read_bytes()
    shell.opening.keychain = keys.FakeKeychain()
    privacy.refresh()
    click(qtbot, protection.keychain)
    assert not dialog(privacy).by_keychain.isVisible()
    dialog(privacy).reject()
    assert not protection.keychain.isChecked()
    click(qtbot, protection.new_code)
    dialog(privacy).reject()
    assert "" == protection.sheet.code.text()
    assert before == desk.home.keys.read_bytes()


def test_a_new_recovery_code_is_valid_once_it_was_written_down(qtbot, desk, shell, privacy, locked):
    protection = privacy.part(Protection)
    click(qtbot, protection.new_code)
    prove(qtbot, privacy, locked[1])
    qtbot.waitUntil(protection.sheet.isVisible)
    new = "-".join(protection.sheet.code.text().split())
    assert desk.store.key == keys.with_recovery(desk.home.keys, locked[1])
    click(qtbot, protection.written)
    click(qtbot, protection.confirm)
    assert "does not match" in protection.said.text()
    for field, name in zip(protection.groups.fields, protection.groups._names, strict=True):
        field.setText(new.split("-")[int(name.text().split()[-1]) - 1].lower())
    click(qtbot, protection.confirm)
    qtbot.waitUntil(lambda: shell.said != [])
    assert desk.store.key == keys.with_recovery(desk.home.keys, new)
    with pytest.raises(WrongKey):
        keys.with_recovery(desk.home.keys, locked[1])
    assert ("", True) == (protection.sheet.code.text(), protection.sheet.isHidden())


def test_the_old_code_can_be_kept_after_all(qtbot, desk, shell, privacy, locked):
    protection = privacy.part(Protection)
    click(qtbot, protection.new_code)
    prove(qtbot, privacy, PASSPHRASE)
    qtbot.waitUntil(protection.sheet.isVisible)
    click(qtbot, protection.keep_old)
    assert "" == protection.sheet.code.text()
    assert desk.store.key == keys.with_recovery(desk.home.keys, locked[1])


def test_the_keychain_is_set_up_and_put_away(qtbot, desk, shell, privacy):
    shell.opening.keychain = keychain = keys.FakeKeychain()
    privacy.refresh()
    protection = privacy.part(Protection)
    for there in (True, False):
        click(qtbot, protection.keychain)
        prove(qtbot, privacy, PASSPHRASE)
        qtbot.waitUntil(lambda there=there: there == ("keychain" in keys.ways(desk.home.keys)))
        qtbot.waitUntil(protection.keychain.isEnabled)
        assert there == bool(keychain.entries)


def test_where_only_the_keychain_opens_them_it_is_asked(qtbot, desk, shell, privacy):
    shell.opening.keychain = keychain = keys.FakeKeychain()
    keys.set_keychain(desk.home.keys, desk.store.key, keychain)
    keys.set_passphrase(desk.home.keys, desk.store.key, None)
    privacy.refresh()
    protection = privacy.part(Protection)
    protection.passphrase.field.setText("quite another sentence")
    click(qtbot, protection.use)
    keychain.closed = True
    form = dialog(privacy)
    click(qtbot, form.by_keychain)
    qtbot.waitUntil(form.refusal.isVisible)
    keychain.closed = False
    click(qtbot, form.by_keychain)
    qtbot.waitUntil(lambda: shell.said != [])
    assert desk.store.key == keys.with_passphrase(desk.home.keys, "quite another sentence")


def test_locking_from_here(qtbot, shell, privacy):
    click(qtbot, privacy.part(Protection).lock)
    assert [("lock", {})] == shell.went


def test_a_backup_is_taken_when_asked(qtbot, desk, shell, page):
    page.arrive(section="records")
    part = page.part(Backups)
    assert "no backup" in part.last.text()
    part.now.setFocus()
    click(qtbot, part.now)
    qtbot.waitUntil(lambda: shell.said == ["Backed up."])
    assert 1 == len(backup.backups(desk.home.backups))
    assert "last backup" in part.last.text()
    assert part.now is part.window().focusWidget()


def test_the_last_backup_is_none_of_a_wrong_clock(desk, page):
    backup.back_up(desk.store, desk.home.backups, desk.now())
    (desk.home.backups / "records-2027-05-03T12-00-00Z.db").touch()
    page.arrive(section="records")
    part = page.part(Backups)
    part.refresh()
    assert "The last backup: today" in part.last.text()


def test_who_is_past_the_period_is_proposed_with_the_day_it_counts_from(desk, page):
    ada = desk.do(clients.add, "Ada")
    desk.do(sessions.log, ada.id, datetime(2024, 3, 4, 12, tzinfo=UTC), 50)
    desk.do(clients.edit, ada.id, ended_on=date(2024, 6, 3))
    desk.change_setting("privacy.retention_years", 1)
    page.arrive(section="privacy")
    part = page.part(Forgetting)
    part.refresh()
    assert ["Ada: last on Mon, 3 Jun 2024 …"] == [look.text() for look in part.looks]


def test_everything_has_a_name_for_a_screen_reader(page):
    for section in SECTIONS:
        page.arrive(section=section.name)
    kinds = ("QPushButton", "QToolButton", "QLineEdit", "QSpinBox", "QComboBox", "Toggle", "LineField")
    nameless = [
        one
        for one in page.findChildren(QWidget)
        if type(one).__name__ in kinds and not one.accessibleName() and one.objectName() != "qt_spinbox_lineedit"
    ]
    assert [] == nameless
