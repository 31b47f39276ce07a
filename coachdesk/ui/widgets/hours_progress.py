"""Progress towards credentials: plain figures, each over a thin line."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.practice.credential import CREDENTIALS, Credential, Progress
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow
from coachdesk.ui.widgets.cards import Card, clear
from coachdesk.ui.widgets.dates import SHORT, qt_day
from coachdesk.ui.widgets.hours_words import hours_words
from coachdesk.ui.widgets.texts import label
from coachdesk.words import _

WIDTH, THIN = UNIT * 19, 3


class Figure(QWidget):
    """One figure beside what is asked for, over a line that is filled as far; said as words to a screen reader."""

    def __init__(self, what: str, made: str, asked: str, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = min(1.0, share)
        more = share > 1  # "9 of 8" is no figure
        words = (_("{made}, asked are {asked}") if more else _("{made} of {asked}")).format(made=made, asked=asked)
        self.setAccessibleName(f"{what}: {words}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, UNIT, UNIT + THIN)
        layout.setSpacing(2)
        layout.addWidget(label(what, "muted"))
        self.words = label(words)
        layout.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(max(WIDTH, super().sizeHint().width()), self.layout().totalHeightForWidth(WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, self.height() - THIN - 2, self.width() - UNIT * 2, THIN)
        painter.setBrush(self.palette().midlight())
        painter.drawRect(whole)
        done = QRectF(whole)
        done.setWidth(whole.width() * self._share)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            whole.moveRight(self.width())
            done.moveRight(self.width())
        painter.setBrush(self.palette().highlight())
        painter.drawRect(done)


class CredentialProgress(Card):
    """What ICF asks for each credential, and what counts so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Towards a credential"),
            _("Every hour that counts is in it. Check with ICF before you apply; its rules change."),
            parent,
        )
        self.figures: list[Figure] = []

    def show_progress(self, made: Progress) -> None:
        """Show these figures."""
        clear(self.body)
        self.figures = []
        for each in CREDENTIALS:
            if self.figures:
                self.body.addSpacing(UNIT)
            self.add(label(each.name, "strong"))
            figures = [Figure(*figure) for figure in _figures(each, made)]
            self.figures += figures
            self.add(Flow(*figures, space=UNIT * 2))


def _figures(asked: Credential, made: Progress) -> list[tuple[str, str, str, float]]:
    def hours(what: str, seconds: int, needed: int) -> tuple[str, str, str, float]:
        return what, hours_words(seconds), QLocale().toString(needed), seconds / 3600 / needed

    found = [hours(_("Hours"), made.seconds, asked.hours), hours(_("Paid hours"), made.paid_seconds, asked.paid)]
    clients = (QLocale().toString(number) for number in (made.clients, asked.clients))
    found.append((_("Clients"), *clients, made.clients / asked.clients))
    if asked.recent is not None:
        since = _("Since {day}").format(day=QLocale().toString(qt_day(made.recent_from), SHORT))
        found.append(hours(since, made.recent_seconds, asked.recent))
    return found
