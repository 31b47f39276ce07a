"""An example practice: made-up people with a history, for rehearsals and for looking around."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from coachdesk.clock import Now
from coachdesk.practice import agreements, canvas, checklists, clients, commitments, marks, notes, sessions
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk

WITHIN = 2
"""Minutes from now to the planned session that a rehearsal holds."""


def fill(desk: "Desk", *, zone: str = "UTC", minutes: int = 50) -> str:
    """Put five made-up clients into empty records, with what was held, promised and understood up to now.

    Returns the id of the client whose session, of so many minutes, is about to begin.
    """
    practice = _Past(desk, desk.now(), zone)
    coming = _mara(practice, minutes)
    _nour(practice)
    _tomasz(practice)
    _grace(practice)
    _harbour(practice)
    return coming


@dataclass(frozen=True)
class _Past:
    """Carries out verbs as if they had been done some days ago."""

    desk: "Desk"
    now: Now
    zone: str

    def at(self, days: float, minutes: float = 0) -> Now:
        """The reading of the clock so many days ago, and some minutes later."""
        back = timedelta(minutes=minutes) - timedelta(days=days)
        seconds = back.total_seconds()
        return replace(self.now, at=self.now.at + back, awake=self.now.awake + seconds, up=self.now.up + seconds)

    def client(self, days: float, name: str, short: str, **fields: object) -> str:
        """A client who came so many days ago."""
        then = self.at(days)
        row = self.desk.do(clients.add, name, short_name=short, started_on=then.at.date(), now=then, **fields)  # type: ignore[arg-type]
        return row.id

    def held(
        self, client: str, days: float, minutes: int, mattered: str, *, mark: tuple[str, str] | None = None
    ) -> str:
        """A session held so many days ago; without what mattered it is still to be closed."""
        do = self.desk.do
        row = do(sessions.start, client, minutes=minutes, time_zone=self.zone, now=self.at(days))
        if mark is not None:
            made = do(marks.mark, mark[0], now=self.at(days, minutes * 0.4))
            do(marks.word, made.id, words=mark[1], now=self.at(days, minutes + 2))
        do(sessions.finish, now=self.at(days, minutes))
        if mattered:
            do(sessions.close, row.id, what_mattered=mattered, now=self.at(days, minutes + 3))  # type: ignore[arg-type]
        return row.id

    def promised(self, session: str, days: float, owner: str, text: str, *, due: int, cue: str = "") -> str:
        """Something promised in a session so many days ago, due so many days from now."""
        client = self.desk.read(sessions.one, session).client_id
        day = (self.now.at + timedelta(days=due)).date()
        row = self.desk.do(
            commitments.add,  # type: ignore[arg-type]
            client,
            text,
            owner=owner,
            session_id=session,
            due_on=day,
            cue=cue,
            now=self.at(days, 55),
        )
        return row.id

    def reviewed(self, commitment: str, days: float, outcome: str) -> None:
        """What became of it, seen so many days ago."""
        self.desk.do(commitments.review, commitment, outcome, now=self.at(days, 2))

    def understood(self, client: str, days: float, kind: str, text: str, *, private: bool = False) -> None:
        """A line on the canvas."""
        self.desk.do(canvas.add, client, text, kind=kind, private=private, now=self.at(days, 58))

    def planned(self, client: str, minutes_from_now: float, minutes: int) -> None:
        """A session to come."""
        start = (self.now.at + timedelta(minutes=minutes_from_now)).replace(second=0, microsecond=0)
        self.desk.do(sessions.plan, client, start, minutes=minutes, time_zone=self.zone)


def _mara(past: _Past, minutes: int) -> str:
    mara = past.client(
        22, "Mara Lindqvist", "Mara", email="mara@example.org", call_link="https://example.org/call/mara",
        planned_sessions=10, needs_pace=_("Silence is welcome."),
        needs_feedback=_("Straight, and one thing at a time."),
    )  # fmt: skip
    past.desk.do(
        agreements.agree, mara, session_minutes=50, rescheduling=_("Up to the day before"),  # type: ignore[arg-type]
        confidentiality=_("Nothing leaves this conversation."), now=past.at(21),
    )  # fmt: skip
    first = past.held(mara, 21, 50, _("Saying no without a long explanation."))
    kept = past.promised(first, 21, "coach", _("Send the questions for the talk with the board"), due=-14)
    step = past.promised(first, 21, "client", _("Block two mornings a week"), due=-14)
    second = past.held(mara, 14, 50, _("The mornings work; the guilt about them is new."))
    past.reviewed(kept, 14, "kept")
    past.reviewed(step, 14, "partly")
    past.promised(second, 14, "client", _("Tell Jonas what the mornings are for"), due=0)
    third = past.held(
        mara, 7, 50, _("Being trusted before being ready."), mark=("strain", _("I hurried past her pause."))
    )
    past.promised(
        third, 7, "coach", _("Look up the article on delegating"), due=0, cue=_("When I open my mail on Monday")
    )
    past.understood(mara, 14, "words", _("“A door I keep repainting.”"))
    past.understood(mara, 14, "strength", _("Notices what others leave unsaid."))
    past.understood(mara, 7, "thread", _("What her first team would say of her today"))
    past.understood(mara, 7, "context", _("Leads product at a small firm; the board meets in a month."))
    past.understood(mara, 7, "context", _("I want to be liked by her more than is good."), private=True)
    for item in past.desk.read(checklists.items, checklists.FIRST_SESSION):
        past.desk.do(checklists.tick, mara, item.id, now=past.at(21, 10))
    past.planned(mara, WITHIN, minutes)
    return mara


def _nour(past: _Past) -> None:
    nour = past.client(30, "Nour Haddad", "Nour", pronouns=_("they"))
    first = past.held(nour, 28, 45, _("A week without deciding anything."))
    past.promised(first, 28, "client", _("Write down what I would do with a free month"), due=3)
    past.held(
        nour, 10, 45, _("The list was shorter than expected."), mark=("insight", _("Free is not the same as empty."))
    )
    past.understood(nour, 10, "value", _("Being of use without being used."))
    past.planned(nour, 3 * 1440, 45)


def _tomasz(past: _Past) -> None:
    tomasz = past.client(2, "Tomasz Wieczorek", "Tomasz")
    first = next(iter(past.desk.read(checklists.items, checklists.FIRST_SESSION)))
    past.desk.do(checklists.tick, tomasz, first.id, now=past.at(1))
    past.planned(tomasz, 1440, 60)


def _grace(past: _Past) -> None:
    grace = past.client(60, "Grace Oduya", "Grace", log_consent_on=past.at(59).at.date())
    held = past.held(grace, 5, 60, "", mark=("moment", ""))
    past.promised(held, 5, "coach", _("Ask Grace whether mornings suit her better"), due=2)
    session = past.desk.read(sessions.one, held)
    past.desk.do(notes.add, session.id, _("She laughed for the first time when the move came up."), now=past.at(5, 62))


def _harbour(past: _Past) -> None:
    team = past.client(45, "Harbour team", "", kind="group", group_size=6)
    past.held(team, 40, 90, _("They decided who decides."))
    past.planned(team, 6 * 1440, 90)
