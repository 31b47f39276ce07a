"""The field under the bar for a promise or a jotted line: a window of its own, because the coach asked to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.errors import Refused
from coachdesk.ui import bar_places, theme
from coachdesk.ui.widgets.buttons import PressButton
from coachdesk.ui.widgets.fields import NOTE, OWNER, PROMISE, DraftText
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.machine.here import Machine

WIDTH = 480
MOST_LINES = 6
_ON_ITS_WAY = 2000
"""Milliseconds for which the keyboard, asked for or given back, may still be on its way."""
OWNERS = (("coach", N_("my promise")), ("client", N_("next step")), ("both", N_("together")))
"""Whose it is, in the order Tab goes through."""


class Line(DraftText):
    """Text that grows with its lines; Enter, Esc and Tab are asked for, unless an input method is composing."""

    entered = Signal()
    left = Signal()
    turned = Signal()
    grown = Signal()

    def __init__(self, desk: Desk, draft: tuple[str, str], name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, *draft, name, hint, 1, parent)
        self._composing = False
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)

    @Slot()
    def _on_size(self) -> None:
        lines = max(1, min(MOST_LINES, int(self.document().size().height())))
        policy = Qt.ScrollBarPolicy
        over = self.document().size().height() > MOST_LINES
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff)
        height = self.fontMetrics().lineSpacing() * lines + theme.UNIT * 3
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A page has kept what was typed there by now, because the keyboard left it."""
        super().focusInEvent(event)
        self.look_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Be one line high again: the look, put on just now, asks for more of every field."""
        super().showEvent(event)
        self._on_size()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether letters are being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc and Tab mean something here; Shift+Enter is a new line."""
        keys, shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
        meaning = {
            keys.Key_Return: self.entered,
            keys.Key_Enter: self.entered,
            keys.Key_Escape: self.left,
            keys.Key_Tab: self.turned,
        }.get(Qt.Key(event.key()))
        if meaning is None or event.modifiers() & shift:
            super().keyPressEvent(event)
        elif not self._composing:
            meaning.emit()


