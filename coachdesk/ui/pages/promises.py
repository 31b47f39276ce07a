"""Promises across clients: whose, what state, by when; each is closed with one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, commitments, roster
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.settings import Settings
from coachdesk.ui.widgets import Choice, EmptyState, LineField, Page, label
from coachdesk.ui.widgets.closed_promises import ClosedPromises
from coachdesk.ui.widgets.naming import for_self, shown
from coachdesk.ui.widgets.promise_field import PromiseField
from coachdesk.ui.widgets.promises import PromiseRows
from coachdesk.ui.widgets.section import Sheet
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

WHOSE = {"coach": ("coach", "both"), "client": ("client",)}
PARTS = (
    ("coach", N_("My promises"), N_("Nothing of mine is open.")),
    ("client", N_("Next steps"), N_("No next step is open.")),
)
STATES = (("open", N_("Open")), ("closed", N_("Closed")))


class PromisesPage(Page):
    """Mine and the clients' next steps under each other; open ones, or those that are closed."""

    concerns = frozenset({Client, Commitment, Review, Settings})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._names: Mapping[str, str] = {}
        self.head(_("Promises"))
        self.field = PromiseField(desk, shell, "promises", _("I promise …"))
        self.column.addWidget(self.field)
        self.find = LineField(_("Find a promise or a client"), _("Type to find"))
        self.find.setClearButtonEnabled(True)
        self.find.textChanged.connect(self._show)
        self.state = Choice([(state, _(words)) for state, words in STATES], "open", name=_("State"))
        self.state.chosen.connect(self._show)
        self.row(self.find, self.state).setStretch(0, 1)
        self.cards: dict[str, Sheet] = {}
        self.lists: dict[str, PromiseRows] = {}
        self.closed: dict[str, ClosedPromises] = {}
        for owner, title, nothing in PARTS:
            self.cards[owner] = Sheet(_(title))
            self.lists[owner] = PromiseRows(desk, shell, _(title), _(nothing))
            self.closed[owner] = ClosedPromises(desk, shell, partial(self._closed, WHOSE[owner]))
            self.cards[owner].add(self.lists[owner])
            self.cards[owner].add(self.closed[owner])
            self.column.addWidget(self.cards[owner])
        self.keys = label(
            _("With the keyboard on a promise: K kept, P partly, C carried on, R let go, N a word about it."), "muted"
        )
        self.column.addWidget(self.keys)
        self.nothing = EmptyState(
            "handshake-light", _("What is promised stands here, until you say what became of it.")
        )
        self.column.addWidget(self.nothing)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.find.setFocus)

    def arrive(self, **what: object) -> None:  # noqa: ARG002
        """We came here: nothing that was closed at the last visit is offered to be taken back."""
        for owner, rows in self.lists.items():
            rows.forget_last()
            self.closed[owner].from_the_top()
        self.refresh()

    def refresh(self) -> None:
        """Read the names, and what is shown."""
        known = self.desk.read(clients.every)
        self._names = {one.id: shown(self.desk, one) for one in known}
        self.field.among_everybody(known)
        self._show()

    @Slot()
    def _show(self) -> None:
        words, open_ones = self.find.words.casefold(), self.state.value == "open"
        anything = False
        for owner, rows in self.lists.items():
            found = self.desk.read(commitments.open_ones, owners=WHOSE[owner])
            ever = bool(found) or self.desk.read(roster.anything_closed, owners=WHOSE[owner])
            anything = anything or ever
            rows.setVisible(open_ones)
            self.closed[owner].setVisible(not open_ones)
            if open_ones:
                rows.show_commitments(self._narrowed(found, words), self._shown_names)
            else:
                self.closed[owner].show_them(self._shown_names)
            self.cards[owner].setVisible(ever if owner == "client" else True)
        self.keys.setVisible(open_ones and any(rows.rows for rows in self.lists.values()))
        for each in (self.find, self.state, *(() if anything else self.cards.values())):
            each.setVisible(anything)
        self.nothing.setVisible(not anything)

    @property
    def _shown_names(self) -> Mapping[str, str]:
        return {} if for_self(self.desk) else self._names

    def _narrowed(self, found: Sequence[Commitment], words: str) -> list[Commitment]:
        return [row for row in found if words in f"{row.text}\n{self._names.get(row.client_id, '')}".casefold()]

    def _closed(self, owners: tuple[str, ...], most: int) -> Sequence[Commitment]:
        words = self.find.words.casefold()
        if not words:
            return self.desk.read(roster.closed_lately, owners, most)
        return self._narrowed(self.desk.read(roster.closed_lately, owners, FAR_BACK), words)[:most]


FAR_BACK = 2000
"""Of how many closed promises the words are looked for here; the search (Ctrl+K) knows all."""
