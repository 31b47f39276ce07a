"""Cues shown: which process check, landing or end cue the coach saw in a session, and what they answered."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.practice import sessions
from coachdesk.practice.record import Record, change, get, made, one_of, put
from coachdesk.words import _

KINDS = ("process_check", "landing", "end")
ANSWERS = ("asked", "later", "not_today", "none")


class CueShown(Record, table=True):
    """One showing of a cue: seconds since the session's start, which point of the plan it belongs to, the answer."""

    __table_args__ = (
        CheckConstraint("kind IN ('process_check','landing','end')", name="cue_shown_kind"),
        CheckConstraint("answer IN ('asked','later','not_today','none')", name="cue_shown_answer"),
        Index("cue_shown_by_day", "kind", "answer", "created_at"),
    )

    session_id: str = Field(foreign_key="session.id", ondelete="CASCADE", index=True)
    at_seconds: int
    kind: str
    point: str
    """Which planned cue this was a showing of, for example ``check-1`` or ``landing-10``."""
    prompt_id: str = ""
    answer: str = "none"


def shown(db: Session, session_id: str, kind: str, point: str, *, now: Now, prompt_id: str = "") -> CueShown:
    """Note that a cue is being shown now."""
    row = sessions.one(db, session_id)
    at = max(0, round(sessions.clock_of(db, row).since_start(now)))
    one_of(kind, KINDS, _("The kind of a cue"))
    return put(
        db, CueShown(session_id=session_id, at_seconds=at, kind=kind, point=point, prompt_id=prompt_id, **made(now))
    )


def answered(db: Session, cue_id: str, answer: str, *, now: Now) -> CueShown:
    """Note the coach's answer to a cue."""
    return put(db, change(get(db, CueShown, cue_id), now, answer=one_of(answer, ANSWERS, _("The answer"))))


def of_session(db: Session, session_id: str) -> Sequence[CueShown]:
    """The showings of a session in their order."""
    return db.exec(
        select(CueShown)
        .where(CueShown.session_id == session_id)
        .order_by(col(CueShown.at_seconds), col(CueShown.created_at))
    ).all()


def prompts_used(db: Session, client_id: str) -> list[str]:
    """Ids of the prompts shown to this client's sessions, the earliest first; so that draws do not repeat."""
    rows = db.exec(
        select(CueShown.prompt_id)
        .join(sessions.Session, col(sessions.Session.id) == col(CueShown.session_id))
        .where(sessions.Session.client_id == client_id, CueShown.prompt_id != "")
        .order_by(col(CueShown.created_at))
    ).all()
    return list(rows)
