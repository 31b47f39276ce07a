"""A line that is read until the coach wants to change it, and then changed in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button, icon_button
from coachdesk.ui.widgets.fields import DraftText
from coachdesk.ui.widgets.rows import breakable, one_line
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

Store = Callable[[str], object]
Remove = Callable[[], object]


class EditableText(QWidget):
    """A text with *change* and *remove* beside it. When storing is refused, the field stays open as typed."""

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        screen: str,
        subject_id: str,
        text: str,
        store: Store,
        remove: Remove | None = None,
        *,
        detail: str = "",
        empty: str = "",
        before: QWidget | None = None,
        beside: tuple[QWidget, ...] = (),
        draft: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``draft`` is what is being typed for it, where a list of many read that at once; else it is looked up."""
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.subject_id, self.text = subject_id, text
        self._screen, self._store, self._remove = screen, store, remove
        self._editor: QWidget | None = None
        self.field: DraftText | None = None
        self.setAccessibleName(one_line(text) or empty)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        self._outer.addWidget(self._build_shown(text, detail, empty, before, beside))
        typed = self._draft() if draft is None else draft
        if typed.strip() not in ("", text):
            self.edit()

    @Slot()
    def edit(self) -> None:
        """Change it here."""
        if self._editor is None:
            self._editor = self._build_editor()
            self._outer.addWidget(self._editor)
        self._shown.hide()
        self._editor.show()
        if self.isVisible():
            self.field.setFocus()

    @property
    def being_edited(self) -> bool:
        """Whether it is being changed now."""
        return self._editor is not None and not self._editor.isHidden()

    def _build_shown(
        self, text: str, detail: str, empty: str, before: QWidget | None, beside: tuple[QWidget, ...]
    ) -> QWidget:
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        if before is not None:
            row.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(breakable(text) or empty, "" if text else "muted", selectable=bool(text)))
        if detail:
            words.addWidget(label(detail, "muted"))
        row.addLayout(words, 1)
        short = one_line(text)[:60]
        self.change = icon_button("pencil-simple-light", _("Change: {text}").format(text=short), self.edit)
        for made in (*beside, self.change):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        if self._remove is not None:
            self.away = icon_button("trash-light", _("Remove: {text}").format(text=short), self._on_remove)
            row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        return self._shown

    def _build_editor(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        lines = min(12, max(2, len(self.text) // 60 + self.text.count("\n") + 1))
        self.field = DraftText(self.desk, self._screen, "text", self.accessibleName(), lines=lines)
        self.field.about(self.subject_id, self.text)
        self.keep = button(_("Store"), self._on_store)
        self.leave = button(_("Cancel"), self._on_leave, quiet=True)
        layout.addWidget(self.field)
        layout.addWidget(Flow(self.keep, self.leave))
        return made

    def _draft(self) -> str:
        from coachdesk.practice import drafts

        return self.desk.read(drafts.get, self._screen, self.subject_id, "text")

    @Slot()
    def _on_store(self) -> None:
        with self.shell.telling():
            words = self.field.words
            self.field.flush()
            self._store(words)
            self.field.cleared(words)
            self._editor.hide()
            self._shown.show()

    @Slot()
    def _on_leave(self) -> None:
        self.field.cleared(self.text)
        self._editor.hide()
        self._shown.show()
        self.change.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        with self.shell.telling():
            if self.shell.ask(_("Remove this?"), [f"“{one_line(self.text)}”"] if self.text else []):
                self._remove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.being_edited and enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_store()
        elif self.being_edited and event.key() == Qt.Key.Key_Escape:
            self._on_leave()
        else:
            super().keyPressEvent(event)
