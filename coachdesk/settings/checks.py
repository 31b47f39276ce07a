"""One setting as data, and the checks of what a person types for it.

Every check returns the good value or raises Refused with a sentence; the setting comes with its words translated.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coachdesk.errors import Refused
from coachdesk.settings.units import Unit
from coachdesk.settings.units import minutes as minutes_of
from coachdesk.words import _

Check = Callable[["Setting", object], object]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Setting:
    """One setting as a form shows it. From ``fields_of`` all its words are in the person's language."""

    label: str
    sentence: str
    kind: str
    """number, choice, switch, text, day, list (texts or numbers, typed with commas between) or key (a shortcut)."""
    low: int | None = None
    high: int | None = None
    counted: Unit | None = None
    """The word beside so many of what a number counts."""
    nothing: str = ""
    """What stands for the lowest number, where that is no number but means never."""
    choices: Choices = ()
    """Pairs of value and label."""
    shown: bool = True
    """Whether a form shows it; the others are kept by the windows themselves."""
    default: Any = None
    group: str = ""
    name: str = ""
    check: Check = field(kw_only=True, compare=False, repr=False)

    @property
    def unit(self) -> str:
        """What the number counts, beside the highest there may be; empty where it is no number."""
        return self.counted(self.high or 0) if self.counted else ""

    @property
    def key(self) -> str:
        """The name ``changed`` takes, such as ``session.minutes``."""
        return f"{self.group}.{self.name}"


_UNITS = {
    "minutes": ("m", "min", "mins", "minute", "minutes"),
    "seconds": ("s", "sec", "secs", "second", "seconds"),
}
_NUMBER = re.compile(r"(\d{1,6})(?:[.,]0+)?\s*([^\W\d_]*)\.?")
_SHARE = re.compile(r"(\d{1,2})\s*[%٪％]")
_YES = frozenset({"yes", "on", "true", "1"})
_NO = frozenset({"no", "off", "false", "0"})
_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_SAME_MODIFIER = {"control": "Ctrl", "strg": "Ctrl", "option": "Alt", "super": "Meta", "win": "Meta", "windows": "Meta"}
_NAMED_KEYS = ("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Ins", "Del", "Space")
_SAME_KEY = {"pageup": "PgUp", "pagedown": "PgDown", "insert": "Ins", "delete": "Del"}
_FUNCTION_KEYS = tuple(f"F{n}" for n in range(1, 25))
_KEYS = {key.casefold(): key for key in (*_NAMED_KEYS, *_FUNCTION_KEYS)} | _SAME_KEY
EDGES = ("top", "right", "bottom", "left")


def _whole(value: object, unit: str = "") -> int | None:
    """The whole number meant by a number or by text such as ``45`` or ``45 min``; None if none is."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    found = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or found[2].casefold() not in ("", unit.casefold(), *_UNITS.get(unit, ())):
        return None
    return int(found[1])


def number(setting: Setting, value: object) -> int:
    """A whole number between the setting's bounds."""
    found = _whole(value, setting.unit)
    low, high = setting.low or 0, setting.high or 0
    if found is None or not low <= found <= high:
        wording = _("“{label}” takes a whole number from {low} to {high} ({unit}).")
        raise Refused(wording.format(label=setting.label, low=low, high=high, unit=setting.unit))
    return found


def choice(setting: Setting, value: object) -> str:
    """One of the setting's choices, given by value or by label."""
    typed = value.strip().casefold() if isinstance(value, str) else None
    for one, label in setting.choices:
        if typed is not None and typed in (one.casefold(), label.casefold()):
            return one
    offered = ", ".join(label for _one, label in setting.choices)
    raise Refused(_("“{label}” is one of these: {choices}.").format(label=setting.label, choices=offered))


def switch(setting: Setting, value: object) -> bool:
    """On or off, given as such or in words."""
    if isinstance(value, bool):
        return value
    typed = value.strip().casefold() if isinstance(value, str) else ""
    if typed in _YES | {_("yes").casefold(), _("on").casefold()}:
        return True
    if typed in _NO | {_("no").casefold(), _("off").casefold()}:
        return False
    raise Refused(_("“{label}” is either on or off.").format(label=setting.label))


def _several(setting: Setting, value: object, most: int) -> list[object]:
    """The parts of a list, or of text typed with commas or semicolons between them."""
    if isinstance(value, str):
        value = [part for part in re.split(r"[,;،、\n]", value) if part.strip()]
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, list | tuple):
        raise Refused(_("“{label}” is a list with commas between.").format(label=setting.label))
    if len(value) > most:
        raise Refused(_("“{label}” has room for {most}.").format(label=setting.label, most=most))
    return list(value)


def _once(setting: Setting, found: list[Any]) -> tuple[Any, ...]:
    for index, one in enumerate(found):
        if one in found[:index]:
            raise Refused(_("“{label}”: {value} is there twice.").format(label=setting.label, value=one))
    return tuple(found)


def process_checks(setting: Setting, value: object) -> tuple[str, ...]:
    """Each a share of the time (``50%``, 1 to 99) or minutes from the start (``20``, 1 to 480); each once."""
    return _once(setting, [_process_check(setting, part) for part in _several(setting, value, 6)])


