"""The shipped groups of websites: each with a switch, a few examples, and all of it on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.focus import sites
from coachdesk.ui import icons
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle, icon_button
from coachdesk.ui.widgets.cards import Card
from coachdesk.ui.widgets.texts import label, line
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.sites import Group
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

EXAMPLES = 3
ALIKE = 5
"""Letters of a name after which two count as of the same make."""


class SiteGroups(Card):
    """Seven switches; none is on before the person wants it."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Websites"),
            _("A page that is open already may keep itself up to date until it is loaded again."),
            parent,
        )
        self._desk, self._shell = desk, shell
        self.rows: dict[str, GroupRow] = {}
        for at, group in enumerate(sites.groups()):
            if at:
                self.add(line())
            row = self.rows[group.id] = GroupRow(group)
            row.chosen.connect(self._on_chosen)
            self.add(row)
        self.show_settings(desk.settings)

    def show_settings(self, settings: Settings) -> None:
        """Show which are chosen now."""
        for group_id, row in self.rows.items():
            row.show_chosen(group_id in settings.focus.site_groups)

    @Slot(str, bool)
    def _on_chosen(self, group_id: str, on: bool) -> None:
        others = set(self._desk.settings.focus.site_groups) - {group_id}
        with self._shell.telling():
            self._desk.change_setting("focus.site_groups", sorted({*others, group_id} if on else others))
        self.show_settings(self._desk.settings)


def examples(hosts: tuple[str, ...]) -> list[str]:
    """The first few that are not of the same make: not Amazon of three countries."""
    by_make: dict[str, str] = {}
    for host in hosts:
        by_make.setdefault(max(host.split("."), key=len)[:ALIKE], host)
    return list(by_make.values())[:EXAMPLES]


class GroupRow(QWidget):
    """One group."""

    chosen = Signal(str, bool)

    def __init__(self, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        count = len(group.hosts)
        few = _("Such as {examples}.").format(examples=", ".join(examples(group.hosts)))
        self.toggle = Toggle(_("Keep away: {name}").format(name=group.title))
        self.toggle.setAccessibleDescription(few)
        self.toggle.toggled.connect(self._on_toggled)
        every = ngettext("{name}: show the {n} website", "{name}: show all {n} websites", count)
        self.more = icon_button("caret-down-light", every.format(name=group.title, n=count))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more)
        self.every = label(", ".join(group.hosts), "muted", selectable=True)
        self.every.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(group.title))
        words.addWidget(label(few, "muted"))
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addLayout(words, 1)
        for part in (self.more, self.toggle):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addLayout(head)
        layout.addWidget(self.every)

    def show_chosen(self, on: bool) -> None:
        """Show whether it is chosen, without telling anyone."""
        held = self.toggle.blockSignals(True)
        self.toggle.setChecked(on)
        self.toggle.blockSignals(held)
        self.toggle.update()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.chosen.emit(self.group.id, on)

    @Slot(bool)
    def _on_more(self, shown: bool) -> None:
        icons.put(self.more, "caret-up-light" if shown else "caret-down-light")
        self.every.setVisible(shown)
