"""What every tab of a client's page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.editable import EditableText

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class ClientTab(QWidget):
    """One tab; built when it is first looked at, then about whichever client the page shows."""

    concerns: frozenset[type] = frozenset()
    """Table classes whose change this tab wants to see."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.client_id = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, UNIT * 2, 0, 0)
        self.column.setSpacing(UNIT * 2)

    def show_client(self, client_id: str, **what: object) -> None:  # noqa: ARG002
        """Be about this client; the rest says where in the tab to go."""
        self.client_id = client_id
        self.refresh()

    def place_of(self, record_id: str) -> QWidget | None:
        """What takes the keyboard where a record is shown; None where it is not shown by itself."""
        lines = (each for each in self.findChildren(EditableText) if not each.isHidden())
        return next((each.change for each in lines if each.subject_id == record_id), None)

    def refresh(self) -> None:
        """Read again what is shown."""
