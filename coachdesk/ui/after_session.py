"""Ends focus mode with the session it belongs to: once that is closed, put off or left, and when the records lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from coachdesk.errors import Refused

if TYPE_CHECKING:
    from coachdesk.focus.mode import Focus, State
    from coachdesk.ui.main_window import MainWindow, Place


class AfterSession(QObject):
    """Watches the window on the way from a session's end to the end of its Close page.

    The sitting itself sees to it that nothing lasts longer than ten minutes after the end; this is for the coach who
    is done earlier. Focus mode begun without a session is left alone until the records are locked.
    """

    def __init__(self, window: MainWindow, focus: Focus) -> None:
        super().__init__(window)
        self._window, self._focus = window, focus
        self._of = ""
        """The session focus mode belongs to; empty while it belongs to none."""
        self._closing: set[object] = set()
        """The sessions whose Close page is on the way that led to the present page."""
        bridge = window.bridge
        bridge.sitting_changed.connect(self.look)
        bridge.changed.connect(self._on_changed)
        bridge.focus_changed.connect(self._on_focus)
        bridge.locked.connect(self._on_locked)
        window.went.connect(self._on_went)

    @Slot()
    def look(self) -> None:
        """Note the session that runs."""
        window = self._window
        moment = window.sitting.moment() if window.sitting is not None and window.desk.is_open else None
        runs = moment is not None and moment.state != "ended"
        if runs and self._focus.state.is_on and window.desk.settings.focus.with_sessions:
            self._of = moment.session_id

    def _leave(self) -> None:
        if self._of and not self._window.session_runs():
            self._focus.leave()

    def _is_closed(self) -> bool:
        from coachdesk.practice import sessions

        try:
            return self._window.desk.read(sessions.one, self._of).closed_at is not None
        except Refused:  # it was removed
            return True

    @Slot(object)
    def _on_changed(self, _touched: frozenset[type]) -> None:
        self.look()
        if self._of and self._window.desk.is_open and self._is_closed():
            self._leave()

    @Slot(object)
    def _on_went(self, way: tuple[Place, ...]) -> None:
        """From a page to another: the Close page may be left for good, which is so when no Back leads there."""
        on_the_way = {what.get("session_id") for name, what in way if name == "close"}
        left, self._closing = self._closing - on_the_way, on_the_way
        if self._of in left:
            self._leave()

    @Slot(object)
    def _on_focus(self, state: State) -> None:
        if state.phase == "off":
            self._of = ""
        self.look()

    @Slot()
    def _on_locked(self) -> None:
        self._focus.leave()
