"""Promises and next steps of a client: mine, theirs, of both; what became of the earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, commitments, roster, sessions
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.widgets import Fold
from coachdesk.ui.widgets.closed_promises import ClosedPromises
from coachdesk.ui.widgets.dates import local
from coachdesk.ui.widgets.promise_field import PromiseField
from coachdesk.ui.widgets.promises import PromiseRows
from coachdesk.ui.widgets.section import Sheet
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PARTS = (
    ("coach", N_("My promises"), N_("Nothing of mine is open.")),
    ("client", N_("Next steps"), N_("Nothing is open.")),
    ("both", N_("Together"), ""),
)


class PromisesTab(ClientTab):
    """Open ones by whose they are; earlier ones with all that was said about them."""

    concerns = frozenset({Commitment, Review})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.field = PromiseField(desk, shell, "client", _("A promise, or a next step …"), owners=True)
        self.column.addWidget(self.field)
        self.cards: dict[str, Sheet] = {}
        self.lists: dict[str, PromiseRows] = {}
        for owner, title, empty in PARTS:
            self.cards[owner] = Sheet(_(title))
            self.lists[owner] = PromiseRows(desk, shell, _(title), _(empty) if empty else "")
            self.cards[owner].add(self.lists[owner])
            self.column.addWidget(self.cards[owner])
        self.earlier = Fold(_("Earlier"))
        self.earlier.handle.toggled.connect(self._fill_earlier)
        self.closed = ClosedPromises(desk, shell, self._closed)
        self.earlier.add(self.closed)
        self.column.addWidget(self.earlier)

    def show_client(self, client_id: str, **what: object) -> None:
        """Be about this client."""
        if client_id != self.client_id:
            self.closed.from_the_top()
            self.earlier.handle.setChecked(False)
            for each in self.lists.values():
                each.forget_last()
        super().show_client(client_id, **what)

    def refresh(self) -> None:
        """Read them again."""
        client = self.desk.read(clients.one, self.client_id)
        coming = self.desk.read(sessions.coming, client_id=self.client_id)
        offered = [(_("Next session"), local(coming[0].planned_start).date())] if coming else []
        self.field.about(self.client_id, offered)
        self.field.owner.setVisible(client.kind != "self")
        found = self.desk.read(commitments.open_ones, client_id=self.client_id)
        for owner, each in self.lists.items():
            each.show_commitments([row for row in found if row.owner == owner])
        self.cards["client"].setVisible(client.kind != "self")
        self.cards["both"].setVisible(any(row.owner == "both" for row in found) or self.lists["both"].offers_back)
        self.earlier.setVisible(self.desk.read(roster.anything_closed, client_id=self.client_id))
        self._fill_earlier(self.earlier.handle.isChecked())

    def place_of(self, record_id: str) -> QWidget | None:
        """The row of a promise, opening the earlier ones where it is closed."""
        for each in self.lists.values():
            row = each.row_of(record_id)
            if row is not None:
                return row
        self.earlier.handle.setChecked(True)
        return self.closed.row_of(record_id)

    @Slot(bool)
    def _fill_earlier(self, opened: bool) -> None:
        if opened:
            self.closed.show_them()

    def _closed(self, most: int) -> list[Commitment]:
        found = [row for row in self.desk.read(commitments.of_client, self.client_id) if row.state != "open"]
        return sorted(found, key=_closed_at, reverse=True)[:most]


def _closed_at(row: Commitment) -> object:
    return row.updated_at
