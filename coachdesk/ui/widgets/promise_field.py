"""The line in which a promise or a next step is written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.practice import commitments
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice, button
from coachdesk.ui.widgets.chosen import Chosen, Field
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DAY, OWNER, DraftLine
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
        self._screen, self._client_id = screen, ""
        self._subject = ""
        self._chosen: Chosen | None = None
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
        self.whom.setPlaceholderText(_("With whom?"))
        self.whom.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.whom.setMinimumContentsLength(12)
        self.whom.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.hide()
        self.day = DayField(desk, _("By when"))
        self.add = button(_("Add"), self._on_add)
        for chosen in (self.owner.chosen, self.whom.activated, self.day.changed):
            chosen.connect(self._on_chosen)
        rest.addWidget(self.owner, 1)
        rest.addWidget(self.whom, 1)
        rest.addWidget(self.day)
        rest.addWidget(self.add)
        layout.addWidget(self._rest)
        self._rest.hide()

    def about(self, client_id: str, offered: Sequence[tuple[str, date]] = ()) -> None:
        """What is written here is with this client; restores what was being typed."""
        self._client_id = client_id
        self._read(client_id)
        self.day.offer(offered)

    def among(self, choices: Sequence[tuple[str, str]]) -> None:
        """With whom is to be chosen among these (id, shown name); restores what was being typed.

        Who was chosen and is not among them any more gives way to nobody, never to somebody else.
        """
        first, before = not self.whom.count(), self.whom.currentData()
        self.whom.clear()
        for client_id, name in choices:
            self.whom.addItem(one_line(name), client_id)
        self.whom.setCurrentIndex(0 if first else self.whom.findData(before))
        self._read("")
        self.whom.setVisible(len(choices) > 1 or self.whom.currentIndex() < 0)

    def among_everybody(self, known: Iterable[Client]) -> None:
        """With whom is to be chosen among oneself and those of the clients who are not put away."""
        from coachdesk.ui.dialogs.choose_client import MYSELF

        listed = [one for one in known if one.kind != "self" and one.archived_at is None]
        whom = [] if for_self(self.desk) else [(one.id, shown(self.desk, one)) for one in listed]
        self.among([(MYSELF, _("For myself")), *whom])

    def _lines(self) -> tuple[DraftLine, ...]:
        return (self.words,)

    def _choices(self) -> dict[str, Field]:
        """What is chosen for the promise, by the names of the drafts."""
        return {OWNER: self.owner, "promise-whom": self.whom, DAY: self.day}

    def _read(self, subject_id: str) -> None:
        """Show what was being typed and chosen about it; what is being typed here now stays."""
        if self._chosen is not None and subject_id == self._subject:
            for line in self._lines():
                line.look_again()
            self._chosen.look_again()
        else:
            if self._chosen is not None:
                self._chosen.show_before()
            self._subject = subject_id
            for line in self._lines():
                line.about(subject_id)
            self._chosen = Chosen(self.desk, self._screen, subject_id, self._choices())
        self._on_typed(self.words.text())

    def _begin_again(self) -> None:
        """It is a record now."""
        for line in self._lines():
            line.cleared()
        self._chosen.begin_again()
        self._on_typed("")

    @Slot()
    def _on_chosen(self) -> None:
        with self.shell.telling():
            self._chosen.keep()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._rest.setVisible(bool(text.strip()))

    @Slot()
    def _on_add(self) -> None:
        with self.shell.telling():
            row = self.desk.do(
                commitments.add, self._whom(), self.words.words, owner=str(self.owner.value), due_on=self.day.day
            )
            self._begin_again()
            self.words.setFocus()
            self.added.emit(row.id)

    def _whom(self) -> str:
        from coachdesk.ui.dialogs.choose_client import MYSELF, oneself

        chosen = self.whom.currentData() or self._client_id
        if not chosen:
            raise Refused(_("With whom? Who was chosen before is not in the list any more."))
        return oneself(self.desk).id if chosen == MYSELF else chosen
