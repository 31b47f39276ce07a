"""Evidence: what the records can lay beside an item of the weekly reflection. Plain figures; never an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, union
from sqlalchemy import select as sqlalchemy_select
from sqlalchemy.orm import aliased
from sqlmodel import Session as Db
from sqlmodel import col

from coachdesk.practice.checklists import WEEKLY_SELF
from coachdesk.practice.clients import Client
from coachdesk.practice.commitments import Commitment, Review
from coachdesk.practice.cues_shown import CueShown
from coachdesk.practice.sessions import Session
from coachdesk.practice.weeks import Week
from coachdesk.words import _, ngettext

MINE = ("coach", "both")
"""Owners whose commitments are the coach's own promises."""


@dataclass(frozen=True)
class Evidence:
    """The figures of one week. Promises are the coach's own that were due in it or looked at in it."""

    promises: int = 0
    kept: int = 0
    partly: int = 0
    carried: int = 0
    released: int = 0
    open: int = 0
    sessions: int = 0
    """Sessions held, begun this week."""
    quiet: int = 0
    """Those of them with focus mode on."""
    checks: int = 0
    """Process checks that were asked in them."""
    checked: int = 0
    """Sessions in which one was asked."""

    def words(self, kind: str) -> str:
        """The figures beside an item, by the kind of its evidence; empty where only the person can know."""
        told = _TOLD.get(kind)
        return told(self) if told else ""


def of_week(db: Db, week: Week, key: str, whom: str, *, zone: ZoneInfo) -> Evidence:
    """What the records tell of a week for one list.

    Where CoachDesk is used for both, the list about clients is told of clients, the other of one's own record; where
    it is used for one, of everything.
    """
    scope = () if whom != "both" else ((col(Client.kind) == "self") == (key == WEEKLY_SELF),)
    return Evidence(**_promises(db, week, scope, zone), **_sessions(db, week, scope, zone))


def _promises(db: Db, week: Week, scope: tuple[Any, ...], zone: ZoneInfo) -> dict[str, int]:
    start, end = week.span(zone)
    later = aliased(Review)
    last = sqlalchemy_select(func.max(later.created_at)).where(later.commitment_id == col(Review.commitment_id))  # type: ignore[arg-type]
    looked_at = sqlalchemy_select(col(Review.commitment_id)).where(
        col(Review.created_at) >= start,
        col(Review.created_at) < end,
        col(Review.created_at) == last.scalar_subquery(),
        col(Review.state) != "withdrawn",
    )
    due = sqlalchemy_select(col(Commitment.id)).where(col(Commitment.due_on).between(week.monday, week.sunday))
    found = (
        sqlalchemy_select(col(Commitment.state), func.count())
        .join(Client, col(Client.id) == col(Commitment.client_id))
        .where(col(Commitment.id).in_(union(due, looked_at)), col(Commitment.owner).in_(MINE), *scope)
        .group_by(col(Commitment.state))
    )
    counts: dict[str, int] = {row[0]: row[1] for row in db.execute(found)}
    return {**counts, "promises": sum(counts.values())}


def _sessions(db: Db, week: Week, scope: tuple[Any, ...], zone: ZoneInfo) -> dict[str, int]:
    start, end = week.span(zone)
    asked = (
        sqlalchemy_select(func.count())
        .where(
            col(CueShown.session_id) == col(Session.id),
            col(CueShown.kind) == "process_check",
            col(CueShown.answer) == "asked",
        )
        .scalar_subquery()
    )
    held = (
        sqlalchemy_select(case((col(Session.focus_used), 1), else_=0).label("quiet"), asked.label("checks"))
        .join(Client, col(Client.id) == col(Session.client_id))
        .where(col(Session.started_at) >= start, col(Session.started_at) < end)
        .where(col(Session.state) == "finished", *scope)
        .subquery()
    )
    row = db.execute(
        sqlalchemy_select(
            func.count(),
            func.coalesce(func.sum(held.c.quiet), 0),
            func.coalesce(func.sum(held.c.checks), 0),
            func.coalesce(func.sum(case((held.c.checks > 0, 1), else_=0)), 0),
        )
    ).one()
    return dict(zip(("sessions", "quiet", "checks", "checked"), row, strict=True))


def _kept_words(told: Evidence) -> str:
    if not told.promises:
        return _("No promise of mine was due or looked at.")
    due = ngettext(
        "{n} promise of mine was due or looked at", "{n} promises of mine were due or looked at", told.promises
    )
    counts = (
        (_("kept"), told.kept), (_("partly"), told.partly), (_("carried on"), told.carried),
        (_("let go"), told.released), (_("still open"), told.open),
    )  # fmt: skip
    parts = ", ".join(_("{n} {outcome}").format(n=n, outcome=outcome) for outcome, n in counts if n)
    return _("{due}: {parts}.").format(due=due.format(n=told.promises), parts=parts)


def _released_words(told: Evidence) -> str:
    if not told.released:
        return _("Nothing was let go this week.")
    return ngettext("{n} thing was let go this week.", "{n} things were let go this week.", told.released).format(
        n=told.released
    )


def _checks_words(told: Evidence) -> str:
    if not told.sessions:
        return _no_session()
    if not told.checks:
        return ngettext(
            "No process check was noted in this week's one session.",
            "No process check was noted in this week's {n} sessions.",
            told.sessions,
        ).format(n=told.sessions)
    asked = ngettext("{n} process check asked", "{n} process checks asked", told.checks).format(n=told.checks)
    held = ngettext("in {some} of {n} session.", "in {some} of {n} sessions.", told.sessions)
    return _("{asked}, {held}").format(asked=asked, held=held.format(some=told.checked, n=told.sessions))


def _quiet_words(told: Evidence) -> str:
    if not told.sessions:
        return _no_session()
    if not told.quiet:
        return ngettext(
            "Focus mode was not on in this week's one session.",
            "Focus mode was not on in this week's {n} sessions.",
            told.sessions,
        ).format(n=told.sessions)
    held = ngettext(
        "Focus mode was on in {some} of {n} session.", "Focus mode was on in {some} of {n} sessions.", told.sessions
    )
    return held.format(some=told.quiet, n=told.sessions)


def _held_words(told: Evidence) -> str:
    if not told.sessions:
        return _no_session()
    return ngettext("{n} session was held this week.", "{n} sessions were held this week.", told.sessions).format(
        n=told.sessions
    )


def _no_session() -> str:
    return _("No session was held this week.")


_TOLD: dict[str, Callable[[Evidence], str]] = {
    "promises_kept": _kept_words,
    "promises_released": _released_words,
    "process_checks": _checks_words,
    "focus_used": _quiet_words,
    "sessions_held": _held_words,
}
"""Kind of evidence (``evidence`` in the shipped lists) → its words."""
