"""The line in which a promise or a next step is written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.practice import commitments
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice, button
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftLine
from coachdesk.ui.widgets.naming import for_self, shown
from coachdesk.ui.widgets.promises import OWNERS
from coachdesk.ui.widgets.rows import one_line
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.practice.clients import Client
    from coachdesk.ui.widgets.page import Shell


class PromiseField(QWidget):
    """One line; whose, with whom and by when appear once something is written. Enter stores it."""

    added = Signal(str)
    """The commitment's id."""

    def __init__(
        self, desk: Desk, shell: Shell, screen: str, hint: str, *, owners: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._client_id = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.words = DraftLine(desk, screen, "promise", hint, hint)
        self.words.returnPressed.connect(self._on_add)
        self.words.textChanged.connect(self._on_typed)
        layout.addWidget(self.words)
        self._rest = QWidget()
        rest = QHBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(UNIT)
        self.owner = Choice([(owner, _(word)) for owner, word in OWNERS], "coach", name=_("Whose it is"))
        self.owner.setVisible(owners)
        self.whom = ChoiceField()
        self.whom.setAccessibleName(_("With whom"))
        self.whom.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.whom.setMinimumContentsLength(12)
        self.whom.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.hide()
        self.day = DayField(desk, _("By when"))
        self.add = button(_("Add"), self._on_add)
        rest.addWidget(self.owner, 1)
        rest.addWidget(self.whom, 1)
        rest.addWidget(self.day)
        rest.addWidget(self.add)
        layout.addWidget(self._rest)
        self._rest.hide()

    def about(self, client_id: str, offered: Sequence[tuple[str, date]] = ()) -> None:
        """What is written here is with this client; restores what was being typed."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.owner.choose("coach")
            self.day.put(None)
            self.words.about(client_id)
            self._on_typed(self.words.text())
        self.day.offer(offered)

    def among(self, choices: Sequence[tuple[str, str]]) -> None:
        """With whom is to be chosen among these (id, shown name); restores what was being typed."""
        before = self.whom.currentData()
        self.whom.clear()
        for client_id, name in choices:
            self.whom.addItem(one_line(name), client_id)
        self.whom.setCurrentIndex(max(0, self.whom.findData(before)))
        self.whom.setVisible(len(choices) > 1)
        if not self.words.text():
            self.words.about("")
            self._on_typed(self.words.text())

    def among_everybody(self, known: Iterable[Client]) -> None:
        """With whom is to be chosen among oneself and those of the clients who are not put away."""
        from coachdesk.ui.dialogs.choose_client import MYSELF

        listed = [one for one in known if one.kind != "self" and one.archived_at is None]
        whom = [] if for_self(self.desk) else [(one.id, shown(self.desk, one)) for one in listed]
        self.among([(MYSELF, _("For myself")), *whom])

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._rest.setVisible(bool(text.strip()))

    @Slot()
    def _on_add(self) -> None:
        with self.shell.telling():
            row = self.desk.do(
                commitments.add, self._whom(), self.words.words, owner=str(self.owner.value), due_on=self.day.day
            )
            self.words.cleared()
            self.day.put(None)
            self.words.setFocus()
            self.added.emit(row.id)

    def _whom(self) -> str:
        from coachdesk.ui.dialogs.choose_client import MYSELF, oneself

        chosen = self.whom.currentData() or self._client_id
        return oneself(self.desk).id if chosen == MYSELF else chosen
