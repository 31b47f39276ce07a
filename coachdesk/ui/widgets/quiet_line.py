"""One line about focus mode on a page, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui import quieting
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.page import Page
from coachdesk.ui.widgets.rows import WordButton
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.ui.widgets.page import Shell


class QuietLine(QWidget):
    """Words made from the present state; *end* while it is on, *begin* while it is off. Nothing to say is no line.

    ``reasons`` makes what *Why* opens under it; without words there is no *Why*. The keyboard stays with the line: the
    button that takes the place of the one it was on gets it, also when that comes later. Hidden until the page first
    asks it to ``look``; from then on it follows by itself.
    """

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        words: Callable[[State], str],
        end: str,
        begin: str = "",
        begins: Callable[[Shell, Desk], None] = quieting.begin,
        reasons: Callable[[State], str] | None = None,
    ) -> None:
        super().__init__()
        self.desk, self.shell = desk, shell
        self._words_of, self._begins, self._reasons_of = words, begins, reasons
        self._waits = False
        """The keyboard waits on the page for the button that will come."""
        self.words = label("", "muted")
        self.why = WordButton(_("Why"), name=_("Why, and what else is to be known"))
        self.why.setCheckable(True)
        self.why.toggled.connect(self._on_why)
        self.reasons = label("", "muted")
        self.end = WordButton(end)
        self.end.clicked.connect(self._on_end)
        self.begin = WordButton(begin)
        self.begin.clicked.connect(self._on_begin)
        self.offers = bool(begin)
        """Whether beginning is offered while it is off."""
        self._arrange()
        if shell.bridge is not None:
            shell.bridge.focus_changed.connect(self.show_state)
        self.hide()

    def _arrange(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.words, 1)
        for made in (self.why, self.end, self.begin):
            across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
            made.hide()
        self.reasons.setContentsMargins(0, 0, 0, UNIT)
        self.reasons.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across)
        column.addWidget(self.reasons)

    @Slot()
    def look(self) -> None:
        """Show how it stands now."""
        if self.shell.focus is None:
            self.hide()
        else:
            self.show_state(self.shell.focus.state)

    @Slot(object)
    def show_state(self, state: State) -> None:
        """Show this state."""
        words = self._words_of(state)
        reasons = self._reasons_of(state) if self._reasons_of is not None and words else ""
        self.words.setText(words)
        self.reasons.setText(reasons)
        self.reasons.setVisible(bool(reasons) and self.why.isChecked())
        shown = {
            self.why: bool(reasons),
            self.end: bool(words) and state.is_on,
            self.begin: self.offers and state.phase == "off",
        }
        held = self._held()
        if words or any(shown.values()):
            self.show()
        for made in filter(shown.get, shown):
            made.show()
        if held is not None:
            taking = next((made for made in (held, self.end, self.begin) if shown.get(made)), None)
            self._waits = taking is None and state.phase == "leaving"
            (taking or self._ground()).setFocus()  # before the other is hidden, or Qt gives it to whatever comes next
        else:
            self._waits = False
        for made in shown:
            made.setVisible(shown[made])
        self.setVisible(bool(words) or any(shown.values()))

    def _held(self) -> QWidget | None:
        """What of the line has the keyboard, or where it waits for the line; None while it is elsewhere."""
        held = self.window().focusWidget()
        waits = self._waits and held is self._ground()
        return held if waits or held in (self.why, self.end, self.begin) else None

    def _ground(self) -> QWidget:
        """The page it is on."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        return above or self.window()

    @Slot(bool)
    def _on_why(self, asked: bool) -> None:
        self.reasons.setVisible(asked and bool(self.reasons.text()))

    @Slot()
    def _on_end(self) -> None:
        quieting.put_back(self.shell)

    @Slot()
    def _on_begin(self) -> None:
        with self.shell.telling():
            self._begins(self.shell, self.desk)
