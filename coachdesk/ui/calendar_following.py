"""Reads the followed calendar again: when CoachDesk starts, when the computer wakes, when the file has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from coachdesk.practice import calendar_plans
from coachdesk.practice.calendar_entries import Reading
from coachdesk.practice.calendar_plans import Preview
from coachdesk.practice.calendar_taken import CalendarTaken
from coachdesk.practice.private_settings import SettingPrivate
from coachdesk.practice.sessions import Session
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.main_window import MainWindow

SETTLED = 2000
"""Milliseconds without a change after which a file counts as written."""


class CalendarFollowing(QObject):
    """What the confirmed rules decide is done by itself; the rest waits. Nothing is read while a session runs."""

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._desk, self._window = desk, window
        self._path = self._told = ""
        self._reading = self._wanted = False
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(self.look)
        for change in (self._watcher.fileChanged, self._watcher.directoryChanged):
            change.connect(self._on_file_changed)
        bridge = window.bridge
        bridge.opened.connect(self.look)
        bridge.locked.connect(self.rest)
        bridge.machine_event.connect(self._on_machine_event)
        bridge.changed.connect(self._on_changed)
        bridge.sitting_changed.connect(self._on_sitting_changed)

    @Slot()
    def look(self) -> None:
        """Read it now, or once nothing stands in the way."""
        self._settle.stop()
        if not self._desk.is_open:
            return
        self._path = self._desk.read(calendar_plans.followed)
        self._watch()
        if not self._path:
            self._wanted = False
        elif self._reading or self._window.session_runs():
            self._wanted = True
        else:
            from coachdesk.ui.dialogs.import_calendar import work

            self._wanted, self._reading = False, True
            self._window.tasks.run(work, [Path(self._path)], self._desk, done=self._on_read, failed=self._on_failed)

    @Slot()
    def rest(self) -> None:
        """Watch nothing, because the records are locked."""
        self._settle.stop()
        self._path = ""
        self._watch()

    def _watch(self) -> None:
        """Watch the file and its folder: most programs put a new file in the place of the old."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        wanted = [path for path in (self._path, str(Path(self._path).parent)) if self._path and Path(path).exists()]
        if Path(self._path).is_dir():
            wanted = wanted[:1]
        for path in set(watched) - set(wanted):
            self._watcher.removePath(path)
        for path in set(wanted) - set(watched):
            self._watcher.addPath(path)

    def _on_read(self, reading: Reading) -> None:
        self._reading = False
        if not self._desk.is_open or reading.source != self._path:
            return
        if self._window.session_runs():
            self._wanted = True
            return
        with self._window.telling():
            usual = self._desk.settings.session.minutes
            found, touched = self._desk.do_quietly(calendar_plans.take_known, reading, usual_minutes=usual)
            self._note(found)
            if touched:  # by itself, so it is no step of the coach's
                self._desk.announce(frozenset({Session, CalendarTaken}))
                self._window.say(brought_words(len(touched)))
        if self._wanted:
            self.look()

    def _note(self, found: Preview) -> None:
        """Keep how many entries wait; where nothing could be read at all, that is said once and what waited stays."""
        if not found.reading.whole and not found.reading.entries:
            if self._told != self._path:
                self._told = self._path
                why = found.reading.problems[0]
                self._window.say(_("Your calendar could not be read. {why}").format(why=why), "note")
            return
        self._told = ""
        left = len(found.unknown) + len(found.gone) + len(found.differing)
        if left != self._desk.read(calendar_plans.waiting):
            self._desk.do(calendar_plans.note_waiting, left)

    def _on_failed(self, error: Exception) -> None:
        self._reading = False
        raise error

    @Slot(str)
    def _on_file_changed(self, _path: str) -> None:
        self._settle.start()

    @Slot(str)
    def _on_machine_event(self, event: str) -> None:
        if event == "woke":
            self.look()

    @Slot(object)
    def _on_changed(self, touched: frozenset[type]) -> None:
        concerned = SettingPrivate in touched and self._desk.is_open
        if concerned and self._desk.read(calendar_plans.followed) != self._path:
            self.look()

    @Slot()
    def _on_sitting_changed(self) -> None:
        if self._wanted and not self._reading and not self._window.session_runs():
            self.look()


def brought_words(count: int) -> str:
    """What was done by itself, in a sentence."""
    words = ngettext(
        "From your calendar, {n} session was brought up to date.",
        "From your calendar, {n} sessions were brought up to date.",
        count,
    )
    return words.format(n=count)


def waiting_words(count: int) -> str:
    """How many entries wait, in a sentence; empty where none do."""
    if not count:
        return ""
    words = ngettext("{n} entry of your calendar to look at.", "{n} entries of your calendar to look at.", count)
    return words.format(n=count)
