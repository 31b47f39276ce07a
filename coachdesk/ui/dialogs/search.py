"""One field for everything: commands, clients, what was promised, noted and understood; results as you type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from coachdesk import NAME
from coachdesk.errors import sentence_of
from coachdesk.practice import search
from coachdesk.practice.search import Found
from coachdesk.ui import commands
from coachdesk.ui.commands import Command
from coachdesk.ui.dialogs.locking import bind_lock
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.fields import LineField
from coachdesk.ui.widgets.lists import Row, RowList
from coachdesk.ui.widgets.rows import one_line
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow
    from coachdesk.ui.tasks import Task

PATIENCE = 80
"""Milliseconds without a key before the records are asked."""
WIDTH, HEIGHT = UNIT * 84, UNIT * 70


@dataclass(frozen=True)
class Kind:
    """How one kind of record is shown among the results, and where it is opened."""

    word: str
    icon: str
    tab: str = ""


KINDS = {
    "client": Kind(N_("Client"), "user-light"),
    "commitment": Kind(N_("Promise"), "handshake-light", "promises"),
    "review": Kind(N_("What became of it"), "handshake-light", "promises"),
    "note": Kind(N_("Note"), "note-light", "sessions"),
    "canvas": Kind(N_("Canvas"), "squares-four-light", "canvas"),
    "session": Kind(N_("Session"), "chats-light", "sessions"),
    "mark": Kind(N_("Mark"), "bookmark-simple-light", "sessions"),
    "agreement": Kind(N_("Agreement"), "handshake-light", "agreement"),
    "reflection": Kind(N_("Reflection"), "notebook-light"),
    "answer": Kind(N_("Reflection"), "notebook-light"),
    "prompt": Kind(N_("Prompt"), "quotes-light"),
    "private_canvas": Kind(N_("For me alone"), "lock-simple-light", "private"),
    "self_check": Kind(N_("For me alone"), "lock-simple-light", "private"),
}


class SearchSheet(QDialog):
    """Opened by Ctrl+K; arrows choose, Enter opens, Esc closes. It keeps nothing of what was typed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._offered: list[Command | Found] = []
        self._commands: list[Command] = []
        self._asked: Task | None = None
        self.setWindowTitle(NAME)
        self.setAccessibleName(_("Search"))
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._ask)
        self.finished.connect(self._on_finished)
        window.bridge.locked.connect(self.reject)
        bind_lock(self)
        self.resize(WIDTH, HEIGHT)
        self._on_typed()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 3, UNIT * 3, UNIT * 3, UNIT * 2)
        layout.setSpacing(UNIT)
        self.field = LineField(_("Search, or say what to do"), _("Search, or say what to do"))
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        layout.addWidget(self.field)
        self.list = RowList(_("Results"), fits=False)
        self.list.activated_row.connect(self._on_chosen)
        layout.addWidget(self.list, 1)
        self.told = label("", "muted")
        layout.addWidget(self.told)
        words = _("Also what is for me alone")
        self.private = Toggle(words, text=words)
        self.private.setToolTip(_("The private canvas and what you asked yourself; somebody may be looking on."))
        self.private.toggled.connect(self._on_typed)
        layout.addWidget(self.private)
        self.field.setFocus()

    @property
    def busy(self) -> bool:
        """Whether the records are still to be asked, or asked just now."""
        return self._timer.isActive() or self._asked is not None

    # --- what is offered

    @Slot()
    def _on_typed(self) -> None:
        words = self.field.words
        self._commands = commands.matching(self._window, words)
        self._forget_asked()
        if words:
            self._timer.start()
        else:
            self._show([])
        if words and self._commands:  # at once; the records follow
            self._show([one for one in self._offered if isinstance(one, Found)])

    @Slot()
    def _ask(self) -> None:
        self._forget_asked()
        words, private = self.field.words, self.private.isChecked()
        self._asked = self._window.tasks.run(self._find, words, private, done=self._on_found, failed=self._on_failed)

    def _find(self, words: str, private: bool) -> list[Found]:
        return self._desk.read(search.find, words, private=private)

    def _forget_asked(self) -> None:
        """What was asked before is not wanted any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _on_found(self, found: list[Found]) -> None:
        self._asked = None
        self._show(found)
        announce(self.field, self.told.text())

    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        sentence = sentence_of(error)
        self._show([])
        self.told.setText(sentence)

    def _show(self, found: list[Found]) -> None:
        self._offered = [*self._commands, *found]
        self.list.show_rows([self._row(at, one) for at, one in enumerate(self._offered)])
        if self._offered:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        count = len(self._offered)
        said = ngettext("{n} result", "{n} results", count).format(n=count)
        self.told.setText("" if not self.field.words else said if count else _("Nothing was found."))

    def _row(self, at: int, one: Command | Found) -> Row:
        if isinstance(one, Command):
            return Row(at, _(one.words), aside=commands.keys(self._window, one), icon=one.icon)
        kind = KINDS[one.what]
        name = one_line(one.shown(self._desk.settings.privacy.short_names))
        if one.what == "client":
            return Row(at, name, "" if name in one.snippet else one_line(one.snippet), _(kind.word), kind.icon)
        day = day_words(local(one.when).date(), today(self._desk))
        return Row(at, one_line(one.snippet), name, f"{_(kind.word)} · {day}", kind.icon)

    # --- choosing

    @Slot(object)
    def _on_chosen(self, at: object) -> None:
        one = self._offered[int(str(at))]
        self.accept()
        if isinstance(one, Command):
            one.does(self._window)
        else:
            with self._window.telling():
                self._open(one)

    def _open(self, found: Found) -> None:
        """Go to the place where a record is kept."""
        window = self._window
        if found.what == "prompt":
            window.show_page("settings", section="prompts")
        elif found.what in ("reflection", "answer"):
            window.show_page("reflect", week=self._desk.read(_week, found.of_id))
        else:
            from coachdesk.practice import clients

            client = self._desk.read(clients.one, found.client_id or "")
            about = {"tab": KINDS[found.what].tab} if KINDS[found.what].tab else {}
            if about:
                about["record_id"] = found.of_id
            if KINDS[found.what].tab == "sessions" and found.session_id:
                about["session_id"] = found.session_id
            if client.kind == "self":
                window.show_page("mine", **about)
            else:
                window.show_page("client", client_id=client.id, **about)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work while the field has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.list.current_id is not None:
                    self._on_chosen(self.list.current_id)
                return True
        return False

    def _step(self, by: int) -> None:
        if self._offered:
            at = min(max(0, self.list.currentIndex().row() + by), len(self._offered) - 1)
            self.list.setCurrentIndex(self.list.model().index(at, 0))
            announce(self.field, self.list.rows[at].spoken)

    @Slot()
    def _on_finished(self) -> None:
        self._timer.stop()
        self._forget_asked()
        self.field.clear()
        self._timer.stop()
        self.deleteLater()


def _week(db: object, reflection_id: str) -> str:
    from coachdesk.practice.record import get
    from coachdesk.practice.reflections import Reflection

    return get(db, Reflection, reflection_id).week
