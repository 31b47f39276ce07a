"""The guide of a rehearsal: one line at the lower edge of the screen that says what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.texts import announce, label

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.rehearse.guided import Guided
    from coachdesk.ui.main_window import MainWindow

LOOK_MS = 300
WIDTH = UNIT * 80


class Guide(QWidget):
    """Never takes the keyboard or the pointer; looks a few times a second what the coach has come to."""

    def __init__(self, desk: Desk, window: MainWindow, rehearsal: Guided) -> None:
        super().__init__(None)
        self._desk, self._window, self._rehearsal = desk, window, rehearsal
        hint, here = Qt.WindowType, Qt.WidgetAttribute
        self.setWindowTitle(NAME)
        self.setWindowFlags(
            hint.Tool
            | hint.FramelessWindowHint
            | hint.WindowStaysOnTopHint
            | hint.WindowDoesNotAcceptFocus
            | hint.WindowTransparentForInput
        )
        for attribute in (here.WA_ShowWithoutActivating, here.WA_MacAlwaysShowToolWindow):
            self.setAttribute(attribute)
        self.setAttribute(here.WA_QuitOnClose, False)
        self.line = label("", "note")
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.addWidget(self.line)
        self.setFixedWidth(WIDTH)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Guide from now on."""
        self._timer.start()
        self.look()

    def finish(self) -> None:
        """Guide no longer."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    @Slot()
    def look(self) -> None:
        """Say what to try now."""
        sitting = self._window.sitting
        moment = sitting.moment() if sitting is not None and self._desk.is_open else None
        said = self._rehearsal.line(self._desk, moment)
        if said == self.line.text():
            return
        self.line.setText(said)
        announce(self.line, said)
        self._stand()
        self.setVisible(bool(said))

    def _stand(self) -> None:
        """Lie at the lower edge of the screen, in the middle."""
        screen = QGuiApplication.primaryScreen()
        if screen is None:
            return
        area = screen.availableGeometry()
        self.line.ensurePolished()  # before it is first shown the room round its words is not known
        height = self.line.heightForWidth(WIDTH - 2 * UNIT) + 2 * UNIT
        self.setFixedHeight(height)
        self.move(area.center().x() - WIDTH // 2, area.bottom() - height - UNIT * 3)
