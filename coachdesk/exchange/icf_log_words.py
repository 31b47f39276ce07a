"""What people write into a log of hours: heads, dates, numbers, individual or group; read, or refused in words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from coachdesk.errors import Refused
from coachdesk.exchange.icf_log import COLUMNS, KINDS
from coachdesk.words import _

HEADS: dict[str, tuple[str, ...]] = {
    "name": ("client name", "name", "client", "coachee", "coachee name", "klient", "kunde", "cliente", "nom", "nome"),
    "email": (
        "contact (e-mail)", "contact", "email", "e-mail", "mail", "contact information", "client email",
        "email address", "e-mail address", "client contact", "kontakt", "correo", "courriel",
    ),
    "kind": (
        "individual or group", "individual/group", "individual / group", "kind", "type", "coaching type", "art", "tipo",
    ),
    "people": (
        "number in group", "# in group", "no. in group", "number of people in group", "group size",
        "number in the group", "participants",
    ),
    "first": ("start date", "start", "from", "begin", "beginn", "started", "date started", "inicio", "début", "inizio"),
    "last": ("end date", "end", "to", "until", "ended", "ende", "date ended", "fin", "fine"),
    "paid": ("paid hours", "paid", "paid coaching hours", "hours paid", "bezahlt", "bezahlte stunden"),
    "pro_bono": (
        "pro bono hours", "pro bono", "pro-bono hours", "pro-bono", "probono", "probono hours", "unpaid",
        "unpaid hours", "hours pro bono",
    ),
}  # fmt: skip
"""How others call the columns; ours are known in the program's language too."""
_GROUP = frozenset({"group", "g", "team", "gruppe", "groupe", "gruppo", "groep", "grupo", "grupal"})
_INDIVIDUAL = frozenset({
    "individual", "i", "1:1", "1-1", "one to one", "one-to-one", "einzel", "einzeln", "individuel", "individuell",
    "individuale", "individueel", "single",
})  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.?[\s-]+)?([a-z]{3,9})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+)?(\d{4})")
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d))?")
_MOST_HOURS = 100_000


@dataclass(frozen=True)
class Habits:
    """How this file is written, as far as its clear cells tell; empty where they do not.

    ``order`` is ``dmy`` or ``mdy`` for dates like 03/04/2024; ``decimal`` the sign before the hundredths.
    """

    order: str = ""
    decimal: str = ""

    @classmethod
    def seen(cls, dates: Iterable[Any], numbers: Iterable[Any], order: str = "") -> "Habits":
        """Those of a file; an order that was said holds."""
        return cls(order or _order_of(dates), _decimal_of(numbers))


def plain(text: object) -> str:
    """A text for comparing: lower case, tidy spaces, no sign at its end."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().split()).rstrip(":*. ")


def heads() -> dict[str, str]:
    """What a head may be called → the column."""
    known = {plain(name): column for column, names in HEADS.items() for name in names}
    return known | {plain(_(name)): column for column, name in COLUMNS.items()}


def day(value: object, habits: Habits) -> date | None:
    """The date in a cell; None where it is empty. Raises Refused with what is unclear about it."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return _possible(value.date(), value)
    if isinstance(value, date):
        return _possible(value, value)
    text = _latin(str(value)) if isinstance(value, str) else ""
    found = _year_first(text) or _dotted(text) or _named(text) or _slashed(text, habits)
    if found is None:
        raise Refused(_("“{text}” is not a date; write it like 2024-03-01.").format(text=_short(value)))
    return _possible(found, value)


def _possible(found: date, value: object) -> date:
    if not 1900 <= found.year <= 2200:
        raise Refused(_("“{text}” lies in the year {year}.").format(text=_short(value), year=found.year))
    return found


def _year_first(text: str) -> date | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _made(*map(int, found.groups())) if found else None


def _dotted(text: str) -> date | None:
    """Where dots stand between, the day comes first."""
    found = _DOTTED.fullmatch(text)
    return _made(int(found[3]), int(found[2]), int(found[1])) if found else None


def _named(text: str) -> date | None:
    """``3 March 2024`` or ``March 3, 2024``."""
    found = _NAMED.fullmatch(text.casefold())
    if found is None or found[2][:3] not in _MONTHS or (found[1] is None) == (found[3] is None):
        return None
    return _made(int(found[4]), _MONTHS.index(found[2][:3]) + 1, int(found[1] or found[3]))


def _slashed(text: str, habits: Habits) -> date | None:
    found = _SLASHED.fullmatch(text)
    if found is None:
        return None
    one, two, year = map(int, found.groups())
    if one == two or one > 12 or habits.order == "dmy":
        return _made(year, two, one)
    if two > 12 or habits.order == "mdy":
        return _made(year, one, two)
    sentence = _("“{text}” can be two days: say which comes first, the day or the month, or write it like 2024-03-01.")
    raise Unclear(sentence.format(text=text))


