"""A form built from settings: one loop over their descriptions, one control per kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import Refused
from coachdesk.settings import as_text, fields_of
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Choice, Stepper, Toggle
from coachdesk.ui.widgets.fields import LineField
from coachdesk.ui.widgets.keys import KeyField
from coachdesk.ui.widgets.parts_field import PartsField
from coachdesk.ui.widgets.texts import announce, label, line
from coachdesk.ui.widgets.wheel import ChoiceField

if TYPE_CHECKING:
    from coachdesk.desk import Desk
    from coachdesk.settings import Setting, Settings

Change = Callable[[str, object], object]
MOST_SIDE_BY_SIDE = 3


class _Held(QObject):
    """A control for one setting: shows its value, tells what was chosen."""

    def __init__(
        self,
        setting: Setting,
        value: object,
        tell: Callable[[str, object], None],
        desk: Desk | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.setting, self.desk = setting, desk
        self._tell = tell
        self.control, self.show_value = _MAKERS[setting.kind](setting, value, self)

    @Slot()
    def told(self) -> None:
        """The field was left: tell what is typed."""
        self._tell(self.setting.key, self.control.text())

    @Slot(int)
    @Slot(bool)
    @Slot(str)
    @Slot(object)
    def chose(self, value: object) -> None:
        """Something was chosen: tell it."""
        self._tell(self.setting.key, value)

    @Slot(object)
    def chose_day(self, day: date | None) -> None:
        """A day was chosen, or none: tell it."""
        self._tell(self.setting.key, day or "")

    @Slot(int)
    def chose_at(self, at: int) -> None:
        """Something was chosen from a list."""
        self._tell(self.setting.key, self.control.itemData(at))


def _number(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    low, high = setting.low or 0, setting.high or 0
    made = Stepper(setting.label, value, low, high, setting.counted or "", step=5 if high - low > 60 else 1)
    made.field.setSpecialValueText(setting.nothing)
    made.changed.connect(held.chose)
    return made, made.put


def _switch(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    made = Toggle(setting.label, value)
    made.toggled.connect(held.chose)

    def show_value(on: Any) -> None:
        before = made.blockSignals(True)
        made.setChecked(on)
        made.blockSignals(before)
        made.update()

    return made, show_value


def _choice(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    if len(setting.choices) <= MOST_SIDE_BY_SIDE and sum(len(text) for _value, text in setting.choices) < 40:
        few = Choice(setting.choices, value, name=setting.label)
        few.chosen.connect(held.chose)
        return few, few.choose
    made = ChoiceField()
    made.setAccessibleName(setting.label)
    for one, text in setting.choices:
        made.addItem(text, one)
    made.activated.connect(held.chose_at)

    def show_value(chosen: Any) -> None:
        made.setCurrentIndex(max(0, made.findData(chosen)))

    show_value(value)
    return made, show_value


def _typed(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    made = LineField(setting.label)
    made.setText(as_text(value))
    made.editingFinished.connect(held.told)

    def show_value(shown: Any) -> None:
        made.setText(as_text(shown))

    return made, show_value


def _day(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    if held.desk is None:
        return _typed(setting, value, held)
    from coachdesk.ui.widgets.days import DayField

    made = DayField(held.desk, setting.label, past=True)
    made.changed.connect(held.chose_day)

    def show_value(shown: Any) -> None:
        made.put(date.fromisoformat(shown) if shown else None)

    show_value(value)
    return made, show_value


def _list(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    made = PartsField(setting.label, value, as_text(setting.default))
    made.chosen.connect(held.chose)
    return made, made.put


def _key(setting: Setting, value: Any, held: _Held) -> tuple[QWidget, Callable[[Any], None]]:
    made = KeyField(setting.label, value)
    made.chosen.connect(held.chose)
    return made, made.put


_MAKERS = {
    "number": _number,
    "switch": _switch,
    "choice": _choice,
    "text": _typed,
    "day": _day,
    "list": _list,
    "key": _key,
}


class SettingForm(QWidget):
    """The settings of one group. ``change(name, value)`` is called with what was chosen.

    With a ``desk``, which knows what day it is, a day is chosen from a calendar; without one it is typed.

    When it raises Refused, the sentence stands under that setting and the control shows the old value again.
    """

    capturing = Signal(bool)
    """Whether a field takes every key just now, so that keys in use must reach it."""

    def __init__(
        self,
        group: str,
        settings: Settings,
        change: Change,
        parent: QWidget | None = None,
        *,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(parent)
        self.group, self._settings, self._change, self._desk = group, settings, change, desk
        self._helds: dict[str, _Held] = {}
        self._refusals: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        shown = [setting for setting in fields_of(group, settings) if setting.shown]
        for at, setting in enumerate(shown):
            if at:
                layout.addWidget(line())
            self._add(layout, setting, getattr(getattr(settings, group), setting.name))

    def control(self, name: str) -> QWidget:
        """The control of a setting, by its name in the group."""
        return self._helds[name].control

    def refusal(self, name: str) -> str:
        """The sentence that stands under a setting; empty for none."""
        said = self._refusals[name]
        return "" if said.isHidden() else said.text()

    def show_settings(self, settings: Settings) -> None:
        """Show other values."""
        self._settings = settings
        for name, held in self._helds.items():
            held.show_value(getattr(getattr(settings, self.group), name))

    def _add(self, layout: QVBoxLayout, setting: Setting, value: object) -> None:
        held = _Held(setting, value, self._on_told, self._desk, self)
        self._helds[setting.name] = held
        if isinstance(held.control, KeyField):
            held.control.face.toggled.connect(self.capturing)
        row = QHBoxLayout()
        row.setSpacing(UNIT * 3)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        name = label(setting.label)
        name.setBuddy(held.control)
        words.addWidget(name)
        if setting.sentence:
            words.addWidget(label(setting.sentence, "muted"))
        held.control.setAccessibleDescription(setting.sentence)
        refused = label("", "note")
        refused.hide()
        self._refusals[setting.name] = refused
        words.addWidget(refused)
        words.addStretch()
        row.addLayout(words, 3)
        wide = not isinstance(held.control, Choice | Stepper | Toggle)
        row.addWidget(held.control, 2 if wide else 0, Qt.AlignmentFlag.AlignVCenter if wide else _AT_END)
        layout.addLayout(row)

    def _on_told(self, key: str, value: object) -> None:
        name = key.partition(".")[2]
        said = self._refusals[name]
        try:
            self._change(key, value)
        except Refused as refusal:
            said.setText(refusal.sentence)
            said.show()
            announce(said, refusal.sentence)
            self._helds[name].show_value(getattr(getattr(self._settings, self.group), name))
        else:
            said.hide()


_AT_END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
