"""Clients: a list that narrows as one types, archived ones behind a switch."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.practice import roster
from coachdesk.practice.clients import Client
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui.dialogs.archive_client import archive, bring_back
from coachdesk.ui.dialogs.edit_client import EditClient
from coachdesk.ui.dialogs.forget_client import ForgetClient
from coachdesk.ui.widgets import EmptyState, LineField, Page, Row, RowList, Toggle, button
from coachdesk.ui.widgets.dates import day_words, local, moment_words, today
from coachdesk.ui.widgets.naming import number_words, shown
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

ICONS = {"group": "users-three-light", "self": "user-circle-light"}


class ClientsPage(Page):
    """Everyone being coached; oneself among them where one sits for oneself."""

    concerns = frozenset({Client, Session, Settings})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._entries: Sequence[roster.Entry] = ()
        self.add = button(_("Add a client"), self._on_add, primary=True)
        self.head(_("Clients"), self.add)
        self.find = LineField(_("Find a client"), _("Type to find"))
        self.find.setClearButtonEnabled(True)
        self.find.textChanged.connect(self._narrow)
        self.find.returnPressed.connect(self._on_enter)
        self.archived = Toggle(_("Show clients who are put away"), text=_("Put away"))
        self.archived.toggled.connect(self._narrow)
        self.row(self.find, self.archived).setStretch(0, 1)
        self.list = RowList(_("Clients"), _("Nobody by this name."))
        self.list.activated_row.connect(self._on_chosen)
        self.list.key_pressed.connect(self._on_key)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.column.addWidget(self.list)
        self.nobody = EmptyState(
            "users-light",
            _("Nobody is here yet. A name is enough to begin with."),
            button(_("Add a client"), self._on_add, primary=True),
        )
        self.column.addWidget(self.nobody)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.find.setFocus)

    def refresh(self) -> None:
        """Read the list again."""
        self._entries = self.desk.read(roster.roster)
        put_away = sum(entry.client.archived_at is not None for entry in self._entries)
        self.archived.setText(ngettext("{n} put away", "{n} put away", put_away).format(n=put_away))
        self.archived.updateGeometry()
        self.archived.setVisible(put_away > 0)
        anyone = bool(self._entries)
        self.find.setVisible(anyone)
        self.list.setVisible(anyone)
        self.nobody.setVisible(not anyone)
        self.add.setVisible(anyone)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        words, here = _folded(self.find.words), today(self.desk)
        searching = bool(words)
        self.list.show_rows([
            self._as_row(entry, here)
            for entry in self._entries
            if words in _folded(f"{entry.client.name}\n{entry.client.short_name}")
            and (searching or self.archived.isChecked() or entry.client.archived_at is None)
        ])  # fmt: skip

    def _as_row(self, entry: roster.Entry, here: date) -> Row:
        client = entry.client
        parts = [number_words(client, entry.number)] if entry.held or client.planned_sessions else []
        if entry.last_at:
            parts.append(_("last {day}").format(day=day_words(local(entry.last_at).date(), here)))
        coming = moment_words(entry.next_at, here) if entry.next_at else ""
        aside = _("put away") if client.archived_at else coming
        return Row(
            client.id,
            shown(self.desk, client),
            " · ".join(filter(None, parts)),
            aside,
            ICONS.get(client.kind, "user-light"),
        )

    @Slot()
    def _on_add(self) -> None:
        form = EditClient(self.desk, self.shell, parent=self)
        form.stored.connect(self._on_chosen)
        form.open()

    @Slot(object)
    @Slot(str)
    def _on_chosen(self, client_id: object) -> None:
        self.shell.show_page("client", client_id=str(client_id))

    @Slot()
    def _on_enter(self) -> None:
        if self.list.rows:
            self._on_chosen(self.list.rows[0].id)

    @Slot(str, object)
    def _on_key(self, key: str, client_id: object) -> None:
        if key == "delete":
            self._forget(str(client_id))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        client = next(e.client for e in self._entries if e.client.id == self.list.rows[index.row()].id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        away = ("back", _("Bring back")) if client.archived_at else ("archive", _("Put away"))
        for what, words in (("open", _("Open")), away, ("forget", _("Forget this client …"))):
            action = QAction(words, menu)
            action.setData((what, client.id))
            action.triggered.connect(self._on_action)
            menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(place))

    @Slot()
    def _on_action(self) -> None:
        what, client_id = self.sender().data()
        if what == "open":
            self._on_chosen(client_id)
        elif what == "forget":
            self._forget(client_id)
        else:
            {"archive": archive, "back": bring_back}[what](self.desk, self.shell, client_id)

    def _forget(self, client_id: str) -> None:
        ForgetClient(self.desk, self.shell, client_id, self.window()).open()


def _folded(text: str) -> str:
    """A text for finding: without case and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
