"""Promises and next steps in rows that can be reviewed with one click or one key, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from coachdesk.practice import commitments, sessions
from coachdesk.practice.commitments import Commitment
from coachdesk.ui.theme import RADIUS, UNIT
from coachdesk.ui.widgets.buttons import Flow, icon_button
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.rows import PAD, Clamped, WordButton, give_focus, one_line
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

PAGE = 15
"""Rows shown before "show more"."""
KEYS = {"k": "kept", "p": "partly", "c": "carried", "r": "released"}
NOTE_KEY = "n"
MINE = {"kept": N_("Kept"), "partly": N_("Partly"), "carried": N_("Carried on"), "released": N_("Let go")}
THEIRS = {**MINE, "kept": N_("Done")}
OWNERS = (("coach", N_("My promise")), ("client", N_("Next step")), ("both", N_("Together")))


def outcome_words(owner: str) -> Mapping[str, str]:
    """The four outcomes as words: a promise is kept, a client's step is done."""
    return {state: _(word) for state, word in (THEIRS if owner == "client" else MINE).items()}


def state_word(owner: str, state: str) -> str:
    """The state of a commitment as a word on screen."""
    if state == "open":
        return _("open")
    if state == "withdrawn":
        return _("taken back")
    return outcome_words(owner)[state].lower()


def due_words(row: Commitment, here: date) -> str:
    """By when; a client's next step is for the next meeting, never something to chase."""
    by = _("by {day}").format(day=day_words(row.due_on, here)) if row.due_on else ""
    if row.owner != "client":
        return by
    meeting = _("for your next meeting")
    return f"{by} · {meeting}" if by else meeting


