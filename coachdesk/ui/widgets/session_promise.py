"""The line in which a promise of this session is written down, with the plan behind it under *more*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice import commitments
from coachdesk.practice.clients import Client
from coachdesk.ui.dialogs.edit_commitment import CONFIDENCE, MORE
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.cards import Fold
from coachdesk.ui.widgets.chosen import Field
from coachdesk.ui.widgets.fields import PROMISE, SURE, DraftLine, labelled, plan_line
from coachdesk.ui.widgets.promise_field import PromiseField
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


class SessionPromise(PromiseField):
    """Text, whose and by when at once; when-then line, evidence, obstacle and confidence if wanted."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, PROMISE[0], _("A promise, or a next step …"), owners=True, parent=parent)
        self._session_id = ""
        self.more: dict[str, DraftLine] = {}
        self.fold = Fold(_("More"))
        for name, words, sentence in MORE:
            self.more[name] = DraftLine(desk, PROMISE[0], plan_line(name), _(words))
            self.fold.add(labelled(_(words), self.more[name], _(sentence) if sentence else ""))
        self.confidence = Choice([(n, _(word)) for n, word in CONFIDENCE], None, name=_("Confidence"))
        self.confidence.chosen.connect(self._on_chosen)
        self.fold.add(labelled(_("Confidence, 1 to 10"), self.confidence))
        self.layout().addWidget(self.fold)
        self.fold.hide()

    def about_session(self, session_id: str, client: Client, offered: Sequence[tuple[str, date]]) -> None:
        """What is written here was promised in this session; restores what was being typed."""
        new, self._session_id, self._client_id = session_id != self._session_id, session_id, client.id
        self._read(session_id)
        if new or not self.words.words:
            more = self.confidence.value is not None or any(field.words for field in self.more.values())
            self.fold.handle.setChecked(more)
        alone = client.kind == "self"
        self.words.setPlaceholderText(_("A promise to myself …") if alone else _("A promise, or a next step …"))
        self.owner.setVisible(not alone)
        self.day.offer(offered)

    def store(self) -> bool:
        """Keep what is written, if anything is; whether nothing is left waiting."""
        if not self.words.words:
            return True
        with self.shell.telling():
            row = self.desk.do(
                commitments.add, self._client_id, self.words.words, owner=str(self.owner.value),
                session_id=self._session_id, due_on=self.day.day, confidence=self.confidence.value,
                **{name: field.words for name, field in self.more.items()},
            )  # fmt: skip
            self._begin_again()
            self.fold.handle.setChecked(False)
            self.added.emit(row.id)
            return True
        return False

    def _lines(self) -> tuple[DraftLine, ...]:
        return (self.words, *self.more.values())

    def _choices(self) -> dict[str, Field]:
        return {**super()._choices(), SURE: self.confidence}

    @Slot()
    def _on_add(self) -> None:
        self.store()
        self.words.setFocus()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        super()._on_typed(text)
        self.fold.setVisible(bool(text.strip()))
