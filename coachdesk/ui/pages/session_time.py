"""What the session page says about time: how much is left, what happened to the clock, and when it really began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coachdesk.practice import sessions
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets import Flow, Stepper, button, clear, label
from coachdesk.ui.widgets.dates import clock_words
from coachdesk.ui.widgets.rows import WordButton
from coachdesk.ui.widgets.texts import announce
from coachdesk.words import _, ngettext

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.moment import Moment, Notice
    from coachdesk.ui.widgets.page import Shell


def time_words(moment: Moment) -> str:
    """The time in whole minutes, and the agreed end as this computer's clock will show it."""
    left, end = moment.minutes_left, clock_words(moment.ends_at)
    if moment.at_end:
        parts = [_("The agreed time is over, it was {time}").format(time=end)]
    else:
        words = ngettext("{n} minute left, until {time}", "{n} minutes left, until {time}", left)
        parts = [words.format(n=left, time=end)]
    if moment.state == "paused":
        parts.append(_("paused; the agreed end stays"))
    if moment.late_by:
        words = ngettext("begun {n} minute late", "begun {n} minutes late", moment.late_by)
        parts.append(words.format(n=moment.late_by))
    if moment.phase:
        parts.append(_(moment.phase))
    if moment.hold_left is not None:
        words = ngettext("cues held for {n} more minute", "cues held for {n} more minutes", moment.hold_left)
        parts.append(words.format(n=moment.hold_left))
    if moment.hidden:
        parts.append(_("the bar is hidden"))
    if moment.next_at:
        parts.append(_("next at {time}").format(time=clock_words(moment.next_at)))
    return " · ".join(parts)


class NoticeLine(QFrame):
    """One sentence about the time itself, with the choices it leaves."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.setProperty("role", "message")
        self.setProperty("tone", "note")
        self._notice: Notice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT)
        column.setSpacing(UNIT // 2)
        self.words = label("")
        column.addWidget(self.words)
        self._choices = QVBoxLayout()
        column.addLayout(self._choices)
        self.choices: dict[str, WordButton] = {}
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show this one, or nothing."""
        if notice == self._notice:
            return
        self._notice = notice
        clear(self._choices)
        self.choices = {}
        for choice, words in notice.choices if notice else ():
            self.choices[choice] = WordButton(words, choice)
            self.choices[choice].clicked.connect(self._on_choice)
        if notice:
            self._choices.addWidget(Flow(*self.choices.values(), space=0))
            self.words.setText(notice.sentence)
            announce(self, notice.sentence)
        self.setVisible(notice is not None)

    @Slot()
    def _on_choice(self) -> None:
        with self.shell.telling():
            self.shell.sitting.choose(self.sender().value)
            self.shell.bridge.sitting_changed.emit()


class BeganEarlier(QFrame):
    """Corrects a late press of *begin*: the session began so many minutes ago."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.shell = desk, shell
        self.setProperty("role", "message")
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.setSpacing(UNIT)
        self.words = label("")
        column.addWidget(self.words)
        self.minutes = Stepper(_("Minutes ago"), 5, 0, 720, _("min ago"))
        self.set = button(_("It began then"), self._on_set)
        self.leave = button(_("Cancel"), self.close_again, quiet=True)
        column.addWidget(Flow(self.minutes, self.set, self.leave))
        self.hide()

    def show_session(self, row: sessions.Session) -> None:
        """Say when it began as far as we know."""
        self.words.setText(_("Begun at {time}. When did it really begin?").format(time=clock_words(row.started_at)))

    def ask(self) -> None:
        """Ask how many minutes ago."""
        moment = self.shell.sitting.moment()
        self.minutes.put(5 * (round((moment.elapsed if moment else 0) / 300) + 1))
        self.show()
        self.minutes.setFocus()

    @Slot()
    def close_again(self) -> None:
        """It stays as it is."""
        self.hide()

    @Slot()
    def _on_set(self) -> None:
        with self.shell.telling():
            self.desk.do(sessions.began_ago, self.minutes.value)
            self.shell.bridge.sitting_changed.emit()
            self.hide()
