"""The part of Today about what I promised: write one down, close one, repeat one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import commitments, roster
from coachdesk.practice.clients import Client
from coachdesk.ui.dialogs.commitment_history import CommitmentHistory
from coachdesk.ui.widgets import Fold
from coachdesk.ui.widgets.naming import for_self, shown
from coachdesk.ui.widgets.promise_field import PromiseField
from coachdesk.ui.widgets.promises import PromiseRows, again, state_word
from coachdesk.ui.widgets.rows import RowButton, WordButton, beside, one_line
from coachdesk.ui.widgets.section import Sheet
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

OWNERS = ("coach", "both")
LATELY = 8


class MyPromises(Sheet):
    """My open promises, those of both of us among them; what is past its date is simply first."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("My promises"), parent)
        self.desk, self.shell = desk, shell
        self._names: Mapping[str, str] = {}
        self.field = PromiseField(desk, shell, "today", _("I promise …"))
        self.inset(self.field)
        self.list = PromiseRows(desk, shell, _("My promises"), _("Nothing is open."))
        self.add(self.list)
        self._lately = Fold(_("Closed lately"))
        self._lately.handle.toggled.connect(self._fill_lately)
        self.add(self._lately)

    def read(self, clients: Mapping[str, Client]) -> bool:
        """Read them again; whether there is any."""
        self._names = {one.id: shown(self.desk, one) for one in clients.values()}
        self.field.among_everybody(clients.values())
        found = self.desk.read(commitments.open_ones, owners=OWNERS)
        self.list.show_commitments(found, {} if for_self(self.desk) else self._names)
        self._lately.setVisible(self.desk.read(roster.anything_closed, owners=OWNERS))
        self._fill_lately(self._lately.handle.isChecked())
        return bool(found)

    @Slot(bool)
    def _fill_lately(self, opened: bool) -> None:
        self._lately.empty()
        if not opened:
            return
        for row in self.desk.read(roster.closed_lately, OWNERS, LATELY):
            history = RowButton(
                row.text,
                " · ".join((state_word(row.owner, row.state), self._names.get(row.client_id, ""))),
                value=row.id,
            )
            history.clicked.connect(self._on_history)
            repeat = WordButton(_("Again"), row, _("Promise again: {promise}").format(promise=one_line(row.text)))
            repeat.clicked.connect(self._on_again)
            self._lately.add(beside(history, repeat))

    @Slot()
    def _on_history(self) -> None:
        with self.shell.telling():
            row = self.desk.read(commitments.one, self.sender().value)
            CommitmentHistory(self.desk, self.shell, row, self).open()

    @Slot()
    def _on_again(self) -> None:
        with self.shell.telling():
            again(self.desk, self.sender().value)
