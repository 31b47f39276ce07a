"""Prompts to look at during a session, one category at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk import in_session, prompts
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.cards import Card, clear
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

TO_ONESELF = ("arrival", "self")


class PromptShelf(Card):
    """Words the coach may say, or not; those switched off are left out. In a session of one's own, words to oneself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = label("", "strong")
        self.add(self.title)
        self.desk = desk
        self._library: tuple[prompts.Prompt, ...] = ()
        self.category = ChoiceField()
        self.category.setAccessibleName(_("Kind of prompt"))
        self.category.currentIndexChanged.connect(self._show_category)
        self.add(self.category)
        self.texts: list[str] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, UNIT, 0, 0)
        self._column.setSpacing(UNIT * 2)
        self.add(self._column)

    def read(self, *, alone: bool, again: bool = False) -> None:
        """Read the library again; what is chosen stays, unless ``again`` asks to begin with the first category."""
        wanted = ("self",) if alone else tuple(name for name in prompts.CATEGORIES if name not in TO_ONESELF)
        library = in_session.library(self.desk)
        found = tuple(prompt for prompt in library if not prompt.off and prompt.category in wanted)
        if found == self._library and not again:
            return
        self._library = found
        chosen = None if again else self.category.currentData()
        there = {prompt.category for prompt in found}
        held = self.category.blockSignals(True)
        self.category.clear()
        for name in wanted:
            if name in there:
                self.category.addItem(_(prompts.CATEGORIES[name]), name)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))
        self.category.setVisible(self.category.count() > 1)
        self.title.setText(_("Words to myself") if alone else _("Words you may say"))
        self.setVisible(bool(found))
        self.category.blockSignals(held)
        self._show_category()

    @Slot()
    def _show_category(self) -> None:
        chosen = self.category.currentData()
        self.texts = [prompt.text for prompt in self._library if prompt.category == chosen]
        clear(self._column)
        for text in self.texts:
            self._column.addWidget(label(breakable(text), selectable=True))
