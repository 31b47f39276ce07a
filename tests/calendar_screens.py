"""Calendars in their states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from coachdesk.practice import calendar_plans, calendar_rules, clients
from coachdesk.practice.calendar_entries import Entry, Reading, in_order
from coachdesk.ui.dialogs.import_calendar import ImportCalendar
from tests.studio import LEFTWARD, LONG, NOW, UNBROKEN, Studio

SOURCE = "/home/coach/Calendars/Practice.ics"
PROBLEMS = (
    "Entry 7, “Team meeting”: its time zone, “Mars/Olympus”, is not known.",
    "Entry 19, “Supervision”: it ends before it begins.",
)


def _entry(uid: str, hours: float, title: str, **more: object) -> Entry:
    at = NOW.replace(hour=9, minute=0) + timedelta(hours=hours)
    return Entry(uid, at, at, at + timedelta(minutes=60), title, **more)


def _reading(*entries: Entry, problems: tuple[str, ...] = (), whole: bool = True) -> Reading:
    return Reading(SOURCE, NOW - timedelta(days=7), NOW + timedelta(days=180), in_order(entries), problems, whole)


def _dialog(studio: Studio, reading: Reading) -> QWidget:
    """The dialog with a reading of plain values, not of a file."""
    dialog = ImportCalendar(studio.desk, studio.window, [], studio.window)
    dialog._task.cancel()
    dialog.open()
    dialog.show_reading(reading)
    studio.settle()
    return dialog


def _people(studio: Studio) -> list[clients.Client]:
    return [one for one in studio.desk.read(clients.present) if one.kind != "self"]


def _import(studio: Studio) -> QWidget:
    first, second, *_others = _people(studio)
    for uid, client in (("weekly", first), ("moved", second), ("off", second)):
        studio.desk.do(calendar_rules.add, "series", uid, client.id)
    studio.desk.do(calendar_plans.take_known, _reading(_entry("moved", 53, "x"), _entry("off", 77, "x")))
    series = [_entry("weekly", 29 + 168 * n, "Coaching", repeats=True) for n in range(4)]
    moved = _entry("moved", 53, "x")
    return _dialog(
        studio,
        _reading(
            *series,
            Entry("moved", moved.instance, moved.start + timedelta(hours=25), moved.end + timedelta(hours=25), "x"),
            _entry("off", 77, "x", cancelled=True),
            _entry("u1", 31, f"Talk with {second.name}"),
            *(_entry("lunch", 28 + 24 * n, "Lunch", repeats=True) for n in range(5)),
            _entry("day", 0, "Conference", all_day=True),
            problems=PROBLEMS,
            whole=False,
        ),
    )


def _nothing_new(studio: Studio) -> QWidget:
    return _dialog(studio, _reading())


def _long_words(studio: Studio) -> QWidget:
    for name in (LONG, LEFTWARD[0]):
        studio.desk.do(clients.add, name)
    titles = (LONG, UNBROKEN, *LEFTWARD, "")
    entries = [_entry(f"u{n}", 24 + n, title) for n, title in enumerate(titles)]
    return _dialog(studio, _reading(*entries, problems=(f"Entry 3, “{UNBROKEN}”: it breaks off in the middle.",)))


def _settings(studio: Studio) -> QWidget:
    first, second, *_others = _people(studio)
    studio.desk.do(calendar_plans.follow, SOURCE)
    studio.desk.do(calendar_plans.note_waiting, 3)
    studio.desk.do(calendar_rules.add, "email", "someone@example.org", first.id)
    studio.desk.do(calendar_rules.add, "title", f"Talk with {second.name}", second.id)
    studio.desk.do(calendar_rules.add, "title", "Lunch", None)
    studio.page("settings", section="calendar")
    studio.settle()
    studio.desk.do(calendar_plans.note_waiting, 3)
    studio.window.message.retire()  # there is no such file here
    return studio.window


def _today(studio: Studio) -> QWidget:
    studio.desk.do(calendar_plans.note_waiting, 3)
    return studio.page("today")


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "dialog-import-calendar": _import,
    "dialog-import-calendar-nothing": _nothing_new,
    "dialog-import-calendar-long": _long_words,
    "settings-calendar-followed": _settings,
    "today-calendar-waiting": _today,
}
"""Name → how it is set up."""
