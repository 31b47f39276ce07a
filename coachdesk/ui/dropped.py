"""What is done with files that are dragged onto the window, by how their names end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject

from coachdesk.paths import ARCHIVE
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


@dataclass(frozen=True)
class Way:
    """Files that end so, and what opens them; it is called with all that were dropped together."""

    endings: tuple[str, ...]
    open: Callable[[MainWindow, Sequence[Path]], None]


def _calendar(window: MainWindow, paths: Sequence[Path]) -> None:
    from coachdesk.ui.dialogs.import_calendar import ImportCalendar

    ImportCalendar(window.desk, window, paths, window).open()


def _hours(window: MainWindow, paths: Sequence[Path]) -> None:
    from coachdesk.ui.dialogs.import_hours import ImportHours

    ImportHours(window.desk, window, paths[0], window).open()


def _archive(window: MainWindow, paths: Sequence[Path]) -> None:
    from coachdesk.ui.widgets.archive import take_in

    take_in(window.desk, window, paths[0], window)


WAYS: tuple[Way, ...] = (
    Way((".ics",), _calendar),
    Way((".csv", ".xlsx"), _hours),
    Way((ARCHIVE,), _archive),
)
"""One row for each kind of file."""
UNKNOWN = N_("CoachDesk does not know what to do with a file of this kind.")


def paths(dragged: QMimeData) -> list[Path]:
    """The files and folders of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile() and url.toLocalFile()]


def way(dropped: Sequence[Path]) -> Way | None:
    """What opens these files; None where nothing does, or where they are of several kinds."""
    endings = {path.suffix.lower() for path in dropped}
    return next((one for one in WAYS if endings and endings <= set(one.endings)), None)


def take(window: MainWindow, dropped: Sequence[Path]) -> None:
    """Open what was dropped; not while the records are locked, nor while a session is running."""
    chosen = way(dropped)
    if chosen is None:
        window.say(_(UNKNOWN), "note")
    elif not window.desk.is_open:
        window.say(_("Unlock the records first; then drop it again."), "note")
    elif window.session_runs():
        window.say(_("A session is running. Drop it again after it."), "note")
    else:
        chosen.open(window, dropped)


class Dropping(QObject):
    """Lets files be dropped anywhere on the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and paths(event.mimeData()):
            event.acceptProposedAction()
            return True
        if kind == QEvent.Type.Drop and (dropped := paths(event.mimeData())):
            event.acceptProposedAction()
            take(self._window, dropped)
            return True
        return super().eventFilter(watched, event)
