"""The brief: what is good to know before a session, in the order in which it matters."""

from dataclasses import dataclass

from sqlmodel import Session

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


def brief(db: Session, client_id: str, *, now: Now) -> Brief:
    """What to know before the next session with a client."""
    client = clients.one(db, client_id)
    past = sessions.held(db, client_id)
    last = past[0] if past else None
    left = [m for m in marks.of_session(db, last.id) if m.kind in ("strain", "repair")] if last else []
    coming = sessions.coming(db, now=now, client_id=client_id)
    early = len(past) < 2 and client.kind != "self"
    return Brief(
        client=client,
        session_number=len(past) + 1,
        coming=coming[0] if coming else None,
        last=last,
        strains=tuple(left),
        promises=tuple(commitments.open_ones(db, client_id=client_id, owners=("coach", "both"))),
        steps=tuple(commitments.open_ones(db, client_id=client_id, owners=("client",))),
        threads=tuple(canvas.threads(db, client_id)),
        lines=tuple(line for line in canvas.lines(db, client_id) if line.kind != "thread")[:LATEST_LINES],
        agreement=agreements.present(db, client_id),
        unticked=tuple(line for line in checklists.lines(db, client_id) if line.ticked_at is None) if early else (),
    )
