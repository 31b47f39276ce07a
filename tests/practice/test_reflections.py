"""The weekly reflection: answers, words, competencies, weeks; and that what was asked then stays what was asked."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from coachdesk.clock import Still
from coachdesk.errors import Refused
from coachdesk.practice import checklists, competencies, drafts, reflections
from coachdesk.practice.checklists import WEEKLY_CLIENTS, WEEKLY_SELF
from coachdesk.practice.reflections import Reflection, ReflectionAnswer, Written

BERLIN = ZoneInfo("Europe/Berlin")
PROGRAM = Path(reflections.__file__).parent.parent
WEEK = "2026-W10"
"""The week of the tests' clock."""
LAST = "2026-W09"


class Coach:
    """Writes and reads as a coach in Berlin does."""

    def __init__(self, db: Session, clock: Still) -> None:
        self.db, self.clock = db, clock

    @property
    def when(self) -> dict:
        return {"now": self.clock.now(), "zone": BERLIN}

    def item(self, number: int, key: str = WEEKLY_CLIENTS) -> str:
        return checklists.items(self.db, key)[number - 1].id

    def answer(
        self, number: int, word: str | None = None, text: str | None = None, week: str = WEEK
    ) -> ReflectionAnswer:
        return reflections.answer(self.db, week, self.item(number), word=word, text=text, **self.when)

    def write(self, words: str, week: str = WEEK) -> Reflection:
        return reflections.write(self.db, week, words, **self.when)

    def touch(self, *numbers: int, week: str = WEEK) -> Reflection:
        return reflections.touch(self.db, week, numbers, **self.when)

    def week(self, week: str = WEEK, whom: str = "clients") -> Written:
        return reflections.of_week(self.db, week, whom, **self.when)


@pytest.fixture
def coach(db: Session, clock: Still) -> Coach:
    return Coach(db, clock)


def test_a_week_begins_with_its_questions_and_no_answer(coach: Coach) -> None:
    week = coach.week()
    assert [1, 2, 3, 4, 5] == [each.position for each in week.asked]
    assert {("", "")} == {(each.answer, each.text) for each in week.asked}
    assert not week.is_begun
    assert [] == coach.db.exec(select(Reflection)).all()


def test_answers_and_words_are_kept_each_by_itself(coach: Coach) -> None:
    coach.answer(2, word="partly")
    coach.answer(2, text="One of them late.")
    coach.answer(3, text="  Only written so far  ")
    coach.answer(2, word="yes")
    week = coach.week()
    assert [("", ""), ("yes", "One of them late."), ("", "Only written so far")] == [
        (each.answer, each.text) for each in week.asked[:3]
    ]
    assert 1 == len(coach.db.exec(select(Reflection)).all())


def test_a_week_is_written_once_every_question_has_an_answer_or_there_is_a_text(coach: Coach) -> None:
    for number in (1, 2, 3, 4):
        coach.answer(number, word="skipped")
        assert not coach.week().is_written
    coach.answer(5, text="only words")
    assert not coach.week().is_written
    coach.answer(5, word="no")
    assert coach.week().is_written
    coach.write("A long week.", week=LAST)
    assert reflections.is_written(coach.db, LAST, "clients", **coach.when)
    assert not reflections.is_written(coach.db, "2026-W08", "clients", **coach.when)


def test_a_list_without_items_is_not_written_by_itself(coach: Coach) -> None:
    for item in checklists.items(coach.db, WEEKLY_CLIENTS):
        checklists.remove_item(coach.db, item.id, now=coach.clock.now())
    assert not coach.week().is_written


@pytest.mark.parametrize(
    ("whom", "lists"),
    [("clients", [WEEKLY_CLIENTS]), ("self", [WEEKLY_SELF]), ("both", [WEEKLY_CLIENTS, WEEKLY_SELF])],
)
def test_whoever_coachdesk_is_used_for_decides_what_is_asked(coach: Coach, whom: str, lists: list[str]) -> None:
    assert lists == list(dict.fromkeys(each.list for each in coach.week(whom=whom).asked))


def test_what_was_answered_stays_where_another_list_is_asked_now(coach: Coach) -> None:
    coach.answer(1, word="yes")
    asked = coach.week(whom="self").asked
    assert (0, "", "yes") == (asked[-1].position, asked[-1].list, asked[-1].answer)
    assert 6 == len(asked)


def test_an_earlier_week_keeps_the_words_it_was_asked_in(coach: Coach) -> None:
    before = coach.week().asked[0].question
    coach.answer(1, word="yes")
    checklists.edit_item(coach.db, coach.item(1), "Was I there?", now=coach.clock.now())
    assert "Was I there?" == coach.week().asked[0].question
    coach.clock.advance(8 * 86400)
    assert before == coach.week().asked[0].question
    coach.answer(1, word="no")
    assert (before, "no") == (coach.week().asked[0].question, coach.week().asked[0].answer)
    assert "Was I there?" == coach.week("2026-W11").asked[0].question


def test_an_answer_in_the_present_week_is_one_to_the_present_words(coach: Coach) -> None:
    coach.answer(1, word="yes")
    checklists.edit_item(coach.db, coach.item(1), "Was I there?", now=coach.clock.now())
    coach.answer(1, word="no")
    coach.clock.advance(8 * 86400)
    assert "Was I there?" == coach.week().asked[0].question


def test_an_item_that_was_taken_out_keeps_its_earlier_answers(coach: Coach) -> None:
    words = coach.week().asked[3].question
    coach.answer(4, word="no", text="Twice.")
    checklists.remove_item(coach.db, coach.item(4), now=coach.clock.now())
    asked = coach.week().asked
    assert 5 == len(asked)
    assert (0, words, "no", "Twice.") == (asked[-1].position, asked[-1].question, asked[-1].answer, asked[-1].text)


