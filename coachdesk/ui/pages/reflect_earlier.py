"""The weeks before this one about which something is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.machine.here import zone_here
from coachdesk.practice import reflections
from coachdesk.practice.competencies import name_of
from coachdesk.ui.pages.reflect_week import number_words, week_words
from coachdesk.ui.widgets import EmptyState
from coachdesk.ui.widgets.lists import Row, RowList
from coachdesk.ui.widgets.rows import one_line
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.reflections import Earlier
    from coachdesk.ui.widgets.page import Shell


class EarlierPart(QWidget):
    """A list to open one of them."""

    opened = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState(
            "notebook-light",
            _(
                "Weeks you have written about are listed here. "
                "With the arrows beside a week you can write about an earlier one."
            ),
        )
        self.list = RowList(_("Earlier weeks"))
        self.list.activated_row.connect(self._on_opened)
        layout.addWidget(self.empty)
        layout.addWidget(self.list)

    def refresh(self) -> None:
        """Read the list again."""
        found = self.desk.read(reflections.earlier, zone=zone_here())
        self.list.show_rows([_row(each) for each in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)

    @Slot(object)
    def _on_opened(self, week: str) -> None:
        self.opened.emit(week)


def _row(each: Earlier) -> Row:
    touched = ", ".join(name_of(number) for number in each.competencies)
    return Row(
        str(each.week), week_words(each.week), one_line(each.glimpse) or touched or _("Answers only"),
        number_words(each.week),
    )  # fmt: skip
