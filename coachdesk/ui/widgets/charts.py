"""Small charts of one's own practice, each with the same figures as a table. pyqtgraph draws them.

This module is imported when a chart is wanted, and pyqtgraph on a worker thread before it (``load``): it brings numpy,
and together they take longer than showing the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow
from coachdesk.ui.widgets.charts_table import FigureTable, Table
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

HEIGHT = 208
"""Of a chart, in device-independent pixels."""
WIDTH = 0.7
"""Of a bar, where 1 is the distance to the next."""
MOST_WORDS = 8
"""Words under a chart; more would run into each other."""
PATTERNS = ("full", "hatched", "dense", "open")
"""How the parts of a bar differ, beside their colour."""


def load() -> None:
    """Import what draws; on whichever thread there is time."""
    import_module("pyqtgraph")


@dataclass(frozen=True)
class Series:
    """One row of bars: its name, a value for each place, how it is filled."""

    name: str
    values: tuple[float, ...]
    pattern: str = "full"


@dataclass(frozen=True)
class Figures:
    """What one chart shows: bars upon each other above named places, and what their height is."""

    title: str
    sentence: str
    unit: str
    """What is counted upwards, in a word."""
    places: tuple[str, ...]
    """A short word for each place, such as its month; empty for a place without one."""
    series: tuple[Series, ...]
    table: Table

    @property
    def highest(self) -> float:
        """The highest bar."""
        return max((sum(values) for values in zip(*(each.values for each in self.series), strict=True)), default=0)


def fill_of(pattern: str) -> tuple[QBrush, QPen]:
    """The filling and the edge of bars, in the colours of the present appearance."""
    palette = QApplication.palette()
    accent, quiet = palette.highlight().color(), palette.mid().color()
    colour = accent if pattern in ("full", "hatched") else quiet
    style = {
        "full": Qt.BrushStyle.SolidPattern,
        "hatched": Qt.BrushStyle.BDiagPattern,
        "dense": Qt.BrushStyle.Dense4Pattern,
        "open": Qt.BrushStyle.NoBrush,
    }[pattern]
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    return QBrush(colour, style), pen


class Swatch(QWidget):
    """How the bars of a series look, beside its name."""

    def __init__(self, pattern: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pattern = pattern
        self.setFixedSize(UNIT * 2, UNIT * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        brush, pen = fill_of(self._pattern)
        painter.setBrush(brush)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class Bars(QWidget):
    """The chart alone. It is looked at, not operated: its figures stand in the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph

        self._draws = pyqtgraph
        self.figures: Figures | None = None
        self.plot = pyqtgraph.PlotWidget(self)
        self.plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # the wheel scrolls the page
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(False, False)
        self.plot.setFrameShape(self.plot.Shape.NoFrame)
        self.plot.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # months go on to the right everywhere
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Figures) -> None:
        """Draw these."""
        self.figures = figures
        for each in (self, self.plot):
            each.setAccessibleName(figures.title)
            each.setAccessibleDescription(
                _("A chart: {sentence} The same figures stand in the table below.").format(sentence=figures.sentence)
            )
        self._draw()

    def _draw(self) -> None:
        """Draw anew, in the colours of the present appearance."""
        if self.figures is None:
            return
        figures = self.figures
        self.plot.clear()
        self.plot.setBackground(QApplication.palette().alternateBase().color())
        below = [0.0] * len(figures.places)
        for each in figures.series:
            brush, pen = fill_of(each.pattern)
            there = [at for at, value in enumerate(each.values) if value]
            if there:
                low, high = [below[at] for at in there], [each.values[at] for at in there]
                self.plot.addItem(
                    self._draws.BarGraphItem(x=there, y0=low, height=high, width=WIDTH, brush=brush, pen=pen)
                )
            below = [low + value for low, value in zip(below, each.values, strict=True)]
        self._dress_axes(figures)
        self.plot.setXRange(-0.6, max(len(below), 3) - 0.4, padding=0)
        self.plot.setYRange(0, max(1.0, figures.highest) * 1.08, padding=0)

    def _dress_axes(self, figures: Figures) -> None:
        palette = QApplication.palette()
        left, bottom = self.plot.getAxis("left"), self.plot.getAxis("bottom")
        for axis in (left, bottom):
            axis.setPen(palette.dark().color())
            axis.setTextPen(palette.placeholderText().color())
            axis.setTickFont(self.font())
            axis.setStyle(tickLength=0)
        left.setLabel(figures.unit, color=palette.placeholderText().color().name())
        left.enableAutoSIPrefix(False)
        left.setTicks([[(step, f"{step}") for step in steps(figures.highest)]])
        bottom.setTicks([[(at, words) for at, words in enumerate(figures.places) if words]])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw()

    def sizeHint(self) -> QSize:
        return QSize(UNIT * 60, HEIGHT)


class Chart(QWidget):
    """A chart, what its bars mean, and the same figures as a table."""

    def __init__(self, figures: Figures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(figures.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.bars = Bars()
        self.meanings = Flow(*(_meaning(each) for each in figures.series), space=UNIT * 2)
        self.meanings.setVisible(len(figures.series) > 1)
        self.figures = FigureTable(figures.title)
        for part in (self.bars, self.meanings, self.figures):
            layout.addWidget(part)
        self.show_figures(figures)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures of the same series."""
        self.bars.show_figures(figures)
        self.figures.show_table(figures.table)


def _meaning(series: Series) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT)
    layout.addWidget(Swatch(series.pattern))
    layout.addWidget(label(series.name, "muted", wrap=False))
    return made


def steps(highest: float) -> Sequence[int]:
    """A few whole numbers from 0 up to the highest bar, evenly apart."""
    apart, round_ones = 1, iter(10**power * one for power in range(12) for one in (1, 2, 5))
    while highest / apart > 5:
        apart = next(round_ones)
    return range(0, int(max(1.0, highest)) + 1, apart)


def thinned(words: Sequence[str], most: int = MOST_WORDS) -> tuple[str, ...]:
    """Every so many of the words, so that at most so many are left; the others are empty."""
    apart = -(-len(words) // most) if words else 1
    return tuple(word if at % apart == 0 else "" for at, word in enumerate(words))
