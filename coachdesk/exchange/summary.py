"""The summary a client is given after a session: agreed promises, next steps, when to meet next; nothing else.

Canvas, marks, notes, private lines, the self check and reflections never come here: nothing in this module reads them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.exchange.days import Days, zone_of
from coachdesk.exchange.paper import Paper, Part
from coachdesk.practice import clients, commitments, private_settings, sessions
from coachdesk.practice.commitments import Commitment
from coachdesk.words import N_, _

NEXT = "next"
"""The id of the line that tells when the next session is."""
SENDER_NAME, SENDER_ADDRESS, GREETING, CLOSING = "coach_name", "coach_address", "summary_greeting", "summary_closing"
"""Keys of the confidential settings; the address may have several lines."""

_HEADINGS = (
    ("coach", N_("What I promised"), N_("What I promised myself")),
    ("client", N_("Your next steps"), N_("Next steps")),
    ("both", N_("What we agreed to do together"), N_("Together")),
)


@dataclass(frozen=True)
class Line:
    """What may stand in a summary: a promise or next step, or the date of the next session (``id`` is ``next``)."""

    id: str
    owner: str
    text: str
    under: tuple[str, ...] = ()
    here: bool = True
    """Made in this very session; the others are open from earlier ones."""
    usual: bool = True
    """Whether it stands in the summary unless the coach takes it out."""


@dataclass(frozen=True)
class Offer:
    """Everything a summary of one session can be made of."""

    session_id: str
    client_id: str
    day: date
    """When the session was, here."""
    lines: tuple[Line, ...]
    sender: tuple[str, ...]
    greeting: str
    closing: str
    alone: bool = False
    """It was time for oneself."""

    def usual(self) -> frozenset[str]:
        """The ids of the lines that stand in a summary nobody has chosen for."""
        return frozenset(line.id for line in self.lines if line.usual)


def offer(db: Db, session_id: str, *, now: Now, zone: ZoneInfo, days: Days | None = None) -> Offer:
    """What a summary of a session can be made of; times are told in the client's zone where one is known.

    Raises:
        Refused: the session has not begun, so nothing can have been agreed in it.
    """
    days = days or Days()
    row = sessions.one(db, session_id)
    if row.started_at is None:
        raise Refused(_("This session has not begun; there is nothing to sum up yet."))
    client = clients.one(db, row.client_id)
    made = commitments.of_session(db, session_id)
    ids = {each.id for each in made}
    earlier = [each for each in commitments.open_ones(db, client_id=client.id) if each.id not in ids]
    lines = [_line(each, days, here=True) for each in made] + [_line(each, days, here=False) for each in earlier]
    when = _next(db, row, now, zone, days)
    if when:
        lines.append(Line(NEXT, "", when))
    return Offer(
        row.id, client.id, row.started_at.astimezone(zone).date(), tuple(lines), sender(db),
        private_settings.value(db, GREETING), private_settings.value(db, CLOSING), alone=client.kind == "self",
    )  # fmt: skip


def sender(db: Db) -> tuple[str, ...]:
    """The coach's name and address lines, those that were given."""
    told = (private_settings.value(db, key) for key in (SENDER_NAME, SENDER_ADDRESS))
    return tuple(line.strip() for each in told for line in each.splitlines() if line.strip())


def summary(
    offered: Offer,
    chosen: Collection[str] | None = None,
    *,
    greeting: str | None = None,
    closing: str | None = None,
    days: Days | None = None,
) -> Paper:
    """The summary with these lines (by id; None: the usual ones), words before and words after."""
    ids = offered.usual() if chosen is None else chosen
    lines = [line for line in offered.lines if line.id in ids]
    parts = [Part(_("Session of {day}").format(day=(days or Days()).day(offered.day)))]
    parts += _paragraph(offered.greeting if greeting is None else greeting)
    for owner, heading, to_oneself in _HEADINGS:
        parts += _section(_(to_oneself if offered.alone else heading), [each for each in lines if each.owner == owner])
    parts += _section(_("Our next session") if not offered.alone else _("Next time"), _of(lines, NEXT))
    parts += _paragraph(offered.closing if closing is None else closing)
    if offered.sender:
        parts.append(Part(offered.sender[0]))
    return Paper(_("Summary of our session") if not offered.alone else _("Summary"), tuple(parts), offered.sender)


def file_name(offered: Offer, ending: str) -> str:
    """A name for the file that tells nobody whose it is, such as ``coaching-summary-2026-03-02.pdf``."""
    return f"coaching-summary-{offered.day.isoformat()}.{ending}"


def _line(row: Commitment, days: Days, *, here: bool) -> Line:
    under = [row.cue] if row.cue and row.owner != "coach" else []
    if row.due_on is not None:
        under.append(_("by {day}").format(day=days.day(row.due_on)))
    return Line(row.id, row.owner, row.text, tuple(under), here, here and row.state not in ("released", "carried"))


def _next(db: Db, row: sessions.Session, now: Now, zone: ZoneInfo, days: Days) -> str:
    """When the next planned session is, in the client's zone; the zone is named where it is not the coach's."""
    client = clients.one(db, row.client_id)
    starts = (s.planned_start for s in sessions.coming(db, now=now, client_id=client.id) if s.id != row.id)
    start = next((each for each in starts if each is not None and each > now.at), None)
    if start is None:
        return ""
    there = zone_of(client.time_zone, zone)
    words = days.moment(start, there)
    same = start.astimezone(there).utcoffset() == start.astimezone(zone).utcoffset()
    return words if same else _("{moment} ({zone})").format(moment=words, zone=there.key.replace("_", " "))


def _section(heading: str, lines: Sequence[Line]) -> list[Part]:
    if not lines:
        return []
    kind = [Part(line.text, "item", line.under) if line.owner else Part(line.text) for line in lines]
    return [Part(heading, "heading"), *kind]


def _of(lines: Sequence[Line], line_id: str) -> list[Line]:
    return [line for line in lines if line.id == line_id]


def _paragraph(words: str) -> list[Part]:
    return [Part(words.strip())] if words.strip() else []
