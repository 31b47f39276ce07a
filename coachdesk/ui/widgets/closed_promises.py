"""Promises and steps that are closed: the newest first, each opening what was said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import commitments
from coachdesk.practice.commitments import Commitment
from coachdesk.ui.widgets.cards import clear
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.promises import state_word
from coachdesk.ui.widgets.rows import RowButton, WordButton
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PAGE = 20
"""Rows shown before "show more"."""
FAR_BACK = 2000
"""Of how many one is looked for."""
Read = Callable[[int], Sequence[Commitment]]


class ClosedPromises(QWidget):
    """What ``read(most)`` finds, a page at a time; it is read only when asked to."""

    def __init__(self, desk: Desk, shell: Shell, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell, self._read = desk, shell, read
        self._names: Mapping[str, str] = {}
        self._most = PAGE
        self.rows: list[RowButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(2)
        layout.addLayout(self._stack)
        self.further = WordButton(_("Show more"))
        self.further.clicked.connect(self._on_further)
        layout.addWidget(self.further, 0, Qt.AlignmentFlag.AlignLeft)

    def from_the_top(self) -> None:
        """Show only the first page from now on."""
        self._most = PAGE

    def show_them(self, names: Mapping[str, str] | None = None) -> None:
        """Read and show them; ``names`` are the shown names by client, where it is not clear whose they are."""
        self._names = names or {}
        clear(self._stack)
        here, found = today(self.desk), self._read(self._most + 1)
        self.rows = [self._row(row, day_words(local(row.updated_at).date(), here)) for row in found[: self._most]]
        for made in self.rows:
            self._stack.addWidget(made)
        self.further.setVisible(len(found) > self._most)

    def row_of(self, commitment_id: str) -> RowButton | None:
        """The row of one, after showing as many as that takes; None where it is not among them."""
        at = next((at for at, row in enumerate(self._read(FAR_BACK)) if row.id == commitment_id), None)
        if at is None:
            return None
        if at >= len(self.rows):
            self._most = at + 1
            self.show_them(self._names)
        return self.rows[at]

    def _row(self, row: Commitment, day: str) -> RowButton:
        whose = {"client": _("next step"), "both": _("together"), "coach": _("mine")}[row.owner]
        parts = (state_word(row.owner, row.state), whose, self._names.get(row.client_id, ""))
        made = RowButton(row.text, " · ".join(filter(None, parts)), aside=day, value=row.id)
        made.clicked.connect(self._on_history)
        return made

    @Slot()
    def _on_further(self) -> None:
        self._most += PAGE * 2
        self.show_them(self._names)

    @Slot()
    def _on_history(self) -> None:
        from coachdesk.ui.dialogs.commitment_history import CommitmentHistory

        with self.shell.telling():
            row = self.desk.read(commitments.one, self.sender().value)
            CommitmentHistory(self.desk, self.shell, row, self).open()
