"""Where news from outside the widgets becomes a signal: changed records, global keys, the machine, other starts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from coachdesk.errors import Refused
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.focus.mode import State

T = TypeVar("T")
Answer = dict[str, Any]
Answers = Callable[[Mapping[str, Any]], Answer | Callable[[], Answer]]
"""Answers a request on the window's thread, or with what answers it on the caller's own, beside the window."""

PATIENCE = 10.0
"""Seconds another start of CoachDesk waits for the window to begin with what it asks."""


@dataclass(frozen=True)
class Asked:
    """Something to be done on the window's thread, and where its outcome goes."""

    work: Callable[[], Any]
    outcome: SimpleQueue[tuple[Any, Exception | None]] = field(default_factory=SimpleQueue)
    _taken: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> bool:
        """Decide what becomes of it: whoever is first, to do it or to give it up, is told True, the other False."""
        return self._taken.acquire(blocking=False)

    def do(self) -> None:
        """Do it, and hand its outcome over, unless it was given up."""
        if not self.take():
            return
        try:
            self.outcome.put((self.work(), None))
        except Exception as error:  # it belongs to whoever asked, in the other thread
            self.outcome.put((None, error))


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

    def __init__(self, parent: QObject | None = None, patience: float = PATIENCE) -> None:
        super().__init__(parent)
        self._patience = patience
        self._answers: Answers | None = None
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

    def answer_with(self, answers: Answers) -> None:
        """Let this function answer the requests of other starts."""
        self._answers = answers

    def handle(self, request: Mapping[str, Any]) -> Answer:
        """Have a request answered, where it takes long on the caller's thread; for ``instance.serve``.

        Raises:
            Refused: the request was refused, or given up because the window did not begin with it in time.
        """
        answer = self.there(partial(self._answer, request))
        return answer() if callable(answer) else answer

    def there(self, work: Callable[[], T]) -> T:
        """Have something done on the window's thread, and wait for its outcome, on another thread.

        What was begun is waited for to its end, so that nobody is told to try again what is done all the same.

        Raises:
            Refused: it was not begun in time, and is not done any more. Whatever the work raises is raised too.
        """
        asked = Asked(work)
        self.requested.emit(asked)
        try:
            value, error = asked.outcome.get(timeout=self._patience)
        except Empty:
            if asked.take():
                raise Refused(_("CoachDesk is busy; try again in a moment.")) from None
            value, error = asked.outcome.get()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]  # the queue knows nothing of T

    def _answer(self, request: Mapping[str, Any]) -> Answer | Callable[[], Answer]:
        if self._answers is None:
            raise Refused(_("CoachDesk is still starting; try again in a moment."))
        return self._answers(request)

    @Slot(object)
    def _on_requested(self, asked: Asked) -> None:
        asked.do()
