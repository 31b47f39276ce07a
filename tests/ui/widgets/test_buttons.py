"""Everything to press can be hit, seen, read aloud and operated by keyboard."""

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget

from coachdesk.settings import Settings
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import Choice, Flow, Options, Stepper, Toggle, button, icon_button

LEAST_TARGET = 32


@pytest.fixture(autouse=True)
def dressed(qapp):
    theme = Theme(qapp, Settings())
    yield theme
    theme.deleteLater()


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize(
    "build",
    [
        lambda: button("Begin", primary=True),
        lambda: button("Later", quiet=True),
        lambda: icon_button("trash-light", "Remove"),
        lambda: Toggle("Reduce motion"),
    ],
)
def test_targets_are_large_enough(qtbot, build):
    widget = shown(qtbot, build())
    assert min(widget.width(), widget.height()) >= LEAST_TARGET
    assert widget.accessibleName()


def test_a_switch_is_switched_by_pointer_and_space(qtbot):
    toggle = shown(qtbot, Toggle("Reduce motion", text="Reduce motion"))
    qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert toggle.isChecked()
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert not toggle.isChecked()


def test_a_switch_shows_its_state_by_more_than_colour(qtbot):
    off, on = (shown(qtbot, Toggle("Reduce motion", state)).grab().toImage() for state in (False, True))
    assert off.pixelColor(14, off.height() // 2) != on.pixelColor(14, on.height() // 2)
    assert off != on


def test_one_of_a_few_is_chosen(qtbot):
    choice = shown(qtbot, Choice([("light", "light"), ("dark", "dark")], "light"))
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.mouseClick(choice._group.button(1), Qt.MouseButton.LeftButton)
    assert (["dark"], "dark") == (told.args, choice.value)


def test_the_arrows_lead_through_all_alternatives_where_they_wrap(qtbot):
    choice = shown(qtbot, Choice([(n, f"alternative {n}") for n in range(6)], 0))
    choice.setFixedSize(250, 400)
    buttons = choice.findChildren(QPushButton)
    assert len({made.y() for made in buttons}) > 1
    for made in buttons[:-1]:
        QTest.keyClick(made, Qt.Key.Key_Right)
    assert (5, buttons[5]) == (choice.value, choice.focusWidget())
    QTest.keyClick(buttons[5], Qt.Key.Key_Right)
    assert 5 == choice.value
    QTest.keyClick(buttons[5], Qt.Key.Key_Left)
    assert 4 == choice.value


def test_the_arrows_run_as_one_reads(qtbot):
    choice = shown(qtbot, Choice([(n, f"alternative {n}") for n in range(3)], 0))
    choice.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(choice.findChildren(QPushButton)[0], Qt.Key.Key_Left)
    assert 1 == choice.value


def test_choosing_for_the_coach_tells_nobody(qtbot):
    choice = shown(qtbot, Choice([("light", "light"), ("dark", "dark")]))
    assert choice.value is None
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose("dark")
    assert "dark" == choice.value


def test_a_large_choice_says_what_it_means(qtbot):
    options = shown(qtbot, Options([("self", "For myself", "A time and my promises.")]))
    made = options._group.button(0)
    assert ("For myself", "A time and my promises.") == (made.accessibleName(), made.accessibleDescription())
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert "self" == options.value


def test_a_number_is_stepped_and_typed(qtbot):
    stepper = shown(qtbot, Stepper("Usual length", 50, 5, 480, "minutes"))
    told = []
    stepper.changed.connect(told.append)
    more = stepper.findChild(type(icon_button("", "")), "", Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    stepper.field.selectAll()
    qtbot.keyClicks(stepper.field, "75")
    qtbot.keyClick(stepper.field, Qt.Key.Key_Return)
    assert ([45, 75], 75) == (told, stepper.value)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize(
    "build", [lambda slot: button("Begin", slot), lambda slot: icon_button("trash-light", "Remove", slot)]
)
def test_the_key_that_means_yes_presses_what_has_the_keyboard_once(qtbot, build, key):
    pressed = []
    made = shown(qtbot, build(lambda: pressed.append(1)))
    qtbot.keyClick(made, key)
    QApplication.sendEvent(made, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True))
    assert [1] == pressed


def test_return_chooses_an_alternative_and_then_leaves_the_key_to_the_form(qtbot):
    form = QDialog()
    qtbot.addWidget(form)
    choice, save = Choice([("light", "light"), ("dark", "dark")], "light"), button("Save", form.accept)
    layout = QVBoxLayout(form)
    layout.addWidget(choice)
    layout.addWidget(save)
    save.setDefault(True)
    form.show()
    dark = choice._group.button(1)
    qtbot.keyClick(dark, Qt.Key.Key_Return)
    assert ("dark", True) == (choice.value, form.isVisible())
    qtbot.keyClick(dark, Qt.Key.Key_Return)
    assert not form.isVisible()


def minutes(count):
    return "minute" if count == 1 else "minutes"


def test_what_is_counted_follows_the_number(qtbot):
    stepper = shown(qtbot, Stepper("Before a session", 2, 0, 120, minutes, step=1))
    assert "2 minutes" == stepper.field.text()
    stepper.field.stepDown()
    assert "1 minute" == stepper.field.text()
    stepper.put(90)
    assert "90 minutes" == stepper.field.text()
    stepper.field.selectAll()
    qtbot.keyClicks(stepper.field, "1")
    qtbot.keyClick(stepper.field, Qt.Key.Key_Return)
    assert ("1 minute", 1) == (stepper.field.text(), stepper.value)


def test_a_field_keeps_its_width_whatever_the_number(qtbot):
    stepper = shown(qtbot, Stepper("Before a session", 2, 0, 120, minutes, step=1))
    before = stepper.field.sizeHint()
    stepper.put(1)
    assert before == stepper.field.sizeHint()


def test_a_number_stays_in_its_bounds(qtbot):
    stepper = shown(qtbot, Stepper("Usual length", 478, 5, 480))
    stepper.field.stepUp()
    assert 480 == stepper.value


def places(flow: QWidget) -> list[QRect]:
    return [child.geometry() for child in flow.findChildren(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)]


def test_buttons_wrap_when_the_window_is_narrow(qtbot):
    flow = shown(qtbot, Flow(*(button(f"A button {n}") for n in range(4))))
    flow.resize(1000, 200)
    assert 1 == len({place.y() for place in places(flow)})
    flow.resize(220, 300)
    assert len({place.y() for place in places(flow)}) > 1
    assert all(place.right() <= flow.width() for place in places(flow))


def test_buttons_begin_at_the_right_where_one_reads_from_the_right(qtbot):
    flow = shown(qtbot, Flow(button("One"), button("Two")))
    flow.resize(600, 60)
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.layout().setGeometry(flow.rect())
    first, second = places(flow)
    assert first.x() > second.x()
    assert flow.width() - 1 == first.right()


def test_a_screen_reader_is_told_of_one_among_several(qtbot):
    options = shown(qtbot, Options([("self", "For myself", ""), ("clients", "With clients", "")], "self"))
    roles = [QAccessible.queryAccessibleInterface(each).role() for each in options._group.buttons()]
    assert [QAccessible.Role.RadioButton] * 2 == roles
