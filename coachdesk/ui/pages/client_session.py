"""One session opened: its times, what it was about, notes, marks, what was promised; all of it can be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import clients, commitments, marks, notes, sessions
from coachdesk.practice.marks import Mark
from coachdesk.practice.sessions import Session
from coachdesk.ui.dialogs.plan_session import PlanSession
from coachdesk.ui.dialogs.session_times import SessionTimes
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Choice, DraftText, Flow, button, label, labelled
from coachdesk.ui.widgets.dates import length_words, today
from coachdesk.ui.widgets.editable import EditableText
from coachdesk.ui.widgets.hours_beside import measured_words
from coachdesk.ui.widgets.promises import OWNERS, state_word
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.wheel import ChoiceField
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

TEXTS = (
    ("focus_line", N_("The focus, in the client's words"), 2),
    ("what_mattered", N_("What mattered"), 3),
    ("intention", N_("My intention"), 2),
)
KINDS = (
    ("moment", N_("Moment")),
    ("insight", N_("Insight")),
    ("strain", N_("Strain")),
    ("repair", N_("Repair")),
    ("silence", N_("Silence")),
    ("thread", N_("Thread")),
)
PAID = (("paid", N_("Paid")), ("pro_bono", N_("Pro bono")))


class SessionDetails(QWidget):
    """Everything kept about one session."""

    left = Signal()
    """Back to the list."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._row: Session | None = None
        self._bound = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.all = button(_("All sessions"), self.left.emit, quiet=True, icon="caret-left-light")
        self.times = button(_("Correct the times"), self._on_times, quiet=True)
        self.move_it = button(_("Move …"), self._on_move, quiet=True)
        self.cancelled = button(_("It was called off"), self._on_cancelled, quiet=True)
        self.missed = button(_("It was missed"), self._on_missed, quiet=True)
        self.summary = button(_("Summary for the client"), self._on_summary, quiet=True)
        self.again = button(_("It takes place after all"), self._on_again, quiet=True)
        self.away = button(_("Remove …"), self._on_remove, quiet=True)
        planned = (self.move_it, self.cancelled, self.missed)
        layout.addWidget(Flow(self.all, self.summary, self.times, *planned, self.again, self.away))
        self.when = label("", "title")
        self.state = label("", "muted")
        layout.addWidget(self.when)
        layout.addWidget(self.state)
        self.paid = Choice([(value, _(word)) for value, word in PAID], name=_("Payment"))
        self.paid.chosen.connect(self._on_paid)
        layout.addWidget(self.paid)
        layout.addWidget(self._build_texts())
        self._notes, self._marks, self._promised = Card(_("Notes")), Card(_("Marks")), Card(_("Promised then"))
        self.note = DraftText(desk, "session", "note", _("A note"), _("A note"), lines=3)
        self.add_note = button(_("Add the note"), self._on_add_note)
        for part in (self._notes, self.note, Flow(self.add_note), self._marks, self._promised):
            layout.addWidget(part)

    def show_session(self, session_id: str) -> None:
        """Open this session."""
        self._bound = session_id
        row = self.desk.read(sessions.one, session_id)
        for name, field in self.texts.items():
            field.about(session_id, getattr(row, name))
        self.note.about(session_id)
        self.refresh()
        self.all.setFocus()

    def refresh(self) -> None:
        """Read again what is shown; what is being typed stays."""
        row = self._row = next((s for s in self._all() if s.id == self._bound), None)
        if row is None:
            self.left.emit()
            return
        from coachdesk.ui.pages.client_sessions import STATES, when_words

        self.when.setText(when_words(row, today(self.desk)))
        length = length_words(row.elapsed_seconds) if row.elapsed_seconds else ""
        focus = _("with focus mode") if row.focus_used else ""
        parts = (_(STATES[row.state]), length, focus, measured_words(row, today(self.desk)))
        self.state.setText(" · ".join(filter(None, parts)))
        self.paid.choose(row.paid)
        self.paid.setVisible(row.kind != "self" and row.state == "finished")
        self.times.setVisible(row.state == "finished")
        self.summary.setVisible(row.state == "finished" and row.kind != "self")
        self.again.setVisible(row.state in ("cancelled", "missed"))
        for made in (self.move_it, self.cancelled, self.missed):
            made.setVisible(row.state == "planned")
        self._show_notes(row)
        self._show_marks(row)
        self._show_promised(row)

    def _all(self) -> list[Session]:
        with self.shell.telling():
            return [self.desk.read(sessions.one, self._bound)]
        return []

    def _build_texts(self) -> QWidget:
        made = Card()
        self.texts: dict[str, DraftText] = {}
        for name, words, lines in TEXTS:
            self.texts[name] = DraftText(self.desk, "session", name, _(words), lines=lines)
            made.add(labelled(_(words), self.texts[name]))
        self.keep = button(_("Store"), self._on_keep)
        made.act(self.keep)
        return made

    def _show_notes(self, row: Session) -> None:
        self._notes.empty()
        found = self.desk.read(notes.of_session, row.id)
        for note in found:
            self._notes.add(
                EditableText(
                    self.desk, self.shell, "note", note.id, note.body,
                    partial(self.desk.do, notes.edit, note.id), partial(self.desk.do, notes.remove, note.id),
                )
            )  # fmt: skip
        self._notes.setVisible(bool(found))

    def _show_marks(self, row: Session) -> None:
        self._marks.empty()
        found = self.desk.read(marks.of_session, row.id)
        for mark in found:
            kind = _KindOfMark(mark)
            kind.activated.connect(self._on_kind)
            self._marks.add(
                EditableText(
                    self.desk, self.shell, "mark", mark.id, mark.text,
                    partial(_word, self.desk, mark.id), partial(self.desk.do, marks.remove, mark.id),
                    detail=_("after {n} min").format(n=max(0, mark.at_seconds) // 60), empty=_("No words yet."),
                    beside=(kind,),
                )
            )  # fmt: skip
        self._marks.setVisible(bool(found))

    def _show_promised(self, row: Session) -> None:
        self._promised.empty()
        found, whose = self.desk.read(commitments.of_session, row.id), dict(OWNERS)
        for each in found:
            state = f"{_(whose[each.owner])} · {state_word(each.owner, each.state)}"
            self._promised.add(label(breakable(each.text)))
            self._promised.add(label(state, "muted"))
        self._promised.setVisible(bool(found))

    @Slot()
    def _on_keep(self) -> None:
        with self.shell.telling():
            written = {name: field.words for name, field in self.texts.items()}
            self.desk.do(sessions.edit, self._bound, **written)
            for name, field in self.texts.items():
                field.cleared(written[name])
            self.shell.say(_("Stored."))

    @Slot()
    def _on_add_note(self) -> None:
        with self.shell.telling():
            self.desk.do(notes.add, self._bound, self.note.words)
            self.note.cleared()

    @Slot(object)
    def _on_paid(self, value: object) -> None:
        with self.shell.telling():
            self.desk.do(sessions.edit, self._bound, paid=value)

    @Slot(int)
    def _on_kind(self, at: int) -> None:
        with self.shell.telling():
            self.desk.do(marks.word, self.sender().mark_id, kind=KINDS[at][0])

    @Slot()
    def _on_summary(self) -> None:
        self.shell.show_page("hand_out", client_id=self._row.client_id, session_id=self._row.id)

    @Slot()
    def _on_times(self) -> None:
        SessionTimes(self.desk, self.shell, self._row, self).open()

    @Slot()
    def _on_move(self) -> None:
        client = self.desk.read(clients.one, self._row.client_id)
        PlanSession(self.desk, self.shell, client, self._row, self).open()

    @Slot()
    def _on_cancelled(self) -> None:
        with self.shell.telling():
            self.desk.do(sessions.cancel, self._bound)

    @Slot()
    def _on_missed(self) -> None:
        with self.shell.telling():
            self.desk.do(sessions.missed, self._bound)

    @Slot()
    def _on_again(self) -> None:
        with self.shell.telling():
            self.desk.do(sessions.plan_again, self._bound)

    @Slot()
    def _on_remove(self) -> None:
        from coachdesk.ui.pages.client_sessions import remove

        if remove(self.desk, self.shell, self._row):
            self.left.emit()


class _KindOfMark(ChoiceField):
    """What kind of moment was marked."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark_id = mark.id
        self.setAccessibleName(_("Kind of mark"))
        for kind, word in KINDS:
            self.addItem(_(word), kind)
        self.setCurrentIndex(self.findData(mark.kind))


def _word(desk: Desk, mark_id: str, words: str) -> None:
    desk.do(marks.word, mark_id, words=words)