def _process_check(setting: Setting, part: object) -> str:
    share = _SHARE.fullmatch(part.strip()) if isinstance(part, str) else None
    if share and int(share[1]) >= 1:
        return f"{int(share[1])}%"
    minutes = None if share else _whole(part, minutes_of(480))
    if minutes is None or not 1 <= minutes <= 480:
        wording = _("“{label}”: write a share of the time such as 50%, or minutes from 1 to 480 such as 20.")
        raise Refused(wording.format(label=setting.label))
    return str(minutes)


def landing(setting: Setting, value: object) -> tuple[int, ...]:
    """Minutes before the end, 1 to 60, each once, the earliest first."""
    found = [number(setting, part) for part in _several(setting, value, 4)]
    return tuple(sorted(_once(setting, found), reverse=True))


def ids(setting: Setting, value: object) -> tuple[str, ...]:
    """Ids, each once; one that no longer exists does no harm."""
    parts = [part.strip() if isinstance(part, str) else "" for part in _several(setting, value, 1000)]
    return tuple(sorted({line(part, 80) for part in parts}))


def hosts(setting: Setting, value: object) -> tuple[str, ...]:
    """Host names, each once; what a host name is, focus mode knows and checks before they come here."""
    parts = [part.strip() if isinstance(part, str) else "" for part in _several(setting, value, 2000)]
    return tuple(sorted({line(part, 253) for part in parts}))


def programs(setting: Setting, value: object) -> tuple[tuple[str, str], ...]:
    """Programs as pairs of how the system knows one and its name; each once, by name."""
    found: dict[str, str] = {}
    if isinstance(value, list | tuple) and len(value) <= 200:
        with suppress(Refused, TypeError, ValueError):
            for known_as, name in value:
                found[line(known_as, 500)] = line(name, 200)
            return tuple(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0])))
    raise Refused(_("“{label}” is not written as CoachDesk writes it.").format(label=setting.label))


def places(setting: Setting, value: object) -> dict[str, tuple[str, float]]:
    """Where the bar stands, by the name of the screen: an edge and an offset; the last moved to stands last."""
    if isinstance(value, Mapping):
        with suppress(Refused, TypeError, ValueError):
            return {line(screen, 200): _place(edge, offset) for screen, (edge, offset) in value.items()}
    raise Refused(_("“{label}” is not written as CoachDesk writes it.").format(label=setting.label))


def _place(edge: object, offset: object) -> tuple[str, float]:
    if edge not in EDGES or isinstance(offset, bool) or not isinstance(offset, int | float):
        raise ValueError(edge)
    if not -1_000_000 < offset < 1_000_000:  # also refuses what is not a number
        raise ValueError(offset)
    return str(edge), float(offset)


def geometry(setting: Setting, value: object) -> tuple[int, int, int, int, bool] | None:
    """Left, top, width, height in pixels, and whether maximised; None until a window was placed."""
    if value is None:
        return None
    if isinstance(value, list | tuple) and len(value) == 5:
        x, y, width, height = (_whole(part) for part in value[:4])
        if None not in (x, y, width, height) and isinstance(value[4], bool):
            x, y, width, height = (int(part) for part in value[:4])
            if max(abs(x), abs(y)) < 1_000_000 and 0 < width < 1_000_000 and 0 < height < 1_000_000:
                return x, y, width, height, value[4]
    raise Refused(_("“{label}” is not written as CoachDesk writes it.").format(label=setting.label))


def line(text: object, longest: int) -> str:
    """One line of text without control characters, spaces tidied."""
    tidy = " ".join(text.split()) if isinstance(text, str) else ""
    if not tidy or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in tidy):
        raise Refused(_("A name needs a few words, on one line."))
    if len(tidy) > longest:
        raise Refused(_("A name has room for {longest} characters.").format(longest=longest))
    return tidy


def day(setting: Setting, value: object) -> str:
    """A date as ISO 8601 writes it, ``2024-03-01``; empty for none."""
    if isinstance(value, date) or (isinstance(value, str) and not value.strip()):
        return value.isoformat() if isinstance(value, date) else ""
    try:
        found = date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise Refused(_("“{label}” is a date, written like 2024-03-01.").format(label=setting.label))
    return found.isoformat()


def key(setting: Setting, value: object) -> str:
    """A shortcut as Qt writes it, such as ``Ctrl+Alt+Shift+M``; empty for none.

    Two modifiers at least, or a function key with one: a shortcut that works everywhere takes its keys away from
    every other program.
    """
    if not isinstance(value, str):
        raise Refused(_("“{label}” is written like Ctrl+Alt+Shift+M.").format(label=setting.label))
    if value.strip().casefold() in ("", "none", _("none").casefold()):
        return ""
    *held, last = (part.strip() for part in value.split("+"))
    names = {name.casefold(): name for name in _MODIFIERS} | _SAME_MODIFIER
    modifiers = [names.get(part.casefold(), "") for part in held]
    one = re.fullmatch(r"[A-Za-z0-9]", last)
    pressed = last.upper() if one else _KEYS.get(last.casefold(), "")
    if not pressed or "" in modifiers or len(set(modifiers)) != len(modifiers):
        raise Refused(_("“{value}” is not a shortcut; write one like Ctrl+Alt+Shift+M.").format(value=value.strip()))
    if len(modifiers) < (1 if pressed in _FUNCTION_KEYS else 2):
        wording = _("{value} would be missing in every other program; hold at least two of Ctrl, Alt, Shift and Meta.")
        raise Refused(wording.format(value=value.strip()))
    return "+".join([*(name for name in _MODIFIERS if name in modifiers), pressed])
