"""Which client a calendar entry belongs to: rules the coach confirmed once."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.practice import clients
from coachdesk.practice.calendar_entries import Entry
from coachdesk.practice.clients import Client
from coachdesk.practice.record import Record, change, get, made, needed_text, one_of, put
from coachdesk.words import _

KINDS = ("email", "title", "series")


class CalendarRule(Record, table=True):
    """Entries with this e-mail address among their people, this title, or of this series (UID) are with this client.

    Without a client they are none of ours and are passed over from then on.
    """

    __table_args__ = (
        CheckConstraint("kind IN ('email','title','series')", name="calendar_rule_kind"),
        UniqueConstraint("kind", "value", name="calendar_rule_once"),
    )

    client_id: str | None = Field(default=None, foreign_key="client.id", ondelete="CASCADE", index=True)
    kind: str
    value: str


@dataclass(frozen=True)
class Match:
    """Whose an entry is: ``known`` by a rule, with nobody of ours where there is no client; else who it may be."""

    known: bool
    client_id: str | None = None
    suggested: tuple[str, ...] = ()
    """Ids of clients, the likeliest first."""


def folded(text: str) -> str:
    """A text for comparing: any script, any case, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def add(db: Session, kind: str, value: str, client_id: str | None, *, now: Now) -> CalendarRule:
    """Remember whose such entries are; a rule with the same condition is replaced.

    Raises:
        Refused: an unknown kind, nothing to go by, a client who is not there.
    """
    one_of(kind, KINDS, _("The kind of rule"))
    kept = needed_text(value if kind == "series" else folded(value), _("What the entries are known by"))
    if client_id is not None:
        get(db, Client, client_id)
    row = db.exec(select(CalendarRule).where(CalendarRule.kind == kind, CalendarRule.value == kept)).first()
    if row is None:
        return put(db, CalendarRule(kind=kind, value=kept, client_id=client_id, **made(now)))
    return put(db, change(row, now, client_id=client_id))


def remove(db: Session, rule_id: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Forget a rule; what was planned by it stays."""
    db.delete(get(db, CalendarRule, rule_id))
    db.flush()


def every(db: Session) -> Sequence[CalendarRule]:
    """All rules, by what they go by."""
    return db.exec(select(CalendarRule).order_by(col(CalendarRule.kind), col(CalendarRule.value))).all()


def condition(entry: Entry, client: Client | None) -> tuple[str, str]:
    """By which rule an answer about an entry is remembered: its kind and value.

    With a client: their address where it is among the people, the whole title where their name is in it, else this
    entry or series alone, because a title such as *Coaching* says nothing. Where it is none of ours, its title.
    """
    if client is None:
        return ("title", folded(entry.title)) if entry.title else ("series", entry.uid)
    address = folded(client.email)
    if address and address in entry.people:
        return "email", address
    if any(_stands_in(name, folded(entry.title)) for name in _names(client)):
        return "title", folded(entry.title)
    return "series", entry.uid


class Matcher:
    """Says whose entries are, by the rules and clients as they were when it was made."""

    def __init__(self, rules: Iterable[CalendarRule], present: Iterable[Client]) -> None:
        self._rules = {(rule.kind, rule.value): rule.client_id for rule in rules}
        self._clients = [(one.id, folded(one.email), _names(one)) for one in present if one.kind != "self"]

    def match(self, entry: Entry) -> Match:
        """Whose an entry is. A rule for its series goes before one for its people, that before one for its title.

        People of two clients together say nothing sure, and are asked about.
        """
        title = folded(entry.title)
        series = ("series", entry.uid)
        if series in self._rules:
            return Match(True, self._rules[series])
        by_people = {self._rules[rule] for each in entry.people if (rule := ("email", each)) in self._rules}
        if len(by_people) == 1:
            return Match(True, by_people.pop())
        if not by_people and ("title", title) in self._rules:
            return Match(True, self._rules["title", title])
        return Match(False, None, self._suggested(entry, title))

    def _suggested(self, entry: Entry, title: str) -> tuple[str, ...]:
        by_people = [id_ for id_, address, _names in self._clients if address and address in entry.people]
        by_title = [id_ for id_, _a, names in self._clients if any(_stands_in(name, title) for name in names)]
        return tuple(dict.fromkeys([*by_people, *by_title]))


def matcher(db: Session) -> Matcher:
    """What says whose an entry is, by what the records hold now."""
    return Matcher(every(db), clients.present(db))


def _names(client: Client) -> tuple[str, ...]:
    return tuple(name for name in (folded(client.name), folded(client.short_name)) if len(name) > 1)


def _stands_in(name: str, title: str) -> bool:
    """Whether a name stands in a title as words of their own; scripts without spaces have it anywhere."""
    at = title.find(name)
    while at >= 0:
        before, after = title[at - 1 : at], title[at + len(name) : at + len(name) + 1]
        if not (_joins(before, name[0]) or _joins(after, name[-1])):
            return True
        at = title.find(name, at + 1)
    return False


def _joins(neighbour: str, letter: str) -> bool:
    """Whether two letters beside each other belong to one word; Chinese, Japanese and Korean names stand anywhere."""
    return neighbour.isalnum() and not (_is_dense(neighbour) or _is_dense(letter))


def _is_dense(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"))
