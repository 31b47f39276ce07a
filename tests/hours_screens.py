"""The hours in their states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from coachdesk.practice import clients, corrections, sessions
from coachdesk.practice.hours import HoursNoted
from coachdesk.practice.record import made, put
from coachdesk.ui.dialogs.import_hours import ImportHours
from coachdesk.ui.dialogs.log_session import LogSession
from coachdesk.ui.dialogs.session_times import SessionTimes
from tests.studio import LEFTWARD, LONG, NOW, UNBROKEN, Studio


def _filled(studio: Studio) -> None:
    """Two agreed to be listed; hours of somebody forgotten; older hours that were imported."""
    for client in list(studio.desk.read(clients.present))[:2]:
        studio.desk.do(clients.edit, client.id, log_consent_on=date(2026, 1, 8))
    studio.desk.do(_noted, studio.client_id)
    studio.desk.change_setting("hours.training_start", "2023-09-01")


def _noted(db: object, client_id: str, *, now: object) -> None:
    days = {"from_on": date(2024, 1, 8), "to_on": date(2025, 6, 30)}
    put(db, HoursNoted(client_id=client_id, source="imported", paid_seconds=84 * 3600, **days, **made(now)))
    put(db, HoursNoted(stands_for="somebody", source="forgotten", pro_bono_seconds=9 * 1800, **days, **made(now)))


def _hours(studio: Studio) -> QWidget:
    _filled(studio)
    return studio.page("hours")


def _months(studio: Studio) -> QWidget:
    _filled(studio)
    studio.page("hours")
    page = studio.window.page
    page.view.choose("months")
    page._on_view()
    studio.settle()
    return studio.window


def _lower(studio: Studio) -> QWidget:
    _filled(studio)
    studio.page("hours")
    bar = studio.window.page.scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    studio.settle()
    return studio.window


def _import(studio: Studio) -> QWidget:
    path = studio.home.root / "log.csv"
    rows = [
        "Client,E-mail,Kind,Number in group,Start date,End date,Paid,Pro bono,Fee",
        f"{LONG},,Individual,,2024-01-08,2025-02-01,12.50,0,90",
        f"{UNBROKEN},,Group,8,2024-01-08,2025-02-01,3.00,1,90",
        f'"{LEFTWARD[0]}",,,,2024-01-08,2025-02-01,3.00,1,90',
        "Somebody,,,,03/04/2024,2025-02-01,3.00,1,90",
        f"{studio.client.name},,,,2024-01-08,2026-03-01,3.00,1,90",
        "Total,,,,,,30.00,3,",
    ]
    path.write_text("\n".join(rows), "utf-8")
    dialog = ImportHours(studio.desk, studio.window, path, studio.window)
    studio.front(dialog)
    dialog.fit()
    studio.settle()
    return dialog


def _log_group(studio: Studio) -> QWidget:
    group = studio.desk.do(clients.add, "The harbour circle", kind="group", group_size=6)
    at = NOW - timedelta(days=1)
    studio.desk.do(sessions.log, studio.client_id, at.replace(hour=8, minute=30), 50)
    dialog = LogSession(studio.desk, studio.window, group, studio.window)
    dialog.day.choose(at.date())
    return studio.front(dialog)


def _corrected(studio: Studio) -> sessions.Session:
    row = studio.desk.read(sessions.held, studio.client_id)[0]
    return studio.desk.do(corrections.times, row.id, ended_at=row.ended_at + timedelta(minutes=12))


def _times(studio: Studio) -> QWidget:
    return studio.front(SessionTimes(studio.desk, studio.window, _corrected(studio), studio.window))


def _session(studio: Studio) -> QWidget:
    row = _corrected(studio)
    return studio.page("client", client_id=studio.client_id, tab="sessions", session_id=row.id)


SHOWN: dict[str, Callable[[Studio], QWidget]] = {
    "hours": _hours,
    "hours-months": _months,
    "hours-lower": _lower,
    "dialog-import-hours": _import,
    "dialog-log-group": _log_group,
    "dialog-session-times-corrected": _times,
    "client-session-corrected": _session,
}
"""Name → how it is set up."""
