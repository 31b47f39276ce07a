"""Reflections: the coach's weekly look at their own practice.

For the coach alone: nothing that is handed to a client or anybody else reads these tables; only the archive, which is
everything, and backups hold them. A week is a text such as ``2026-W10``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, UniqueConstraint, exists, func, or_
from sqlmodel import Field, Session, col, select

from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.practice import checklists, competencies, weeks
from coachdesk.practice.checklists import ChecklistItem
from coachdesk.practice.drafts import Draft
from coachdesk.practice.record import Record, change, get, made, one_of, put
from coachdesk.practice.record import text as kept
from coachdesk.practice.weeks import Week
from coachdesk.words import _

ANSWERS = ("yes", "partly", "no", "skipped")
LISTS = {
    "clients": (checklists.WEEKLY_CLIENTS,),
    "self": (checklists.WEEKLY_SELF,),
    "both": (checklists.WEEKLY_CLIENTS, checklists.WEEKLY_SELF),
}
"""Whom CoachDesk is used for (the setting ``session.whom``) → the lists that are asked."""
SCREEN = "reflect"
"""Under which drafts of a week are kept, the week being their subject."""
GLIMPSE = 200
"""Characters of a week's text that a list of weeks shows."""


class Reflection(Record, table=True):
    """One week, as ISO 8601 names it (``2026-W10``): competencies touched (numbers 1 to 8, by commas) and a text."""

    week: str = Field(unique=True)
    competencies: str = ""
    text: str = ""


class ReflectionAnswer(Record, table=True):
    """The coach's own answer to one item in one week, and the item's words as they were; empty while only written."""

    __table_args__ = (
        CheckConstraint("answer IN ('','yes','partly','no','skipped')", name="reflection_answer_word"),
        UniqueConstraint("reflection_id", "item_id", name="reflection_answer_once"),
    )

    reflection_id: str = Field(foreign_key="reflection.id", ondelete="CASCADE", index=True)
    item_id: str = Field(foreign_key="checklist_item.id", ondelete="CASCADE")
    asked: str
    answer: str = ""
    text: str = ""


@dataclass(frozen=True)
class Asked:
    """An item in a week: the list it is of, its place there, its words then, its evidence, answer and text."""

    item_id: str
    list: str
    position: int
    """1, 2, …; 0 for an item that is no longer in its list."""
    question: str
    evidence: str
    answer: str = ""
    text: str = ""


@dataclass(frozen=True)
class Written:
    """A week as it stands: the items with what was answered, competencies touched (1 to 8), the text."""

    week: Week
    asked: tuple[Asked, ...]
    competencies: tuple[int, ...]
    text: str

    @property
    def is_begun(self) -> bool:
        """Whether anything is written down."""
        return bool(self.text or self.competencies or any(each.answer or each.text for each in self.asked))

    @property
    def is_written(self) -> bool:
        """Whether the week counts as written: each item of the lists has an answer (*skipped* is one), or a text."""
        present = [each for each in self.asked if each.position]
        return bool(self.text) or (bool(present) and all(each.answer for each in present))


@dataclass(frozen=True)
class Earlier:
    """A week in a list of weeks."""

    week: Week
    glimpse: str
    """The beginning of its text, or else of what was written to an item."""
    competencies: tuple[int, ...]


def answer(
    db: Session,
    week: str,
    item_id: str,
    *,
    now: Now,
    zone: ZoneInfo,
    word: str | None = None,
    text: str | None = None,
) -> ReflectionAnswer:
    """Answer an item in a week, write a text to it, or both; what is None stays as it was.

    In the present week the item's present words are what was asked; an earlier week keeps those it was answered to.

    Raises:
        Refused: the week is none or has not begun; another word than yes, partly, no, skipped.
    """
    if word is not None:
        one_of(word, ANSWERS, _("The answer"))
    item, line = get(db, ChecklistItem, item_id), None if text is None else kept(text)
    reflection = _begun(db, week, now, zone)
    row = _answers(db, reflection.id).get(item.id)
    if row is None:
        row = ReflectionAnswer(reflection_id=reflection.id, item_id=item.id, asked=item.text, **made(now))
    if reflection.week == str(weeks.of(now.at, zone)):
        change(row, now, asked=item.text)
    if word is not None:
        change(row, now, answer=word)
    if line is not None:
        change(row, now, text=line)
    return put(db, row)


def write(db: Session, week: str, words: str, *, now: Now, zone: ZoneInfo) -> Reflection:
    """Write a week's text; raises as ``answer`` does."""
    return put(db, change(_begun(db, week, now, zone), now, text=kept(words)))


def touch(db: Session, week: str, numbers: Collection[int], *, now: Now, zone: ZoneInfo) -> Reflection:
    """Say which competencies a week touched, by their numbers.

    Raises:
        Refused: as ``answer`` does; or a number is not one of 1 to 8.
    """
    wrong = [number for number in numbers if number not in competencies.NUMBERS]
    if wrong:
        raise Refused(_("There are eight competencies, 1 to 8; {number} is none.").format(number=wrong[0]))
    touched = ",".join(str(number) for number in sorted(set(numbers)))
    return put(db, change(_begun(db, week, now, zone), now, competencies=touched))


