"""The session that runs, for when the window is opened beside the call: brief, prompts, and what was taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from coachdesk.practice import brief, checklists, clients, commitments, drafts, marks, notes, sessions
from coachdesk.practice.canvas import CanvasLine
from coachdesk.sitting import GAP
from coachdesk.ui import actions
from coachdesk.ui.pages.session_quiet import SessionQuiet
from coachdesk.ui.pages.session_time import BeganEarlier, NoticeLine, time_words
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Flow, Page, button, label
from coachdesk.ui.widgets.briefing import Briefing
from coachdesk.ui.widgets.columns import Columns
from coachdesk.ui.widgets.dates import local
from coachdesk.ui.widgets.made_promises import MadePromises
from coachdesk.ui.widgets.moments import MarkRows
from coachdesk.ui.widgets.naming import put_heading, shown
from coachdesk.ui.widgets.note_rows import NoteRows
from coachdesk.ui.widgets.prompt_shelf import PromptShelf
from coachdesk.ui.widgets.rows import WordButton
from coachdesk.ui.widgets.session_promise import SessionPromise
from coachdesk.ui.widgets.session_words import SessionLine
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.moment import Moment
    from coachdesk.sitting import Sitting
    from coachdesk.ui.widgets.page import Shell

LOOK = 5_000
"""Milliseconds between two looks at the time; only whole minutes are shown."""
TAKEN_DOWN = ("mark", "promise", "jot")
OF_TIME = ("hold", "hide", "pause", "extend5", "extend10", "full_length")


class SessionPage(Page):
    """Everything of the running session on one screen; what the bar can do can be done here too."""

    column_width = UNIT * 130
    concerns = frozenset(
        {
            sessions.Session, sessions.Pause, marks.Mark, notes.Note, commitments.Commitment, commitments.Review,
            CanvasLine, checklists.Tick, clients.Client, drafts.Draft,
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.session_id = ""
        self._left = False
        self.client: clients.Client | None = None
        self.end = button(_("End the session"), self._on_action, primary=True)
        self.end.setProperty("action", "end")
        self.end.setToolTip(actions.BY_ID["end"].explained())
        self.title = self.head(_("Session"), self.end)
        self.time = label("", "muted")
        self.column.addWidget(self.time)
        self.notice = NoticeLine(desk, shell)
        self.column.addWidget(self.notice)
        self._build_actions()
        self.quiet = SessionQuiet(desk, shell)
        self.column.addWidget(self.quiet)
        self.began = BeganEarlier(desk, shell)
        self.column.addWidget(self.began)
        self._build_columns()
        self._build_taken()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)
        if shell.bridge is not None:
            shell.bridge.sitting_changed.connect(self.look)

    @property
    def sitting(self) -> Sitting:
        """The running session, as the actions know it."""
        return self.shell.sitting

    def arrive(self, **what: object) -> None:  # noqa: ARG002
        """We came to see the session that runs."""
        self._left = False
        if self._out_of_sight():
            self.shell.start_at("recovery")
            return
        self.cards.forget()
        self.began.close_again()
        self.refresh()
        self.buttons["mark"].setFocus()

    def refresh(self) -> None:
        """Read the session again; what is being typed stays."""
        with self.shell.telling():
            row = self.desk.read(sessions.running)
            if row is None:
                self.look()
                return
            client = self.client = self.desk.read(clients.one, row.client_id)
            new, self.session_id, self._left = row.id != self.session_id, row.id, False
            put_heading(self.title, shown(self.desk, client))
            self._fit_words(client)
            self.focus_line.show_session(row)
            self.cards.show_brief(self.desk.read(brief.brief, client.id), during=row.id)
            self.prompts.read(alone=client.kind == "self", again=new)
            self._show_taken(row, client)
            self.began.show_session(row)
        self.look()

    @Slot()
    def look(self) -> None:
        """Show the time as it is now; a session that is over is closed next."""
        moment = self.sitting.moment() if self.sitting and self.desk.is_open else None
        if moment is None or moment.state == "ended":
            self._timer.stop()
            if self.isVisible() and self.desk.is_open and not self._left:
                self._left = True
                self._go_on()
            return
        self.time.setText(time_words(moment))
        self.notice.show_notice(moment.notice)
        self._show_actions(moment)
        self.quiet.look()

    # --- what actions ask for

    def confirm(self) -> None:
        """The mark is on the page, that says enough; a screen reader hears it."""
        self.shell.say(_("Marked."))

    def open_field(self, kind: str) -> None:
        """A promise and a line are written on this page."""
        field = self.promise.words if kind == "promise" else self.notes.field
        self.scroll.ensureWidgetVisible(field, 0, UNIT * 8)
        field.setFocus()

    def toggle_bar(self) -> None:
        """The bar is not this page's."""

    def move_bar(self) -> None:
        """The bar is not this page's."""

    def share(self) -> None:
        """Put this window out of sight too."""
        self.shell.presence.share()

    # --- inside

    def _build_actions(self) -> None:
        self.buttons: dict[str, QWidget] = {}
        for name in TAKEN_DOWN:
            self.buttons[name] = button("", self._on_action, icon=f"{actions.BY_ID[name].icon}-light")
        for name in OF_TIME:
            self.buttons[name] = WordButton("")
            self.buttons[name].clicked.connect(self._on_action)
        for name, made in self.buttons.items():
            made.setProperty("action", name)
        self.earlier = WordButton(_("It began earlier …"))
        self.earlier.clicked.connect(self._on_earlier)
        self.column.addWidget(Flow(*self.buttons.values(), self.earlier))

    def _build_columns(self) -> None:
        both = Columns()
        self.focus_line = SessionLine(self.desk, self.shell, "focus_line", _("Focus"))
        self.focus = Card()
        self._focus_words = label("", "strong")
        self._focus_words.setBuddy(self.focus_line)
        self.focus.add(self._focus_words)
        self.focus.add(self.focus_line)
        both.first.addWidget(self.focus)
        self.cards = Briefing(self.desk, self.shell)
        both.first.addWidget(self.cards)
        self.prompts = PromptShelf(self.desk)
        both.second.addWidget(self.prompts)
        self.column.addWidget(both)

    def _build_taken(self) -> None:
        made = Card(_("Promised in this session"))
        self.made = MadePromises(self.desk, self.shell)
        self.promise = SessionPromise(self.desk, self.shell)
        made.add(self.made)
        made.add(self.promise)
        self.notes_card = Card(_("Notes"))
        self.notes = NoteRows(self.desk, self.shell)
        self.notes_card.add(self.notes)
        self.marks_card = Card(_("Marks"))
        self.marks = MarkRows(self.desk, self.shell)
        self.marks_card.add(self.marks)
        for card in (self.notes_card, made, self.marks_card):
            self.column.addWidget(card)

    def _fit_words(self, client: clients.Client) -> None:
        names = {
            "self": (_("What this time is for"), _("In one line, if you like")),
            "group": (_("The focus, in the group's words"), _("What they want from today, as they say it")),
        }
        words, hint = names.get(
            client.kind, (_("The focus, in the client's words"), _("What they want from today, as they say it"))
        )
        self._focus_words.setText(words)
        self.focus_line.setAccessibleName(words)
        self.focus_line.setPlaceholderText(hint)

    def _show_taken(self, row: sessions.Session, client: clients.Client) -> None:
        made = self.desk.read(commitments.of_session, row.id)
        self.made.show_commitments(made, alone=client.kind == "self")
        coming = [s for s in self.desk.read(sessions.coming, client_id=client.id) if s.planned_start]
        offered = [(_("Next session"), local(coming[0].planned_start).date())] if coming else []
        self.promise.about_session(row.id, client, offered)
        self.notes.show_notes(row.id, self.desk.read(notes.of_session, row.id))
        found = self.desk.read(marks.of_session, row.id)
        self.marks.show_marks(found)
        self.marks_card.setVisible(bool(found))

    def _show_actions(self, moment: Moment) -> None:
        for name, made in self.buttons.items():
            action = actions.BY_ID[name]
            words = action.label(moment)
            made.setText(words[:1].upper() + words[1:])
            made.setAccessibleName(words)
            made.setToolTip(action.explained(moment))
            made.setAccessibleDescription(action.explained(moment))
            made.updateGeometry()
            made.setVisible(action.offered(moment))

    def _go_on(self) -> None:
        """The session is over: closing it comes next, or Today if there is nothing to close."""
        waiting = {row.id for row in self.desk.read(sessions.to_close)}
        if self.session_id in waiting:
            self.shell.start_at("close", session_id=self.session_id)
        else:
            self.shell.start_at("today")

    def _out_of_sight(self) -> bool:
        """Whether a session was interrupted and nobody has said yet what became of it."""
        row = self.desk.read(sessions.running)
        if row is None:
            return False
        clock = self.desk.read(sessions.clock_of, row)
        return row.attended and (clock.timeline(self.desk.now()) - clock.seen_at).total_seconds() > GAP

    def _store(self) -> None:
        """Keep with the session what stands in the fields."""
        if self.desk.is_open and self.session_id:
            self.focus_line.store()
            self.marks.store()

    @Slot()
    def _on_action(self) -> None:
        name = self.sender().property("action")
        with self.shell.telling():
            if name == "end":
                self._store()
            actions.do(name, self)
            self.shell.bridge.sitting_changed.emit()

    @Slot()
    def _on_earlier(self) -> None:
        self.began.ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._store()
