"""The programs to keep down: chosen from those that run now; chosen ones that do not run stay listed."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileIconProvider, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coachdesk.focus.blockers import Running
from coachdesk.focus.plan import App
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Toggle, button
from coachdesk.ui.widgets.cards import Card, Glyph, clear
from coachdesk.ui.widgets.rows import Clamped
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.focus.blockers import System
    from coachdesk.settings import Settings
    from coachdesk.ui.widgets.page import Shell

PICTURE = QSize(UNIT * 3, UNIT * 3)
NEUTRAL = "app-window-light"
DRAWN = frozenset({".png", ".svg", ".ico", ".icns", ".xpm", ".jpg"})
"""Files that are a picture, not a program that has one."""


class Programs(Card):
    """Every program known here, with a switch."""

    def __init__(self, desk: Desk, shell: Shell, system: System, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Programs"),
            _("Their windows go down and stay down; nothing is closed. Calls, browsers and CoachDesk are left alone."),
            parent,
        )
        self._desk, self._shell, self._system = desk, shell, system
        self._known: dict[str, Running] = {}
        self._running: frozenset[str] | None = None
        """Which run, by id; None before anybody looked."""
        self._looking = False
        self.rows: dict[str, ProgramRow] = {}
        self.said = label("", "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add(self._list)
        self.add(self.said)
        self.look = button(_("Choose from the programs running now"), self._on_look)
        self.act(self.look)
        self.show_settings(desk.settings)

    def show_settings(self, settings: Settings) -> None:
        """Show which are chosen now."""
        chosen = dict(settings.focus.programs)
        for known_as, name in chosen.items():
            self._known.setdefault(known_as, Running(App(known_as, name)))
        if self.rows.keys() != self._known.keys():
            self._build()
        for known_as, row in self.rows.items():
            row.show_chosen(known_as in chosen)
        self._say()

    def _build(self) -> None:
        """A row for each, by name."""
        self._empty()
        for one in sorted(self._known.values(), key=_place):
            away = self._running is not None and one.app.id not in self._running
            row = ProgramRow(one, _("It does not run now.") if away else "")
            row.chosen.connect(self._on_chosen)
            self.rows[one.app.id] = row
            self._list.addWidget(row)

    def _empty(self) -> None:
        clear(self._list)
        self.rows.clear()

    def _say(self) -> None:
        """What stands in place of rows, or under them."""
        words = "" if self.rows else _("No program is chosen, so all stay as they are.")
        if self._looking:
            words = _("Looking which programs run…")
        elif self._running is not None and not self._running:
            words = _("This computer does not tell which programs run now.")
        self.said.setText(words)
        self.said.setVisible(bool(words))

    @Slot()
    def _on_look(self) -> None:
        if not self._looking:
            self._looking = True
            self._say()
            self._shell.tasks.run(self._system.running, done=self._on_found, failed=self._on_failed)

    def _on_found(self, found: tuple[Running, ...]) -> None:
        self._looking = False
        self._running = frozenset(one.app.id for one in found)
        self._known = {one.app.id: one for one in found}
        self._empty()
        self.show_settings(self._desk.settings)
        self.look.setText(_("Look again"))
        self.look.setAccessibleName(_("Look again which programs run"))
        announce(self.look, self.said.text() or _("The programs running now are listed."))

    def _on_failed(self, error: Exception) -> None:
        self._looking = False
        self._say()
        with self._shell.telling():
            raise error

    @Slot(object, bool)
    def _on_chosen(self, app: App, on: bool) -> None:
        others = [pair for pair in self._desk.settings.focus.programs if pair[0] != app.id]
        with self._shell.telling():
            self._desk.change_setting("focus.programs", [*others, (app.id, app.name or app.id)] if on else others)
        self.show_settings(self._desk.settings)


class ProgramRow(QWidget):
    """One program: its picture, its name, why it is left alone or that it does not run, and a switch."""

    chosen = Signal(object, bool)

    def __init__(self, running: Running, remark: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._excluded = running.app, bool(running.excluded)
        name = running.app.name or running.app.id
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        layout.setSpacing(UNIT * 2)
        layout.addWidget(_picture(running.icon, self.devicePixelRatioF()), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.name = Clamped(name)
        if running.excluded:
            self.name.mute()
        words.addWidget(self.name)
        remark = running.excluded or remark
        if remark:
            words.addWidget(label(remark, "muted"))
        layout.addLayout(words, 1)
        self.toggle = Toggle(_("Keep down: {name}").format(name=name))
        self.toggle.setAccessibleDescription(remark)
        self.toggle.toggled.connect(self._on_toggled)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_chosen(self, on: bool) -> None:
        """Show whether it is chosen, without telling anyone."""
        held = self.toggle.blockSignals(True)
        self.toggle.setChecked(on)
        self.toggle.setEnabled(on or not self._excluded)
        self.toggle.blockSignals(held)
        self.toggle.update()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.chosen.emit(self._app, on)


def _place(one: Running) -> tuple[bool, str, str]:
    """By name; what is never kept down comes last."""
    return bool(one.excluded), one.app.name.casefold(), one.app.id


def _picture(icon: str, ratio: float) -> QLabel:
    """A program's own picture; a plain window where it has none."""
    found = _icon(icon)
    if found.isNull():
        return Glyph(NEUTRAL, PICTURE.height())
    made = QLabel()
    made.setPixmap(found.pixmap(found.actualSize(PICTURE), ratio))
    made.setFixedSize(PICTURE)
    return made


def _icon(icon: str) -> QIcon:
    """By the name of a theme's icon, or by the path of a picture or of a program that has one."""
    if not icon:
        return QIcon()
    if not QFileInfo(icon).isAbsolute():
        return QIcon.fromTheme(icon)
    if not QFileInfo.exists(icon):
        return QIcon()
    return QIcon(icon) if PurePath(icon).suffix.lower() in DRAWN else QFileIconProvider().icon(QFileInfo(icon))
