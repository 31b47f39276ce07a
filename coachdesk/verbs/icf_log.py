"""The client coaching log as a file: written, looked at, taken in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.errors import Refused
from coachdesk.exchange import icf_log, icf_log_import
from coachdesk.exchange.icf_log_import import Match, Preview
from coachdesk.machine.here import zone_here
from coachdesk.practice import hours
from coachdesk.practice.hours import Rules
from coachdesk.verbs.values import day, day_here
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

ORDERS = ("dmy", "mdy")


def export(desk: "Desk", *, path: str, force: bool = False) -> dict[str, Any]:
    """Write the log, as .csv or .xlsx by the file's ending."""
    rules = Rules.chosen(desk.settings, zone_here())
    report = desk.read(hours.report, rules)
    written = icf_log.save(Path(path), icf_log.sheet(report, rules), force=force)
    return {"path": written, "listed": len(report.listed), "not_listed": len(report.not_listed)}


def preview(desk: "Desk", *, path: str, dates: str = "") -> dict[str, Any]:
    """What an import of this file would do; nothing is written."""
    told = desk.read(icf_log_import.preview, _incoming(desk, path, dates), zone_here())
    return {
        "rows": [_row(each) for each in told.matches],
        "problems": list(told.problems),
        "unused": list(told.incoming.unused),
        **_sums(told),
    }


def take(
    desk: "Desk", *, path: str, dates: str = "", log_consent: str | None = None, overlapping: bool = False
) -> dict[str, Any]:
    """Note the hours of a file; clients who are new agreed to be listed on the day ``log_consent``, if given."""
    incoming = _incoming(desk, path, dates)
    consent_on = day(log_consent) if log_consent is not None else None
    taken = desk.do(icf_log_import.take, incoming, zone_here(), consent_on=consent_on, overlapping=overlapping)
    figures = {name: getattr(taken, name) for name in ("rows", "added", "already", "overlapping")}
    return {**figures, "problems": list(incoming.problems)}


def _incoming(desk: "Desk", path: str, dates: str) -> icf_log_import.Incoming:
    if dates and dates not in ORDERS:
        raise Refused(_("Dates are in the order dmy or mdy."))
    return icf_log_import.read(Path(path), day_here(desk.now().at), order=dates)


def _sums(told: Preview) -> dict[str, Any]:
    in_file, ours = told.incoming.totals, told.incoming.sums
    return {
        "totals": None if in_file is None else {"paid_seconds": in_file[0], "pro_bono_seconds": in_file[1]},
        "sums": {"paid_seconds": ours[0], "pro_bono_seconds": ours[1]},
        "totals_agree": told.incoming.totals_agree,
        "asks_dates": told.incoming.asks_order,
    }


def _row(match: Match) -> dict[str, Any]:
    row = match.row
    names = ("line", "name", "email", "kind", "group_size", "from_on", "to_on", "paid_seconds", "pro_bono_seconds")
    return {
        **{name: getattr(row, name) for name in names},
        "client_id": match.client_id, "is_new": match.is_new, "already": match.already,
        "overlaps": match.overlaps, "remark": icf_log_import.remark(match),
    }  # fmt: skip


VERBS = {"icf_log.export": export, "icf_log.preview": preview, "icf_log.import": take}
