"""The part of Today for what has no list of its own: the reflection, agreements, old records, the backup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.practice.clients import Client
from coachdesk.ui.widgets.dates import day_words, local, today
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.rows import RowButton
from coachdesk.ui.widgets.section import Entry, Section
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.reminders.duties import Duty
    from coachdesk.ui.widgets.page import Shell

KINDS = ("reflection", "agreement", "backup", "erasure", "retention")
"""Sessions, promises and clients without a date stand on Today already, each in its place."""
MOST = 4
"""Rows before the rest is only counted."""


class ForToday(Section):
    """One calm card; pressing a row leads to where it is done."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("For today"), parent)
        self.desk, self.shell = desk, shell
        self._clients: Mapping[str, Client] = {}

    def read(self, known: Mapping[str, Client], due: Sequence[Duty]) -> None:
        """Show what is due; without any of its kinds this part is not shown."""
        self._clients = known
        mine = [duty for kind in KINDS for duty in due if duty.kind == kind and self._settled(duty)]
        old = [duty for duty in mine if duty.kind == "retention"]
        if len(old) > 1:
            mine = mine[: -len(old)]
        entries = [self._entry(duty, *self._words(duty)) for duty in mine[:MOST]]
        if len(old) > 1:
            entries.append(self._entry(None, *_together(len(old))))
        rest = len(mine[MOST:])
        self.show_entries(entries, ngettext("and {n} more", "and {n} more", rest).format(n=rest) if rest else "")
        self.setVisible(bool(entries))

    def _entry(self, duty: Duty | None, title: str, detail: str, action: str) -> Entry:
        row = RowButton(title, detail, aside=action, value=duty)
        row.clicked.connect(self._on_pressed)
        return Entry(row)

    def _settled(self, duty: Duty) -> bool:
        """The backup of the day is taken while other work is under way; it need not be asked for meanwhile."""
        return duty.kind != "backup" or not self.shell.tasks.busy

    def _words(self, duty: Duty) -> tuple[str, str, str]:
        """What it is, a little more, and what pressing it does."""
        client = self._clients.get(duty.client_id)
        name = shown(self.desk, client) if client is not None else ""
        day = day_words(local(duty.due_at).date(), today(self.desk))
        if duty.kind == "reflection":
            return _("The week's reflection"), _("A few questions, for you alone"), _("Reflect")
        if duty.kind == "agreement":
            return _("The agreement with {name}").format(name=name), _("To be looked at again"), _("Look at it")
        if duty.kind == "backup":
            return _("A backup"), _("The last one is a while ago"), _("To the backups")
        if duty.kind == "erasure":
            return _("A client you forgot"), _("Some of it still has to be erased"), _("Go on")
        kept = _("You meant to keep them until {day}").format(day=day)
        return _("The records of {name}").format(name=name), kept, _("Keep or forget")

    @Slot()
    def _on_pressed(self) -> None:
        duty = self.sender().value
        if duty is None or duty.kind == "erasure":
            self.shell.show_page("settings", section="privacy")
        elif duty.kind == "reflection":
            self.shell.show_page("reflect")
        elif duty.kind == "agreement":
            self.shell.show_page("client", client_id=duty.client_id, tab="agreement")
        elif duty.kind == "retention":
            self.shell.show_page("client", client_id=duty.client_id)
        else:
            self.shell.show_page("settings", section="records")


def _together(count: int) -> tuple[str, str, str]:
    """One row for several clients who are past the coach's period."""
    words = ngettext("The records of {n} client", "The records of {n} clients", count).format(n=count)
    return words, _("You meant to keep them no longer"), _("Keep or forget")
