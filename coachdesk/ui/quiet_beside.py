"""Focus mode beside the call: its dot on the bar, its entries in the tray, and a sentence when it ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.ui import quiet_words, quieting
from coachdesk.ui.bar_face import PUT_BACK
from coachdesk.ui.tray import ALONE

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.mode import State
    from coachdesk.ui.bridge import Bridge
    from coachdesk.ui.tray import Tray
    from coachdesk.ui.widgets.page import Shell


class QuietBeside(QObject):
    """Says what bar and tray are to show of focus mode, and carries out what they offer."""

    said = Signal(str)
    """A sentence for the coach: what came of putting back, or why it ended although nobody asked."""

    def __init__(self, desk: Desk, bridge: Bridge, shell: Shell | None, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell, self._tray = desk, shell, tray
        self._tray.show_quiet(self.state)
        bridge.focus_changed.connect(self._on_state)

    @property
    def state(self) -> State | None:
        """How it stands; None where there is no focus mode."""
        return self._shell.focus.state if self._shell is not None and self._shell.focus is not None else None

    def wish(self) -> dict[str, object]:
        """What the bar is to show of it."""
        state = self.state
        return {
            "dot": quiet_words.dot(state),
            "quiet": quiet_words.about(state),
            "until": quiet_words.lasting(state),
            "put_back": state is not None and state.is_on,
        }

    def press(self, name: str) -> bool:
        """Carry out what a button or an entry stands for; whether it was one of focus mode. Raises Refused."""
        if name == PUT_BACK:
            quieting.put_back(self._shell, self.said.emit)
        elif name == ALONE:
            quieting.begin(self._shell, self._desk)
        else:
            return False
        return True

    @Slot(object)
    def _on_state(self, state: State) -> None:
        self._tray.show_quiet(state)
        if state.phase == "off" and state.sentence:
            self.said.emit(state.sentence)
