"""What every page does: nothing on it moves aside when it begins to scroll."""

from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.ui.widgets.page import FakeShell, Page


def test_nothing_moves_aside_when_there_is_something_to_scroll(qtbot, desk):
    page = Page(desk, FakeShell())
    qtbot.addWidget(page)
    words, tall = QLabel("First"), QLabel("Second")
    for each in (words, tall):
        page.column.addWidget(each)
    page.resize(1000, 500)
    page.show()
    qtbot.waitExposed(page)
    before = (words.mapTo(page, words.rect().topLeft()).x(), words.width())
    assert 0 == page.scroll.verticalScrollBar().maximum()
    tall.setMinimumHeight(2000)
    QApplication.processEvents()
    assert page.scroll.verticalScrollBar().maximum() > 0
    assert before == (words.mapTo(page, words.rect().topLeft()).x(), words.width())
