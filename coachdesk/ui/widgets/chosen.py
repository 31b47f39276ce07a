"""What was chosen in a form and not stored: days, times, numbers and alternatives, kept as typed words are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Protocol

from coachdesk.ui.widgets.buttons import Stepper
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.times import TimeField
from coachdesk.ui.widgets.wheel import ChoiceField

if TYPE_CHECKING:
    from coachdesk.desk import Desk

NOTHING = "-"
"""How it is kept that there is no day, and nothing chosen; an empty draft is none."""


class OneOf(Protocol):
    """Alternatives of which one holds, such as a ``Choice``."""

    @property
    def value(self) -> object:
        """What holds."""

    def choose(self, value: object) -> None:
        """Show it without telling anyone."""


Field = DayField | TimeField | Stepper | ChoiceField | OneOf


class Chosen:
    """The fields of one form about one row, and what they showed before anybody touched them."""

    def __init__(self, desk: Desk, screen: str, subject_id: str, fields: Mapping[str, Field]) -> None:
        """Take the fields as they are filled from the records, and show what was chosen the last time."""
        self._desk, self._screen, self._subject, self._fields = desk, screen, subject_id, fields
        self._before = self._now()
        self._kept: dict[str, str] = {}
        self.look_again()

    @property
    def differ(self) -> bool:
        """Whether something else is chosen than the records gave."""
        return self._now() != self._before

    def look_again(self) -> None:
        """Show what was chosen in other fields of these names meanwhile."""
        from coachdesk.practice import drafts

        found = {draft.field: draft.text for draft in self._desk.read(drafts.of_screen, self._screen, self._subject)}
        before, self._kept = self._kept, {name: found[name] for name in self._fields if name in found}
        for name in before | self._kept:
            if self._kept.get(name) != before.get(name):
                _show(self._fields[name], self._kept.get(name, self._before[name]))

    def keep(self) -> None:
        """Keep what is chosen until the form is opened again."""
        self._store({name: words for name, words in self._now().items() if words != self._before[name]})

    def forget(self) -> None:
        """It is a record now, or not wanted."""
        self._store({})

    def begin_again(self) -> None:
        """Forget it, and show what the fields showed before."""
        self.show_before()
        self.forget()

    def show_before(self) -> None:
        """Show what the fields showed before; what is kept stays kept."""
        for name, words in self._before.items():
            _show(self._fields[name], words)

    def _now(self) -> dict[str, str]:
        return {name: _written(field) for name, field in self._fields.items()}

    def _store(self, wanted: dict[str, str]) -> None:
        from coachdesk.practice import drafts

        for name in wanted | self._kept:
            if wanted.get(name) != self._kept.get(name):
                self._desk.do_quietly(drafts.keep, self._screen, self._subject, name, wanted.get(name, ""))
        self._kept = wanted


def _written(field: Field) -> str:
    if isinstance(field, DayField):
        return field.day.isoformat() if field.day else NOTHING
    if isinstance(field, TimeField):
        return field.clock.isoformat("minutes")
    value = field.currentData() if isinstance(field, ChoiceField) else field.value
    return NOTHING if value is None else str(value)


def _show(field: Field, words: str) -> None:
    """Show what was kept; what does not fit the field any more leaves it as it is, or without a choice."""
    try:
        if isinstance(field, DayField):
            field.put(day_kept(words))
        elif isinstance(field, TimeField):
            field.put(time.fromisoformat(words))
        elif isinstance(field, Stepper):
            field.put(int(words))
        elif isinstance(field, ChoiceField):
            field.setCurrentIndex(field.findData(words))
        else:
            field.choose(number_kept(words) if words == NOTHING or words.isdigit() else words)
    except ValueError:
        return


def day_kept(words: str) -> date | None:
    """The day that was kept, or that there is none. Raises ValueError for other words."""
    return None if words == NOTHING else date.fromisoformat(words)


def number_kept(words: str) -> int | None:
    """The number that was kept, or that nothing is chosen. Raises ValueError for other words."""
    return None if words == NOTHING else int(words)