def test_a_week_that_has_not_begun_is_refused_in_words(coach: Coach) -> None:
    for verb in (lambda: coach.answer(1, word="yes", week="2026-W11"), lambda: coach.write("x", week="2027-W01")):
        with pytest.raises(Refused, match="has not begun yet"):
            verb()
    with pytest.raises(Refused, match="has not begun yet"):
        coach.touch(1, week="2026-W11")
    assert [] == coach.db.exec(select(Reflection)).all()
    assert not coach.week("2026-W11").is_begun


def test_where_the_person_is_decides_which_week_has_begun(coach: Coach) -> None:
    coach.clock.advance((datetime(2027, 1, 3, 12, tzinfo=UTC) - coach.clock.now().at).total_seconds())
    with pytest.raises(Refused, match="2027-W01 has not begun"):
        coach.write("x", week="2027-W01")
    auckland = ZoneInfo("Pacific/Auckland")
    assert reflections.write(coach.db, "2027-W01", "x", now=coach.clock.now(), zone=auckland)


@pytest.mark.parametrize("word", ["", "maybe", "YES", "Ja"])
def test_another_word_is_no_answer(coach: Coach, word: str) -> None:
    with pytest.raises(Refused, match="yes, partly, no, skipped"):
        coach.answer(1, word=word)


def test_what_is_no_week_and_no_item_is_refused(coach: Coach) -> None:
    with pytest.raises(Refused, match="is no week"):
        coach.write("x", week="last week")
    with pytest.raises(Refused, match="no longer there"):
        reflections.answer(coach.db, WEEK, "gone", word="yes", **coach.when)


def test_competencies_are_kept_by_their_numbers(coach: Coach) -> None:
    coach.touch(8, 1, 8)
    assert (1, 8) == coach.week().competencies
    coach.touch()
    assert () == coach.week().competencies
    for wrong in (0, 9):
        with pytest.raises(Refused, match=f"{wrong} is none"):
            coach.touch(2, wrong)


def test_the_eight_competencies_bear_their_names() -> None:
    assert [
        "Demonstrates Ethical Practice", "Embodies a Coaching Mindset", "Establishes and Maintains Agreements",
        "Cultivates Trust and Safety", "Maintains Presence", "Listens Actively", "Evokes Awareness",
        "Facilitates Client Growth",
    ] == [competencies.name_of(number) for number in competencies.NUMBERS]  # fmt: skip
    assert all(each.about.endswith(".") and each.number == at for at, each in enumerate(competencies.EVERY, start=1))


def test_any_words_are_kept_as_they_are(coach: Coach) -> None:
    long = "שבוע ארוך 🌿 " * 8000
    coach.write(long)
    coach.answer(1, text="👩🏽‍🦱\nзакончила\x00 \ud83d")
    assert long.strip() == coach.week().text
    assert "👩🏽‍🦱\nзакончила �" == coach.week().asked[0].text
    with pytest.raises(Refused, match="a million"):
        coach.write("x" * 1_000_001)


def test_earlier_weeks_are_those_with_something_written_the_latest_first(coach: Coach) -> None:
    coach.write("The present one.")
    coach.write("Over the new year.", week="2020-W53")
    coach.touch(5, week="2021-W01")
    coach.answer(1, text="To one question.", week=LAST)
    coach.answer(2, word="no", week="2026-W08")
    coach.write("", week="2026-W07")
    found = reflections.earlier(coach.db, **coach.when)
    assert [
        (LAST, "To one question.", ()), ("2026-W08", "", ()), ("2021-W01", "", (5,)),
        ("2020-W53", "Over the new year.", ()),
    ] == [(str(each.week), each.glimpse, each.competencies) for each in found]  # fmt: skip


def test_a_list_of_weeks_shows_no_more_than_the_beginning_of_each(coach: Coach) -> None:
    coach.write("word " * 10_000, week=LAST)
    assert reflections.GLIMPSE == len(reflections.earlier(coach.db, **coach.when)[0].glimpse)


def test_removing_a_week_takes_its_answers_and_what_was_being_typed(coach: Coach) -> None:
    for week in (WEEK, LAST):
        coach.write("x", week=week)
        coach.answer(1, word="yes", week=week)
        drafts.keep(coach.db, reflections.SCREEN, week, "text", "half a sent", now=coach.clock.now())
    reflections.remove(coach.db, WEEK, now=coach.clock.now())
    assert [LAST] == [row.week for row in coach.db.exec(select(Reflection))]
    assert 1 == len(coach.db.exec(select(ReflectionAnswer)).all())
    assert [LAST] == [row.subject_id for row in coach.db.exec(select(drafts.Draft))]
    reflections.remove(coach.db, WEEK, now=coach.clock.now())


def test_an_item_is_found_by_number_key_or_id_through_both_lists(coach: Coach) -> None:
    both = [coach.item(5), coach.item(1, WEEKLY_SELF)]
    assert both == [reflections.find_item(coach.db, number, "both").id for number in ("5", "6")]
    assert coach.item(5) == reflections.find_item(coach.db, "undivided", "clients").id
    assert coach.item(3) == reflections.find_item(coach.db, coach.item(3), "clients").id
    for wanted in ("6", "", "rested"):
        with pytest.raises(Refused, match="it has 5"):
            reflections.find_item(coach.db, wanted, "clients")


def test_nothing_that_is_handed_out_reads_reflections_but_the_archive_of_everything() -> None:
    handed_out = [*PROGRAM.glob("exchange/*.py"), *PROGRAM.glob("cli/export_*.py")]
    readers = [
        path.stem
        for path in handed_out
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import) and "reflections" in ast.unparse(node)
    ]
    assert [] == [name for name in readers if not name.startswith("archive")]
