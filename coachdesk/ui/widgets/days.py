"""A field for a day, and the calendar it opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialog,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coachdesk import NAME
from coachdesk.ui import icons
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import PressButton, button
from coachdesk.ui.widgets.dates import day_words, today
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


class DayField(PressButton):
    """A day, or none: pressing it offers the near ones, a calendar, and none."""

    changed = Signal(object)

    def __init__(
        self, desk: Desk, name: str, *, none: str = "", past: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._desk, self._name, self._past = desk, name, past
        self._none = none or _("No date")
        self._offered: list[tuple[str, date]] = []
        self._needed = False
        self.day: date | None = None
        icons.put(self, "calendar-blank-light")
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.put(None)

    def need(self) -> DayField:
        """There is no "no date" here."""
        self._needed = True
        return self

    def offer(self, days: Sequence[tuple[str, date]]) -> None:
        """Offer further days by name, such as the next session's."""
        self._offered = list(days)

    def put(self, day: date | None) -> None:
        """Show a day without telling anyone."""
        self.day = day
        words = day_words(day, today(self._desk)) if day else self._none
        self.setText(words[:1].upper() + words[1:])
        self.setAccessibleName(_("{field}: {value}").format(field=self._name, value=words))

    @Slot()
    def _fill(self) -> None:
        menu, here = self.menu(), today(self._desk)
        menu.clear()
        near = [(_("Yesterday"), here - timedelta(days=1)), (_("Today"), here)] if self._past else [
            (_("Today"), here), (_("Tomorrow"), here + timedelta(days=1)), (_("In a week"), here + timedelta(days=7)),
        ]  # fmt: skip
        for words, day in [*self._offered, *near]:
            self._add(menu, words, day)
        menu.addSeparator()
        other = QAction(_("Another day …"), menu)
        other.triggered.connect(self._on_other)
        menu.addAction(other)
        if not self._needed:
            self._add(menu, self._none, None)

    def _add(self, menu: QMenu, words: str, day: date | None) -> None:
        action = QAction(words, menu)
        action.setData((day,))
        action.triggered.connect(self._on_near)
        menu.addAction(action)

    @Slot()
    def _on_near(self) -> None:
        self.choose(self.sender().data()[0])

    @Slot()
    def _on_other(self) -> None:
        calendar = PickDay(self._name, self.day or today(self._desk), self)
        calendar.picked.connect(self.choose)
        calendar.open()

    @Slot(object)
    def choose(self, day: date | None) -> None:
        """Take a day as the coach's choice."""
        self.put(day)
        self.changed.emit(day)


class PickDay(QDialog):
    """A calendar to pick a day from; Enter or a click takes it."""

    picked = Signal(object)

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(NAME)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(name)
        self.calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, plain)
        for name, icon in (("prevmonth", "caret-left-light"), ("nextmonth", "caret-right-light")):
            icons.put(self.calendar.findChild(QToolButton, f"qt_calendar_{name}"), icon, "lively")
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setMinimumSize(UNIT * 44, UNIT * 36)
        self.calendar.activated.connect(self._on_activated)
        self.calendar.clicked.connect(self._on_activated)
        layout.addWidget(self.calendar)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Cancel"), self.reject))
        layout.addLayout(row)
        self.finished.connect(self.deleteLater)

    @Slot(QDate)
    def _on_activated(self, chosen: QDate) -> None:
        self.accept()
        self.picked.emit(date(chosen.year(), chosen.month(), chosen.day()))
