"""Where news from outside the widgets becomes a signal: changed records, global keys, the machine, other starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from coachdesk.errors import Refused
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.mode import State

PATIENCE = 10.0
"""Seconds another start of CoachDesk waits for the window's answer."""


@dataclass(frozen=True)
class Asked:
    """A request from another start of CoachDesk, and where its answer goes."""

    request: Mapping[str, Any]
    answer: SimpleQueue[dict[str, Any] | Exception] = field(default_factory=SimpleQueue)


class Bridge(QObject):
    """Every method may be called from any thread; every signal arrives on the window's."""

    changed = Signal(object)
    """A frozenset of the table classes (or settings) that changed."""
    key_pressed = Signal(str)
    """The id of an action whose global shortcut was pressed."""
    machine_event = Signal(str)
    """``locked``, ``unlocked``, ``sleeping`` or ``woke``."""
    opened = Signal()
    """The records are open."""
    locked = Signal()
    """The records were locked."""
    sitting_changed = Signal()
    """The running session may look different now."""
    duties_changed = Signal()
    """Something else is due between sessions now."""
    focus_changed = Signal(object)
    """How focus mode stands now, a ``State``."""
    requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
        self.requested.connect(self._on_requested, Qt.ConnectionType.QueuedConnection)

    def announce(self, touched: frozenset[type]) -> None:
        """Pass on what the desk announces."""
        self.changed.emit(touched)

    def press(self, action: str) -> None:
        """Pass on a global shortcut."""
        self.key_pressed.emit(action)

    def notice(self, event: str) -> None:
        """Pass on what happened to the machine."""
        self.machine_event.emit(event)

    def focus(self, state: State) -> None:
        """Pass on how focus mode stands."""
        self.focus_changed.emit(state)

    def answer_with(self, answers: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
        """Let this function answer the requests of other starts, on the window's thread."""
        self._answers = answers

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Have a request answered on the window's thread; for ``instance.serve``.

        Raises:
            Refused: the request was refused, or there was no answer in time.
        """
        asked = Asked(request)
        self.requested.emit(asked)
        try:
            answer = asked.answer.get(timeout=PATIENCE)
        except Empty:
            raise Refused(_("CoachDesk is busy; try again in a moment.")) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    @Slot(object)
    def _on_requested(self, asked: Asked) -> None:
        try:
            if self._answers is None:
                raise Refused(_("CoachDesk is still starting; try again in a moment."))
            asked.answer.put(self._answers(asked.request))
        except Exception as error:  # it belongs to whoever asked, in the other thread
            asked.answer.put(error)
