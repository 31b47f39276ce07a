"""Quiet without a session: begin for some minutes, see until when, end it; and what is left for the person's hands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.focus.mode import State
from coachdesk.focus.plan import Plan
from coachdesk.ui import quiet_words
from coachdesk.ui.widgets.buttons import Stepper, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

USUAL, LEAST, MOST = 25, 5, 480
"""Minutes."""


class FocusNow(Card):
    """How focus mode stands, and the one thing to do about it."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Focus now"), parent=parent)
        self._desk, self._shell = desk, shell
        self._phase = ""
        self.how = label("")
        self.what = label("", "muted")
        self.note = label("", "note")
        self.minutes = Stepper(_("Minutes of quiet"), USUAL, LEAST, MOST, _("min"))
        self.begin = button(_("Begin"), self._on_begin, primary=True)
        self.end = button(_("End now"), self._on_end)
        for part in (self.how, self.what, self.note):
            self.add(part)
        self.act(self.minutes, self.begin, self.end)
        self.show_state()

    def show_state(self) -> None:
        """Show how it stands now."""
        focus = self._shell.focus
        state = focus.state if focus is not None else State()
        self.how.setText(_how(state) if focus is not None else _("This window leaves the computer as it is."))
        self.what.setText(quiet_words.now(state) if state.phase == "on" else "")
        self.note.setText(state.sentence)
        for part in (self.what, self.note):
            part.setVisible(bool(part.text()))
        held = self.begin.hasFocus() or self.end.hasFocus()
        off = state.phase == "off"
        for part, shown in ((self.minutes, off), (self.begin, off), (self.end, state.is_on)):
            part.setVisible(shown)
            part.setEnabled(focus is not None)
        if held:  # the keyboard stays on the button that takes the place
            (self.begin if off else self.end).setFocus()
        if self._phase not in ("", state.phase):
            announce(self.how, self.how.text())
        self._phase = state.phase

    @Slot()
    def _on_begin(self) -> None:
        with self._shell.telling():
            lasts = timedelta(minutes=self.minutes.value)
            plan = Plan.of(self._desk.settings, lasts.total_seconds())
            if not plan.wanted:
                raise Refused(_("Nothing is switched on below, so there is nothing to keep quiet."))
            self._shell.focus.enter(plan, self._desk.now().at + lasts)
            self.show_state()

    @Slot()
    def _on_end(self) -> None:
        self._shell.focus.leave()
        self.show_state()


class FocusLeft(Card):
    """What an earlier focus mode could not put back; it stands first until the person has done it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Please put this back yourself"),
            _("Focus mode could not. Until you tell it that you have, it leaves these things alone."),
            parent,
        )
        self._shell = shell
        self.done = button(_("I have done this"), self._on_done)
        self.act(self.done)
        self.refresh()

    def refresh(self) -> None:
        """Show what is left now; nothing at all when nothing is."""
        self.empty()
        left: tuple[str, ...] = ()
        if self._shell.focus is not None:
            with self._shell.telling():
                left = self._shell.focus.outstanding()
        for sentence in left:
            self.add(label(sentence, "note", selectable=True))
        self.setVisible(bool(left))

    @Slot()
    def _on_done(self) -> None:
        with self._shell.telling():
            self._shell.focus.acknowledge()
            self._shell.say(_("Noted; these things are used again."))
        self.refresh()


def _how(state: State) -> str:
    """How it stands, in one sentence."""
    if state.phase == "off":
        return _("Keep what is switched on below quiet for a while, without a session.")
    return quiet_words.until(state) if state.phase == "on" else quiet_words.now(state)
