"""One's own practice over time: three small charts with their tables. Never a chart of a client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Locked
from coachdesk.machine.here import zone_here
from coachdesk.practice import trends
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Choice, EmptyState, button, label
from coachdesk.ui.widgets.charts import Chart, Figures, Series, load, thinned
from coachdesk.ui.widgets.charts_table import Table
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.desk import Desk
    from coachdesk.practice.trends import Month
    from coachdesk.ui.tasks import Task
    from coachdesk.ui.widgets.page import Shell

RANGES = ((3, N_("3 months")), (12, N_("12 months")), (0, N_("All")))
"""How many months are shown; 0 for all."""
OUTCOMES = (
    ("kept", N_("Kept"), "full"),
    ("partly", N_("Partly"), "hatched"),
    ("carried", N_("Carried on"), "dense"),
    ("released", N_("Let go"), "open"),
)


class TrendsPart(QWidget):
    """The figures are read on a thread of their own, however long a practice is."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._task: Task | None = None
        self._months: Sequence[Month] | None = None
        self.charts: dict[str, Chart] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.range = Choice([(months, _(words)) for months, words in RANGES], 12, name=_("How far back"))
        self.range.chosen.connect(self._on_range)
        layout.addWidget(self.range)
        self.wait = label(_("The figures are being read …"), "muted")
        layout.addWidget(self.wait)
        self.empty = EmptyState(
            "chart-bar-light",
            _("Once a session was held or a promise was looked at, your own practice is shown here by month."),
            button(_("Go to Today"), self._on_today),
        )
        self.empty.hide()
        layout.addWidget(self.empty)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(UNIT * 2)
        layout.addLayout(self._cards)

    def refresh(self) -> None:
        """Read the figures again; what was asked before is no longer wanted."""
        if self._task is not None:
            self._task.cancel()
        months, whom = int(self.range.value) or None, self.desk.settings.session.whom
        self._task = self.shell.tasks.run(
            _read, self.desk, whom, zone_here(), months, done=self._on_read, failed=self._on_failed
        )

    def _show_months(self, months: Sequence[Month]) -> None:
        self._months = months
        nothing = not any(month != trends.Month(month.first) for month in months)
        self.wait.hide()
        self.empty.setVisible(nothing)
        for name, figures in (
            ("promises", promises(months)), ("sessions", sessions(months)), ("hours", hours(months)),
            ("checks", checks(months)),
        ):  # fmt: skip
            if name not in self.charts:
                self._add(name, figures)
            self.charts[name].show_figures(figures)
            alone = name == "checks" and self.desk.settings.session.whom == "self"
            self.charts[name].parentWidget().setVisible(not nothing and not alone)

    def _add(self, name: str, figures: Figures) -> None:
        card = Card(figures.title, figures.sentence)
        self.charts[name] = Chart(figures)
        copy = button(_("Copy the figures"), self._on_copy, quiet=True, icon="copy-light")
        copy.setAccessibleName(_("Copy the figures: {title}").format(title=figures.title))
        copy.setProperty("chart", name)
        card.add(self.charts[name])
        card.act(copy)
        self._cards.addWidget(card)

    @Slot(object)
    def _on_range(self, _months: int) -> None:
        self.refresh()

    @Slot()
    def _on_today(self) -> None:
        self.shell.show_page("today")

    @Slot()
    def _on_copy(self) -> None:
        table = self.charts[self.sender().property("chart")].figures
        table.clearSelection()
        table.copy()
        self.shell.say(_("Copied; a spreadsheet takes it."))

    def _on_read(self, months: Sequence[Month]) -> None:
        self._task = None
        self._show_months(months)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, Locked):  # the records were locked meanwhile: nothing is to be shown
            raise error


def _read(desk: Desk, whom: str, where: object, months: int | None) -> Sequence[Month]:
    load()
    return desk.read(trends.by_month, whom, zone=where, months=months)


def month_words(first: date) -> str:
    """A month with its year."""
    month = QLocale().standaloneMonthName(first.month, QLocale.FormatType.LongFormat)
    return _("{month} {year}").format(month=month, year=first.year)


def places(months: Sequence[Month]) -> tuple[str, ...]:
    """The words under a chart: months of a year or so, years where there are more."""
    if len(months) > 24:
        years = [str(month.first.year) if month.first.month == 1 else "" for month in months]
        wanted = {word for word in thinned([word for word in years if word]) if word}
        return tuple(word if word in wanted else "" for word in years)
    names = [QLocale().standaloneMonthName(month.first.month, QLocale.FormatType.ShortFormat) for month in months]
    return thinned(names)


def promises(months: Sequence[Month]) -> Figures:
    """What became of one's own promises."""
    series = tuple(
        Series(_(words), tuple(getattr(month, name) for month in months), pattern) for name, words, pattern in OUTCOMES
    )
    sentence = _("What became of my promises, in the month in which I said so.")
    return Figures(_("My promises"), sentence, _("Promises"), places(months), series, _table(months, series))


def sessions(months: Sequence[Month]) -> Figures:
    """Sessions held."""
    series = (Series(_("Sessions"), tuple(month.sessions for month in months)),)
    sentence = _("Sessions held, in the month in which they began.")
    return Figures(_("Sessions"), sentence, _("Sessions"), places(months), series, _table(months, series))


def hours(months: Sequence[Month]) -> Figures:
    """Hours of these sessions."""
    series = (Series(_("Hours"), tuple(month.seconds / 3600 for month in months)),)
    shown = [(QLocale().toString(month.seconds / 3600, "f", 2),) for month in months]
    sentence = _("Hours of these sessions; pauses do not count.")
    return Figures(_("Hours in sessions"), sentence, _("Hours"), places(months), series, _table(months, series, shown))


def checks(months: Sequence[Month]) -> Figures:
    """Process checks asked."""
    series = (Series(_("Asked"), tuple(month.checks for month in months)),)
    sentence = _("How often I asked about the conversation itself.")
    return Figures(_("Process checks"), sentence, _("Asked"), places(months), series, _table(months, series))


def _table(months: Sequence[Month], series: Sequence[Series], shown: Sequence[tuple[str, ...]] | None = None) -> Table:
    """The same figures, the latest month first; as they are shown, or as whole numbers."""
    numbers = shown or [
        tuple(QLocale().toString(int(value)) for value in row)
        for row in zip(*(each.values for each in series), strict=True)
    ]
    rows = [(month_words(month.first), *row) for month, row in zip(months, numbers, strict=True)]
    return Table((_("Month"), *(each.name for each in series)), tuple(reversed(rows)))
