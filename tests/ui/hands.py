"""What a coach does with a page: finds a thing by its name, presses it, types, reads what is there."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.program import Program
from coachdesk.ui.widgets.page import Page
from coachdesk.ui.widgets.rows import Clamped, RowButton

PASSPHRASE = "a lantern on the stairs"
"""What opens the records of the tests."""

LEFT = Qt.MouseButton.LeftButton


def named(root: QWidget, name: str, kind: type[QWidget] = QAbstractButton) -> QWidget:
    """The one visible widget under ``root`` whose accessible name (or text) is or begins with this."""
    shown = [each for each in root.findChildren(kind) if each.isVisibleTo(root) and _name(each)]
    found = [each for each in shown if _name(each) == name] or [each for each in shown if _name(each).startswith(name)]
    assert found, f"nothing is called “{name}” among {sorted(_name(each) for each in shown)}"
    return found[0]


def press(root: QWidget, name: str) -> None:
    """Click the button of this name."""
    QTest.mouseClick(named(root, name), LEFT)
    QApplication.processEvents()


def write(field: QWidget, text: str) -> None:
    """Replace what stands in a field by typing."""
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text)


def unlock(qtbot: QtBot, program: Program) -> Page:
    """Open the records of a program that asks for their passphrase; the page that comes, once nothing is under way."""
    qtbot.waitUntil(lambda: program.window.page_name == "unlock")
    field = program.window.page.passphrase.field
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.page_name != "unlock")
    settle(qtbot, program)
    return program.window.page


def settle(qtbot: QtBot, program: Program) -> None:
    """Let what the program does beside its window come to its end."""
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)


def key(widget: QWidget, which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key while a widget has the keyboard."""
    QTest.keyClick(widget, which, modifiers)
    QApplication.processEvents()


def dialog(root: QWidget) -> QDialog:
    """The form that stands in front of the page."""
    found = [each for each in root.findChildren(QDialog) if each.isVisible()]
    assert found, "no form is open"
    return found[-1]


def choose(root: QWidget, words: str) -> None:
    """Take a line of the menu that is open."""
    menus = [each for each in root.findChildren(QMenu) if each.isVisible()]
    action = next(each for menu in menus for each in menu.actions() if each.text().startswith(words))
    menus[-1].close()
    action.trigger()
    QApplication.processEvents()


def words_on(root: QWidget) -> str:
    """Everything that can be read under ``root``, one thing per line."""
    return "\n".join(_words(root))


def _words(root: QWidget) -> Iterator[str]:
    for each in root.findChildren(QWidget):
        if not each.isVisibleTo(root):
            continue
        if isinstance(each, RowButton):
            yield each.accessibleName()
        elif isinstance(each, Clamped):
            yield each.text
        elif isinstance(each, QLabel | QAbstractButton) and each.text():
            yield each.text().replace("\u200b", "")


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or getattr(widget, "text", str)()
