"""A field for a time of day, which understands a time however it is typed."""

from __future__ import annotations

import re
from datetime import time

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QValidator
from PySide6.QtWidgets import QWidget

from coachdesk.ui.widgets.dates import SHORT
from coachdesk.ui.widgets.wheel import NumberField

HOUR = 60
HALF = 12 * HOUR
"""Minutes from midnight to noon."""
STEP = 5
"""Minutes an arrow key goes on by."""
_GROUPS = re.compile(r"\d+")


def minutes_said(text: str, shown: int, locale: QLocale) -> int | None:
    """The minutes since midnight that ``9``, ``930``, ``9:30``, ``9.30`` or ``9:30 pm`` means; None for any other text.

    Where the language counts to twelve and no half of the day is named, it is the half of the minutes ``shown``, and
    twelve is noon.
    """
    groups = _GROUPS.findall(text)
    if len(groups) == 1 and 2 < len(groups[0]) < 5:
        groups = [groups[0][:-2], groups[0][-2:]]
    if not 0 < len(groups) < 3 or any(len(group) > 2 for group in groups):
        return None
    hour, minute = (*map(int, groups), 0)[:2]
    if hour > 23 or minute > 59:
        return None
    halves = [_beside_digits(locale.toString(QTime(of_half, 0), SHORT)) for of_half in (0, 12)]
    half = _half_named(_beside_digits(text), halves)
    if half is None and halves[0] != halves[1]:
        half = 1 if hour == 12 else shown // HALF
    if half is not None and 0 < hour < 13:
        hour = hour % 12 + 12 * half
    return hour * HOUR + minute


def _half_named(said: str, halves: list[str]) -> int | None:
    """0 before noon, 1 after it, None where it is not said; the first letter is enough, in English everywhere."""
    named = list(zip(halves, ("am", "pm"), strict=True))
    exactly = [bool(said) and said in names for names in named]
    begun = [any(said and name.startswith(said) for name in names) for names in named]
    return next((fits.index(True) for fits in (exactly, begun) if fits.count(True) == 1), None)


def _beside_digits(text: str) -> str:
    return " ".join(_GROUPS.sub(" ", text).replace(":", " ").casefold().split()).strip(" .")


class TimeField(NumberField):
    """A time of day, written as this computer's language writes it; what is no time gives way to the time before.

    Its value is the minutes since midnight, and stays the time before until what is typed is done with: by Enter, an
    arrow, or the keyboard going elsewhere. Qt's own field for a time fills in hours and minutes one by one: "15:05"
    typed after a click into "16:00" became 16:05.
    """

    changed = Signal()
    """Another time may be shown, or is being typed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._language = QLocale()
        self.setAccessibleName(name)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setRange(0, 2 * HALF - 1)
        self.setWrapping(True)
        self.setKeyboardTracking(False)  # else a half-typed time would be the one the whole gives way to
        self.valueChanged.connect(self.changed)
        self.lineEdit().textEdited.connect(self.changed)

    @property
    def clock(self) -> time:
        """The time shown, or meant by what is typed so far."""
        return time(*divmod(self.valueFromText(self.text()), HOUR))

    def put(self, clock: time) -> None:
        """Show a time without telling anyone."""
        held = self.blockSignals(True)
        self.setValue(clock.hour * HOUR + clock.minute)
        self.blockSignals(held)

    def textFromValue(self, value: int) -> str:
        return self._language.toString(QTime(*divmod(value, HOUR)), SHORT)

    def valueFromText(self, text: str) -> int:
        said = minutes_said(text, self.value(), self._language)
        return self.value() if said is None else said

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Whether the text is a time; while it is typed, any other text may become one."""
        said = minutes_said(text, self.value(), self._language)
        return (QValidator.State.Intermediate if said is None else QValidator.State.Acceptable), text, at

    def stepBy(self, steps: int) -> None:
        minutes = HOUR * (steps // 10) if abs(steps) == 10 else STEP * steps  # Page up and down are ten steps
        self.setValue((self.valueFromText(self.text()) + minutes) % (2 * HALF))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)  # after the click, which would put the cursor in the middle
