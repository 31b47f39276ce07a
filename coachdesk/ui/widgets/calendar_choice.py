"""Asks whose an entry of a calendar is: a client, none of mine, or later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.practice.calendar_plans import Unknown
from coachdesk.ui.theme import TARGET, UNIT
from coachdesk.ui.widgets.dates import moment_words, today
from coachdesk.ui.widgets.naming import put_heading, shown
from coachdesk.ui.widgets.rows import one_line, shortened
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.clients import Client

LATER, NONE = "later", "none"
WIDTH = UNIT * 24
MOST_NAMED = 24
"""Characters of a name that the field has room for."""


class Whose(QWidget):
    """One question. Where only one client is likely, they are chosen already; the button of the form confirms it."""

    def __init__(
        self, desk: Desk, unknown: Unknown, people: Mapping[str, Client], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.entries = unknown.entries
        first = unknown.entries[0]
        title = first.title or _("Without a title")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        named = label("")
        put_heading(named, one_line(title))
        words.addWidget(named)
        words.addWidget(label(self._when(desk), "muted"))
        layout.addLayout(words, 1)
        self.choice = self._build_choice(desk, unknown, people)
        self.choice.setAccessibleName(_("Whose is “{title}”?").format(title=one_line(title)))
        layout.addWidget(self.choice)

    @property
    def decided(self) -> bool:
        """Whether there is an answer."""
        return self.choice.currentData() != LATER

    @property
    def client_id(self) -> str | None:
        """The client chosen; None for none of mine."""
        data = self.choice.currentData()
        return None if data == NONE else data

    def put(self, client_id: str) -> None:
        """Choose a client."""
        self.choice.setCurrentIndex(self.choice.findData(client_id))

    def put_none(self) -> None:
        """Choose none of mine."""
        self.put(NONE)

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        chosen = self.sender()
        chosen.setToolTip(chosen.itemData(at, Qt.ItemDataRole.ToolTipRole) or "")

    def _when(self, desk: Desk) -> str:
        when, count = moment_words(self.entries[0].start, today(desk)), len(self.entries)
        if count == 1:
            return when
        return ngettext("{when}, {n} time", "{when}, {n} times in all", count).format(when=when, n=count)

    def _build_choice(self, desk: Desk, unknown: Unknown, people: Mapping[str, Client]) -> ChoiceField:
        made = ChoiceField(self)
        made.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setFixedWidth(WIDTH)
        made.setMinimumHeight(TARGET)
        made.addItem(_("Decide later"), LATER)
        made.addItem(_("None of mine"), NONE)
        likely = [each for each in unknown.suggested if each in people]
        others = [one.id for one in people.values() if one.archived_at is None and one.id not in likely]
        for client_id in [*likely, *others]:
            name = shown(desk, people[client_id])
            made.addItem(shortened(name, MOST_NAMED), client_id)
            made.setItemData(made.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        made.currentIndexChanged.connect(self._on_chosen)
        if len(likely) == 1:
            made.setCurrentIndex(made.findData(likely[0]))
        return made
