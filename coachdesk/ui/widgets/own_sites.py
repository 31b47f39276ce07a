"""Websites of one's own: type or paste them, read what is refused and why, take them out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.focus import sites
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button, icon_button
from coachdesk.ui.widgets.cards import Card, clear
from coachdesk.ui.widgets.fields import LineField
from coachdesk.ui.widgets.rows import Clamped, beside, give_focus
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

FEW = 12
"""Rows shown before all are asked for."""
REASONS = 3
"""Sentences about refused entries that are shown at once."""


class OwnSites(Card):
    """A field and a list."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Websites of your own"),
            _("Each stands for everything below it too. A whole list can be pasted."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self._all = False
        self._hosts: tuple[str, ...] | None = None
        self.rows: list[SiteRow] = []
        self.field = LineField(_("A website to keep away"), _("example.com"))
        self.field.returnPressed.connect(self._on_add)
        self.put = button(_("Add"), self._on_add)
        self.refused = label("", "note", selectable=True)
        self.refused.hide()
        self.said = label("", "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.every = button("", self._on_every, quiet=True)
        for part in (beside(self.field, self.put), self.refused, self.said, self._list):
            self.add(part)
        self._foot = self.act(self.every)
        self.show_settings(desk.settings)

    def show_settings(self, settings: Settings) -> None:
        """Show those there are now."""
        if settings.focus.own_sites == self._hosts:
            return
        self._hosts = settings.focus.own_sites
        clear(self._list)
        self.rows = [SiteRow(host, self._on_out) for host in (self._hosts if self._all else self._hosts[:FEW])]
        for row in self.rows:
            self._list.addWidget(row)
        self.said.setText("" if self._hosts else _("None yet."))
        self.said.setVisible(not self._hosts)
        count = len(self._hosts)
        self.every.setText(ngettext("Show the {n} website", "Show all {n} websites", count).format(n=count))
        self.every.setAccessibleName(self.every.text())
        self._foot.setVisible(len(self.rows) < count)

    @Slot()
    def _on_add(self) -> None:
        found, refusals = _read(self.field.words)
        before = self._desk.settings.focus.own_sites
        try:
            if found:
                self._desk.change_setting("focus.own_sites", sorted({*before, *found}))
        except Refused as refusal:
            self._refuse([refusal.sentence])
            return
        self.show_settings(self._desk.settings)
        self.field.setText(" ".join(refusals))
        self._refuse(list(refusals.values()))
        if found:
            self._say_added(sorted(set(found) - set(before)))
        self.field.setFocus()

    def _refuse(self, sentences: list[str]) -> None:
        """Show why some were not taken; nothing when all were."""
        shown = list(dict.fromkeys(sentences))
        more = len(shown) - REASONS
        words = shown[:REASONS]
        if more > 0:
            words.append(ngettext("{n} more was not taken.", "{n} more were not taken.", more).format(n=more))
        self.refused.setText("\n".join(words))
        self.refused.setVisible(bool(words))
        if words:
            announce(self.refused, self.refused.text())

    def _say_added(self, added: list[str]) -> None:
        if not added:
            self._shell.say(_("It is there already."))
        elif len(added) == 1:
            self._shell.say(_("Added: {host}").format(host=sites.shown(added[0])))
        else:
            count = len(added)
            self._shell.say(ngettext("{n} website was added.", "{n} websites were added.", count).format(n=count))

    @Slot()
    def _on_every(self) -> None:
        self._all, self._hosts = True, None
        self.show_settings(self._desk.settings)
        give_focus(self.rows[FEW].out)

    @Slot()
    def _on_out(self) -> None:
        host = self.sender().property("host")
        place = next(at for at, row in enumerate(self.rows) if row.host == host)
        with self._shell.telling():
            left = [one for one in self._desk.settings.focus.own_sites if one != host]
            self._desk.change_setting("focus.own_sites", left)
        self.show_settings(self._desk.settings)
        if self.rows:
            give_focus(self.rows[min(place, len(self.rows) - 1)].out)
        else:
            self.field.setFocus()


class SiteRow(QWidget):
    """One website, readable whatever its script; why it is not kept away, where that is so."""

    def __init__(self, host: str, taken_out: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        readable = sites.shown(host)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Clamped(readable))
        for why in sites.problems((host,)):
            words.addWidget(label(why, "muted"))
        self.out = icon_button("trash-light", _("Remove {name}").format(name=readable), taken_out)
        self.out.setProperty("host", host)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addLayout(words, 1)
        layout.addWidget(self.out)


def _read(text: str) -> tuple[list[str], dict[str, str]]:
    """The websites named in a text, and what is none with the reason; an empty text is refused as one."""
    found, refusals = [], {}
    for part in _parts(text) or [""]:
        try:
            found.append(sites.clean(part))
        except Refused as refusal:
            refusals[part] = refusal.sentence
    return found, refusals


def _parts(text: str) -> list[str]:
    """The entries of a list with spaces, lines or commas between; an address may have a comma in its path."""
    parts = []
    for word in text.split():
        parts += [word.rstrip(",;")] if "/" in word else word.replace(";", ",").split(",")
    return [part for part in parts if part]
