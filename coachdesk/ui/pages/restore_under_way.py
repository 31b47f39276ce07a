"""While other records are put in the place of the present ones: they are closed, then whatever is there is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Page, button, label
from coachdesk.ui.widgets.under_way import WHOLE, UnderWay
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.paths import Home
    from coachdesk.storage.store import Store
    from coachdesk.ui.opening import Opening
    from coachdesk.ui.tasks import Progress
    from coachdesk.ui.widgets import Shell

Work = Callable[["Home", bytes, "Now", "Progress"], str]
"""Puts other records in place, which are closed meanwhile; answers the sentence that says what was done."""


@dataclass
class Failed(Exception):  # it carries a refusal on, it is none itself
    """Nothing was replaced, for this reason; the records as they were are open again, or do not open."""

    refusal: Refused
    store: Store | None = field(default=None, repr=False)


def begin(opening: Opening, key: bytes, work: Work, title: str, page: str = "restore_under_way") -> None:
    """Close the records if they are open, and have the work done on a page; raises Refused in a session."""
    window, desk = opening.window, opening.desk
    if window.session_runs():
        raise Refused(_("A session is running; end it first. Then other records can be put in place."))
    if desk.is_open:
        window.forget_pages()
        desk.close()
        window.bridge.locked.emit()
    window.start_at(page, key=key, work=work, title=title)


class UnderWayPage(Page):
    """One bar, and a way to leave everything as it was."""

    column_width = UNIT * 64

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._key = b""
        self.column.setContentsMargins(0, UNIT * 8, 0, 0)
        self.title = self.head("")
        self.column.addWidget(
            label(_("The records from before are kept; until the last step nothing is changed."), "muted")
        )
        self.under_way = UnderWay(shell, "", self)
        self.under_way.stopped.connect(self._on_stopped)
        self.under_way.bar.valueChanged.connect(self._on_share)
        self.column.addWidget(self.under_way.bar)
        self.stop = button(_("Leave everything as it was"), self._on_stop)
        self.row(self.stop).addStretch()

    def arrive(self, **what: object) -> None:
        """Do the ``work`` with the ``key``, under this ``title``."""
        self._key = what["key"]
        title = str(what["title"])
        self.title.setText(title)
        self.setAccessibleName(title)
        self.under_way.bar.setAccessibleName(title)
        self.stop.setEnabled(True)
        self.under_way.begin(
            self.carry_out, self.desk.home, self._key, self.desk.now(), what["work"],
            done=self._on_done, failed=self._on_failed,
        )  # fmt: skip

    @staticmethod
    def carry_out(home: Home, key: bytes, now: Now, work: Work, *, progress: Progress) -> object:
        """Do the work on a worker thread, and open what is then there; raises Failed."""
        return _carried_out(home, key, now, work, progress=progress)

    @Slot(int)
    def _on_share(self, share: int) -> None:
        if share == WHOLE:  # the last step is under way
            self.stop.setEnabled(False)

    @Slot()
    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.under_way.stop()  # what was done all the same is told as done

    @Slot()
    def _on_stopped(self) -> None:
        self.shell.tasks.run(_opened_again, self.desk.home, self._key, done=self._adopt, failed=self._on_failed)

    def _on_done(self, found: tuple[Store, str]) -> None:
        opened, sentence = found
        self._adopt(opened)
        self.shell.say(sentence, "note")

    def _adopt(self, opened: Store) -> None:
        self._key = b""
        self.shell.opening.adopt(opened)

    def _on_failed(self, error: Exception) -> None:
        key, self._key = self._key, b""
        if isinstance(error, Failed) and error.store is not None:
            self.shell.opening.adopt(error.store)
            self.shell.say(error.refusal.sentence, "note")
        elif isinstance(error, Failed | Refused):
            refusal = error.refusal if isinstance(error, Failed) else error
            self.shell.opening.trouble(refusal, key)
        else:
            raise error


def _carried_out(home: Home, key: bytes, now: Now, work: Work, *, progress: Progress) -> tuple[Store, str]:
    from coachdesk.storage import store

    try:
        sentence = work(home, key, now, progress)
    except Refused as refusal:
        raise Failed(refusal, opened_or_none(home, key)) from refusal
    return store.open(home.records, key), sentence


def _opened_again(home: Home, key: bytes) -> Store:
    from coachdesk.storage import store

    return store.open(home.records, key)


def opened_or_none(home: Home, key: bytes) -> Store | None:
    """The records as they are; None if they do not open."""
    try:
        return _opened_again(home, key)
    except Refused:
        return None
