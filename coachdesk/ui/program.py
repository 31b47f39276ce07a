"""The program with its window: built once, in the order that shows the window soonest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, QTimer, Slot
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from coachdesk import NAME, __version__, words
from coachdesk.desk import Desk
from coachdesk.ui import crash, icons
from coachdesk.ui.bridge import Answer, Bridge
from coachdesk.ui.handed import Application, Handed
from coachdesk.ui.interrupt import Interrupt
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.opening import Opening, first_page
from coachdesk.ui.safekeeping import Safekeeping
from coachdesk.ui.sweep import Sweep
from coachdesk.ui.tasks import Tasks
from coachdesk.ui.theme import STYLE, Theme

if TYPE_CHECKING:
    from coachdesk.clock import Clock
    from coachdesk.focus.mode import Focus, State
    from coachdesk.machine.here import Closing, Machine
    from coachdesk.paths import Home
    from coachdesk.rehearse.guided import Guided
    from coachdesk.ui.guide import Guide
    from coachdesk.ui.idle import IdleLock
    from coachdesk.ui.private_windows import PrivateWindows
    from coachdesk.ui.session_presence import SessionPresence

SHOWN_WITHIN = 2000
"""Milliseconds after which the records are looked for even if the window is on no screen, as when started minimised."""


class Program(QObject):
    """Application, desk, bridge, window and what opens the records, each given to who needs it."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Home,
        machine: Machine,
        clock: Clock,
        rehearsal: Guided | None = None,
        focus_here: Callable[[], Focus] | None = None,
    ) -> None:
        """``focus_here`` makes focus mode, once the first window is painted; without it there is none."""
        self.app = QApplication.instance() or Application([*arguments, *STYLE])
        super().__init__(self.app)
        self.app.setApplicationName(NAME)
        self.app.setApplicationVersion(__version__)
        self.app.setDesktopFileName("coachdesk")
        self.app.setQuitOnLastWindowClosed(False)
        self.desk = Desk(clock, home)
        words.speak(self.desk.settings.appearance.language or None)
        self.machine = machine
        self.bridge = Bridge(self)
        self.bridge.answer_with(self.answer)
        self.desk.listeners.append(self.bridge.announce)
        self.tasks = Tasks(self)
        self.sweep = Sweep(self)
        self.theme = Theme(self.app, self.desk.settings, self)
        self.window = MainWindow(self.desk, self.bridge, self.tasks, self.theme)
        self.opening = self.window.opening = Opening(self.desk, self.window, machine)
        Safekeeping(self.window)
        self.handed = Handed(self.window)
        if isinstance(self.app, Application):
            self.app.file_asked.connect(self.handed.hear)
        self.window.quitted.connect(self.quit)
        self.bridge.opened.connect(self._on_opened)
        self.bridge.locked.connect(self.sweep.soon)
        self.bridge.focus_changed.connect(self._on_focus_changed)
        self._showing = QElapsedTimer()
        self.begun = False
        """Whether the first window was shown and the records were looked for."""
        self.minimised = False
        """Whether the window waits in the taskbar until it is asked for."""
        self.rehearsal = rehearsal
        self.guide: Guide | None = None
        self.presence: SessionPresence | None = None
        self.private: PrivateWindows | None = None
        self.idle: IdleLock | None = None
        self._focus_here = focus_here
        self._watch: Closing | None = None
        self.reporter = crash.Reporter(home, self.desk, self.window)

    def show(self) -> None:
        """Put the first window on screen; the records are opened once it is there."""
        self.sweep.start()
        self.window.setWindowIcon(icons.app_icon())
        first = first_page(self.desk.home)
        self.window.start_at(first)
        if self.minimised and first != "first_run":
            self.window.showMinimized()
        else:
            self.window.show()
        self._showing.start()
        QTimer.singleShot(0, self, self._on_shown)

    def carry_on(self) -> int:
        """Show the window and run until the coach quits."""
        self.reporter.install()
        interrupt = Interrupt(self)
        interrupt.asked.connect(self.end)
        self.show()
        code = self.app.exec()
        self.put_away()
        interrupt.close()
        return code

    def put_away(self) -> None:
        """Close everything in order; the machine is put back before anything of ours is."""
        self.window.hide()
        self.leave_focus()
        self.window.forget_pages()
        if self.window.duties is not None:
            self.window.duties.close()
        if self.idle is not None:
            self.idle.close()
        if self._watch is not None:
            self._watch.close()
        if self.guide is not None:
            self.guide.finish()
        if self.presence is not None:
            self.presence.close()
        if self.private is not None:
            self.private.close()
        self.tasks.close()
        self.desk.close()
        self.reporter.uninstall()
        self.sweep.stop()

    def answer(self, request: Mapping[str, Any]) -> Answer | Callable[[], Answer]:
        """Answer another start of CoachDesk; what takes long is answered by it on its own thread, beside the window."""
        if request.get("verb") == "raise":
            return self._come_forward(request.get("arguments"))
        from coachdesk import verbs

        if request.get("verb") in verbs.BESIDE:
            from coachdesk.ui.beside import Beside

            return partial(verbs.carry_out, Beside(self.desk, self.bridge.there), request)
        return verbs.carry_out(self.desk, request)

    def _come_forward(self, arguments: object) -> Answer:
        """Show the window; a ``file`` that comes with it is opened there, or waits, and then the window waits too."""
        file = arguments.get("file") if isinstance(arguments, dict) else None
        if isinstance(file, str) and file and "\0" not in file:
            self.handed.take(Path(file))
        else:
            self.window.come_forward()
        return {"ok": None}

    @Slot()
    def _on_shown(self) -> None:
        """Once the window is painted, and not before, load the libraries of the database and look for records."""
        if not self.window.windowHandle().isExposed() and self._showing.elapsed() < SHOWN_WITHIN:
            QTimer.singleShot(2, self, self._on_shown)  # a window manager takes a moment to put it on the screen
            return
        self.app.processEvents()
        self.take_up()
        for problem in self.desk.settings.problems:
            self.window.say(problem, "note")
        self._say_recovered()
        if self.rehearsal is None:
            self.opening.begin()
        else:
            self._rehearse(self.rehearsal)
        self.begun = True
        self.handed.begin()

    def take_up(self) -> None:
        """What the first window need not wait for: windows kept out of screen sharing, what is due, and focus mode."""
        from coachdesk.ui.private_windows import PrivateWindows

        self.private = PrivateWindows(self.machine, self)
        self.private.begin()
        if self.rehearsal is None:
            from coachdesk.ui.due import Duties

            self.window.duties = Duties(self.desk, self.machine, self.window)
            from coachdesk.ui.idle import IdleLock

            self.idle = IdleLock(self.desk, self.machine, self.window)
        if self._focus_here is not None:
            from coachdesk.ui.after_session import AfterSession

            focus = self.window.focus = self.desk.focus = self._focus_here()
            focus.listeners.append(self.bridge.focus)
            AfterSession(self.window, focus)
            self.app.commitDataRequest.connect(self._on_session_ends)

    def leave_focus(self) -> None:
        """Put everything back, and wait until it is."""
        if self.window.focus is not None:
            self.window.focus.close()
            self.window.focus.listeners.clear()

    def _say_recovered(self) -> None:
        """What was put back after the last time, on the first screen and again on the first page."""
        sentence = self._recovered_words()
        if sentence:
            self.window.say(sentence, "note")

    def _recovered_words(self) -> str:
        if self.window.recovered is None:
            return ""
        from coachdesk.ui import quiet_words

        return quiet_words.recovered(self.window.recovered)

    @Slot(object)
    def _on_focus_changed(self, state: State) -> None:
        """Once it is quiet again, the sentence that all is as before would no longer be true."""
        if state.is_on and self.window.message.sentence and self.window.message.sentence == self._recovered_words():
            self.window.message.retire()

    def _rehearse(self, rehearsal: Guided) -> None:
        """Open the throw-away records, whose key only the rehearsal has, and guide the coach through them."""
        from coachdesk.storage import store
        from coachdesk.ui.guide import Guide

        rehearsal.watch(self.desk)
        self.opening.adopt(store.open(self.desk.home.records, rehearsal.stage.key))
        self.guide = Guide(self.desk, self.window, rehearsal)
        self.guide.begin()

    @Slot()
    def _on_opened(self) -> None:
        """The records are open for the first time: from now on there may be sessions.

        Where one still runs, its own questions come first: what is put back now may be quiet again in a moment.
        """
        if self.presence is not None:
            return
        if not self.window.session_runs():
            self._say_recovered()
        self.app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)  # the page is painted first
        if self.presence is not None or not self.desk.is_open:  # a verb from outside came and locked, or opened, them
            return
        from coachdesk.ui.calendar_following import CalendarFollowing
        from coachdesk.ui.session_presence import SessionPresence

        self.presence = SessionPresence(
            self.desk,
            self.window.sitting,
            self.machine,
            self.bridge,
            self,
            window=self.window,
            private=self.private,
        )
        self.presence.tray.window_asked.connect(self.window.come_forward)
        self.presence.close_asked.connect(self.window.landing.to_close)
        self.presence.tray.quit_asked.connect(self.window.close)
        self.window.presence = self.presence
        self._watch = self.machine.watch(self.bridge.notice)
        CalendarFollowing(self.desk, self.window, self).look()

    @Slot(QSessionManager)
    def _on_session_ends(self, _manager: QSessionManager) -> None:
        """Put back while the system still waits for us; after the logout it would be too late for settings."""
        self.window.focus.close()

    @Slot()
    def quit(self) -> None:
        """End the program."""
        self.app.quit()

    @Slot()
    def end(self) -> None:
        """End at once, as the system asks: nobody may be there to answer whether a running session is to be left."""
        self.app.exit()
