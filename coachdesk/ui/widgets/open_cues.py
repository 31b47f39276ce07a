"""Process checks that were shown and not answered: was it asked after all?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk import in_session
from coachdesk.practice import cues_shown
from coachdesk.practice.cues_shown import CueShown
from coachdesk.ui.widgets.cards import ActionRow, Card
from coachdesk.ui.widgets.moments import at_words
from coachdesk.ui.widgets.rows import WordButton, breakable
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class OpenCues(Card):
    """One row per planned check that was neither asked nor left out."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Shown, not answered"), parent=parent)
        self.desk, self.shell = desk, shell
        self.rows: dict[str, ActionRow] = {}

    def show_cues(self, found: Sequence[CueShown]) -> None:
        """Show what of these is open; without any the card is not shown."""
        waiting = open_checks(found)
        if list(self.rows) != [cue.id for cue in waiting]:
            self.empty()
            texts = {prompt.id: prompt.text for prompt in in_session.library(self.desk)} if waiting else {}
            self.rows = {cue.id: self._row(cue, texts.get(cue.prompt_id, "")) for cue in waiting}
            for row in self.rows.values():
                self.add(row)
        self.setVisible(bool(waiting))

    def _row(self, cue: CueShown, text: str) -> ActionRow:
        when, buttons = at_words(cue.at_seconds), []
        for answer, word in (("asked", _("Asked after all")), ("not_today", _("Not this time"))):
            made = WordButton(word, (cue.id, answer), _("{answer}: {when}").format(answer=word, when=when))
            made.clicked.connect(self._on_answer)
            buttons.append(made)
        row = ActionRow(breakable(text) or _("Process check"), when, *buttons)
        row.layout().setSpacing(0)
        return row

    @Slot()
    def _on_answer(self) -> None:
        cue_id, answer = self.sender().value
        with self.shell.telling():
            self.desk.do(cues_shown.answered, cue_id, answer)


def open_checks(found: Sequence[CueShown]) -> list[CueShown]:
    """The last showing of every planned process check that was not answered for good."""
    last: dict[str, CueShown] = {}
    settled = set()
    for cue in found:
        if cue.kind == "process_check":
            last[cue.point] = cue
            if cue.answer in ("asked", "not_today"):
                settled.add(cue.point)
    return [cue for point, cue in last.items() if point not in settled]
