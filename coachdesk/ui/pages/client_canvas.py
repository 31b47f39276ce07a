"""The canvas of a client: what is understood so far, dated line by dated line, by kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.practice import canvas, drafts
from coachdesk.practice.canvas import CanvasLine
from coachdesk.ui.pages.client_tab import ClientTab
from coachdesk.ui.widgets import Card, Choice, DraftText, button, label
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.ui.widgets.rows import WordButton, beside, one_line
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

KINDS = (
    ("context", N_("Context")),
    ("words", N_("In their words")),
    ("strength", N_("Strengths")),
    ("value", N_("Values")),
    ("thread", N_("Threads to come back to")),
)
ONE = (
    ("context", N_("Context")),
    ("words", N_("Their words")),
    ("strength", N_("Strength")),
    ("value", N_("Value")),
    ("thread", N_("Thread")),
)
PAGE = 10
SCREEN = "canvas_line"
"""Under which what is being typed for a line is kept."""


class CanvasTab(ClientTab):
    """Write a line, read them by kind, change them in their place, take threads up."""

    concerns = frozenset({CanvasLine})

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._most: dict[str, int] = {}
        self._seen: tuple[object, ...] = ()
        """Of which lines, and on which day, the rows stand here now."""
        self.words = DraftText(
            desk, "canvas", "line", _("A line for the canvas"), _("What did you understand?"), lines=2
        )
        self.kind = Choice([(kind, _(word)) for kind, word in ONE], "context", name=_("Kind of line"))
        self.add = button(_("Add"), self._on_add)
        self.column.addWidget(self.words)
        self.column.addLayout(beside(self.kind, self.add))
        self.empty = label(_("Nothing is written yet. One line after each session is plenty."), "muted")
        self.column.addWidget(self.empty)
        self.cards: dict[str, Card] = {}
        for kind, title in KINDS:
            self.cards[kind] = Card(_(title))
            self.column.addWidget(self.cards[kind])

    def show_client(self, client_id: str, **what: object) -> None:
        """Be about this client."""
        if client_id != self.client_id:
            self.words.about(client_id)
            self._most.clear()
        super().show_client(client_id, **what)

    def place_of(self, record_id: str) -> QWidget | None:
        """Where a line stands, after showing as many of its kind as that takes."""
        found = self.desk.read(canvas.lines, self.client_id)
        kind = next((line.kind for line in found if line.id == record_id), None)
        if kind is not None and super().place_of(record_id) is None:
            self._most[kind] = len(found)
            self.refresh()
        return super().place_of(record_id)

    def refresh(self) -> None:
        """Read the lines again."""
        found, here = self.desk.read(canvas.lines, self.client_id), today(self.desk)
        seen = (
            self.client_id,
            here,
            dict(self._most),
            [(line.id, line.text, line.kind, line.resolved_at) for line in found],
        )
        if seen == self._seen:
            return
        self._seen, typed = seen, self.desk.read(drafts.waiting, SCREEN, "text")
        self.empty.setVisible(not found)
        for kind, card in self.cards.items():
            card.empty()
            lines = [line for line in found if line.kind == kind]
            lines.sort(key=_resolved)
            most = self._most.get(kind, PAGE)
            for line in lines[:most]:
                card.add(line_of_canvas(self, line, here, typed.get(line.id, "")))
            if len(lines) > most:
                rest = len(lines) - most
                further = WordButton(ngettext("Show {n} more", "Show {n} more", rest).format(n=rest), kind)
                further.clicked.connect(self._on_further)
                card.add(further)
            card.setVisible(bool(lines))

    @Slot()
    def _on_add(self) -> None:
        with self.shell.telling():
            self.desk.do(canvas.add, self.client_id, self.words.words, kind=str(self.kind.value))
            self.words.cleared()
            self.words.setFocus()

    @Slot()
    def _on_further(self) -> None:
        kind = self.sender().value
        self._most[kind] = self._most.get(kind, PAGE) + PAGE * 2
        self.refresh()

    @Slot()
    def on_kind(self) -> None:
        """Offer the other kinds for a line."""
        wanted = self.sender()
        line_id, present = wanted.value
        menu = QMenu(self)
        for kind, words in ONE:
            if kind != present:
                action = QAction(_(words), menu)
                action.setData((line_id, kind))
                action.triggered.connect(self._on_other_kind)
                menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(wanted.mapToGlobal(QPoint(0, wanted.height())))

    @Slot()
    def _on_other_kind(self) -> None:
        line_id, kind = self.sender().data()
        with self.shell.telling():
            self.desk.do(canvas.edit, line_id, kind=kind)

    @Slot()
    def on_resolve(self) -> None:
        """A thread was taken up, or is open after all."""
        line_id, done = self.sender().value
        with self.shell.telling():
            self.desk.do(canvas.resolve, line_id, done=done)


def line_of_canvas(tab: CanvasTab | ClientTab, line: CanvasLine, here: date, draft: str) -> EditableText:
    """One line, to be changed in its place, with what is being typed for it; a thread can be taken up."""
    day = day_words(local(line.created_at).date(), here)
    acts: tuple[QWidget, ...] = ()
    if isinstance(tab, CanvasTab):
        acts = (_kind_of(tab, line),)
    if line.kind == "thread" and isinstance(tab, CanvasTab):
        done = line.resolved_at is None
        word = _("Taken up") if done else _("Open again")
        made = WordButton(word, (line.id, done), _("{act}: {thread}").format(act=word, thread=one_line(line.text)[:60]))
        made.clicked.connect(tab.on_resolve)
        acts = (made, *acts)
        if not done:
            day = _("{day} · taken up {then}").format(day=day, then=day_words(local(line.resolved_at).date(), here))
    return EditableText(
        tab.desk, tab.shell, SCREEN, line.id, line.text,
        partial(_change, tab.desk, line.id), partial(tab.desk.do, canvas.remove, line.id), detail=day, beside=acts,
        draft=draft,
    )  # fmt: skip


def _kind_of(tab: CanvasTab, line: CanvasLine) -> WordButton:
    made = WordButton(
        _("Move"), (line.id, line.kind), _("Move to another kind: {line}").format(line=one_line(line.text)[:60])
    )
    made.clicked.connect(tab.on_kind)
    return made


def _change(desk: Desk, line_id: str, words: str) -> None:
    desk.do(canvas.edit, line_id, words=words)


def _resolved(line: CanvasLine) -> bool:
    return line.resolved_at is not None
