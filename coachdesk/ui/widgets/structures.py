"""The structures of a session: a list of them, and an editor for one's name and phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import Phase
from coachdesk.settings import SHIPPED, Template, with_template, without_template
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, Stepper, button, icon_button
from coachdesk.ui.widgets.cards import ActionRow, Card, clear
from coachdesk.ui.widgets.editor_place import Editor, EditorPlace
from coachdesk.ui.widgets.fields import LineField, labelled
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

USUAL_MINUTES = 10


def outline(template: Template) -> str:
    """A structure in one line."""
    if not template.phases:
        return _("No phases: only an opening, a process check and a landing.")
    return " · ".join(f"{_(phase.name)} {phase.minutes:g}" for phase in template.phases)


class PhaseRow(QWidget):
    """One phase: its name, its minutes, and its place among the others."""

    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(self, phase: Phase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineField(_("Phase"), _("Phase"))
        self.name.setText(_(phase.name))
        self.minutes = Stepper(_("Minutes of the phase"), max(1, round(phase.minutes)), 1, 480, _("min"))
        self.up = icon_button("arrow-up-light", _("Earlier"), self._on_up)
        self.down = icon_button("arrow-down-light", _("Later"), self._on_down)
        self.out = icon_button("trash-light", _("Take this phase out"), self._on_out)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.name, 1)
        for part in (self.minutes, self.up, self.down, self.out):
            layout.addWidget(part)

    @property
    def phase(self) -> Phase:
        """The phase as it is typed."""
        return Phase(self.name.words, self.minutes.value)

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(self, -1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(self, 1)

    @Slot()
    def _on_out(self) -> None:
        self.removed.emit(self)


class StructureEditor(Editor):
    """A name and phases."""

    def __init__(self, template: Template, parent: QWidget | None = None) -> None:
        title = _("Change this way to divide the time") if template.id else _("A new way to divide the time")
        super().__init__(title, _("Minutes are proportions; they are scaled to each session's length."), parent)
        self._id = template.id
        self.rows: list[PhaseRow] = []
        self.name = LineField(_("Name"))
        self.name.setText(_(template.name) if template.name else "")
        self.add(labelled(_("Name"), self.name))
        self._phases = QVBoxLayout()
        self._phases.setSpacing(UNIT)
        self.add(label(_("Phases")))
        self.add(self._phases)
        self.another = button(_("Add a phase"), self._on_add, quiet=True, icon="plus-light")
        self.add(Flow(self.another))
        self.store = button(_("Store"), self.stored.emit, primary=True)
        self.act(self.store, button(_("Cancel"), self.left.emit, quiet=True))
        for phase in template.phases:
            self._insert(phase)
        self.setFocusProxy(self.name)

    @property
    def template(self) -> Template:
        """The structure as it is typed."""
        return Template(self._id, self.name.words, tuple(row.phase for row in self.rows))

    def _insert(self, phase: Phase) -> PhaseRow:
        row = PhaseRow(phase)
        row.moved.connect(self._on_moved)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._phases.addWidget(row)
        return row

    @Slot()
    def _on_add(self) -> None:
        self._insert(Phase("", USUAL_MINUTES)).name.setFocus()

    @Slot(object, int)
    def _on_moved(self, row: PhaseRow, by: int) -> None:
        at = self.rows.index(row)
        to = max(0, min(len(self.rows) - 1, at + by))
        self.rows.insert(to, self.rows.pop(at))
        self._phases.insertWidget(to, row)
        row.name.setFocus()

    @Slot(object)
    def _on_removed(self, row: PhaseRow) -> None:
        self.rows.remove(row)
        self._phases.removeWidget(row)
        row.hide()
        row.deleteLater()


class Structures(Card):
    """All structures, the shipped ones and one's own."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Ways to divide the time"), _("Offers for the process. None is ever shown to the client."), parent
        )
        self._desk, self._shell = desk, shell
        self._list = QVBoxLayout()
        self._list.setSpacing(UNIT)
        self.add(self._list)
        self.new = button(_("Add a way to divide the time"), self._on_new, icon="plus-light")
        self.act(self.new)
        self._place = EditorPlace(shell, self.new)
        self.add(self._place)
        self.show_settings(desk.settings)

    @property
    def editor(self) -> StructureEditor | None:
        """What is open, if anything is."""
        return self._place.editor

    def show_settings(self, settings: Settings) -> None:
        """Show the structures there are now."""
        clear(self._list)
        for template in settings.templates:
            self._list.addWidget(self._row(template))

    def edit(self, template: Template) -> None:
        """Open the editor on a structure; one without an id is new."""
        self._place.open(StructureEditor(template), self._store)

    def _row(self, template: Template) -> ActionRow:
        edit = icon_button("pencil-light", _("Change {name}").format(name=_(template.name)), self._on_edit)
        parts = [edit]
        if template not in SHIPPED:
            came = any(template.id == one.id for one in SHIPPED)
            text = _("Put back as it came: {name}") if came else _("Remove {name}")
            icon = "arrow-counter-clockwise-light" if came else "trash-light"
            parts.append(icon_button(icon, text.format(name=_(template.name)), self._on_remove))
        for part in parts:
            part.setProperty("structure", template.id)
        return ActionRow(_(template.name), outline(template), *parts)

    def _of(self, structure: str) -> Template:
        return next(one for one in self._desk.settings.templates if one.id == structure)

    @Slot()
    def _on_new(self) -> None:
        self.edit(Template("", "", (Phase(_("Explore"), USUAL_MINUTES * 3), Phase(_("Commit"), USUAL_MINUTES))))

    @Slot()
    def _on_edit(self) -> None:
        self.edit(self._of(self.sender().property("structure")))

    @Slot()
    def _on_remove(self) -> None:
        template = self._of(self.sender().property("structure"))
        count = len(template.phases)
        going = (ngettext("{name}, with its {n} phase", "{name}, with its {n} phases", count),)
        named = tuple(text.format(name=_(template.name), n=count) for text in going)
        came = any(template.id == one.id for one in SHIPPED)
        if came or self._shell.ask(_("Remove this way to divide the time?"), named, _("Remove")):
            with self._shell.telling():
                self._desk.change_settings(without_template(self._desk.settings, template.id))

    def _store(self) -> None:
        self._desk.change_settings(with_template(self._desk.settings, self.editor.template))
