"""Asks with whom: a client, or oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.fields import LineField
from coachdesk.ui.widgets.lists import Row, RowList
from coachdesk.ui.widgets.rows import one_line
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MYSELF = "myself"
HEIGHT = 320


def oneself(desk: Desk) -> clients.Client:
    """The coach's own record; made when it is first wanted."""
    return desk.read(clients.myself) or desk.do(clients.add, _("Me"), kind="self", short_name=_("Me"))


class ChooseClient(FormDialog):
    """A list that narrows as one types; *just me* stands first."""

    chosen = Signal(str)
    """The client's id."""

    def __init__(self, desk: Desk, shell: Shell, title: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, title, _("Choose"), parent)
        self.act.hide()
        self._short = desk.settings.privacy.short_names
        self._clients = [one for one in desk.read(clients.present) if one.kind != "self"]
        self.find = LineField(_("Find a client"), _("Type to find"))
        self.find.textChanged.connect(self._narrow)
        self.column.addWidget(self.find)
        self.list = RowList(_("Clients"), _("Nobody by this name."), fits=False)
        self.list.setFixedHeight(HEIGHT)
        self.list.activated_row.connect(self._on_chosen)
        self.column.addWidget(self.list)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        words = self.find.words.casefold()
        rows = [] if words else [Row(MYSELF, _("Just me"), icon="user-circle-light")]
        rows += [
            Row(
                one.id,
                one_line(one.shown(self._short)),
                icon="users-three-light" if one.kind == "group" else "user-light",
            )
            for one in self._clients
            if words in f"{one.name}\n{one.short_name}".casefold()
        ]
        self.list.show_rows(rows)

    @Slot(object)
    def _on_chosen(self, client_id: object) -> None:
        with self.shell.telling():
            chosen = oneself(self.desk).id if client_id == MYSELF else str(client_id)
            self.accept()
            self.chosen.emit(chosen)

    def store(self) -> None:
        """Enter takes the first that is left."""
        if self.list.rows:
            self._on_chosen(self.list.current_id or self.list.rows[0].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.find.hasFocus():
            self.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.store()
        else:
            super().keyPressEvent(event)
