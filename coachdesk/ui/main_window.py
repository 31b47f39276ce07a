"""The window: navigation, one page at a time with a way back, and a line for one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.errors import Refused
from coachdesk.machine.here import zone_name
from coachdesk.settings import Settings
from coachdesk.ui import placing
from coachdesk.ui.dropped import Dropping
from coachdesk.ui.landing import Landing
from coachdesk.ui.pages import PAGES, Entry
from coachdesk.ui.taking_back import TakingBack
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.dates import today
from coachdesk.ui.widgets.message import MessageLine
from coachdesk.ui.widgets.navigation import Navigation
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.focus.mode import Focus
    from coachdesk.focus.plan import Outcome
    from coachdesk.sitting import Sitting
    from coachdesk.ui.bridge import Bridge
    from coachdesk.ui.due import Duties
    from coachdesk.ui.opening import Opening
    from coachdesk.ui.session_presence import SessionPresence
    from coachdesk.ui.tasks import Tasks
    from coachdesk.ui.theme import Theme
    from coachdesk.ui.widgets.page import Lead, Page

LEAST = (720, 560)
USUAL = (1040, 740)
Place = tuple[str, dict[str, object]]


class MainWindow(QMainWindow):
    """What a page sees of it is described by ``widgets.Shell``."""

    quitted = Signal()
    lock_asked = Signal()
    went = Signal(object)
    """Another page is shown: the way that led to it, a tuple of names with what each is about."""

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        tasks: Tasks,
        theme: Theme,
        pages: Sequence[Entry] = PAGES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.bridge, self.tasks, self.theme = desk, bridge, tasks, theme
        self.sitting: Sitting | None = None
        self.opening: Opening | None = None
        self.presence: SessionPresence | None = None
        self.focus: Focus | None = None
        self.system: System | None = None
        self.duties: Duties | None = None
        self.recovered: Outcome | None = None
        self._entries = {entry.name: entry for entry in pages}
        self._pages: dict[str, Page] = {}
        self._read: dict[str, tuple[object, ...]] = {}
        """Of lasting pages, as of when they were read: what they were about, the day, the zone."""
        self._way: list[Place] = []
        self.setWindowTitle(NAME)
        self._build(pages)
        self._bind_keys()
        placing.restore(self, desk.settings.window.geometry, LEAST, USUAL)
        bridge.changed.connect(self._on_changed)
        self.landing = Landing(self)
        self.taking_back = TakingBack(self)
        self.dropping = Dropping(self)

    # What pages ask for

    def show_page(self, name: str, **what: object) -> None:
        """Go to a page, about something; Back leads here again."""
        if self._way and self._way[-1][0] == name:
            self._way.pop()
        self._way.append((name, what))
        self._arrive()

    @Slot()
    def back(self) -> None:
        """Go where we came from, or to the place in the navigation under which this page stands."""
        if len(self._way) > 1:
            self._way.pop()
            self._arrive()
        elif self._way and self._entries[self.page_name].under:
            self.start_at(self._entries[self.page_name].under)

    def say(self, sentence: str, tone: str = "", lead: Lead | None = None, *, undo: bool = False) -> None:
        """Show one sentence that retires by itself, with a button beside it that leads to a page or takes it back."""
        if undo:
            self.message.offer_undo(sentence, self.taking_back.undo)
            return
        self.message.say(sentence, tone, lead and (lead[0], partial(self.show_page, lead[1], **lead[2])))

    def ask(self, question: str, going: Sequence[str] = (), act: str = "") -> bool:
        """Ask once, in words, naming what goes."""
        from coachdesk.ui.dialogs import confirm

        return confirm.ask(self, question, going, act)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Within it, a refusal ends the block and its sentence is shown."""
        try:
            yield
        except Refused as refusal:
            self.say(refusal.sentence, "note")

    def lock(self) -> None:
        """Ask for the records to be locked."""
        self.lock_asked.emit()

    def step_aside(self) -> None:
        """Leave the screen to the call; the window stays within reach in the taskbar."""
        self.showMinimized()

    # What the program asks for

    @property
    def page_name(self) -> str:
        """The page shown; empty before the first."""
        return self._way[-1][0] if self._way else ""

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self.page_name)

    @Slot(str)
    def start_at(self, name: str, **what: object) -> None:
        """Go to a page with no way back, as from the navigation."""
        self._way.clear()
        self.show_page(name, **what)

    def forget_pages(self) -> None:
        """Let go of every page with all it shows, because the records are being locked."""
        self._way.clear()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self._read.clear()
        self.message.retire()

    @Slot()
    def come_forward(self) -> None:
        """Show the window in front, because the coach asked for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.landing.land()

    def session_runs(self) -> bool:
        """Whether a session is running or paused."""
        moment = self.sitting.moment() if self.sitting and self.desk.is_open else None
        return moment is not None and moment.state in ("running", "paused")

    # Inside

    def _build(self, pages: Sequence[Entry]) -> None:
        self.navigation = Navigation(pages)
        self.navigation.went.connect(self.start_at)
        self.navigation.search_asked.connect(self.search)
        self.navigation.hide()
        self._suit()
        self._stack = QStackedWidget()
        self.message = MessageLine()
        self._back = button(_("Back"), self.back, quiet=True)
        self._back.hide()
        above = QHBoxLayout()
        above.setContentsMargins(UNIT * 2, UNIT, UNIT * 2, 0)
        above.addWidget(self._back)
        above.addStretch()
        below = QHBoxLayout()
        below.setContentsMargins(UNIT * 4, 0, UNIT * 4, UNIT * 2)
        below.addWidget(self.message)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(above)
        right.addWidget(self._stack, 1)
        right.addLayout(below)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(right, 1)
        self.setCentralWidget(middle)

    def _bind_keys(self) -> None:
        for at in range(len(self.navigation.names)):
            key = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self)
            key.setProperty("at", at)
            key.activated.connect(self._on_place_key)
        for keys, slot in (
            ("Alt+Left", self.back),
            ("Esc", self._on_escape),
            ("F1", self.show_keys),
            ("Ctrl+K", self.search),
            ("Ctrl+Q", self.close),
            ("Ctrl+L", self.lock),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _arrive(self) -> None:
        name, what = self._way[-1]
        entry = self._entries[name]
        if name not in self._pages:
            self._pages[name] = entry.build(self.desk, self)
            self._stack.addWidget(self._pages[name])
        page = self._pages[name]
        self.navigation.setVisible(not entry.alone)
        self.navigation.light(entry.under or name)
        self._back.setVisible(len(self._way) > 1 or bool(entry.under))
        before = page.focusWidget()
        if before is not None:
            before.clearFocus()
        as_of = (what, today(self.desk), zone_name())
        if not page.lasting or self._read.get(name) != as_of:
            page.arrive(**what)
            self._read[name] = as_of
        wanted = page.focusWidget()
        self._stack.setCurrentWidget(page)
        (wanted or page).setFocus()
        self.went.emit(tuple(self._way))

    @Slot()
    def search(self) -> None:
        """One field for everything, wherever one may go at all."""
        if not self.navigation.isHidden() and self.desk.is_open:
            from coachdesk.ui.dialogs.search import SearchSheet

            SearchSheet(self).open()

    @Slot()
    def _on_place_key(self) -> None:
        at, offered = self.sender().property("at"), self.navigation.offered
        if not self.navigation.isHidden() and at < len(offered):
            self.start_at(offered[at])

    @Slot()
    def _on_escape(self) -> None:
        if self.message.sentence:
            self.message.retire()
        elif not self.navigation.isHidden():
            self.back()

    @Slot()
    def show_keys(self) -> None:
        """Show the sheet of keys."""
        from coachdesk.ui.dialogs.keys import KeysSheet

        sheet = KeysSheet(self.desk.settings, self.navigation.offered, self)
        sheet.exec()
        sheet.deleteLater()

    def _suit(self) -> None:
        """Offer the places that fit whom CoachDesk is used for."""
        others = {"clients": ("mine",), "self": ("clients", "hours"), "both": ()}
        self.navigation.leave_out(others[self.desk.settings.session.whom])

    @Slot(object)
    def _on_changed(self, touched: frozenset[type]) -> None:
        if Settings in touched:
            self.theme.apply(self.desk.settings)
            self._suit()
        shown = self.page
        for name, page in tuple(self._pages.items()):  # what is refreshed may lead to a page that is built then
            if page.concerns & touched:
                self._read.pop(name, None)
                if page is shown:
                    page.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.theme.apply(self.desk.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not _may_quit(self):
            event.ignore()
            return
        with self.telling():
            self.desk.change_setting("window.geometry", placing.place_of(self))
        self.message.retire()
        event.accept()
        self.quitted.emit()


def _may_quit(window: MainWindow) -> bool:
    """Whether nothing is cut short by quitting, or the coach wants to all the same."""
    from coachdesk.ui.dialogs import confirm

    if window.session_runs():
        question, known = _("A session is running. Quit all the same?"), _left_behind(window.focus)
    elif window.tasks.reporting:
        question, known = _("CoachDesk is still at work. Quit all the same?"), (_("What it does is broken off."),)
    else:
        return True
    return confirm.ask(window, question, known, _("Quit"), _("Stay"))


def _left_behind(focus: Focus | None) -> tuple[str, ...]:
    """What becomes of a running session, and of what is quiet, when the coach quits."""
    time = _("Its time goes on. When you start CoachDesk again, you can continue it or set its end.")
    quiet = focus is not None and focus.state.is_on
    return (time, _("What is quiet now is put back.")) if quiet else (time,)
