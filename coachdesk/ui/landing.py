"""Where the window lands when the coach opens it: at the session that runs, or at closing the one that has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow

ASKING = ("recovery", "first_run", "unlock", "trouble")
"""Pages that ask something first; nobody is led away from them."""


class Landing(QObject):
    """Watches the running session for the window, which never comes forward by itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._running = ""
        self._to_close = ""
        self.rests = False
        """The window comes back as it was; it is not opened."""
        window.bridge.sitting_changed.connect(self.look)
        window.bridge.changed.connect(self._on_changed)
        window.bridge.opened.connect(self.land)
        window.installEventFilter(self)

    @Slot()
    def look(self) -> None:
        """A session that has ended leads from its own page to Close at once, from any other at the next opening."""
        window = self._window
        if window.sitting is None or not window.desk.is_open:
            return
        moment = window.sitting.moment()
        if moment is not None and moment.state != "ended":
            self._running, self._to_close = moment.session_id, ""
        elif self._running:
            self._running, self._to_close = "", self._running
            if window.page_name == "session":
                self.land()

    @Slot()
    def land(self) -> None:
        """The window was opened: show what belongs to the present moment."""
        self.look()
        window = self._window
        if window.page_name in ASKING:
            return
        if self._running:
            if window.page_name != "session":
                window.start_at("session")
        elif self._to_close:
            ended, self._to_close = self._to_close, ""
            if self._waits(ended):
                window.start_at("close", session_id=ended)

    def to_close(self, session_id: str) -> None:
        """The coach asked for it: come forward at closing this session, wherever the window stands."""
        self._to_close = session_id
        self._window.come_forward()

    def _waits(self, session_id: str) -> bool:
        from coachdesk.practice import sessions

        desk = self._window.desk
        return desk.is_open and desk.read(sessions.waits, session_id)

    @Slot(object)
    def _on_changed(self, _touched: frozenset[type]) -> None:
        self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowStateChange and watched is self._window and not self.rests:
            minimised = Qt.WindowState.WindowMinimized
            if event.oldState() & minimised and not self._window.windowState() & minimised:
                self.land()
        return False