class Unclear(Refused):
    """A date that can be two days; who asks can say which comes first."""


def _made(year: int, month: int, at: int) -> date | None:
    try:
        return date(year, month, at)
    except ValueError:
        return None


def _order_of(dates: Iterable[Any]) -> str:
    """Which comes first in this file, by the dates in which only one is possible; empty where they tell nothing."""
    orders = set()
    for value in dates:
        found = _SLASHED.fullmatch(_latin(value)) if isinstance(value, str) else None
        if found and int(found[1]) > 12:
            orders.add("dmy")
        elif found and int(found[2]) > 12:
            orders.add("mdy")
    return orders.pop() if len(orders) == 1 else ""


def seconds(value: object, habits: Habits) -> int | None:
    """The hours in a cell as whole seconds; None where it is empty. Raises Refused with what is unclear about it."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, timedelta):
        hours = Decimal(round(value.total_seconds())) / 3600
    elif isinstance(value, time):
        hours = Decimal(value.hour * 3600 + value.minute * 60 + value.second) / 3600
    elif isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Refused(_("“{text}” is not a number of hours.").format(text=_short(value)))
    else:
        hours = _hours(value, habits)
    if not 0 <= hours <= _MOST_HOURS:  # also refuses what is not a number
        raise Refused(_("“{text}” cannot be a number of hours.").format(text=_short(value)))
    return int((hours * 3600).quantize(Decimal(1), "ROUND_HALF_UP"))


def _hours(value: str | int | float | Decimal, habits: Habits) -> Decimal:
    text = re.sub(r"\s*(?:h|hrs?|hours?|std\.?|stunden)$", "", _latin(str(value)), flags=re.IGNORECASE)
    clock = _CLOCK.fullmatch(text)
    if clock and isinstance(value, str):
        return Decimal(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)) / 3600
    try:
        found = Decimal(_pointed(text, habits) if isinstance(value, str) else text)
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite():
        raise Refused(_("“{text}” is not a number of hours.").format(text=_short(value)))
    return found


def _pointed(text: str, habits: Habits) -> str:
    """A number with a point before its hundredths and nothing between its thousands."""
    text = re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", text)
    if not re.fullmatch(r"[+-]?[\d.,]*\d[.,]?", text):
        return text if re.fullmatch(r"[\d.]+[eE][+-]?\d+", text) else "?"
    signs = [sign for sign in text if sign in ".,"]
    if not signs:
        return text
    point = signs[-1] if len(set(signs)) == 2 else ""
    if len(signs) == 1:
        point = signs[0] if not re.search(r"[.,]\d{3}$", text) else habits.decimal
        if not point:
            raise Refused(_("“{text}” can be two numbers; write it with two decimals, like 12.50.").format(text=text))
    if point and signs.count(point) > 1:
        return "?"
    other = {".": ",", ",": "."}
    thousands = other[point] if point else signs[0]
    return text.replace(thousands, "").replace(",", ".")


def _decimal_of(numbers: Iterable[Any]) -> str:
    """The sign before the hundredths in this file, by the numbers in which only one is possible."""
    signs = set()
    for value in numbers:
        text = _latin(value) if isinstance(value, str) else ""
        found = re.fullmatch(r"[+-]?\d+([.,])(?:\d{1,2}|\d{4,})", text) or re.fullmatch(
            r"[+-]?\d{1,3}(?:[.,]\d{3})+(?<=\d)([.,])\d{1,2}", text
        )
        if found:
            signs.add(found[1])
    return signs.pop() if len(signs) == 1 else ""


def kind(value: object, people: int | None) -> str:
    """Individual or group; where the cell is empty the number in the group tells."""
    word = plain(value) if value is not None else ""
    if not word:
        return "group" if (people or 1) > 1 else "individual"
    if word in _GROUP or word == plain(_(KINDS["group"])):
        return "group"
    if word in _INDIVIDUAL or word == plain(_(KINDS["individual"])):
        return "individual"
    raise Refused(_("“{text}” is neither individual nor group.").format(text=_short(value)))


def people(value: object) -> int | None:
    """The number in the group; None where the cell is empty."""
    if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–", "—", "n/a")):
        return None
    text = _latin(str(value)).removesuffix(".0")
    if not re.fullmatch(r"\d{1,4}", text) or not 1 <= int(text) <= 1000 or isinstance(value, bool):
        raise Refused(_("“{text}” is not a number of people.").format(text=_short(value)))
    return int(text)


def _latin(text: str) -> str:
    """Figures of any script as 0 to 9, the Arabic signs between them as ours, spaces as one kind, trimmed."""
    written = "".join(
        str(unicodedata.digit(letter, -1)) if letter.isdecimal() else {"٫": ".", "٬": ","}.get(letter, letter)
        for letter in text
    )
    return " ".join("".join(sign for sign in written if unicodedata.category(sign) != "Cf").split())


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
