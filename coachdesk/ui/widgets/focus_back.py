"""Put everything back now: one button that always works, and what came of it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.focus.mode import told_of
from coachdesk.focus.plan import NAMES
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.plan import Outcome
    from coachdesk.ui.widgets.page import Shell


class FocusBack(Card):
    """Also puts back what another CoachDesk, or one that was stopped, has left."""

    ended = Signal()
    """Everything that could be put back is."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Put everything back"),
            _("Focus mode does this by itself. Should anything still be quiet that should not be, this is the way."),
            parent,
        )
        self._shell = shell
        self._under_way = False
        self.result = label("", selectable=True)
        self.result.hide()
        self.add(self.result)
        self.now = button(_("Put everything back now"), self._on_now, icon="arrow-counter-clockwise-light")
        self.act(self.now)

    @Slot()
    def _on_now(self) -> None:
        if self._shell.focus is None:
            self._tell(_("This window leaves the computer as it is, so there is nothing to put back."))
        elif not self._under_way:
            self._under_way = True
            self._tell(_("Everything is being put back…"))
            self._shell.tasks.run(self._shell.focus.put_back, done=self._on_done, failed=self._on_failed)

    def _on_done(self, outcome: Outcome) -> None:
        self._under_way = False
        self._tell("\n".join(sentences(outcome)))
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._under_way = False
        if not isinstance(error, Refused):
            self._tell(_("Not everything could be put back."))
            raise error
        self._tell(error.sentence)

    def _tell(self, words: str) -> None:
        self.result.setText(words)
        self.result.show()
        announce(self.result, words)


def sentences(outcome: Outcome) -> tuple[str, ...]:
    """What was put back, what stays as the person changed it, what is left for their hands."""
    names = ", ".join(_(NAMES[name]) for name in dict.fromkeys(outcome.put_back) if name in NAMES)
    back = (_("Put back: {names}.").format(names=names),) if names else ()
    return (*back, *told_of(outcome)) or (_("There was nothing to put back."),)
