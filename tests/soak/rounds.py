"""What the coach does, round after round: a session from its brief to its end, and what lies between two sessions."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from coachdesk.practice import clients
from tests.desktop.program import PASSPHRASE

if TYPE_CHECKING:
    from coachdesk.sitting import Moment
    from coachdesk.ui.program import Program


MINUTES = 50
MADE = "made in a session"
"""What is promised and jotted down ends so."""
IN_SESSION: tuple[tuple[float, str], ...] = (
    (2, "bar"), (4, "bar"), (5, "mark"), (8, "promise"), (12, "jot"), (15, "hold"), (19, "hold"), (22, "hide"),
    (24, "hide"), (28, "pause"), (31, "pause"), (33, "sharing"), (35, "sharing"), (37, "move"), (39, "window"),
    (42, "aside"), (45, "jot"), (49, "extend5"),
)  # fmt: skip
"""Minutes into the session, and what the coach does then: an action of the bar, or with the window."""
ANSWERS = ("asked", "later", "asked", "not_today")
PLACES = ("reflect", "hours", "promises", "clients", "settings")
QUIET_EVERY, SEARCH_EVERY, HAND_OUT_EVERY, LOCK_EVERY = 3, 3, 4, 5
"""One session in three goes without focus mode; the others say after how many rounds the coach does it again."""
Step = Iterator["Wait"]


@dataclass(frozen=True)
class Wait:
    """What the coach waits for before they go on."""

    what: str
    holds: Callable[[], bool]


class Rounds:
    """One coach at the program's widgets: every key and every press is one of Qt's own events."""

    def __init__(self, program: Program) -> None:
        self._program, self._window, self._desk = program, program.window, program.desk
        self._answers = itertools.cycle(ANSWERS)

    def unlocked(self) -> Step:
        """Give the passphrase, and come to Today."""
        yield self._page("unlock")
        yield Wait("the passphrase's field", lambda: self._window.page.way == "passphrase")
        field = self._window.page.passphrase.field
        type_into(field, PASSPHRASE)
        press(field, Qt.Key.Key_Return)
        yield Wait("open records", lambda: self._desk.is_open)
        yield self._page("today")

    def round(self, number: int) -> Step:
        """A session, and what comes after it."""
        self._desk.change_setting("focus.with_sessions", number % QUIET_EVERY != 0)
        known = self._desk.read(clients.present)
        client = known[number % len(known)].id
        yield from self._begun(client)
        yield from self._held()
        yield from self._closed(client, number)
        yield from self._between(number)

    def answer(self) -> None:
        """Answer a process check that is on the bar."""
        moment = self._moment()
        if moment is not None and moment.cue is not None and moment.cue.kind == "process_check":
            self._program.presence.press(next(self._answers))

    # --- a session

    def _begun(self, client: str) -> Step:
        self._window.start_at("today")
        yield pause(0.3)
        self._window.show_page("brief", client_id=client)
        yield pause(0.5)
        self._window.page.minutes.put(MINUTES)
        self._window.page.begin.click()
        yield Wait("the session", lambda: self._moment() is not None and self._moment().state == "running")
        yield Wait("the bar", lambda: self._program.presence.bar.isVisible())

    def _held(self) -> Step:
        for minute, what in IN_SESSION:
            yield Wait(f"minute {minute}", lambda minute=minute: self._moment().remaining <= 60 * (MINUTES - minute))
            yield from self._does(what)
        yield Wait("the agreed end", lambda: self._moment().remaining <= 0)
        self._program.presence.press("end")
        yield Wait("the session's end", lambda: not self._window.session_runs())

    def _does(self, what: str) -> Step:
        if what == "window":
            self._window.come_forward()
            yield from self._at_session()
        elif what == "aside":
            self._window.step_aside()
        else:
            self._program.presence.press(what)
            if what in ("promise", "jot"):
                yield from self._writes(what)

    def _at_session(self) -> Step:
        """Go on with it where the fast clock ran a minute while the computer was busy elsewhere for a second."""
        while self._window.page_name != "session":
            yield Wait("the page of the session", lambda: self._window.page_name in ("session", "recovery"))
            if self._window.page_name == "recovery":
                self._window.page.go_on.click()

    def _writes(self, kind: str) -> Step:
        field = self._program.presence.field
        yield Wait(f"the field for a {kind}", field.isVisible)
        type_into(field.line, f"{kind} {MADE}")
        press(field.line, Qt.Key.Key_Return)
        yield Wait("the field gone", lambda: not field.isVisible())

    # --- after it

    def _closed(self, client: str, number: int) -> Step:
        self._window.come_forward()
        yield self._page("close")
        page, session = self._window.page, self._window.page.session_id
        type_into(page.what_mattered, "a pause that held")
        yield pause(0.3)
        page.done.click()
        yield self._page("today")
        yield Wait("the computer put back", lambda: self._window.focus.state.phase == "off")
        if number % HAND_OUT_EVERY == 0:
            self._window.show_page("hand_out", client_id=client, session_id=session)
            yield pause(0.5)
            self._window.back()
        self._window.show_page("client", client_id=client)
        yield pause(0.5)

    def _keeps(self) -> Step:
        """Say that what was promised is kept, as it would be in time; nothing piles up."""
        self._window.start_at("promises")
        yield pause(0.5)
        for each in self._window.page.findChildren(QAbstractButton):
            if each.isVisible() and each.accessibleName().endswith(MADE) and each.accessibleName().startswith("Kept:"):
                each.click()
                yield pause(0.3)
                return

    def _between(self, number: int) -> Step:
        yield from self._keeps()
        for place in (PLACES[number % len(PLACES)], PLACES[(number + 2) % len(PLACES)]):
            self._window.start_at(place)
            yield pause(0.5)
        if number % SEARCH_EVERY == 0:
            yield from self._searched()
        if number % LOCK_EVERY == 0:
            self._window.lock()
            yield from self.unlocked_again()
        self._window.start_at("today")
        yield pause(1.0)

    def unlocked_again(self) -> Step:
        """Give the passphrase, and come back to where the coach was."""
        yield self._page("unlock")
        field = self._window.page.passphrase.field
        type_into(field, PASSPHRASE)
        press(field, Qt.Key.Key_Return)
        yield Wait("open records", lambda: self._desk.is_open and self._window.page_name != "unlock")

    def _searched(self) -> Step:
        self._window.search()
        sheet = next(each for each in self._window.findChildren(QDialog) if each.isVisible())
        type_into(sheet.focusWidget() or sheet, "pause")
        yield pause(0.5)
        press(sheet, Qt.Key.Key_Escape)
        yield pause(0.3)

    # --- inner

    def _moment(self) -> Moment | None:
        return self._window.sitting.moment() if self._window.sitting and self._desk.is_open else None

    def _page(self, name: str) -> Wait:
        return Wait(f"the page {name}", lambda: self._window.page_name == name)


def pause(seconds: float) -> Wait:
    """A look of so many real seconds."""
    end = time.monotonic() + seconds
    return Wait("a moment", lambda: time.monotonic() >= end)


def type_into(widget: QWidget, words: str) -> None:
    """Type, letter by letter."""
    for letter in words:
        press(widget, Qt.Key.Key_unknown, letter)


def press(widget: QWidget, key: Qt.Key, letter: str = "") -> None:
    """Press a key and let it go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
