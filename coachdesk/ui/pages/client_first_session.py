"""The first session's checklist for a client; its wording is the coach's own and can be changed in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from coachdesk.practice import checklists
from coachdesk.practice.checklists import FIRST_SESSION, ChecklistItem, Line, Tick
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.widgets import Card, DraftLine, button, label
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.ui.widgets.rows import beside, give_focus, one_line
from coachdesk.words import _

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class Item(QCheckBox):
    """The box of one item."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.item_id = line.item_id
        self.setChecked(line.ticked_at is not None)
        self.setAccessibleName(one_line(line.text))


class FirstSessionTab(ClientTab):
    """What was not said in the first session comes up again in the second."""

    concerns = frozenset({ChecklistItem, Tick})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.column.addWidget(label(_("What is good to have said before the work begins."), "muted"))
        self.card = Card()
        self.column.addWidget(self.card)
        self.words = DraftLine(desk, "checklist", "item", _("One more item"), _("One more item, for every client"))
        self.words.returnPressed.connect(self._on_add)
        self.add = button(_("Add"), self._on_add)
        self.column.addLayout(beside(self.words, self.add))
        self.boxes: list[Item] = []

    def show_client(self, client_id: str, **what: object) -> None:
        """Be about this client."""
        if not self.words.text():
            self.words.about("")
        super().show_client(client_id, **what)

    def refresh(self) -> None:
        """Read the list again."""
        focused = next((box.item_id for box in self.boxes if box.hasFocus()), None)
        self.card.empty()
        self.boxes = []
        here = today(self.desk)
        for line in self.desk.read(checklists.lines, self.client_id):
            self.card.add(self._line(line, here))
        for box in self.boxes:
            if box.item_id == focused:
                give_focus(box)

    def _line(self, line: Line, here: date) -> EditableText:
        box = Item(line)
        box.toggled.connect(self._on_ticked)
        self.boxes.append(box)
        detail = day_words(local(line.ticked_at).date(), here) if line.ticked_at else ""
        return EditableText(
            self.desk, self.shell, "checklist_item", line.item_id, line.text,
            partial(self.desk.do, checklists.edit_item, line.item_id),
            partial(self.desk.do, checklists.remove_item, line.item_id), detail=detail, before=box,
        )  # fmt: skip

    @Slot(bool)
    def _on_ticked(self, done: bool) -> None:
        with self.shell.telling():
            self.desk.do(checklists.tick, self.client_id, self.sender().item_id, done=done)

    @Slot()
    def _on_add(self) -> None:
        with self.shell.telling():
            self.desk.do(checklists.add_item, FIRST_SESSION, self.words.words)
            self.words.cleared()
            self.words.setFocus()
