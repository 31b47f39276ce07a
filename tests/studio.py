"""The real program set up to be looked at: made-up people, a clock that stands still, a computer of plain values."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QLocale
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from sqlmodel import select

from coachdesk import example, settings
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.focus.mode import FakeFocus
from coachdesk.machine.here import Ability, FakeMachine, seen_when_shared
from coachdesk.paths import Home
from coachdesk.practice import agreements, canvas, clients, commitments, marks, notes, sessions
from coachdesk.storage import keys, store
from coachdesk.ui.program import Program

NOW = datetime(2026, 3, 3, 8, 58, tzinfo=UTC)
"""A Tuesday, two minutes before ten in Berlin."""
START = NOW + timedelta(minutes=2)
"""The first session of the day."""
ZONE = "Europe/Berlin"
PASSPHRASE = "a lantern on the stairs"
CODE = "7Q4M-X2RD-9KTA-B5WN-3HGC-V8EP-6JZS-D4YF-M7QK"
SIZE = (1040, 740)
LOOK = "light"
SESSION = "00000000-0000-7000-8000-000000000000"
"""The id of the session that is about to begin."""

LONG = ("Wilhelmina-Theodora von Aldenhoven-Schwarzenbruck zu Hohenlimburg " * 4)[:199] + "."
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitaenswitwe" * 4
LEFTWARD = (
    "נועה בן־דוד 🌿 שולחת את השאלות לשיחה עם המועצה, 3 עמודים",
    "ليلى الحدّاد 🕊️ تكتب ما ستفعله في شهرٍ حرّ (12 سطرًا)",
    "דניאל O'Brien — פגישה בשעה 10:30",
)
WRITTEN = frozenset({
    "name", "short_name", "text", "cue", "words", "note", "what_mattered", "focus_line", "needs_pace", "needs_topics",
    "needs_feedback", "rescheduling", "between_sessions", "confidentiality",
})  # fmt: skip
"""Columns that hold what a person wrote."""


@dataclass
class Practices:
    """Records to start the program on: each made once, then copied."""

    folder: Path
    coming: dict[str, str] = field(default_factory=dict)
    """Practice → id of the client whose session is about to begin."""

    def home(self, name: str, root: Path) -> Home:
        """A fresh copy of a practice: ``example``, ``empty``, ``self``, ``long``, ``leftward`` or ``none``."""
        if name not in self.coming:
            self._make(name)
        shutil.copytree(self.folder / name, root)
        return Home(root)

    def _make(self, name: str) -> None:
        home = Home(self.folder / name)
        home.root.mkdir(parents=True)
        self.coming[name] = ""
        desk = Desk(Still.at(NOW), home)
        desk.change_setting("appearance.look", LOOK)
        desk.change_setting("appearance.reduce_motion", True)
        if name == "none":
            return
        key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
        desk.adopt(store.create(home.records, key))
        told: dict[str, str] = {}  # its own: a practice made out of the example has other ids
        FILLED.get(name, _nothing)(desk, told)
        self.coming[name] = told.get(name, "")
        (home.root / "key").write_bytes(key)
        desk.close()


def _nothing(_desk: Desk, _coming: dict[str, str]) -> None:
    """Empty records."""


def _example(desk: Desk, coming: dict[str, str]) -> None:
    coming["example"] = example.fill(desk, zone=ZONE)
    for row in desk.read(sessions.coming):
        if row.client_id != coming["example"]:
            desk.do(
                sessions.move, row.id, row.planned_start + timedelta(minutes=2 + 45 * (row.planned_minutes or 0) % 120)
            )
    more = {"Nour": 90, "Grace": 300}
    for client in desk.read(clients.present):
        if client.short_name in more:
            desk.do(sessions.plan, client.id, START + timedelta(minutes=more[client.short_name]), minutes=60)
    _settle_prompts(desk, coming["example"])


def _settle_prompts(desk: Desk, client_id: str) -> None:
    """Give the coming session an id that is always the same, because its prompts are drawn by it."""
    first = desk.read(sessions.coming, client_id=client_id)[0]
    with desk.store.session() as db:
        row = db.get(sessions.Session, first.id)
        row.id = SESSION
        db.commit()


def _for_self(desk: Desk, coming: dict[str, str]) -> None:
    me = desk.do(clients.add, "Me", kind="self", short_name="Me")
    coming["self"] = me.id
    desk.change_setting("session.whom", "self")
    desk.do(sessions.plan, me.id, START, minutes=90)
    for words, days in (("Finish the second chapter before lunch", 0), ("Walk home on Thursday", 2)):
        desk.do(commitments.add, me.id, words, due_on=(NOW + timedelta(days=days)).date())


def _long(desk: Desk, coming: dict[str, str]) -> None:
    _example(desk, coming)
    coming["long"] = coming["example"]
    _write(desk, (LONG, UNBROKEN))


def _leftward(desk: Desk, coming: dict[str, str]) -> None:
    _example(desk, coming)
    coming["leftward"] = coming["example"]
    _write(desk, LEFTWARD)


def _write(desk: Desk, texts: tuple[str, ...]) -> None:
    """Put these texts, in turn, in place of everything a person wrote."""
    tables: tuple[Any, ...] = (
        clients.Client, sessions.Session, commitments.Commitment, canvas.CanvasLine, marks.Mark, notes.Note,
        agreements.Agreement,
    )  # fmt: skip
    with desk.store.session() as db:
        for table in tables:
            for at, row in enumerate(db.exec(select(table))):
                for name in WRITTEN & set(table.model_fields):
                    if getattr(row, name):
                        setattr(row, name, texts[at % len(texts)])
                db.add(row)
        db.commit()


FILLED: dict[str, Callable[[Desk, dict[str, str]], None]] = {
    "example": _example, "self": _for_self, "long": _long, "leftward": _leftward,
}  # fmt: skip


class Studio:
    """The program with its window, as a coach has it who uses these records; leaving puts it away."""

    def __init__(self, home: Home, client_id: str, look: str = LOOK) -> None:
        self.home, self.client_id = home, client_id
        if look != LOOK:
            kept = settings.load(home.settings)
            settings.save(home.settings, settings.changed(kept, "appearance.look", look))
        self.clock = Still.at(NOW)
        self.machine = FakeMachine(clock=self.clock, zone=ZONE, active="the call")
        self.let_others_see(True)
        self.focus = FakeFocus()
        self.program = Program(["coachdesk"], home, self.machine, self.machine, None, lambda: self.focus)
        self.desk, self.window = self.program.desk, self.program.window
        self.window.resize(*SIZE)
        self._key = home.root / "key"

    def __enter__(self) -> Studio:
        self._locale = QLocale()
        QLocale.setDefault(QLocale("en_GB"))
        self.window.show()
        self.program.take_up()
        if self._key.exists():
            self.program.opening.adopt(store.open(self.home.records, self._key.read_bytes()))
        self.settle()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.program.put_away()
        self.window.deleteLater()
        self.program.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QLocale.setDefault(self._locale)

    def let_others_see(self, seen: bool) -> None:
        """Whether our windows are seen when the screen is shared: so wherever these pictures can be made."""
        ability = Ability(False, seen_when_shared()) if seen else Ability(True)
        self.machine.can = {**self.machine.can, "capture_exclusion": ability}

    def settle(self) -> None:
        """Let what was asked be drawn, with all that comes of it: one layout may ask for another."""
        turns, flags = QAbstractEventDispatcher.instance(), QEventLoop.ProcessEventsFlag
        while turns.processEvents(flags.AllEvents) or self.program.tasks.busy:
            if self.program.tasks.busy:
                turns.processEvents(flags.WaitForMoreEvents)

    def page(self, name: str, **what: object) -> QWidget:
        """Go to a page; the window is what is seen."""
        self.window.start_at(name, **what)
        self.settle()
        return self.window

    def front(self, dialog: QDialog) -> QWidget:
        """Open a dialog in front of the window; it is what is seen."""
        dialog.open()
        self.settle()
        return dialog

    @property
    def client(self) -> clients.Client:
        """The client whose session is about to begin."""
        return self.desk.read(clients.one, self.client_id)

    def begin(self, minutes: float = 0) -> None:
        """Begin the coming session when it is planned, and let time pass."""
        self.clock.advance((START - NOW).total_seconds())
        self.window.sitting.begin(self.client_id, minutes=50)
        self.window.bridge.sitting_changed.emit()
        self.settle()
        self.later(minutes)

    def later(self, minutes: float) -> None:
        """Let time pass, and the timer of the session fire."""
        self.clock.advance(minutes * 60)
        self.program.presence.look()
        self.settle()

    def press(self, *names: str) -> QWidget:
        """Press buttons or keys of the bar; it is what is seen."""
        for name in names:
            self.program.presence.press(name)
        self.settle()
        return self.program.presence.bar

    def point(self) -> QWidget:
        """Put the pointer over the bar; it is what is seen."""
        self.program.presence.bar.hovered.emit(True)
        self.settle()
        return self.program.presence.bar
