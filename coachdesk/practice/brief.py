"""The brief: what is good to know before a session, in the order in which it matters."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from coachdesk.clock import Now
from coachdesk.practice import agreements, canvas, checklists, clients, commitments, marks, sessions

LATEST_LINES = 5


@dataclass(frozen=True)
class Brief:
    """Everything a coach looks at before a session; each part may be empty."""

    client: clients.Client
    session_number: int
    """Which session the coming one is, 1 for the first."""
    coming: sessions.Session | None
    last: sessions.Session | None
    strains: tuple[marks.Mark, ...]
    """Strain and repair left from last time."""
    promises: tuple[commitments.Commitment, ...]
    """Open promises of the coach, shared ones among them."""
    steps: tuple[commitments.Commitment, ...]
    """Open next steps of the client."""
    threads: tuple[canvas.CanvasLine, ...]
    lines: tuple[canvas.CanvasLine, ...]
    """The latest lines of the canvas, threads left out; never private ones."""
    agreement: agreements.Agreement | None
    unticked: tuple[checklists.Line, ...]
    """First-session items still open, in the first two sessions."""

    @property
    def needs(self) -> tuple[str, str, str]:
        """What the client needs to feel safe: pace, topics, feedback."""
        return self.client.needs_pace, self.client.needs_topics, self.client.needs_feedback


_HELD = (sessions.Session.client_id == bindparam("client"), sessions.Session.state == "finished")
_LAST = (  # put together once: that takes longer than the answer, for which of the others the index alone is read
    select(
        sessions.Session,
        select(func.count()).select_from(sessions.Session).where(*_HELD).correlate(None).scalar_subquery(),
    )
    .where(*_HELD)
    .order_by(col(sessions.Session.started_at).desc())
    .limit(1)
)


def brief(db: Session, client_id: str, *, now: Now) -> Brief:
    """What to know before the next session with a client."""
    client = clients.one(db, client_id)
    last, held = db.exec(_LAST, params={"client": client_id}).first() or (None, 0)
    left = [m for m in marks.of_session(db, last.id) if m.kind in ("strain", "repair")] if last else []
    coming = sessions.coming(db, now=now, client_id=client_id)
    promised = commitments.open_ones(db, client_id=client_id)
    lines = canvas.lines(db, client_id)
    early = held < 2 and client.kind != "self"
    return Brief(
        client=client,
        session_number=held + 1,
        coming=coming[0] if coming else None,
        last=last,
        strains=tuple(left),
        promises=tuple(each for each in promised if each.owner in ("coach", "both")),
        steps=tuple(each for each in promised if each.owner == "client"),
        threads=tuple(canvas.open_threads(lines)),
        lines=tuple(line for line in lines if line.kind != "thread")[:LATEST_LINES],
        agreement=agreements.present(db, client_id),
        unticked=tuple(line for line in checklists.lines(db, client_id) if line.ticked_at is None) if early else (),
    )
