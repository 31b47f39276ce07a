"""What was chosen in a form and not stored: days, times, numbers and alternatives, kept as typed words are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING

from coachdesk.ui.widgets.buttons import Choice, Stepper
from coachdesk.ui.widgets.days import DayField
from coachdesk.ui.widgets.times import TimeField

if TYPE_CHECKING:
    from coachdesk.desk import Desk

Field = DayField | TimeField | Stepper | Choice
NO_DAY = "-"
"""How it is kept that there is no day; an empty draft is none."""


class Chosen:
    """The fields of one form about one row, and what they showed before anybody touched them."""

    def __init__(self, desk: Desk, screen: str, subject_id: str, fields: Mapping[str, Field]) -> None:
        """Take the fields as they are filled from the records, and show what was chosen the last time."""
        from coachdesk.practice import drafts

        self._desk, self._screen, self._subject, self._fields = desk, screen, subject_id, fields
        self._before = {name: _written(field) for name, field in fields.items()}
        kept = {draft.field: draft.text for draft in desk.read(drafts.of_screen, screen, subject_id)}
        self._kept = {name: kept[name] for name in fields if name in kept}
        for name, words in self._kept.items():
            _show(fields[name], words)

    @property
    def differ(self) -> bool:
        """Whether something else is chosen than the records gave."""
        return self._now() != self._before

    def keep(self) -> None:
        """Keep what is chosen until the form is opened again."""
        self._store({name: words for name, words in self._now().items() if words != self._before[name]})

    def forget(self) -> None:
        """It is a record now, or not wanted."""
        self._store({})

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
        return field.day.isoformat() if field.day else NO_DAY
    return field.clock.isoformat("minutes") if isinstance(field, TimeField) else str(field.value)


def _show(field: Field, words: str) -> None:
    """Show what was kept; what does not fit the field any more leaves it as it is."""
    try:
        if isinstance(field, DayField):
            field.put(None if words == NO_DAY else date.fromisoformat(words))
        elif isinstance(field, TimeField):
            field.put(time.fromisoformat(words))
        elif isinstance(field, Stepper):
            field.put(int(words))
        else:
            field.choose(int(words) if words.isdigit() else words)
    except ValueError:
        return
