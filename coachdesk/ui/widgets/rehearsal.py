"""The offer to rehearse: a whole session in minutes, with made-up people, in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk import paths
from coachdesk.ui.widgets.buttons import PressButton, button
from coachdesk.ui.widgets.cards import Card
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.page import Shell


def open_example(shell: Shell, *options: str) -> bool:
    """Open made-up people and throw-away records in another window; whether that could be done, which is said."""
    from PySide6.QtCore import QProcess

    program, *arguments = paths.program()
    started, _process = QProcess.startDetached(program, [*arguments, "rehearse", *options])
    if started:
        shell.say(_("It opens in a window of its own, with made-up people; your records are not touched."))
    else:
        shell.say(_("A second window could not be started on this computer."))
    return started


class Rehearsal(Card):
    """Offers a rehearsal and a look around; with ``once`` it is put away when it was used."""

    def __init__(self, _desk: Desk, shell: Shell, parent: QWidget | None = None, *, once: bool = False) -> None:
        super().__init__(
            _("Rehearse a session"),
            _("Two and a half minutes with made-up people, so that nothing is new when a client is there."),
            parent,
        )
        self._shell, self._once = shell, once
        self.begin = button(_("Rehearse"), self._on_begin, icon="play-light")
        self.around = LookAround(shell)
        self.act(self.begin, self.around)

    @Slot()
    def _on_begin(self) -> None:
        if open_example(self._shell) and self._once:
            self.hide()


class LookAround(PressButton):
    """Opens an example practice at the pace of life."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Look around with an example practice"), parent)
        self._shell = shell
        self.setAccessibleName(self.text())
        self.setProperty("quiet", True)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        open_example(self._shell, "--speed", "1")
