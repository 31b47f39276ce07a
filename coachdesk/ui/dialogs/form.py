"""What every form in front of the window shares: a title, a column that scrolls, two answers, a place for a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.errors import Refused
from coachdesk.ui.dialogs.locking import bind_lock
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.fields import DraftLine, DraftText
from coachdesk.ui.widgets.naming import put_heading
from coachdesk.ui.widgets.texts import announce, label
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.ui.widgets.chosen import Chosen, Field
    from coachdesk.ui.widgets.page import Shell

WIDTH = UNIT * 62
MOST = 120
"""Characters of a title, which may have a name in it: three lines."""


class FormDialog(QDialog):
    """A form. Its verb is carried out by ``store``; when that is refused the form stays, with everything typed in it.

    Cancel forgets what was being typed and chosen; Esc, closing the window or locking keeps it for the next time.
    """

    def __init__(self, desk: Desk, shell: Shell, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self._choices: Chosen | None = None
        self.setWindowTitle(NAME)
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 3)
        layout.setSpacing(UNIT * 2)
        heading = label("", "title")
        put_heading(heading, title, MOST)
        heading.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self._build_column(), 1)
        self.refusal = label("", "note")
        self.refusal.hide()
        layout.addWidget(self.refusal)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(0, UNIT, UNIT * 2, 0)  # in line with the fields, beside the room for scrolling
        self.foot.addStretch()
        self.cancel = button(_("Cancel"), self._on_cancel)
        self.act = button(act, self._on_act, primary=True)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.act)
        layout.addLayout(self.foot)
        self.act.setDefault(True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_act)
        bind_lock(self)
        self.finished.connect(self.deleteLater)

    def store(self) -> None:
        """Carry out what the form is for; raises Refused to stay."""

    def _build_column(self) -> QWidget:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = QWidget()
        self._ground.setProperty("role", "ground")
        upright = QVBoxLayout(self._ground)
        upright.setContentsMargins(2, 0, UNIT * 2, 0)
        upright.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(UNIT * 2)
        upright.addLayout(self.column)
        upright.addStretch(1)
        self._scroll.setWidget(self._ground)
        return self._scroll

    def beside(self, *widgets: QWidget) -> QHBoxLayout:
        """Fields beside each other, in the column."""
        row = QHBoxLayout()
        row.setSpacing(UNIT * 2)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        return row

    def keep_chosen(self, screen: str, subject_id: str, **fields: Field) -> None:
        """Keep what is chosen in these fields as words are kept, and show what was chosen the last time."""
        from coachdesk.ui.widgets.chosen import Chosen

        self._choices = Chosen(self.desk, screen, subject_id, fields)

    @property
    def unfinished(self) -> bool:
        """Whether something is typed or chosen here that is not stored."""
        return any(field.unfinished for field in self.drafted()) or (self._choices is not None and self._choices.differ)

    def drafted(self) -> list[DraftLine | DraftText]:
        """The fields whose text is kept while it is typed."""
        return [*self.findChildren(DraftLine), *self.findChildren(DraftText)]

    def trying(self, act: Callable[..., object], *args: object, **kwargs: object) -> bool:
        """Carry out a verb on the records; when it is refused its sentence stands in the form. Whether it was done."""
        return self._try(partial(self.desk.do, act, *args, **kwargs))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refusal:
            self.refusal.setText(refusal.sentence)
            self.refusal.show()
            announce(self.refusal, refusal.sentence)
            self.fit()
            return False
        return True

    @Slot()
    def _on_act(self) -> None:
        if self._try(self.store):
            self._forget_typed()
            self.accept()

    @Slot()
    def _on_cancel(self) -> None:
        self._forget_typed()
        super().reject()

    def _forget_typed(self) -> None:
        for field in self.drafted():
            field.cleared()
        if self._choices is not None:
            self._choices.forget()

    def reject(self) -> None:
        """Leave the form without storing it; what was typed and chosen is there when it is opened again."""
        if self.isVisible() and self.desk.is_open:
            if self._choices is not None:
                self._choices.keep()
            if self.unfinished:
                self.shell.say(_("What you typed is kept; it is there when you open this form again."))
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        first = next((w for w in self._ground.findChildren(QWidget) if _takes_keys(w)), None)
        if first is not None:
            first.setFocus()

    @Slot()
    def fit(self) -> None:
        """Be as wide and high as what is in the form, where the screen allows it."""
        self.layout().activate()
        inside, room, least = self._ground.layout(), self._scroll.viewport(), self._ground.minimumSizeHint()
        wide = max(room.width(), least.width(), room.width() + WIDTH - self.width())
        wanted = max(inside.totalHeightForWidth(wide), least.height()) + 2
        most = self.screen().availableGeometry().size() - QSize(UNIT * 4, UNIT * 8)
        grown = QSize(self.width() + wide - room.width(), self.height() + wanted - room.height())
        if grown.height() > most.height():
            grown.setWidth(grown.width() + self._scroll.verticalScrollBar().sizeHint().width())
        self.resize(grown.boundedTo(most))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())


def _takes_keys(widget: QWidget) -> bool:
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden() and widget.focusProxy() is None
