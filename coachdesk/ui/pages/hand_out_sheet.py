"""The sheet about what is kept, as it reads for this client today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.exchange import sheet
from coachdesk.machine.here import zone_here
from coachdesk.practice.clients import Client
from coachdesk.ui.pages.hand_out_summary import DAYS
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import label
from coachdesk.ui.widgets.hand_out_paper import PaperView
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class SheetPart(QWidget):
    """Nothing to choose: it says what is so."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._client_id = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        layout.addWidget(
            label(_("For your client to read. Every sentence is taken from your records and settings as they are now."))
        )
        self.page = PaperView(shell)
        layout.addWidget(self.page)

    def show_client(self, client: Client, _session_id: str = "") -> None:
        """Be about a client."""
        self._client_id = client.id
        self.refresh()

    def refresh(self) -> None:
        """Read again what is so."""
        with self.shell.telling():
            so = self.desk.read(
                sheet.facts, self._client_id, home=self.desk.home, settings=self.desk.settings,
                zone=zone_here(),
            )  # fmt: skip
            self.page.show_paper(sheet.sheet(so, days=DAYS), sheet.file_name(so.day, "")[:-1])
