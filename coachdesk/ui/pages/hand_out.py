"""What is handed out to a client: the summary of a session, what is kept about them, all their data."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment
from coachdesk.practice.private_settings import SettingPrivate
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui.theme import COLUMN, UNIT
from coachdesk.ui.widgets import Choice, EmptyState, Page, label
from coachdesk.ui.widgets.naming import put_heading, shown
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PARTS = (
    ("summary", N_("Summary of a session"), "hand_out_summary", "SummaryPart"),
    ("sheet", N_("What I keep about you"), "hand_out_sheet", "SheetPart"),
    ("data", N_("All data"), "hand_out_data", "DataPart"),
)
"""Name, title, module and class of each part; imported when it is first shown."""


class HandOutPage(Page):
    """Opens at the summary of the latest session; ``session_id`` and ``part`` lead elsewhere."""

    concerns = frozenset({Client, Session, Commitment, CanvasLine, Agreement, SettingPrivate, Settings})
    column_width = COLUMN + UNIT * 32

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._client_id = self._session_id = ""
        self._client: Client | None = None
        self._built: dict[str, QWidget] = {}
        self.head(_("Hand out"))
        self.whom = label("", "muted")
        self.column.addWidget(self.whom)
        self.choice = Choice([(name, _(title)) for name, title, *_where in PARTS], PARTS[0][0], name=_("What"))
        self.choice.chosen.connect(self._on_part)
        self.column.addWidget(self.choice)
        self.gone = EmptyState("users-light", _("This client is no longer there."))
        self.gone.hide()
        self.column.addWidget(self.gone)

    def arrive(self, client_id: str = "", session_id: str = "", part: str = "", **what: object) -> None:  # noqa: ARG002
        """We came to hand something to this client."""
        self._client_id, self._session_id = client_id or self._client_id, session_id
        self._find()
        self.choice.choose(part or PARTS[0][0])
        self._on_part(self.choice.value)
        self.scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Read again what is shown."""
        self._find()
        if self._client is not None:
            self.part.refresh()

    @property
    def part(self) -> QWidget:
        """The part shown."""
        return self._built[str(self.choice.value)]

    def _find(self) -> None:
        """The client, who may have been removed meanwhile."""
        found = [each for each in self.desk.read(clients.every) if each.id == self._client_id]
        self._client = found[0] if found else None
        self.gone.setVisible(self._client is None)
        for part in (self.choice, self.whom, *self._built.values()):
            part.setVisible(self._client is not None and part in (self.choice, self.whom, self._shown()))
        if self._client is not None:
            put_heading(self.whom, _("For {name}").format(name=shown(self.desk, self._client)))

    def _shown(self) -> QWidget | None:
        return self._built.get(str(self.choice.value))

    @Slot(object)
    def _on_part(self, wanted: object) -> None:
        if self._client is None:
            return
        name, _title, module, part = next(each for each in PARTS if each[0] == wanted)
        if name not in self._built:
            self._built[name] = getattr(import_module(f"coachdesk.ui.pages.{module}"), part)(self.desk, self.shell)
            self.column.addWidget(self._built[name])
        for each, widget in self._built.items():
            widget.setVisible(each == name)
        with self.shell.telling():
            self.part.show_client(self._client, self._session_id)
