"""The table of pages: each is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from coachdesk.words import N_

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Page, Shell


@dataclass(frozen=True)
class Entry:
    """One page."""

    name: str
    title: str
    module: str
    page: str
    icon: str = ""
    place: str = ""
    """Where it stands in the navigation: ``top``, ``bottom``, or nowhere."""
    under: str = ""
    """The place in the navigation that is lit while it is shown."""
    alone: bool = False
    """Shown without the navigation, because the records are not open."""

    def build(self, desk: Desk, shell: Shell) -> Page:
        """Import and build the page."""
        return getattr(import_module(f"coachdesk.ui.pages.{self.module}"), self.page)(desk, shell)


PAGES: tuple[Entry, ...] = (
    Entry("today", N_("Today"), "today", "TodayPage", "sun-horizon-light", "top"),
    Entry("clients", N_("Clients"), "clients", "ClientsPage", "users-light", "top"),
    Entry("mine", N_("My record"), "mine", "MyRecordPage", "user-circle-light", "top"),
    Entry("promises", N_("Promises"), "promises", "PromisesPage", "handshake-light", "top"),
    Entry("reflect", N_("Reflect"), "reflect", "ReflectPage", "notebook-light", "top"),
    Entry("hours", N_("Hours"), "hours", "HoursPage", "clock-light", "top"),
    Entry("settings", N_("Settings"), "settings", "SettingsPage", "sliders-horizontal-light", "bottom"),
    Entry("client", N_("Client"), "client", "ClientPage", under="clients"),
    Entry("hand_out", N_("Hand out"), "hand_out", "HandOutPage", under="clients"),
    Entry("brief", N_("Brief"), "brief", "BriefPage", under="today"),
    Entry("arrive", N_("Arrive"), "arrive", "ArrivePage", under="today"),
    Entry("session", N_("Session"), "session", "SessionPage", under="today"),
    Entry("close", N_("Close"), "close", "ClosePage", under="today"),
    Entry("recovery", N_("Session"), "recovery", "RecoveryPage", under="today"),
    Entry("first_run", N_("Welcome"), "first_run", "FirstRunPage", alone=True),
    Entry("unlock", N_("Unlock"), "unlock", "UnlockPage", alone=True),
    Entry("restore", N_("Restore"), "restore", "RestorePage", under="settings"),
    Entry("rescue", N_("Restore"), "restore", "RestorePage", alone=True),
    Entry("restore_under_way", N_("Records"), "restore_under_way", "UnderWayPage", alone=True),
    Entry("move_records", N_("Records"), "move_records", "MoveRecordsPage", alone=True),
    Entry("trouble", N_("Records"), "trouble", "TroublePage", alone=True),
)
