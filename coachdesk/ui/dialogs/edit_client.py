"""Adds a client or changes what is kept about one: the main things first, the rest under *more*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refused
from coachdesk.practice import clients
from coachdesk.practice.clients import Client
from coachdesk.ui.dialogs.form import FormDialog
from coachdesk.ui.widgets.buttons import Choice
from coachdesk.ui.widgets.cards import Fold
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.fields import DraftLine, DraftText, labelled
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

SCREEN = "client"
KINDS = (("individual", N_("One person")), ("group", N_("A group")))
MAIN = (
    ("name", N_("Name"), ""),
    ("short_name", N_("Short name"), N_("Shown on screens in place of the name, if you like: a first name, initials.")),
    ("email", N_("E-mail"), ""),
    ("call_link", N_("Call link"), N_("Opens the call with one click, for example https://example.org/room.")),
)
NEEDS = (
    ("needs_pace", N_("Pace"), N_("For example: silence is welcome.")),
    ("needs_topics", N_("Topics"), N_("What to be careful with, or to leave alone.")),
    ("needs_feedback", N_("Feedback"), N_("How they want to hear it.")),
)
LINES = (("phone", N_("Phone")), ("pronouns", N_("Pronouns")), ("time_zone", N_("Time zone")))
DAYS = (
    ("started_on", N_("Coaching began on")),
    ("ended_on", N_("Coaching ended on")),
    ("log_consent_on", N_("Agreed to be listed in a credential log on")),
)
NUMBERS = {"planned_sessions": N_("Number of sessions agreed"), "group_size": N_("People in the group")}


class EditClient(FormDialog):
    """The form of one client; without a client it adds one."""

    stored = Signal(str)
    """The client's id."""

    def __init__(self, desk: Desk, shell: Shell, client: Client | None = None, parent: QWidget | None = None) -> None:
        title = _("Change what is kept") if client else _("A new client")
        super().__init__(desk, shell, title, _("Store") if client else _("Add"), parent)
        self._client = client
        self.texts: dict[str, DraftLine | DraftText] = {}
        self.days: dict[str, DayField] = {}
        self._build_main()
        if self.with_clients:
            self._build_needs()
        self._build_more()
        self._keep_chosen()

    @property
    def with_clients(self) -> bool:
        """Whether this is about somebody else than oneself."""
        return self._client is None or self._client.kind != "self"

    def store(self) -> None:
        """Add the client or change them."""
        fields: dict[str, Any] = {name: field.words for name, field in self.texts.items() if name not in NUMBERS}
        fields |= {name: day.day for name, day in self.days.items()}
        fields |= {name: _number(self.texts[name].words, _(NUMBERS[name])) for name in NUMBERS if name in self.texts}
        if self.with_clients:
            fields["kind"] = str(self.kind.value)
            if fields["kind"] != "group":
                fields["group_size"] = None
        if self._client:
            self.desk.do(clients.edit, self._client.id, **fields)
            self.stored.emit(self._client.id)
        else:
            self.stored.emit(self.desk.do(clients.add, fields.pop("name"), **fields).id)

    def _build_main(self) -> None:
        for name, words, sentence in MAIN:
            if name == "email" and not self.with_clients:
                continue
            self.column.addWidget(labelled(_(words), self._line(name, _(words)), _(sentence) if sentence else ""))
            if name == "short_name" and self.with_clients:
                self._build_kind()

    def _build_kind(self) -> None:
        kind = self._client.kind if self._client else "individual"
        self.kind = Choice([(one, _(words)) for one, words in KINDS], kind, name=_("Kind"))
        self.kind.chosen.connect(self._on_kind)
        self.column.addWidget(self.kind)
        self._size = labelled(_(NUMBERS["group_size"]), self._line("group_size", _(NUMBERS["group_size"])))
        self._size.setVisible(kind == "group")
        self.column.addWidget(self._size)

    def _build_needs(self) -> None:
        stored = self._client is not None and any(getattr(self._client, name) for name, *_rest in NEEDS)
        fold = Fold(_("What they need to feel safe"), opened=stored)
        for name, words, sentence in NEEDS:
            fold.add(labelled(_(words), self._text(name, _(words), _(sentence))))
        fold.handle.toggled.connect(self.fit)
        self.column.addWidget(fold)

    def _build_more(self) -> None:
        fold = Fold(_("More"))
        fold.handle.toggled.connect(self.fit)
        if self.with_clients:
            name = "planned_sessions"
            fold.add(labelled(_(NUMBERS[name]), self._line(name, _(NUMBERS[name]))))
            for name, words in LINES:
                fold.add(labelled(_(words), self._line(name, _(words))))
        for name, words in DAYS if self.with_clients else DAYS[:2]:
            self.days[name] = DayField(self.desk, _(words), past=True)
            self.days[name].put(getattr(self._client, name) if self._client else None)
            fold.add(labelled(_(words), self.days[name]))
        if self.with_clients:
            words = _("Something to keep apart, such as a conflict of interest")
            fold.add(labelled(words, self._text("conflict_note", words, "")))
        self.column.addWidget(fold)

    def _keep_chosen(self) -> None:
        kind = {"kind": self.kind} if self.with_clients else {}
        self.keep_chosen(SCREEN, self._client.id if self._client else "", **self.days, **kind)
        if self.with_clients:
            self._size.setVisible(self.kind.value == "group")

    def _line(self, name: str, words: str) -> DraftLine:
        made = DraftLine(self.desk, SCREEN, name, words)
        return self._bind(name, made)

    def _text(self, name: str, words: str, hint: str) -> DraftText:
        made = DraftText(self.desk, SCREEN, name, words, hint, lines=2)
        return self._bind(name, made)

    def _bind(self, name: str, made: Any) -> Any:
        stored = getattr(self._client, name) if self._client else None
        made.about(self._client.id if self._client else "", "" if stored is None else str(stored))
        self.texts[name] = made
        return made

    @Slot(object)
    def _on_kind(self, kind: object) -> None:
        self._size.setVisible(kind == "group")
        self.fit()


def _number(words: str, what: str) -> int | None:
    if not words:
        return None
    try:
        return int(words)
    except ValueError:
        raise Refused(_("{what} should be a whole number.").format(what=what)) from None
