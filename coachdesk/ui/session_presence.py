"""CoachDesk beside the call: the one timer of a session, the bar, the field, the tray and the global keys together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from coachdesk.errors import Refused
from coachdesk.settings import Settings
from coachdesk.ui import actions, bar_face
from coachdesk.ui.bar_face import CHOICE, CLOSE, LESS, MORE, SAID, Wish
from coachdesk.ui.bar_said import Said
from coachdesk.ui.bar_standing import BarStanding
from coachdesk.ui.field import Field
from coachdesk.ui.presence_bar import PresenceBar
from coachdesk.ui.quiet_beside import QuietBeside
from coachdesk.ui.sharing import Sharing
from coachdesk.ui.tray import Tray
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine
    from coachdesk.sitting import Moment, Sitting
    from coachdesk.ui.bridge import Bridge
    from coachdesk.ui.main_window import MainWindow
    from coachdesk.ui.private_windows import PrivateWindows

LONGEST = 5.0
"""Seconds of the longest wait in a session; timers stand still while the computer sleeps."""


class SessionPresence(QObject):
    """Asks the sitting when it said to, shows what it answers, and carries out what the coach asks for.

    A session found running at the start is left alone until the coach has said what became of it: nothing is asked
    of the sitting before ``follow``, or ``bridge.sitting_changed``, or records in which no session runs.
    ``refused_keys`` says, action by action, why its global key could not be had. ``window`` is the main window, with
    focus mode; ``private`` knows whether others see our windows. Without them there is no word of either.
    """

    close_asked = Signal(str)
    """The session of this id is to be closed now."""

    def __init__(
        self,
        desk: Desk,
        sitting: Sitting,
        machine: Machine,
        bridge: Bridge,
        parent: QObject | None = None,
        *,
        window: MainWindow | None = None,
        private: PrivateWindows | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.sitting, self.private = desk, sitting, private
        self._window = window
        self._machine, self._bridge = machine, bridge
        self._moment: Moment | None = None
        self._following = self._hovered = self._latched = self._more = self._locked = self._lent = False
        self.said = Said()
        self._remark: str | None = None
        self._bound: dict[str, str] | None = None
        self.refused_keys: dict[str, str] = {}
        self.bar = PresenceBar(kind_of_windows(machine))
        self._standing = BarStanding(desk, machine, self.bar, self)
        self.field = Field(desk, machine)
        self.tray = Tray(self)
        self._quiet = QuietBeside(desk, bridge, window, self.tray, self)
        self.sharing = Sharing(sitting, machine, self.bar, window, self)
        self._shortcuts = machine.shortcuts(bridge.press)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._connect()
        self._bind()
        self._following = self._none_runs()

    def _connect(self) -> None:
        bridge = self._bridge
        self._timer.timeout.connect(self.look)
        bridge.changed.connect(self._on_changed)
        bridge.sitting_changed.connect(self.follow)
        bridge.locked.connect(self._on_records_locked)
        bridge.key_pressed.connect(self.press)
        bridge.machine_event.connect(self._on_machine)
        self.bar.pressed.connect(self.press)
        self.bar.hovered.connect(self._on_hovered)
        self.tray.chosen.connect(self.press)
        self.field.kept.connect(self.confirm)
        self._quiet.said.connect(self._on_said)
        bridge.focus_changed.connect(self._look_soon)
        self.sharing.opened.connect(self._look_soon)
        if self.private is not None:
            self.private.changed.connect(self._look_soon)

    # --- what may be asked of it

    @Slot()
    def follow(self) -> None:
        """Show the running session, if there is one, from now on."""
        self._following = True
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask the sitting now, show what it answers, and ask again when it says."""
        if not self._following:
            return
        wait = LONGEST
        try:
            wait = self.sitting.tick()
        except Refused as refused:
            self.said.tell(refused.sentence)
        finally:
            self.sharing.look()
            self._show(self.sitting.moment())
            if self._moment is None:
                self._timer.stop()
            else:
                seconds = self.desk.clock.real_seconds(min(wait, LONGEST))
                self._timer.start(max(1, math.ceil(seconds * 1000)))

    @Slot(str)
    def press(self, name: str) -> None:
        """Carry out what a button, a key or a menu entry stands for; why it was refused is said in the bar."""
        if self._moment is None or not self._moment.hidden:  # else it could not be read yet
            self.said.put_away()
        if name in (MORE, LESS):
            self._more = name == MORE
        elif name == SAID:
            pass
        elif name == CLOSE:
            if self._moment is not None:
                self.close_asked.emit(self._moment.session_id)
        else:
            self._carry_out(name)
        self._bridge.sitting_changed.emit()

    @Slot()
    def confirm(self) -> None:
        """Show briefly that something was taken."""
        if self.bar.isVisible():
            self.bar.confirm()

    def open_field(self, kind: str) -> None:
        """Open the field for a ``promise`` or a ``jot`` of the running session."""
        moment = self.sitting.moment()
        if moment is None:
            raise Refused(_("No session is running."))
        self.field.open_for(kind, moment.session_id, moment.client_id, self.bar.geometry(), self.bar.area())

    def toggle_bar(self) -> None:
        """Open the bar with its buttons, or let it rest; without a session, ask for the window."""
        moment = self.sitting.moment()
        if moment is None:
            self.tray.window_asked.emit()
        elif moment.hidden:
            self.sitting.hide(False)
            self._latched = True
        else:
            self._latched = not self._latched

    def move_bar(self) -> None:
        """Move the bar to the next edge, and remember it."""
        self._standing.move_on()

    def share(self) -> None:
        """Put everything of ours out of sight because the screen is shared, or bring it back."""
        if self.field.isVisible():
            self.field.leave()
        self.sharing.turn()

    def lend_keys(self, lent: bool) -> None:
        """Let go of every global key while a field of the window takes them, and hold them again after."""
        self._lent = lent
        self._bind()

    def close(self) -> None:
        """Let go of keys, tray and windows."""
        self._following = False
        self._timer.stop()
        self._shortcuts.close()
        self.field.hide()
        self.bar.hide()
        self.tray.close()
        self.bar.deleteLater()
        self.field.deleteLater()

    # --- inner

    def _carry_out(self, name: str) -> None:
        try:
            if name.startswith(CHOICE):
                self.sitting.choose(name.removeprefix(CHOICE))
            elif not self._quiet.press(name) and not self._chosen_by_key(name):
                actions.do(name, self)
        except Refused as refused:
            self.said.tell(refused.sentence)

    def _chosen_by_key(self, name: str) -> bool:
        """The keys of the three answers also answer a notice, in the order of its choices."""
        moment, answers = self.sitting.moment(), ("asked", "later", "not_today")
        if moment is None or moment.notice is None or moment.hidden or name not in answers:
            return False
        choices = moment.notice.choices
        place = answers.index(name)
        if place < len(choices):
            self.sitting.choose(choices[place][0])
        return True

    def _show(self, moment: Moment | None) -> None:
        """Bring bar, tray and keys to this moment."""
        began, self._moment = self._moment is None and moment is not None, moment
        self.tray.show_moment(moment)
        self.tray.show_sharing(self.sharing.on)
        self._bind()
        if moment is None or self._locked:
            self._rest()
            return
        self.said.look(hidden=moment.hidden)
        if began:
            self._standing.stand()
        self.bar.show_face(bar_face.face(moment, self._wish()))
        self._standing.show()

    def _rest(self) -> None:
        """Nothing is beside the call."""
        self._hovered = self._latched = self._more = False
        self.said.put_away()
        self.bar.hide()
        if self.field.isVisible():
            self.field.leave()

    def _wish(self) -> Wish:
        settings = self.desk.settings
        opened = self._hovered or self._latched or settings.bar.keep_open
        if not opened:
            self._more = False
        if opened and self._remark is None:
            self._remark = self._machine.can["bar_on_top"].why  # asked once: it may take a connection to the screen
        seen, private = (self.private.remark, self.private.words) if self.private is not None else ("", "")
        remark = " ".join(part for part in (self._remark, seen) if part) if opened else ""
        return Wish(
            opened,
            self._more,
            settings.cues.tint_only,
            self.said.sentence,
            remark,
            private=private,
            **self._quiet.wish(),
        )

    def _bind(self) -> None:
        """Hold the keys this moment needs; asked of the system only when they change."""
        running = self._moment is not None
        wanted = {} if self._lent else actions.keys(self.desk.settings, running=running)
        if wanted != self._bound:
            self._bound = wanted
            self.refused_keys = self._shortcuts.bind(wanted)

    # --- slots

    @Slot(object)
    def _on_changed(self, changed: frozenset[type]) -> None:
        """Look soon, once for all that changed together."""
        if Settings in changed:
            self._standing.stand()
        self._following = self._following or self._none_runs()
        self._look_soon()

    @Slot()
    def _look_soon(self) -> None:
        """Not at once: the news may come from within a look."""
        if self._following:
            self._timer.start(0)

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        """What is to be said of focus mode, in the bar while there is one."""
        if self._moment is not None:
            self.said.tell(sentence)
            self._look_soon()
        elif self._window is not None:
            self._window.say(sentence)

    def _none_runs(self) -> bool:
        from coachdesk.practice import sessions

        return self.desk.is_open and self.desk.read(sessions.running) is None

    @Slot()
    def _on_records_locked(self) -> None:
        """What is found when they are opened again is a new question."""
        self._timer.stop()
        self._following = False
        self._show(None)

    @Slot(str)
    def _on_machine(self, event: str) -> None:
        if event in ("locked", "unlocked"):
            self._locked = event == "locked"
        self.look()

    @Slot(bool)
    def _on_hovered(self, hovered: bool) -> None:
        self._hovered = hovered
        self.look()


def kind_of_windows(machine: Machine) -> str:
    """The machine's kind as far as our windows go: where Wayland shows us through X11, they are windows of X11."""
    return "x11" if QGuiApplication.platformName() == "xcb" else machine.kind