class Whose(PressButton):
    """Whose the promise is, one after the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        hint = _("Whose it is; Tab goes on to the next.")
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
        self.choose(OWNERS[0][0])

    @property
    def value(self) -> str:
        """``coach``, ``client`` or ``both``."""
        return OWNERS[self._place][0]

    def choose(self, value: object) -> None:
        """Show it without telling anyone."""
        self._show(next((place for place, (owner, _words) in enumerate(OWNERS) if owner == value), 0))

    def turn(self) -> None:
        """Show the next."""
        self._show((self._place + 1) % len(OWNERS))

    def _show(self, place: int) -> None:
        self._place = place
        words = _(OWNERS[place][1])
        self.setText(words)
        self.setAccessibleName(words)


class Field(QWidget):
    """Takes one promise or one line; what is typed is a draft until Enter, the same as in the pages of the session.

    Then the window before has the keyboard.
    """

    kept = Signal()
    """A promise or a line was stored."""

    def __init__(self, desk: Desk, machine: Machine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._machine = desk, machine
        self._before: object | None = None
        self._kind = "promise"
        self._session_id = ""
        self._client_id = ""
        self._bar = QRect()
        self._area = QRect()
        self._coming = QTimer(self, singleShot=True, interval=_ON_ITS_WAY)
        self._coming.timeout.connect(self._see_to_keyboard)
        hint = Qt.WindowType
        self.setWindowFlags(hint.Tool | hint.FramelessWindowHint | hint.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setWindowTitle(NAME)
        self._build()

    def _build(self) -> None:
        self._whose = Whose()
        self._whose.clicked.connect(self.turn)
        self._whose.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._promise = Line(self._desk, PROMISE, _("Promise or next step"), _("What is promised, or the next step"))
        self._jot = Line(self._desk, NOTE, _("Line to jot down"), _("A line for later"))
        for line in (self._promise, self._jot):
            line.entered.connect(self.store)
            line.left.connect(self.leave)
            line.turned.connect(self.turn)
            line.grown.connect(self._stand)
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._refused = label("")
        self._hint = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        row.addWidget(self._whose, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._promise, 1)
        row.addWidget(self._jot, 1)
        everything = QVBoxLayout(self)
        everything.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        everything.setContentsMargins(*[theme.UNIT * 3 // 2] * 4)
        everything.setSpacing(theme.UNIT // 2)
        everything.addLayout(row)
        everything.addWidget(self._refused)
        everything.addWidget(self._hint)

    @property
    def kind(self) -> str:
        """``promise`` or ``jot``."""
        return self._kind

    @property
    def owner(self) -> str:
        """Whose the promise is: ``coach``, ``client`` or ``both``."""
        return self._whose.value

    @property
    def line(self) -> Line:
        """What is typed into."""
        return self._promise if self._kind == "promise" else self._jot

    def open_for(self, kind: str, session_id: str, client_id: str, bar: QRect, area: QRect) -> None:
        """Come up beside the bar, with the draft of this session if there is one, and take the keyboard.

        Where the field is still there, the coach may just have clicked into the call, and we hear of it only later.
        """
        if self.isVisible():
            self._coming.start()
        else:
            self._before = self._machine.active_window()
        again = self.isVisible() and (kind, session_id) == (self._kind, self._session_id)
        if not again:
            self._kind, self._session_id, self._client_id = kind, session_id, client_id
            self._begin()
        self._bar, self._area = bar, area
        self._stand()
        self.show()
        self.raise_()
        self.activateWindow()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin(self) -> None:
        """Show the draft, and whose it was."""
        from coachdesk.ui.widgets.chosen import Chosen

        promise = self._kind == "promise"
        for widget, shown in ((self._promise, promise), (self._jot, not promise), (self._whose, promise)):
            widget.setVisible(shown)
        self._hint.setText(
            _("Enter keeps it · Esc closes · Tab: whose") if promise else _("Enter keeps it · Esc closes")
        )
        self._say("")
        if promise:
            from coachdesk.ui.widgets import promise_drafts

            promise_drafts.begin(self._desk, self._session_id)
        self.line.about(self._session_id)
        self.line.moveCursor(self.line.textCursor().MoveOperation.End)
        self._whose.choose(OWNERS[0][0])
        self._chosen = Chosen(self._desk, PROMISE[0], self._session_id, {OWNER: self._whose} if promise else {})

    def _say(self, sentence: str) -> None:
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    @Slot()
    def turn(self) -> None:
        """The next owner."""
        if self._kind != "promise":
            return
        self._whose.turn()
        announce(self, self._whose.text())
        self._chosen.keep()

    @Slot()
    def store(self) -> None:
        """Store what is typed and close; nothing typed is nothing to store."""
        words = self.line.words
        try:
            if words:
                self._store(words)
            self._forget()
        except Refused as refused:
            self._say(refused.sentence)
            self._stand()
            return
        if words:
            self.kept.emit()
        self.leave()

    def _store(self, words: str) -> None:
        if self._kind == "jot":
            from coachdesk.practice import notes

            self._desk.do(notes.add, self._session_id, words)
        else:
            from coachdesk.ui.widgets import promise_drafts

            promise_drafts.store(self._desk, self._client_id, self._session_id, words, self.owner)

    def _forget(self) -> None:
        """It is a record now, or was wiped out."""
        self.line.cleared()
        if self._kind == "promise":
            from coachdesk.ui.widgets import promise_drafts

            promise_drafts.forget(self._desk, self._session_id)

    @Slot()
    def leave(self) -> None:
        """Close; what was typed stays a draft, and the window before has the keyboard again."""
        self._coming.stop()
        self.line.flush()
        self.hide()
        if self._before is not None:
            self._machine.activate(self._before)
            self._before = None
        self._tell()

    def _tell(self) -> None:
        """The pages of the session show what is typed here in fields of their own."""
        if self._desk.is_open:
            from coachdesk.practice.drafts import Draft

            self._desk.announce(frozenset({Draft}))

    @Slot()
    def _stand(self) -> None:
        """As high as its words, beside the bar, on the screen."""
        if self._area.isNull():
            return
        width = min(WIDTH, self._area.width())
        self.layout().activate()
        place = bar_places.beside(
            self._bar, QSize(width, self.layout().totalHeightForWidth(width)), self._area, theme.UNIT
        )
        self.setGeometry(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground and an outline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        """The keyboard came, or went."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self._coming.stop()
            self._see_to_keyboard()

    @Slot()
    def _see_to_keyboard(self) -> None:
        """Close when the coach goes to another window: the draft waits for the next press of the key.

        Qt tells a tenth of a second after an X11 window lost the keyboard, and the window may have it again by then.
        """
        if not self.isVisible() or self.isActiveWindow() or self._coming.isActive():
            return
        if self._machine.active_window() == int(self.winId()):
            self._coming.start()
        else:
            self._before = None
            self.leave()
