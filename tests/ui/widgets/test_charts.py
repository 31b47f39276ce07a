"""Charts and their tables: the same figures, in words too, in both appearances, and never in the way."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.settings import Settings, changed
from coachdesk.ui import theme
from coachdesk.ui.theme import DARK, LIGHT, Theme
from coachdesk.ui.widgets.charts import Chart, Figures, Series, fill_of, steps, thinned
from coachdesk.ui.widgets.charts_table import Table

TABLE = Table(("Month", "Kept", "Let go"), (("March 2026", "3", "1"), ("February 2026", "0", "2")))
FIGURES = Figures(
    "My promises", "What became of them.", "Promises", ("Feb", "Mar"),
    (Series("Kept", (0, 3), "full"), Series("Let go", (2, 1), "open")), TABLE,
)  # fmt: skip


@pytest.fixture
def dressed(qapp):
    before = qapp.styleSheet()
    made = Theme(qapp, changed(Settings(), "appearance.look", "light"))
    yield made
    qapp.setStyleSheet(before)
    made.deleteLater()


@pytest.fixture
def chart(qtbot, dressed):
    made = Chart(FIGURES)
    qtbot.addWidget(made)
    made.resize(640, 520)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def bars(chart) -> list[tuple]:
    """Each series as it is drawn: places, from where, how high."""
    drawn = [item.opts for item in chart.bars.plot.getPlotItem().items]
    return [(list(each["x"]), list(each["y0"]), list(each["height"])) for each in drawn]


def words(axis) -> list[str]:
    return [text for _at, text in axis._tickLevels[0]]


def test_bars_stand_on_each_other_and_nothing_is_drawn_for_nothing(chart):
    assert [([1], [0], [3]), ([0, 1], [0, 3], [2, 1])] == bars(chart)


def test_the_axes_speak_in_words(chart):
    left, bottom = (chart.bars.plot.getAxis(side) for side in ("left", "bottom"))
    assert ["Feb", "Mar"] == words(bottom)
    assert ["0", "1", "2", "3", "4"] == words(left)
    assert "Promises" == left.labelText


def test_other_figures_replace_the_first(chart):
    other = Figures(
        "My promises", "", "Promises", ("Apr",), (Series("Kept", (1,)), Series("Let go", (0,), "open")),
        Table(TABLE.heads, (("April 2026", "1", "0"),)),
    )  # fmt: skip
    chart.show_figures(other)
    assert [([0], [0], [1])] == bars(chart)
    assert (("April 2026", "1", "0"),) == chart.figures.table.rows


def test_a_live_change_of_appearance_is_followed(chart, dressed):
    def drawn() -> tuple[str, str]:
        back = chart.bars.plot.backgroundBrush().color().name()
        return back, chart.bars.plot.getPlotItem().items[0].opts["brush"].color().name()

    assert (LIGHT.card, LIGHT.accent) == drawn()
    dressed.apply(changed(Settings(), "appearance.look", "dark"))
    QApplication.processEvents()
    assert (DARK.card, DARK.accent) == drawn()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_bars_can_be_told_from_their_ground(colours):
    assert 3 <= theme.contrast(colours.accent, colours.card)
    assert 3 <= theme.contrast(colours.outline, colours.card)


def test_each_meaning_has_a_pattern_of_its_own_beside_its_colour(dressed):
    looks = {(brush.style(), pen.color().name()) for brush, pen in map(fill_of, ("full", "hatched", "dense", "open"))}
    assert 4 == len({style for style, _colour in looks})


def test_a_screen_reader_is_told_what_it_is_and_where_the_figures_stand(chart):
    for widget in (chart.bars, chart.bars.plot):
        seen = QAccessible.queryAccessibleInterface(widget)
        assert "My promises" == seen.text(QAccessible.Text.Name)
        assert "The same figures stand in the table below." in seen.text(QAccessible.Text.Description)
    table = QAccessible.queryAccessibleInterface(chart.figures)
    assert ("My promises", QAccessible.Role.Table) == (table.text(QAccessible.Text.Name), table.role())
    model = chart.figures.model()
    said = [model.data(model.index(0, at), Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)]
    assert ["March 2026", "March 2026, Kept: 3"] == said


def test_the_table_is_gone_through_by_arrows_and_left_by_tab(chart):
    chart.activateWindow()
    chart.figures.setFocus()
    assert (0, 0) == (chart.figures.currentIndex().row(), chart.figures.currentIndex().column())
    QTest.keyClick(chart.figures, Qt.Key.Key_Down)
    assert 1 == chart.figures.currentIndex().row()
    QTest.keyClick(chart.figures, Qt.Key.Key_Tab)
    assert 1 == chart.figures.currentIndex().row()


def test_the_figures_are_copied_as_a_spreadsheet_takes_them(chart):
    def copied() -> str:
        QTest.keySequence(chart.figures, "Ctrl+C")
        return QGuiApplication.clipboard().text()

    chart.figures.setFocus()
    assert "Month\tKept\tLet go\nMarch 2026\t3\t1\nFebruary 2026\t0\t2" == copied()
    chart.figures.selectRow(1)
    assert "Month\tKept\tLet go\nFebruary 2026\t0\t2" == copied()


def test_the_chart_takes_neither_the_wheel_nor_the_keyboard(chart):
    assert chart.bars.plot.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert Qt.FocusPolicy.NoFocus == chart.bars.plot.focusPolicy()


def test_a_chart_of_nothing_is_drawn_too(qtbot, dressed):
    made = Chart(Figures("x", "", "x", (), (Series("x", ()),), Table(("Month", "x"), ())))
    qtbot.addWidget(made)
    made.show()
    assert [] == bars(made)
    made.figures.copy()
    assert "Month\tx" == QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("highest", "expected"),
    [(0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (7, [0, 2, 4, 6]), (23, [0, 5, 10, 15, 20]),
     (200, [0, 50, 100, 150, 200]), (0.4, [0, 1])],
)  # fmt: skip
def test_the_numbers_beside_a_chart_are_few_and_round(highest, expected):
    assert expected == list(steps(highest))


def test_words_under_a_chart_are_thinned():
    assert ("a", "b") == thinned(["a", "b"], 2)
    assert ("a", "", "c", "") == thinned(["a", "b", "c", "d"], 2)
    assert () == thinned([])
