"""Fields to type into; the drafted ones keep on disk what is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.ui import icons
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

LONGEST = 1_000_000
"""Characters of the longest text the records take; Qt would cut a line at 32,767."""
PAUSE = 500
"""Milliseconds from the first unsaved keystroke to its being on disk."""
PROMISE, NOTE = ("session", "promise"), ("note", "body")
"""Screen and field of the drafts about a session that are typed at more than one place: in its pages, under the bar."""
OWNER, DAY, SURE = "promise-owner", "promise-day", "promise-confidence"
"""Beside the first of them: whose the promise is, by when, and how sure of it one is."""


def plan_line(name: str) -> str:
    """Beside the first of them: the field of a line of the plan behind the promise."""
    return f"promise-{name}"


class LineField(QLineEdit):
    """One line; as long as a text may be, and one more so that what is too long is said and not cut."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST + 1)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)

    @property
    def words(self) -> str:
        """What is typed, without the spaces around it."""
        return self.text().strip()


class TextField(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, name: str, hint: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + UNIT * 3)

    @property
    def words(self) -> str:
        """What is typed, without the spaces around it."""
        return self.toPlainText().strip()


def labelled(text: str, widget: QWidget, sentence: str = "") -> QWidget:
    """A field with its name above and, where wanted, a sentence below."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT // 2)
    name = label(text)
    name.setBuddy(widget)
    layout.addWidget(name)
    layout.addWidget(widget)
    if sentence:
        layout.addWidget(label(sentence, "muted"))
    return made


class PassphraseField(QWidget):
    """A passphrase: hidden unless asked, pasting allowed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = LineField(name)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.eye = icon_button("", _("Show what is typed"))
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.eye)
        self.setFocusProxy(self.field)

    @property
    def passphrase(self) -> str:
        """What is typed, exactly."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what is typed, and hide again."""
        self.field.clear()
        self.eye.setChecked(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        icons.put(self.eye, "eye-light")

    @Slot(bool)
    def _on_eye(self, shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class _Draft(QObject):
    """Keeps a field's text on disk: the first keystroke starts half a second; at its end the present text is stored."""

    def __init__(self, field: DraftLine | DraftText, desk: Desk, screen: str, name: str) -> None:
        super().__init__(field)
        self._field, self._desk, self._screen, self._name = field, desk, screen, name
        self._subject = ""
        self.stored = ""
        self._kept = ""
        """The draft as this field last found or left it."""
        self._waiting: dict[str, str] = {}
        """What the records would not take yet, by subject."""
        self._unsaved = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)

    def about(self, subject_id: str, stored: str) -> None:
        """Bind to a row: what was being typed about it, else what is stored."""
        self._store_waiting()
        self._subject, self.stored = subject_id, stored
        kept = self._waiting.get(subject_id)
        self._show(self._read() if kept is None else kept)

    def look_again(self) -> None:
        """Show what was typed elsewhere about the same since; what is typed here stays as it is."""
        self._store_waiting()
        if self._desk.is_open and self._subject not in self._waiting:
            before = self._kept
            if self._read() != before:
                self._show(self._kept)

    def _read(self) -> str:
        from coachdesk.practice import drafts

        self._kept = self._desk.read(drafts.get, self._screen, self._subject, self._name)
        return self._kept

    def _show(self, kept: str) -> None:
        held = self._field.blockSignals(True)
        self._field.put(kept or self.stored)
        self._field.blockSignals(held)

    @Slot()
    def typed(self) -> None:
        """A key was pressed."""
        self._unsaved = True
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Store what is waiting, now.

        Raises Refused, once, if the records do not take it; it is tried again every half a second until they do.
        """
        known = bool(self._waiting)
        refusal = self._store_waiting()
        if refusal is not None and not known:
            raise refusal

    def forget(self) -> None:
        """It is a record now; a draft that cannot be cleared yet goes when the next text is stored."""
        self._waiting[self._subject] = ""
        self._unsaved = False
        self._store_waiting()

    def _store_waiting(self) -> Refused | None:
        """Store what is typed and what had to wait; else what the records say."""
        self._timer.stop()
        if self._unsaved:
            self._waiting[self._subject] = self._field.typed_text
            self._unsaved = False
        if not self._desk.is_open:
            self._waiting.clear()
        if not self._waiting:
            return None
        from coachdesk.practice import drafts
        from coachdesk.practice.record import clean

        try:
            for subject, words in list(self._waiting.items()):
                self._desk.do_quietly(drafts.keep, self._screen, subject, self._name, words)
                del self._waiting[subject]
                if subject == self._subject:
                    self._kept = clean(words)
        except Refused as refusal:
            self._timer.start()
            return refusal
        return None


class _Drafted:
    """What both drafted fields do, beside a class of Qt whose focus and hiding they share in."""

    _draft: _Draft

    def about(self, subject_id: str, stored: str = "") -> None:
        """Bind to a row and restore what was being typed about it; else show what is stored."""
        self._draft.about(subject_id, stored)

    def look_again(self) -> None:
        """Show what was typed in another field of this name meanwhile; what is typed here stays as it is."""
        self._draft.look_again()

    @property
    def unfinished(self) -> bool:
        """Whether other words are typed than those that are stored."""
        return self.typed_text.strip() != self._draft.stored.strip()

    def flush(self) -> None:
        """Put on disk what is waiting."""
        self._draft.flush()

    def cleared(self, text: str = "") -> None:
        """It was stored as a record: forget the draft, show the text given (usually nothing)."""
        self._draft.forget()
        self.put(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._draft.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._draft.flush()


class DraftLine(_Drafted, LineField):
    """One line that is never lost."""

    def __init__(
        self, desk: Desk, screen: str, field: str, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, hint, parent)
        self._draft = _Draft(self, desk, screen, field)
        self.textEdited.connect(self._draft.typed)

    @property
    def typed_text(self) -> str:
        """Exactly what is typed."""
        return self.text()

    def put(self, text: str) -> None:
        """Show a text."""
        self.setText(text)


class DraftText(_Drafted, TextField):
    """Several lines that are never lost."""

    def __init__(
        self,
        desk: Desk,
        screen: str,
        field: str,
        name: str,
        hint: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint, lines, parent)
        self._draft = _Draft(self, desk, screen, field)
        self.textChanged.connect(self._draft.typed)

    @property
    def typed_text(self) -> str:
        """Exactly what is typed."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Show a text; writing goes on at its end."""
        held = self.blockSignals(True)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.blockSignals(held)
