"""The settings: a table of sections, each a form from data or an editor, applied as they are changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.settings import Settings
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Card, Choice, Page
from coachdesk.ui.widgets.forms import SettingForm
from coachdesk.ui.widgets.prompts import Prompts
from coachdesk.ui.widgets.protection import Protection
from coachdesk.ui.widgets.rehearsal import Rehearsal
from coachdesk.ui.widgets.structures import Structures
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets import Shell


@dataclass(frozen=True)
class Section:
    """One section: forms of these groups of settings, then these editors."""

    name: str
    title: str
    groups: tuple[str, ...] = ()
    editors: tuple[Callable[[Desk, Shell], QWidget], ...] = ()


def about(desk: Desk, shell: Shell) -> QWidget:
    """Which copy of the program this is; asked when it is first shown."""
    from coachdesk.ui.widgets.about import About

    return About(desk, shell)


def focus_mode(desk: Desk, shell: Shell) -> QWidget:
    """Everything about focus mode; imported when it is first shown."""
    from coachdesk.ui.widgets.focus_settings import FocusSettings

    return FocusSettings(desk, shell)


def reminders(desk: Desk, shell: Shell) -> QWidget:
    """What is brought to mind between sessions."""
    from coachdesk.ui.due_settings import DueSettings

    return DueSettings(desk, shell)


def lists(desk: Desk, shell: Shell) -> QWidget:
    """The wording of the lists; imported when it is first shown."""
    from coachdesk.ui.widgets.checklist_editor import ChecklistEditor

    return ChecklistEditor(desk, shell)


def calendar(desk: Desk, shell: Shell) -> QWidget:
    """Calendars in and out; imported when it is first shown."""
    from coachdesk.ui.widgets.calendar_settings import CalendarSettings

    return CalendarSettings(desk, shell)


def sender(desk: Desk, shell: Shell) -> QWidget:
    """What stands on a hand-out; imported when it is first shown."""
    from coachdesk.ui.widgets.hand_out_sender import HandOutSender

    return HandOutSender(desk, shell)


def backups(desk: Desk, shell: Shell) -> QWidget:
    """The last backup, one now, one to restore."""
    from coachdesk.ui.widgets.backups import Backups

    return Backups(desk, shell)


def archive(desk: Desk, shell: Shell) -> QWidget:
    """Everything as one file."""
    from coachdesk.ui.widgets.archive import Archive

    return Archive(desk, shell)


def records_place(desk: Desk, shell: Shell) -> QWidget:
    """Where the records lie, and when they were checked."""
    from coachdesk.ui.widgets.records_place import RecordsPlace

    return RecordsPlace(desk, shell)


def forgetting(desk: Desk, shell: Shell) -> QWidget:
    """Who is proposed for forgetting; imported when it is first shown."""
    from coachdesk.ui.widgets.forgetting import Forgetting

    return Forgetting(desk, shell)


SECTIONS = (
    Section("session", N_("Session"), ("session",), (Structures, Rehearsal)),
    Section("cues", N_("Cues and bar"), ("cues", "bar")),
    Section("focus", N_("Focus mode"), (), (focus_mode,)),
    Section("reminders", N_("Reminders"), (), (reminders,)),
    Section("calendar", N_("Calendar"), (), (calendar,)),
    Section("prompts", N_("Prompts and lists"), (), (Prompts, lists)),
    Section("keys", N_("Keys"), ("shortcuts",)),
    Section("hand_outs", N_("Hand-outs"), (), (sender,)),
    Section("privacy", N_("Privacy"), ("privacy",), (Protection, forgetting)),
    Section("records", N_("Records"), (), (backups, archive, records_place)),
    Section("look", N_("Appearance"), ("appearance",)),
    Section("about", N_("About"), (), (about,)),
)
TITLES = {
    "session": N_("A usual session"),
    "cues": N_("Cues"),
    "bar": N_("Presence bar"),
    "shortcuts": N_("Keys during a session"),
    "privacy": N_("On screen"),
    "appearance": N_("Appearance"),
}


class SettingsPage(Page):
    """Sections beside each other; each is built when it is first shown."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.concerns = frozenset({Settings, *_tables(desk)})
        self.head(_("Settings"))
        self.choice = Choice([(one.name, _(one.title)) for one in SECTIONS], SECTIONS[0].name, name=_("Section"))
        self.choice.chosen.connect(self.show_section)
        self.column.addWidget(self.choice)
        self._built: dict[str, QWidget] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self.show_section(SECTIONS[0].name)

    def arrive(self, **what: object) -> None:
        """Show the ``section`` asked for, else the one shown last; with ``part="check"`` begin checking there."""
        if "section" in what:
            self.choice.choose(what["section"])
        self.show_section(str(self.choice.value))
        if what.get("part") == "check":
            QTimer.singleShot(0, self, self._begin_check)  # once it is on the screen and has its size

    def refresh(self) -> None:
        """Show what holds now, in the section that is shown; the others are refreshed when they are shown."""
        for part in self._parts[str(self.choice.value)]:
            if hasattr(part, "show_settings"):
                part.show_settings(self.desk.settings)
            elif hasattr(part, "refresh"):
                part.refresh()

    @Slot(object)
    def show_section(self, name: str) -> None:
        """Show one section as it holds now."""
        if name in self._built:
            self.refresh()
        else:
            section = next(one for one in SECTIONS if one.name == name)
            self._built[name] = self._build(section)
            self.column.addWidget(self._built[name])
        for one, widget in self._built.items():
            widget.setVisible(one == name)
        self.scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _begin_check(self) -> None:
        from coachdesk.ui.widgets.focus_settings import FocusSettings

        check = self.part(FocusSettings).check
        check.found.connect(self._on_found, Qt.ConnectionType.SingleShotConnection)
        self.scroll.ensureWidgetVisible(check)
        check.look.setFocus()
        check.look.click()

    @Slot()
    def _on_found(self) -> None:
        QTimer.singleShot(0, self, self._show_found)

    @Slot()
    def _show_found(self) -> None:
        """What was found pushes the buttons down; they are followed."""
        held = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            self.scroll.ensureWidgetVisible(held)

    @Slot(bool)
    def _on_capturing(self, capturing: bool) -> None:
        """Let a key in use be pressed for a field, without its doing what it does beside the call."""
        if self.shell.presence is not None:
            self.shell.presence.lend_keys(capturing)

    @property
    def parts(self) -> list[QWidget]:
        """The forms and editors of all sections that were built."""
        return [part for parts in self._parts.values() for part in parts]

    def part(self, kind: type, group: str = "") -> QWidget:
        """The part of a kind that was built; for a form, the one of a group."""
        return next(part for part in self.parts if isinstance(part, kind) and getattr(part, "group", group) == group)

    def _build(self, section: Section) -> QWidget:
        made = QWidget()
        parts = self._parts[section.name] = []
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        for group in section.groups:
            card = Card(_(TITLES[group]))
            form = SettingForm(group, self.desk.settings, self.desk.change_setting)
            form.capturing.connect(self._on_capturing)
            card.add(form)
            parts.append(form)
            layout.addWidget(card)
        for build in section.editors:
            editor = build(self.desk, self.shell)
            parts.append(editor)
            layout.addWidget(editor)
        layout.addStretch()
        return made


def _tables(desk: Desk) -> frozenset[type]:
    """The tables shown here; without open records there are none to show."""
    if not desk.is_open:
        return frozenset()
    from coachdesk.practice.calendar_rules import CalendarRule
    from coachdesk.practice.checklists import ChecklistItem
    from coachdesk.practice.own_prompts import Prompt
    from coachdesk.practice.private_settings import SettingPrivate

    return frozenset({CalendarRule, ChecklistItem, Prompt, SettingPrivate})
