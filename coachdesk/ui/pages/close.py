"""Closing a session: what was promised, what mattered, what comes next. Under two minutes, or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.practice import clients, commitments, corrections, cues_shown, drafts, marks, notes, sessions
from coachdesk.ui import quiet_words
from coachdesk.ui.session_path import end_at
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Flow, Fold, Page, button, label, labelled, line
from coachdesk.ui.widgets.dates import clock_words, day_words, length_words, local, span_words, today
from coachdesk.ui.widgets.made_promises import MadePromises
from coachdesk.ui.widgets.moments import MarkRows
from coachdesk.ui.widgets.naming import put_heading, shown
from coachdesk.ui.widgets.next_meeting import NextMeeting
from coachdesk.ui.widgets.note_rows import NoteRows
from coachdesk.ui.widgets.open_cues import OpenCues
from coachdesk.ui.widgets.promises import PromiseRows
from coachdesk.ui.widgets.quiet_line import QuietLine
from coachdesk.ui.widgets.rows import WordButton
from coachdesk.ui.widgets.section import Sheet
from coachdesk.ui.widgets.session_promise import SessionPromise
from coachdesk.ui.widgets.session_words import SessionLine, SessionText
from coachdesk.ui.widgets.times import TimeField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

LOOK = 2_000
"""Milliseconds between two looks whether the end can still be taken back."""


class ClosePage(Page):
    """One screen. *Later* leaves the session among those to close; nothing that was written is lost."""

    concerns = frozenset(
        {
            sessions.Session, marks.Mark, notes.Note, commitments.Commitment, commitments.Review, cues_shown.CueShown,
            clients.Client, drafts.Draft,
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.session_id = ""
        self._row: sessions.Session | None = None
        self.title = self.head(_("Close"))
        self._build_times()
        self._build_promises()
        self._build_words()
        self._build_rest()
        self._build_earlier()
        self._build_alone()
        self._build_foot()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        if shell.bridge is not None:
            shell.bridge.sitting_changed.connect(self._look)

    def arrive(self, session_id: str = "", **what: object) -> None:  # noqa: ARG002
        """We came to close this session."""
        self._store()
        self.session_id = session_id or self.session_id
        for rows in self.open.values():
            rows.forget_last()
        self.end_asked.hide()
        self.alone.handle.setChecked(False)
        self.scroll.verticalScrollBar().setValue(0)
        self._align_foot()
        self.refresh()
        self.promise.words.setFocus()

    def refresh(self) -> None:
        """Read everything again; what is being typed stays."""
        if not self.session_id:
            return
        with self.shell.telling():
            row = self._row = self.desk.read(sessions.one, self.session_id)
            if row.state in sessions.LIVE:
                if self.isVisible():
                    self.shell.start_at("session")
                return
            client = self.desk.read(clients.one, row.client_id)
            put_heading(self.title, shown(self.desk, client))
            self._show_times(row)
            self._fit_words(client)
            self._show_promises(row, client)
            for field in (self.what_mattered, self.focus_line, self.self_check):
                field.show_session(row)
            if row.self_check or self.self_check.words:
                self.alone.handle.setChecked(True)
            self._show_rest(row)
        self._look()

    # --- inside

    def _build_times(self) -> None:
        self.sentence = label("", "muted")
        self.other_end = WordButton(_("It ended at another time …"))
        self.other_end.clicked.connect(self._on_other_end)
        self.row(self.sentence, self.other_end).setStretch(0, 1)
        self.just_ended = QFrame()
        self.just_ended.setProperty("role", "message")
        across = QHBoxLayout(self.just_ended)
        across.setContentsMargins(UNIT * 2, UNIT, UNIT, UNIT)
        across.addWidget(label(_("Ended just now. For a minute this can be taken back.")), 1)
        self.take_back = button(_("Go on with the session"), self._on_take_back, quiet=True)
        across.addWidget(self.take_back)
        self.just_ended.hide()
        self.column.addWidget(self.just_ended)
        self.quiet = QuietLine(self.desk, self.shell, quiet_words.until_closed, _("End now"))
        self.column.addWidget(self.quiet)
        self.ended = TimeField(_("When the session ended"))
        self.set_end = button(_("It ended then"), self._on_set_end)
        self.end_asked = Flow(self.ended, self.set_end, button(_("Cancel"), self._on_end_left, quiet=True))
        self.end_asked.hide()
        self.column.addWidget(self.end_asked)

    def _build_promises(self) -> None:
        self.promises = Card()
        self._promises_title = label("", "strong")
        self.promises.add(self._promises_title)
        self.made = MadePromises(self.desk, self.shell)
        self.promise = SessionPromise(self.desk, self.shell)
        self.promises.add(self.made)
        self.promises.add(self.promise)
        self.column.addWidget(self.promises)

    def _build_earlier(self) -> None:
        self.open: dict[str, PromiseRows] = {}
        self.cards: dict[str, Sheet] = {}
        for owner, title in (("coach", _("My earlier promises")), ("client", _("Earlier next steps"))):
            self.cards[owner] = Sheet(title)
            self.open[owner] = PromiseRows(self.desk, self.shell, title)
            self.cards[owner].add(self.open[owner])
            self.column.addWidget(self.cards[owner])

    def _build_words(self) -> None:
        card = Card(_("What mattered"))
        self.what_mattered = SessionText(
            self.desk, self.shell, "what_mattered", _("What mattered"), _("In a line, in your words")
        )
        card.add(self.what_mattered)
        self.focus_line = SessionLine(self.desk, self.shell, "focus_line", _("Focus"))
        self.focus = labelled("", self.focus_line)
        self._focus_words = self.focus.layout().itemAt(0).widget()
        card.add(self.focus)
        self.column.addWidget(card)

    def _build_rest(self) -> None:
        self.marks_card = Card(_("Marks, in words"), _("A word for each, or leave them as they are."))
        self.marks = MarkRows(self.desk, self.shell)
        self.marks_card.add(self.marks)
        self.cues = OpenCues(self.desk, self.shell)
        notes_card = Card(_("Notes"))
        self.notes = NoteRows(self.desk, self.shell)
        notes_card.add(self.notes)
        self.next = NextMeeting(self.desk, self.shell)
        for part in (self.marks_card, self.next, self.cues, notes_card):
            self.column.addWidget(part)

    def _build_alone(self) -> None:
        self.alone = Fold(_("For me alone"))
        self.self_check = SessionText(
            self.desk, self.shell, "self_check", _("Did I work harder than served the client?")
        )
        self.alone.add(labelled(_("Did I work harder than served the client?"), self.self_check))
        self.column.addWidget(self.alone)

    def _build_foot(self) -> None:
        """Always in sight, however long the page is."""
        foot = QWidget()
        across = QHBoxLayout(foot)
        across.setContentsMargins(UNIT * 4, UNIT * 2, UNIT * 4, UNIT * 2)
        across.setSpacing(UNIT)
        self.done = button(_("Done"), self._on_done, primary=True, hint=_("Ctrl+Enter"))
        self.later = button(_("Later"), self._on_later, hint=_("The session stays on Today, to close."))
        middle = QWidget()
        middle.setMaximumWidth(self.column_width)
        inside = QHBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addStretch(1)
        inside.addWidget(self.later)
        inside.addWidget(self.done)
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        self.layout().addWidget(line())
        self.layout().addWidget(foot)
        self._foot = across
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_done)

    def _show_times(self, row: sessions.Session) -> None:
        day = day_words(local(row.started_at).date(), today(self.desk))
        self.sentence.setText(
            " · ".join(
                (
                    _("Close the session of {day}, {span}").format(
                        day=day, span=span_words(row.started_at, row.ended_at)
                    ),
                    length_words(row.elapsed_seconds or 0),
                )
            )
        )
        if not self.ended.hasFocus():
            self.ended.put(local(row.ended_at).time())

    def _fit_words(self, client: clients.Client) -> None:
        alone = client.kind == "self"
        self._promises_title.setText(_("What I promise myself") if alone else _("Promises and next steps"))
        self._focus_words.setText(
            _("What this time was for")
            if alone
            else _("The focus, in the group's words")
            if client.kind == "group"
            else _("The focus, in the client's words")
        )
        self.focus_line.setAccessibleName(self._focus_words.text())
        self.alone.setVisible(not alone)

    def _show_promises(self, row: sessions.Session, client: clients.Client) -> None:
        made = self.desk.read(commitments.of_session, row.id)
        self.made.show_commitments(made, alone=client.kind == "self")
        here = {each.id for each in made}
        found = self.desk.read(commitments.open_ones, client_id=client.id)
        for owner, owners in (("coach", ("coach", "both")), ("client", ("client",))):
            rows = self.open[owner]
            rows.during = row.id
            rows.show_commitments([each for each in found if each.owner in owners and each.id not in here])
            self.cards[owner].setVisible(bool(rows.rows) or rows.offers_back)
        coming = [s for s in self.desk.read(sessions.coming, client_id=client.id) if s.planned_start]
        offered = [(_("Next session"), local(coming[0].planned_start).date())] if coming else []
        self.promise.about_session(row.id, client, offered)
        self.next.show_session(row, coming[0] if coming else None, alone=client.kind == "self")

    def _show_rest(self, row: sessions.Session) -> None:
        found = self.desk.read(marks.of_session, row.id)
        self.marks.show_marks(found)
        self.marks_card.setVisible(bool(found))
        self.cues.show_cues(self.desk.read(cues_shown.of_session, row.id))
        self.notes.show_notes(row.id, self.desk.read(notes.of_session, row.id))

    def _store(self) -> None:
        """Keep with the session what stands in the fields."""
        if self.desk.is_open and self.session_id:
            for field in (self.what_mattered, self.focus_line, self.self_check):
                field.store()
            self.marks.store()

    @Slot()
    def _look(self) -> None:
        """Whether the end can still be taken back."""
        sitting = self.shell.sitting
        seen = sitting.moment() if sitting and self.desk.is_open else None
        fresh = seen is not None and seen.state == "ended" and seen.session_id == self.session_id
        self.just_ended.setVisible(fresh)
        self.quiet.look()
        if fresh and self.isVisible():
            sitting.tick()
            self._timer.start()
        else:
            self._timer.stop()

    def _align_foot(self) -> None:
        """Keep the foot under the column, which leaves room for the scroll bar."""
        beside = self.scroll.verticalScrollBar().sizeHint().width()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (beside, 0) if mirrored else (0, beside)
        self._foot.setContentsMargins(UNIT * 4 + left, UNIT * 2, UNIT * 4 + right, UNIT * 2)

    @Slot()
    def _on_take_back(self) -> None:
        with self.shell.telling():
            self._store()
            self.shell.sitting.take_back()
            self.shell.bridge.sitting_changed.emit()

    @Slot()
    def _on_other_end(self) -> None:
        self.end_asked.show()
        self.ended.setFocus()

    @Slot()
    def _on_end_left(self) -> None:
        self.end_asked.hide()

    @Slot()
    def _on_set_end(self) -> None:
        with self.shell.telling():
            self.desk.do(
                corrections.times, self.session_id, ended_at=end_at(self._row, self.ended.clock, self.desk.now().at)
            )
            self.end_asked.hide()
            self.shell.say(_("It ended at {time}.").format(time=clock_words(self._row.ended_at)))

    @Slot()
    def _on_done(self) -> None:
        self._store()
        self.notes.store()
        if self.promise.store():
            with self.shell.telling():
                row = self.desk.do(sessions.close, self.session_id)
                self.shell.start_at("today")
                if row.kind != "self":
                    about = {"client_id": row.client_id, "session_id": row.id}
                    lead = (_("Summary for the client"), "hand_out", about)
                    self.shell.say(_("The session is closed."), lead=lead)

    @Slot()
    def _on_later(self) -> None:
        self.shell.start_at("today")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._store()
