"""Forgets clients for the window: the rows at once, their traces in file and copies on a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.errors import sentence_of
from coachdesk.words import ngettext

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.practice.forget import Preview
    from coachdesk.storage.erase import Kept, Report
    from coachdesk.ui.tasks import Failed, Progress, Task
    from coachdesk.ui.widgets.page import Shell


@dataclass(frozen=True)
class Outlook:
    """What the coach is shown before anything is done."""

    preview: Preview
    holding: tuple[Kept, ...]
    """Copies that hold the client and are rewritten without them."""
    unreadable: tuple[Kept, ...]
    """Files that may hold the client and cannot be read or rewritten."""


class Erasing(QObject):
    """One erasure at a time; what is not finished is gone on with."""

    finished = Signal(object)
    """What was done about the copies, a ``Report``."""

    def __init__(self, desk: Desk, window: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self.busy = False
        """Whether an erasure is under way."""
        window.bridge.changed.connect(self._on_changed)

    def look(self, client_id: str, done: Callable[[Outlook], object], failed: Failed) -> None:
        """Find out what would go, what would stay, and in which copies the client is."""
        self._window.tasks.run(_look, self._desk, client_id, done=done, failed=failed)

    def forget(
        self, client_id: str, keep_hours: bool, remove: Collection[Path], leave: bool, failed: Failed
    ) -> Task | None:
        """Forget the client now, and erase their traces; ``finished`` tells when that is done. Raises Refused.

        Every page is let go of first, with what is typed in it.
        """
        from coachdesk.machine.here import zone_here
        from coachdesk.practice import forget

        self._desk.read(forget.forgettable, client_id)  # refuses before anything is let go of
        self._window.forget_pages()
        self.busy = True
        try:
            self._desk.do(forget.forget, client_id, keep_hours=keep_hours, zone=zone_here())
        finally:
            self.busy = False
            self._window.start_at("clients")
        return self.go_on(failed, remove=remove, leave=leave)

    def go_on(self, failed: Failed | None = None, *, remove: Collection[Path] = (), leave: bool = False) -> Task | None:
        """Erase what is left of everybody who was forgotten; None where that is under way already."""
        if self.busy:
            return None
        self.busy = True
        self._failed = failed
        store = self._desk.store
        return self._window.tasks.run(
            _finish, self._desk.home, store.key, self._desk.now(), tuple(remove), leave,
            done=self._on_done, failed=self._on_failed, reports=True,
        )  # fmt: skip

    @Slot(object)
    def _on_changed(self, touched: frozenset[type]) -> None:
        """Somebody was forgotten by another way, such as the command line."""
        if not self.busy and self._desk.is_open and any(table.__name__ == "Erasure" for table in touched):
            from coachdesk.practice import forget

            if self._desk.read(forget.pending):
                self.go_on(self._on_ill)

    def _on_done(self, report: Report) -> None:
        self.busy = False
        self.finished.emit(report)

    def _on_failed(self, error: Exception) -> None:
        self.busy = False
        (self._failed or self._on_ill)(error)

    def _on_ill(self, error: Exception) -> None:
        self._window.say(sentence_of(error))


def left_words(count: int) -> str:
    """That files are left which may hold somebody who was forgotten; empty for none."""
    if not count:
        return ""
    return ngettext(
        "Somebody was forgotten, and {n} file that cannot be read or rewritten may still hold them. "
        "Look in Settings, Privacy.",
        "Somebody was forgotten, and {n} files that cannot be read or rewritten may still hold them. "
        "Look in Settings, Privacy.",
        count,
    ).format(n=count)


def _look(desk: Desk, client_id: str) -> Outlook:
    from coachdesk.machine.here import zone_here
    from coachdesk.practice import forget
    from coachdesk.storage import erase
    from coachdesk.storage.faults import explained

    preview = desk.read(forget.preview, client_id, zone=zone_here())
    with explained():
        kept = erase.look(desk.home, desk.store.key, [client_id])
    return Outlook(
        preview,
        tuple(each for each in kept if each.holds),
        tuple(each for each in kept if each.holds is None),
    )


def _finish(home: Home, key: bytes, now: Now, remove: tuple[Path, ...], leave: bool, progress: Progress) -> Report:
    from coachdesk.storage import erase

    return erase.finish(home, key, now, remove=remove, leave=leave, progress=progress)
