"""The page of one client: who they are at a glance, and everything kept about them in tabs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from coachdesk.practice import clients
from coachdesk.practice.agreements import Agreement
from coachdesk.practice.canvas import CanvasLine
from coachdesk.practice.checklists import ChecklistItem, Tick
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.marks import Mark
from coachdesk.practice.notes import Note
from coachdesk.practice.sessions import Session
from coachdesk.settings import Settings
from coachdesk.ui.pages.client_head import ClientHead
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.theme import COLUMN, UNIT
from coachdesk.ui.widgets import EmptyState, Page, button, line
from coachdesk.ui.widgets.rows import give_focus
from coachdesk.ui.widgets.tabs import Tabs
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the program, its title, where it is written."""

    name: str
    title: str
    module: str
    tab: str
    alone: bool = True
    """Whether it is there for oneself too."""

    def build(self, desk: Desk, shell: Shell) -> ClientTab:
        """Import and build the tab."""
        return getattr(import_module(f"coachdesk.ui.pages.{self.module}"), self.tab)(desk, shell)


TABS = (
    Tab("promises", N_("Promises and steps"), "client_promises", "PromisesTab"),
    Tab("sessions", N_("Sessions"), "client_sessions", "SessionsTab"),
    Tab("canvas", N_("Canvas"), "client_canvas", "CanvasTab"),
    Tab("agreement", N_("Agreement"), "client_agreement", "AgreementTab", alone=False),
    Tab("first_session", N_("First session"), "client_first_session", "FirstSessionTab", alone=False),
    Tab("private", N_("For me alone"), "client_private", "PrivateTab"),
)


class ClientPage(Page):
    """Opens at the promises; ``tab`` and what else the tab takes lead further in."""

    concerns = frozenset({
        Client, Session, Commitment, Review, CanvasLine, Agreement, ChecklistItem, Tick, Mark, Note, Settings,
    })  # fmt: skip

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.client_id = ""
        self._built: dict[str, ClientTab] = {}
        self._about: dict[str, object] = {}
        self._sought = ""
        self.client_head = ClientHead(desk, shell)
        self.column.addWidget(self.client_head)
        self.gone = EmptyState(
            "users-light", _("This client is no longer there."), button(_("To all clients"), self._on_to_clients)
        )
        self.gone.hide()
        self.column.addWidget(self.gone)
        self._body = QWidget()
        self._below = QVBoxLayout(self._body)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(0)
        self.tabs = Tabs(_("What is kept about this client"), [_(tab.title) for tab in TABS])
        self.tabs.currentChanged.connect(self._show_tab)
        self._below.addWidget(self.tabs)
        self._below.addWidget(line())
        self.column.addWidget(self._body)

    def arrive(self, client_id: str = "", tab: str = "", record_id: str = "", **what: object) -> None:
        """Show this client; ``tab`` is a name such as ``sessions``, ``record_id`` what in it takes the keyboard."""
        other = client_id != self.client_id
        self.client_id, self._about = client_id, what
        names = [each.name for each in TABS]
        at = names.index(tab) if tab in names else 0
        if other:
            self._hide_tabs()
        held = self.tabs.blockSignals(True)
        if tab or other:
            self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(held)
        self.refresh()
        self.scroll.verticalScrollBar().setValue(0)
        self._sought = record_id
        if record_id:
            QTimer.singleShot(0, self, self._lead_to_sought)  # once it has its place on the screen

    def refresh(self) -> None:
        """Read again what is shown."""
        found = [one for one in self.desk.read(clients.every) if one.id == self.client_id]
        self._body.setVisible(bool(found))
        self.client_head.setVisible(bool(found))
        self.gone.setVisible(not found)
        if found:
            self.client_head.show_client(found[0])
            for at, tab in enumerate(TABS):
                self.tabs.setTabVisible(at, tab.alone or found[0].kind != "self")
            self._fit_tabs()
            self._show_tab()

    @property
    def tab(self) -> ClientTab:
        """The tab shown."""
        return self._built[TABS[self.tabs.currentIndex()].name]

    @Slot()
    def _lead_to_sought(self) -> None:
        place = self.tab.place_of(self._sought) if self._sought and not self._body.isHidden() else None
        if place is not None:
            give_focus(place)
            QTimer.singleShot(0, self, self._show_focused)

    @Slot()
    def _show_focused(self) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # rows that are new have no place before
        held = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            self.scroll.ensureWidgetVisible(held, 0, UNIT * 8)

    @Slot()
    def _show_tab(self) -> None:
        wanted = TABS[self.tabs.currentIndex()]
        if wanted.name not in self._built:
            self._built[wanted.name] = wanted.build(self.desk, self.shell)
            self._below.addWidget(self._built[wanted.name])
        for name, tab in self._built.items():
            tab.setVisible(name == wanted.name)
        about, self._about = self._about, {}
        self._built[wanted.name].show_client(self.client_id, **about)

    def _hide_tabs(self) -> None:
        for tab in self._built.values():
            tab.hide()

    def _fit_tabs(self) -> None:
        self.tabs.fit(min(self.width() - UNIT * 10, COLUMN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    @Slot()
    def _on_to_clients(self) -> None:
        self.shell.show_page("clients")
