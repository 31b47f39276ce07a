"""What is due between sessions, looked at whenever it may have changed, and told once beside other programs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from coachdesk.errors import Refused
from coachdesk.settings import Settings

if TYPE_CHECKING:
    from coachdesk.clock import Now
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine
    from coachdesk.reminders.duties import Duty, Facts
    from coachdesk.reminders.schedule import Alarm
    from coachdesk.ui.main_window import MainWindow

SOON = 400
"""Milliseconds before a look, so that what changes together is looked at once."""
FIRST = 1500
"""Milliseconds before the first look: Today is on screen by then."""
ROUND = 60_000
"""Milliseconds between rounds, which notice what no signal tells: a clock that was set, another time zone, a sleep."""
STEPPED = 2.0
"""Seconds by which the clock must have been set to be noticed."""
PATIENCE = 20
"""How often the first look waits for other work, such as the backup of the day, which settles what would be due."""

MakeAlarm = Callable[[Callable[[], object]], "Alarm"]


class Duties(QObject):
    """Asks the rules, keeps the alarm, and delivers; what is held back during a session comes after it.

    While the records are locked nothing is known and nothing is told. What is told is noted first.
    """

    rang = Signal()
    """From the alarm's thread."""

    def __init__(self, desk: Desk, machine: Machine, window: MainWindow, make_alarm: MakeAlarm | None = None) -> None:
        super().__init__(window)
        self.desk, self.machine, self._window = desk, machine, window
        self._make_alarm = make_alarm or _scheduled
        self._alarm: Alarm | None = None
        self._standing: tuple[Duty, ...] = ()
        self._last: tuple[Now, str] | None = None
        self._next_change: object = None
        self._waiting = False
        self._patience = 0
        self.refused = ""
        """Why the last notification was not shown; empty when it was."""
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._on_soon)
        self._round = QTimer(self, interval=ROUND, timerType=Qt.TimerType.VeryCoarseTimer)
        self._round.timeout.connect(self.go_round)
        self.rang.connect(self.on_time, Qt.ConnectionType.QueuedConnection)
        bridge = window.bridge
        bridge.opened.connect(self._on_opened)
        bridge.locked.connect(self._on_locked)
        bridge.changed.connect(self._on_changed)
        bridge.machine_event.connect(self._on_machine_event)
        for news in (bridge.sitting_changed, bridge.focus_changed):
            news.connect(self.look_soon)

    # --- what may be asked of it

    def now_due(self) -> tuple[Duty, ...]:
        """What is due at this moment; nothing while the records are locked."""
        from coachdesk.reminders.duties import duties

        return duties(*self._known()) if self.desk.is_open else ()

    def held(self) -> bool:
        """Whether nothing may be told now: in a session, also in its pauses, while it is quiet, on a shared screen."""
        window = self._window
        quiet = window.focus is not None and window.focus.state.is_on
        shared = window.presence is not None and window.presence.sharing.on
        return window.session_runs() or quiet or shared

    @Slot()
    def look(self) -> None:
        """Work out what is due, tell what was not told yet, and look again when that changes by itself."""
        self._soon.stop()
        if not self.desk.is_open:
            return
        from coachdesk.reminders.duties import duties, next_change

        before, known = self._standing, self._known()
        self._standing, self._next_change = duties(*known), next_change(*known)
        if self._alarm is None:
            self._alarm = self._make_alarm(self.rang.emit)
            self._forget_old()
        self._alarm.set(self._next_change)
        self._tell()
        if self._standing != before:
            self._window.bridge.duties_changed.emit()

    @Slot()
    def on_time(self) -> None:
        """The alarm rang. Where it goes by another clock than ours, as in tests, the next round comes in time."""
        if self._next_change is not None and self.desk.now().at >= self._next_change:
            self.look()

    @Slot()
    def look_soon(self) -> None:
        """Look once for all that changes together."""
        if self.desk.is_open and not self._patience:
            self._soon.start(SOON)

    @Slot()
    def go_round(self) -> None:
        """Look if something happened that no signal told."""
        if self._last is None or not self.desk.is_open:
            return
        (before, zone), now = self._last, self.desk.now()
        stepped = abs(now.stepped_since(before)) > STEPPED or now.boot != before.boot
        came = self._next_change is not None and now.at >= self._next_change
        if stepped or came or self.machine.time_zone() != zone or (self._waiting and not self.held()):
            self.look()
        else:
            self._last = now, zone

    def show(self, title: str, body: str) -> None:
        """Show a notification as this computer can: the desktop's, else beside the icon in the tray; raises Refused."""
        presence = self._window.presence
        try:
            self.machine.notify(title, body)
        except Refused:
            if presence is None or not presence.tray.tell(title, body):
                raise

    def close(self) -> None:
        """Look no more; the alarm's thread has ended when this returns."""
        self._rest()
        if self._alarm is not None:
            self._alarm.close()
            self._alarm = None

    # --- inner

    def _known(self) -> tuple[Facts, Settings, Now, ZoneInfo]:
        """All that the rules ask for, at this moment."""
        from coachdesk.reminders import facts

        now, zone = self.desk.now(), self.machine.time_zone()
        self._last = now, zone
        settings, here = self.desk.settings, ZoneInfo(zone)
        found = self.desk.read(
            facts.facts, now=now, zone=here, whom=settings.session.whom, backup_at=_last_backup(self.desk)
        )
        return found, settings, now, here

    def _tell(self) -> None:
        """What is refused, by the desktop or by the disk, is tried again at the next round."""
        from coachdesk.practice import duties_told

        if not self.desk.settings.reminders.notify:
            self._waiting = False
            return
        self._waiting = self.held()
        if self._waiting:
            return
        standing = {duty.key: duty for duty in self._standing}

        try:
            if fresh := self.desk.do_quietly(duties_told.note, standing):
                self._deliver([standing[key] for key in fresh])
            self.refused = ""
        except Refused as refused:
            self.refused, self._waiting = refused.sentence, True

    def _deliver(self, duties: list[Duty]) -> None:
        """Show what was noted as told; where that is refused, the note is taken back."""
        from coachdesk.practice import duties_told
        from coachdesk.ui import due_words

        try:
            self.show(*due_words.notice(duties, self.desk.now().at))
        except Refused:
            self.desk.do_quietly(duties_told.take_back, [duty.key for duty in duties])
            raise

    def _forget_old(self) -> None:
        """Forget what was told long ago; where the disk refuses that, it waits for another day."""
        from coachdesk.practice import duties_told

        with suppress(Refused):
            self.desk.do_quietly(duties_told.prune, {duty.key for duty in self._standing})

    def _rest(self) -> None:
        self._soon.stop()
        self._round.stop()
        if self._alarm is not None:
            self._alarm.set(None)
        self._standing, self._last, self._next_change, self._waiting, self._patience = (), None, None, False, 0

    # --- slots

    @Slot()
    def _on_opened(self) -> None:
        self._patience = PATIENCE
        self._soon.start(FIRST)
        self._round.start()

    @Slot()
    def _on_locked(self) -> None:
        self._rest()

    @Slot()
    def _on_soon(self) -> None:
        if self._patience and self._window.tasks.busy:
            self._patience -= 1
            self._soon.start(FIRST)
            return
        self._patience = 0
        self.look()

    @Slot(object)
    def _on_changed(self, touched: frozenset[type]) -> None:
        if not self.desk.is_open:
            return
        from coachdesk.reminders.facts import TABLES

        if touched & (TABLES | {Settings}):
            self.look_soon()

    @Slot(str)
    def _on_machine_event(self, event: str) -> None:
        if event in ("woke", "unlocked"):
            self.look_soon()


def _last_backup(desk: Desk) -> object:
    """When the last regular backup that counts was taken; None where there is none."""
    from coachdesk.storage import backup

    counting = backup.counting(desk.home.backups, desk.now())
    return next((one.at for one in counting if not one.before_migration), None)


def _scheduled(ring: Callable[[], object]) -> Alarm:
    from coachdesk.reminders.schedule import Scheduled

    return Scheduled(ring)