def remove(db: Session, week: str, *, now: Now) -> None:  # noqa: ARG001  # every verb takes now
    """Remove everything that was written about a week, and what was being typed for it."""
    named = str(weeks.read(week))
    for draft in db.exec(select(Draft).where(Draft.screen == SCREEN, Draft.subject_id == named)).all():
        db.delete(draft)
    row = _one(db, named)
    if row is not None:
        db.delete(row)
    db.flush()
    db.expire_all()


def of_week(db: Session, week: str, whom: str, *, now: Now, zone: ZoneInfo) -> Written:
    """A week as it stands, for a person who uses CoachDesk *clients*, *self* or *both*; an empty one is no error.

    Items that were answered then and are no longer asked come after the others.
    """
    asked_for = weeks.read(week)
    row = _one(db, str(asked_for))
    given = _answers(db, row.id) if row else {}
    present = asked_for >= weeks.of(now.at, zone)
    asked = [
        _asked(item, key, number, given.pop(item.id, None), present)
        for key in LISTS[whom]
        for number, item in enumerate(checklists.items(db, key), start=1)
    ]
    left = [_asked(get(db, ChecklistItem, item_id), "", 0, each, present) for item_id, each in given.items()]
    touched = _numbers(row.competencies) if row else ()
    return Written(asked_for, (*asked, *left), touched, row.text if row else "")


def is_written(db: Session, week: str, whom: str, *, now: Now, zone: ZoneInfo) -> bool:
    """Whether a week counts as written; see ``Written.is_written``."""
    return of_week(db, week, whom, now=now, zone=zone).is_written


def earlier(db: Session, *, now: Now, zone: ZoneInfo) -> Sequence[Earlier]:
    """The weeks before the present one about which something is written, the latest first."""
    line = (
        select(func.min(func.substr(ReflectionAnswer.text, 1, GLIMPSE)))
        .where(ReflectionAnswer.reflection_id == Reflection.id, ReflectionAnswer.text != "")
        .scalar_subquery()
    )
    holds = or_(
        col(Reflection.text) != "",
        col(Reflection.competencies) != "",
        exists().where(
            col(ReflectionAnswer.reflection_id) == Reflection.id,
            or_(col(ReflectionAnswer.answer) != "", col(ReflectionAnswer.text) != ""),
        ),
    )
    rows = db.exec(
        select(Reflection.week, func.substr(Reflection.text, 1, GLIMPSE), line, Reflection.competencies)
        .where(holds, col(Reflection.week) < str(weeks.of(now.at, zone)))
        .order_by(col(Reflection.week).desc())
    ).all()
    return [Earlier(weeks.read(week), text or line or "", _numbers(touched)) for week, text, line, touched in rows]


def find_item(db: Session, wanted: str, whom: str) -> ChecklistItem:
    """The item meant by an id, a key, or its number in the weekly lists asked one after the other (1, 2, …).

    Raises:
        Refused: there is none.
    """
    rows = [item for key in LISTS[whom] for item in checklists.items(db, key)]
    for number, item in enumerate(rows, start=1):
        if wanted and wanted in (item.id, str(number), item.key):
            return item
    raise Refused(_("The reflection has no item “{item}”; it has {count}.").format(item=wanted, count=len(rows)))


def _begun(db: Session, week: str, now: Now, zone: ZoneInfo) -> Reflection:
    """The row of a week that has begun; made where there is none."""
    named = weeks.read(week)
    if named > weeks.of(now.at, zone):
        raise Refused(_("The week {week} has not begun yet.").format(week=named))
    return _one(db, str(named)) or put(db, Reflection(week=str(named), **made(now)))


def _one(db: Session, week: str) -> Reflection | None:
    return db.exec(select(Reflection).where(Reflection.week == week)).first()


def _answers(db: Session, reflection_id: str) -> dict[str, ReflectionAnswer]:
    """The answers of a week by item, in the order in which they were first given."""
    rows = db.exec(
        select(ReflectionAnswer)
        .where(ReflectionAnswer.reflection_id == reflection_id)
        .order_by(col(ReflectionAnswer.created_at))
    )
    return {row.item_id: row for row in rows.all()}


def _asked(item: ChecklistItem, key: str, number: int, given: ReflectionAnswer | None, present: bool) -> Asked:
    if given is None:
        return Asked(item.id, key, number, item.text, item.evidence)
    question = item.text if present and number else given.asked
    return Asked(item.id, key, number, question, item.evidence, given.answer, given.text)


def _numbers(stored: str) -> tuple[int, ...]:
    return tuple(_known(stored.split(",")))


def _known(parts: Collection[str]) -> Iterator[int]:
    for part in parts:
        if part.isdigit() and int(part) in competencies.NUMBERS:
            yield int(part)
