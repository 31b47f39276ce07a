"""Reflect: this week's look at one's own practice, earlier weeks, and the practice over time. For the coach alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.machine.here import zone_here
from coachdesk.practice import weeks
from coachdesk.practice.checklists import Checklist, ChecklistItem
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.cues_shown import CueShown
from coachdesk.practice.reflections import Reflection, ReflectionAnswer
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui.pages.reflect_week import WeekPart, number_words, week_words
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Choice, Page, button, icon_button, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.weeks import Week
    from coachdesk.ui.widgets.page import Shell


class ReflectPage(Page):
    """Three parts: a week, earlier weeks, over time; the last two are built when they are first looked at."""

    concerns = frozenset(
        {
            Checklist, ChecklistItem, Client, Commitment, CueShown, Reflection, ReflectionAnswer, Review, Session,
            Settings,
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.week = self._this_week()
        self.head(_("Reflect"))
        self.column.addWidget(
            label(
                _(
                    "For you alone. No summary, sheet or client's data holds what you write here; only your backups "
                    "and the archive of everything do."
                ),
                "muted",
            )
        )
        parts = (("week", _("A week")), ("earlier", _("Earlier weeks")), ("trends", _("Over time")))
        self.choice = Choice(parts, "week", name=_("What to look at"))
        self.choice.chosen.connect(self.show_part)
        self.column.addWidget(self.choice)
        self._build_way()
        self.part = WeekPart(desk, shell)
        self.parts: dict[str, QWidget] = {"week": QWidget()}
        inside = QVBoxLayout(self.parts["week"])
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(UNIT * 2)
        inside.addLayout(self._way)
        inside.addWidget(self.part)
        self.column.addWidget(self.parts["week"])

    def arrive(self, week: str = "", part: str = "week", **what: object) -> None:  # noqa: ARG002
        """Show this week, or the week (such as ``2026-W10``) or part asked for."""
        with self.shell.telling():
            self.week = weeks.read(week) if week else self._this_week()
        self.choice.choose(part)
        self.show_part(part)

    def refresh(self) -> None:
        """Read again what is shown."""
        shown = str(self.choice.value)
        if shown == "week":
            self._show_way()
            self.part.show_week(self.week)
        else:
            self.parts[shown].refresh()

    @Slot(object)
    def show_part(self, name: str) -> None:
        """Show one of the parts."""
        if name not in self.parts:
            self.parts[name] = self._build_part(name)
            self.column.addWidget(self.parts[name])
        for each, widget in self.parts.items():
            widget.setVisible(each == name)
        self.scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def _build_way(self) -> None:
        """Which week is shown, and the way to others."""
        self._way = QHBoxLayout()
        self._way.setSpacing(UNIT)
        arrows = ["caret-left-light", "caret-right-light"]
        if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            arrows.reverse()
        self.before = icon_button(arrows[0], _("The week before"), self._on_before)
        self.after = icon_button(arrows[1], _("The week after"), self._on_after)
        self.here = button(_("This week"), self._on_here, quiet=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.days, self.number = label("", "title"), label("", "muted")
        words.addWidget(self.days)
        words.addWidget(self.number)
        self._way.addWidget(self.before)
        self._way.addLayout(words, 1)
        self._way.addWidget(self.here)
        self._way.addWidget(self.after)

    def _build_part(self, name: str) -> QWidget:
        if name == "earlier":
            from coachdesk.ui.pages.reflect_earlier import EarlierPart

            made = EarlierPart(self.desk, self.shell)
            made.opened.connect(self._on_opened)
            return made
        from coachdesk.ui.pages.reflect_trends import TrendsPart

        return TrendsPart(self.desk, self.shell)

    def _this_week(self) -> Week:
        return weeks.of(self.desk.now().at, zone_here())

    def _show_way(self) -> None:
        here = self._this_week()
        self.days.setText(week_words(self.week))
        self.number.setText(number_words(self.week))
        self.here.setVisible(self.week != here)
        self.after.setEnabled(self.week < here)

    def _go(self, week: Week) -> None:
        self.week = week
        self.refresh()

    @Slot()
    def _on_before(self) -> None:
        self._go(self.week.later(-1))

    @Slot()
    def _on_after(self) -> None:
        if self.week < self._this_week():
            self._go(self.week.later())
            if not self.after.isEnabled():
                self.before.setFocus()

    @Slot()
    def _on_here(self) -> None:
        self._go(self._this_week())
        self.before.setFocus()

    @Slot(str)
    def _on_opened(self, week: str) -> None:
        self.arrive(week=week)
        self.before.setFocus()
