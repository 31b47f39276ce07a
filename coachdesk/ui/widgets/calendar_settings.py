"""The calendar in the settings: which is followed, what is remembered about its entries, and writing one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.practice import calendar_plans, calendar_rules, clients
from coachdesk.practice.calendar_rules import CalendarRule
from coachdesk.ui import choosing
from coachdesk.ui.calendar_following import waiting_words
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle, button
from coachdesk.ui.widgets.cards import ActionRow, Card
from coachdesk.ui.widgets.naming import shown
from coachdesk.ui.widgets.rows import breakable
from coachdesk.ui.widgets.texts import label
from coachdesk.words import N_, _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell

MOST_RULES = 30
"""Rules shown at once; the others after *show all*."""
ASKED_BY = {
    "email": N_("With {value} among the people"),
    "title": N_("Called “{value}”"),
    "series": N_("One entry or series"),
}
FILES = N_("Calendars (*.ics)")

Ask = Callable[[QWidget], Path | None]


def ask_file(parent: QWidget) -> Path | None:
    """The calendar file the coach chooses; None where none."""
    return choosing.to_read(parent, "calendar", _("Choose a calendar"), _(FILES))


def ask_folder(parent: QWidget) -> Path | None:
    """The folder the coach chooses; None where none."""
    return choosing.folder(parent, "calendar", _("Choose a folder of calendars"))


def ask_target(parent: QWidget) -> Path | None:
    """Where a calendar is to be written; None where nowhere. The chooser itself asks before replacing a file."""
    return choosing.to_write(parent, "calendar", _("Write a calendar"), "coachdesk.ics", _(FILES))[0]


class CalendarSettings(QWidget):
    """Three cards: your calendar, what is remembered, writing one. ``ask_…`` choose files."""

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        parent: QWidget | None = None,
        *,
        asks: tuple[Ask, Ask, Ask] = (ask_file, ask_folder, ask_target),
    ) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self.ask_file, self.ask_folder, self.ask_target = asks
        self._all = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        for card in (self._build_calendar(), self._build_rules(), self._build_export()):
            layout.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        if not self._desk.is_open:
            return
        path = self._desk.read(calendar_plans.followed)
        self.path.setText(_("Followed: {path}").format(path=breakable(path)) if path else _("No calendar is followed."))
        words = waiting_words(self._desk.read(calendar_plans.waiting))
        self.waiting.setText(words)
        self.waiting.setVisible(bool(words))
        self.now.setVisible(bool(path))
        self.leave.setVisible(bool(path))
        self._show_rules()

    def _build_calendar(self) -> Card:
        card = Card(
            _("Your calendar"),
            _(
                "CoachDesk plans sessions from a calendar file (.ics) or a folder of them. "
                "You see what it found before anything changes; files can also be dragged onto the window."
            ),
        )
        self.path, self.waiting = label(""), label("", "note")
        card.add(self.path)
        card.add(self.waiting)
        self.file = button(_("Choose a file …"), self._on_file)
        self.folder = button(_("Choose a folder …"), self._on_folder)
        self.now = button(_("Look at it now"), self._on_now)
        self.leave = button(_("Follow it no longer"), self._on_leave, quiet=True)
        card.act(self.now, self.file, self.folder, self.leave)
        return card

    def _build_rules(self) -> Card:
        self.rules = Card(_("What is remembered about entries"))
        return self.rules

    def _build_export(self) -> Card:
        card = Card(
            _("Write a calendar"),
            _("Your coming sessions and your own dated promises, as a file that other calendars can read."),
        )
        self.names = Toggle(_("With names and words"))
        told = _("Without this, it says only “Coaching session” and “A promise of mine”: calendars travel far.")
        card.add(ActionRow(_("With names and words"), told, self.names))
        self.write = button(_("Write …"), self._on_write)
        card.act(self.write)
        return card

    def _show_rules(self) -> None:
        self.rules.empty()
        rules = self._desk.read(calendar_rules.every)
        people = {one.id: one for one in self._desk.read(clients.every)}
        if not rules:
            self.rules.add(label(_("Nothing yet. What you decide about an entry will stand here."), "muted"))
        for rule in rules if self._all else rules[:MOST_RULES]:
            whose = shown(self._desk, people[rule.client_id]) if rule.client_id in people else _("None of mine")
            self.rules.add(ActionRow(breakable(whose), breakable(self._condition(rule)), self._forget(rule, whose)))
        left = 0 if self._all else len(rules) - MOST_RULES
        if left > 0:
            words = ngettext("Show {n} more", "Show {n} more", left).format(n=left)
            self.rules.add(button(words, self._on_all, quiet=True))

    def _condition(self, rule: CalendarRule) -> str:
        return _(ASKED_BY[rule.kind]).format(value=rule.value[:200])

    def _forget(self, rule: CalendarRule, whose: str) -> QWidget:
        made = button(_("Forget"), self._on_forget, quiet=True)
        made.setProperty("rule", rule.id)
        made.setAccessibleName(_("Forget: {whose}, {condition}").format(whose=whose, condition=self._condition(rule)))
        return made

    def _import(self, path: Path | None) -> None:
        from coachdesk.ui.dialogs.import_calendar import ImportCalendar

        if path is not None:
            ImportCalendar(self._desk, self._shell, [path], self).open()

    @Slot()
    def _on_file(self) -> None:
        self._import(self.ask_file(self))

    @Slot()
    def _on_folder(self) -> None:
        self._import(self.ask_folder(self))

    @Slot()
    def _on_now(self) -> None:
        path = self._desk.read(calendar_plans.followed)
        self._import(Path(path) if path else None)

    @Slot()
    def _on_leave(self) -> None:
        with self._shell.telling():
            self._desk.do(calendar_plans.follow, "")
            self._shell.say(_("Your calendar is not followed any more; the sessions planned from it stay."))

    @Slot()
    def _on_all(self) -> None:
        self._all = True
        self.refresh()

    @Slot()
    def _on_forget(self) -> None:
        with self._shell.telling():
            self._desk.do(calendar_rules.remove, self.sender().property("rule"))

    @Slot()
    def _on_write(self) -> None:
        chosen = self.ask_target(self)
        if chosen is None:
            return
        from coachdesk.exchange import calendar_out, files
        from coachdesk.machine.here import zone_here

        with self._shell.telling():
            path = chosen if chosen.suffix else chosen.with_name(f"{chosen.name}.ics")
            settings = self._desk.settings.privacy
            raw = self._desk.read(
                calendar_out.export,
                zone=zone_here(),
                names=self.names.isChecked(),
                short=settings.short_names,
            )
            files.refuse_taken(path, force=path == chosen)
            files.write(path, raw)
            self._shell.say(_("Written: {path}").format(path=path))
