"""The wording of the lists: edit an item in its place, add, remove, put in another order, go back to what came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice, button, icon_button
from coachdesk.ui.widgets.cards import Card, clear
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.ui.widgets.fields import DraftLine
from coachdesk.ui.widgets.rows import beside, give_focus, one_line
from coachdesk.ui.widgets.texts import label, line
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.checklists import ChecklistItem
    from coachdesk.ui.widgets.page import Shell

LISTS = (
    ("first_session", N_("First session")),
    ("weekly_clients", N_("The week with clients")),
    ("weekly_self", N_("The week for myself")),
)


class ChecklistEditor(Card):
    """One list at a time. Earlier weeks keep the words they were asked in, clients what was ticked for them."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Lists"),
            _("The words are yours. What was ticked or answered before is kept, whatever becomes of them."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self.items: dict[str, EditableText] = {}
        self.choice = Choice([(key, _(name)) for key, name in LISTS], LISTS[0][0], name=_("List"))
        self.choice.chosen.connect(self._on_list)
        self.add(self.choice)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(UNIT // 2)
        self.add(self._rows)
        self.words = DraftLine(desk, "checklist_editor", "item", _("One more item"), _("One more item"))
        self.words.returnPressed.connect(self._on_add)
        self.put = button(_("Add"), self._on_add)
        self.add(beside(self.words, self.put))
        self.back = button(
            _("Back to the words it came with"), self._on_back, quiet=True, icon="arrow-counter-clockwise-light"
        )
        self.act(self.back)
        self._show_list()

    @property
    def key(self) -> str:
        """Which list is shown."""
        return str(self.choice.value)

    def refresh(self) -> None:
        """Show the list as it is now."""
        from coachdesk.practice import checklists

        if not self._desk.is_open:
            return
        held = self._held()
        clear(self._rows)
        self.items = {}
        found = self._desk.read(checklists.items, self.key)
        for at, item in enumerate(found):
            if at:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(item, first=at == 0, last=at == len(found) - 1))
        if not found:
            self._rows.addWidget(label(_("This list is empty."), "muted"))
        self.back.setVisible(not self._desk.read(checklists.as_it_came, self.key))
        self._give_back(*held)

    def _row(self, item: ChecklistItem, *, first: bool, last: bool) -> EditableText:
        from coachdesk.practice import checklists

        short = one_line(item.text)[:60]
        up = icon_button("arrow-up-light", _("Earlier: {text}").format(text=short), self._on_move)
        down = icon_button("arrow-down-light", _("Later: {text}").format(text=short), self._on_move)
        up.setEnabled(not first)
        down.setEnabled(not last)
        for way, by in ((up, -1), (down, 1)):
            way.setProperty("item", item.id)
            way.setProperty("by", by)
        row = EditableText(
            self._desk, self._shell, "checklist_item", item.id, item.text,
            partial(self._desk.do, checklists.edit_item, item.id),
            partial(self._desk.do, checklists.remove_item, item.id), beside=(up, down),
        )  # fmt: skip
        self.items[item.id] = row
        return row

    def _show_list(self) -> None:
        if self._desk.is_open:
            self.words.about(self.key)
        self.refresh()

    def _held(self) -> tuple[str, int]:
        """The item, and the way, whose button has the keyboard."""
        held = self.window().focusWidget()
        if isinstance(held, QToolButton) and held.property("item") in self.items:
            return held.property("item"), held.property("by")
        return "", 0

    def _give_back(self, item_id: str, by: int) -> None:
        row = self.items.get(item_id)
        if row is not None:
            ways = {way.property("by"): way for way in row.findChildren(QToolButton) if way.property("by")}
            give_focus(ways[by] if ways[by].isEnabled() else ways[-by])

    @Slot(object)
    def _on_list(self, _key: str) -> None:
        self._show_list()

    @Slot()
    def _on_move(self) -> None:
        from coachdesk.practice import checklists

        way = self.sender()
        with self._shell.telling():
            self._desk.do(checklists.move_item, way.property("item"), way.property("by"))

    @Slot()
    def _on_add(self) -> None:
        from coachdesk.practice import checklists

        with self._shell.telling():
            self._desk.do(checklists.add_item, self.key, self.words.words)
            self.words.cleared()
            self.words.setFocus()

    @Slot()
    def _on_back(self) -> None:
        from coachdesk.practice import checklists

        going = (_("your wording of the items that came with it"), _("their order; items of your own stay at its end"))
        if self._shell.ask(_("Back to the words this list came with?"), going, _("Back to these words")):
            with self._shell.telling():
                self._desk.do(checklists.as_shipped, self.key)
                self.words.setFocus()
