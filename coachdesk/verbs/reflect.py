"""What can be asked about the weekly reflection; it is for the coach alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coachdesk.errors import Refused
from coachdesk.machine.here import zone_here
from coachdesk.practice import competencies, evidence, reflections, weeks
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


@dataclass(frozen=True)
class Item:
    """A question of a week: its number (0 for one that is no longer asked), its words, what the records tell."""

    item_id: str
    position: int
    question: str
    evidence: str
    answer: str
    text: str


@dataclass(frozen=True)
class Reflected:
    """A week as it stands."""

    week: str
    written: bool
    items: tuple[Item, ...]
    competencies: tuple[str, ...]
    text: str


def show(desk: "Desk", *, week: str = "") -> Reflected:
    """A week, this one where none is named, with the evidence beside each question."""
    whom, zone = desk.settings.session.whom, zone_here()
    named = weeks.read(week) if week else weeks.of(desk.now().at, zone)
    if named > weeks.of(desk.now().at, zone):
        raise Refused(_("The week {week} has not begun yet.").format(week=named))
    found = desk.read(reflections.of_week, str(named), whom, zone=zone)
    told = {
        key: desk.read(evidence.of_week, named, key, whom, zone=zone)
        for key in {each.list for each in found.asked if each.list}
    }
    items = tuple(
        Item(
            each.item_id,
            number if each.position else 0,
            each.question,
            told[each.list].words(each.evidence) if each.list else "",
            each.answer,
            each.text,
        )
        for number, each in enumerate(found.asked, start=1)
    )
    names = tuple(competencies.name_of(number) for number in found.competencies)
    return Reflected(str(named), found.is_written, items, names, found.text)


def answer(desk: "Desk", *, item: str, word: str, text: str | None = None, week: str = "") -> Reflected:
    """Answer a question, named by its number, key or id, in a week, this one where none is named."""
    zone = zone_here()
    named = week or str(weeks.of(desk.now().at, zone))
    asked = desk.read(reflections.find_item, item, desk.settings.session.whom)
    desk.do(reflections.answer, named, asked.id, zone=zone, word=word, text=text)
    return show(desk, week=named)


VERBS = {"reflect.show": show, "reflect.answer": answer}