class PromiseRow(QFrame):
    """One open promise or step: what, whose, by when, and the four words that close it."""

    asked_for = Signal(str, str)
    """Its id and what is wanted: an outcome, ``note``, ``edit`` or ``remove``."""
    left = Signal(str, int)
    """Its id and where to: up (-1) or down (1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.commitment_id = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, UNIT, UNIT // 2, UNIT // 2)
        layout.setSpacing(0)
        self._words = Clamped()
        layout.addWidget(self._words)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(0)
        self._detail = Clamped(lines=1)
        self._detail.mute()
        self._below.addWidget(self._detail, 1)
        self.buttons: dict[str, WordButton] = {}
        for state, word in outcome_words("coach").items():
            made = WordButton(word, state)
            made.clicked.connect(self._on_word)
            self.buttons[state] = made
        self.more = icon_button("dots-three-light", _("More for this promise"), self._on_more)
        self._closing = Flow(*self.buttons.values(), self.more, space=0)
        self._below.addWidget(self._closing)
        layout.addLayout(self._below)

    def show_commitment(self, row: Commitment, detail: str) -> None:
        """Be the row of this one."""
        self.commitment_id = row.id
        self._words.put(row.text)
        self._detail.put(detail)
        self.setAccessibleName(", ".join(part for part in (row.text, detail) if part))
        self.setAccessibleDescription(_("K kept, P partly, C carried on, R let go, N a word about it"))
        short = one_line(row.text)[:60]
        for state, word in outcome_words(row.owner).items():
            self.buttons[state].setText(word)
            self.buttons[state].setAccessibleName(_("{outcome}: {promise}").format(outcome=word, promise=short))
            self.buttons[state].updateGeometry()
        self.more.setAccessibleName(_("More: {promise}").format(promise=short))

    @property
    def text(self) -> str:
        """What was promised."""
        return self._words.text

    @property
    def detail(self) -> str:
        """With whom and by when, as shown."""
        return self._detail.text

    @Slot()
    def _on_word(self) -> None:
        self.asked_for.emit(self.commitment_id, self.sender().value)

    @Slot()
    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, words in (
            ("note", _("With a word about it, or a new date …")),
            ("edit", _("Change …")),
            ("remove", _("Remove …")),
        ):
            action = QAction(words, menu)
            action.setData(what)
            action.triggered.connect(self._on_action)
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot()
    def _on_action(self) -> None:
        self.asked_for.emit(self.commitment_id, self.sender().data())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().lower()
        if key in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.asked_for.emit(self.commitment_id, KEYS[key])
        elif key == NOTE_KEY and not event.modifiers():
            self.asked_for.emit(self.commitment_id, "note")
        elif event.key() == Qt.Key.Key_Delete:
            self.asked_for.emit(self.commitment_id, "remove")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked_for.emit(self.commitment_id, "edit")
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(self.commitment_id, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = self.width() < self._closing.sizeHint().width() + self._detail.sizeHint().width() + PAD * 2
        self._below.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class PromiseRows(QWidget):
    """Open promises or steps, the first page of them; what was just closed can be taken back or repeated."""

    def __init__(self, desk: Desk, shell: Shell, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.setAccessibleName(name)
        self._items: list[Commitment] = []
        self._names: Mapping[str, str] = {}
        self._most = PAGE
        self._last: Commitment | None = None
        self.during: str | None = None
        """The session in which they are looked at, where it is not the one that runs."""
        self.rows: list[PromiseRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_just_now())
        self._empty = label(empty, "muted")
        self._empty.setContentsMargins(PAD, UNIT, PAD, UNIT)
        layout.addWidget(self._empty)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(2)
        layout.addLayout(self._stack)
        self._further = WordButton("")
        self._further.clicked.connect(self._on_further)
        layout.addWidget(self._further, 0, Qt.AlignmentFlag.AlignLeft)

    def show_commitments(self, items: Sequence[Commitment], names: Mapping[str, str] | None = None) -> None:
        """Show these; ``names`` are the shown names by client, where it is not clear whose they are."""
        place = self._place_of_focus()
        self._items, self._names = list(items), names or {}
        here, shown = today(self.desk), self._items[: self._most]
        while len(self.rows) < len(shown):
            self._grow()
        for row in self.rows[len(shown) :]:
            row.hide()
            row.deleteLater()
        del self.rows[len(shown) :]
        for row, item in zip(self.rows, shown, strict=True):
            row.show_commitment(item, self._detail(item, here))
        rest = len(self._items) - len(shown)
        self._further.setText(ngettext("Show {n} more", "Show {n} more", rest).format(n=rest))
        self._further.setAccessibleName(self._further.text())
        self._further.updateGeometry()
        self._further.setVisible(rest > 0)
        self._empty.setVisible(not self._items and bool(self._empty.text()))
        if place is not None and self.rows:
            give_focus(self.rows[min(place, len(self.rows) - 1)])

    def row_of(self, commitment_id: str) -> PromiseRow | None:
        """The row of one, after showing as many as that takes; None where it is not among them."""
        at = next((at for at, item in enumerate(self._items) if item.id == commitment_id), None)
        if at is None:
            return None
        if at >= len(self.rows):
            self._most = at + 1
            self.show_commitments(self._items, self._names)
        return self.rows[at]

    @property
    def offers_back(self) -> bool:
        """Whether one that was just closed can be taken back here."""
        return self._last is not None

    def forget_last(self) -> None:
        """What was just closed is no longer offered to be taken back."""
        self._last = None
        self._just_now.hide()

    def review(self, commitment_id: str, outcome: str, note: str = "", due: date | None = None) -> bool:
        """Close one; carried on without a date it is carried to the next session. Whether it was done."""
        done = False
        with self.shell.telling():
            row = self.desk.read(commitments.one, commitment_id)
            self._last = row
            self._tell_just_now(row, outcome)
            until = due or (self._next_meeting(row) if outcome == "carried" else None)
            running = self.desk.read(sessions.running)
            during = running.id if running and running.client_id == row.client_id else None
            here = self.during or during
            self.desk.do(commitments.review, row.id, outcome, note=note, due=until, session_id=here)
            done = True
        if not done:
            self.forget_last()
        return done

    def _build_just_now(self) -> QWidget:
        self._just_now = QFrame()
        self._just_now.setProperty("role", "message")
        layout = QHBoxLayout(self._just_now)
        layout.setContentsMargins(PAD, UNIT // 2, UNIT // 2, UNIT // 2)
        layout.setSpacing(0)
        self._said = Clamped(lines=1)
        layout.addWidget(self._said, 1)
        self.again = WordButton(_("Again"), name=_("Promise it again"))
        self.again.clicked.connect(self._on_again)
        self.back = WordButton(_("Take back"))
        self.back.clicked.connect(self._on_back)
        layout.addWidget(self.again)
        layout.addWidget(self.back)
        self._just_now.hide()
        return self._just_now

    def _grow(self) -> None:
        row = PromiseRow()
        row.asked_for.connect(self._on_asked)
        row.left.connect(self._on_left)
        self.rows.append(row)
        self._stack.addWidget(row)

    def _detail(self, item: Commitment, here: date) -> str:
        name = self._names.get(item.client_id, "")
        both = _("together") if self._names and item.owner == "both" else ""
        return " · ".join(part for part in (due_words(item, here), name, both, one_line(item.cue)) if part)

    def _tell_just_now(self, row: Commitment, outcome: str) -> None:
        said = _("{outcome}: {promise}").format(outcome=outcome_words(row.owner)[outcome], promise=one_line(row.text))
        self._said.put(said)
        self.again.setVisible(outcome == "kept")
        self._just_now.show()
        announce(self, said)

    def _next_meeting(self, row: Commitment) -> date | None:
        coming = self.desk.read(sessions.coming, client_id=row.client_id)
        after = [local(s.planned_start).date() for s in coming if s.planned_start]
        return next((day for day in after if day > today(self.desk)), None)

    def _place_of_focus(self) -> int | None:
        held = self.window().focusWidget()
        if held is None:
            return None
        return next((at for at, row in enumerate(self.rows) if row is held or row.isAncestorOf(held)), None)

    @Slot(str, str)
    def _on_asked(self, commitment_id: str, what: str) -> None:
        if what in KEYS.values():
            self.review(commitment_id, what)
        elif what == "remove":
            self._remove(commitment_id)
        else:
            self._open_dialog(commitment_id, what)

    def _open_dialog(self, commitment_id: str, what: str) -> None:
        from coachdesk.ui.dialogs.edit_commitment import EditCommitment
        from coachdesk.ui.dialogs.review import ReviewDialog

        with self.shell.telling():
            row = self.desk.read(commitments.one, commitment_id)
            if what == "edit":
                EditCommitment(self.desk, self.shell, row, self).open()
            else:
                dialog = ReviewDialog(self.desk, self.shell, row, self)
                dialog.decided.connect(self._on_decided)
                dialog.open()

    @Slot(str, str, str, object)
    def _on_decided(self, commitment_id: str, outcome: str, note: str, due: date | None) -> None:
        self.review(commitment_id, outcome, note, due)

    def _remove(self, commitment_id: str) -> None:
        with self.shell.telling():
            row = self.desk.read(commitments.one, commitment_id)
            going = [f"“{one_line(row.text)}”", _("what was said about it when it was looked at")]
            if self.shell.ask(_("Remove this promise?"), going):
                self.desk.do(commitments.remove, commitment_id)

    @Slot(str, int)
    def _on_left(self, commitment_id: str, step: int) -> None:
        at = next(i for i, row in enumerate(self.rows) if row.commitment_id == commitment_id) + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()

    @Slot()
    def _on_further(self) -> None:
        self._most += PAGE * 2
        self.show_commitments(self._items, self._names)

    @Slot()
    def _on_back(self) -> None:
        with self.shell.telling():
            last = self._last
            if last is not None:
                self.forget_last()
                self.desk.do(commitments.withdraw, last.id)

    @Slot()
    def _on_again(self) -> None:
        with self.shell.telling():
            last = self._last
            if last is not None:
                self.forget_last()
                again(self.desk, last)


def again(desk: Desk, row: Commitment) -> Commitment:
    """Promise the same once more, without a date."""
    same = {name: getattr(row, name) for name in ("cue", "evidence", "obstacle", "confidence")}
    return desk.do(commitments.add, row.client_id, row.text, owner=row.owner, **same)
