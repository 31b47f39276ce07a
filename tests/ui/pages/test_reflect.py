"""Reflect as a coach uses it: answering, writing, going to other weeks, nothing lost and nothing put in their mouth."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from coachdesk.practice import checklists, clients, commitments, drafts, reflections, sessions
from coachdesk.ui.pages.reflect import ReflectPage
from coachdesk.ui.widgets.fields import PAUSE
from tests.ui.hands import key, named, press, words_on, write

BERLIN = ZoneInfo("Europe/Berlin")
WEEK, LAST = "2026-W10", "2026-W09"
DONE = "This week is written."


def week_of(desk, week: str = WEEK):
    return desk.read(reflections.of_week, week, desk.settings.session.whom, zone=BERLIN)


def questions(page) -> list:
    return list(page.part.questions.values())


def leave(field) -> None:
    """Go on to the next field, as Tab does."""
    key(field, Qt.Key.Key_Tab)


def test_this_week_is_asked_with_the_evidence_beside_each_question(show, desk, ana):
    desk.do(commitments.add, ana.id, "Send it", due_on=date(2026, 3, 3))
    page = show(ReflectPage)
    assert "Monday, 2 March to Sunday, 8 March\nweek 10 of 2026" in words_on(page)
    assert 5 == len(questions(page))
    told = [each.evidence.text() for each in questions(page)]
    assert ["", "1 promise of mine was due or looked at: 1 still open."] == told[:2]
    assert [""] * 5 == [each.answer for each in questions(page)]
    assert "For you alone." in words_on(page)


def test_an_answer_is_kept_as_it_is_chosen(show, desk):
    page = show(ReflectPage)
    press(questions(page)[1], "Partly")
    assert "partly" == week_of(desk).asked[1].answer
    press(questions(page)[1], "Yes")
    assert ["", "yes"] == [each.answer for each in week_of(desk).asked[:2]]


def test_answers_can_be_given_by_keyboard_alone(show, desk):
    page = show(ReflectPage)
    first = named(questions(page)[0], "Yes")
    first.setFocus()
    key(first, Qt.Key.Key_Space)
    assert "yes" == week_of(desk).asked[0].answer
    key(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert "partly" == week_of(desk).asked[0].answer
    leave(QApplication.focusWidget())
    assert questions(page)[0].line is QApplication.focusWidget()


def test_a_line_is_a_draft_while_it_is_typed_and_kept_when_it_is_left(show, desk, qtbot):
    page = show(ReflectPage)
    line = questions(page)[0].line
    write(line, "I waited")
    qtbot.wait(PAUSE + 200)
    assert "I waited" == desk.read(drafts.get, reflections.SCREEN, WEEK, questions(page)[0].item_id)
    assert "" == week_of(desk).asked[0].text
    leave(line)
    asked = week_of(desk).asked[0]
    assert ("I waited", "") == (asked.text, asked.answer)
    assert "" == desk.read(drafts.get, reflections.SCREEN, WEEK, asked.item_id)


def test_what_was_being_typed_when_the_program_ended_is_there_again(show, desk, qtbot):
    page = show(ReflectPage)
    write(page.part.words, "A half sent")
    write(questions(page)[2].line, "So far")
    qtbot.wait(PAUSE + 200)
    again = show(ReflectPage)
    assert ("A half sent", "So far") == (again.part.words.words, questions(again)[2].line.words)


def test_the_text_is_kept_when_it_is_left_and_the_week_is_written(show, desk):
    page = show(ReflectPage)
    assert DONE not in words_on(page)
    write(page.part.words, "Less in a hurry.")
    leave(page.part.words)
    assert "Less in a hurry." == week_of(desk).text
    assert DONE in words_on(page)


def test_a_week_is_written_once_each_question_has_an_answer(show, desk):
    page = show(ReflectPage)
    for question in questions(page):
        assert DONE not in words_on(page)
        press(question, "Skip")
    assert DONE in words_on(page)


def test_leaving_the_page_or_the_week_keeps_what_is_typed_with_its_own_week(show, desk):
    page = show(ReflectPage)
    write(page.part.words, "Of this week")
    write(questions(page)[0].line, "A line of this week")
    press(page, "The week before")
    assert "" == page.part.words.words
    write(page.part.words, "Of the last one")
    page.hide()
    assert ("Of this week", "A line of this week") == (week_of(desk).text, week_of(desk).asked[0].text)
    assert ("Of the last one", "") == (week_of(desk, LAST).text, week_of(desk, LAST).asked[0].text)


def test_one_goes_to_earlier_weeks_and_never_beyond_this_one(show, desk):
    page = show(ReflectPage)
    assert not page.after.isEnabled()
    press(page, "The week before")
    press(page, "The week before")
    assert "week 8 of 2026" == page.number.text()
    press(page, "The week after")
    assert "week 9 of 2026" == page.number.text()
    press(page, "This week")
    assert "week 10 of 2026" == page.number.text()
    assert not page.here.isVisible()


@pytest.mark.parametrize(
    ("moment", "this", "last"),
    [
        (datetime(2027, 1, 3, 22, 59, tzinfo=UTC), "week 53 of 2026", "week 52 of 2026"),
        (datetime(2027, 1, 3, 23, 1, tzinfo=UTC), "week 1 of 2027", "week 53 of 2026"),
    ],
)
def test_the_year_ends_where_the_person_is(show, desk, clock, moment, this, last):
    clock.advance((moment - clock.now().at).total_seconds())
    page = show(ReflectPage)
    assert this == page.number.text()
    press(page, "The week before")
    assert last == page.number.text()


def test_coming_back_in_the_next_week_shows_that_one_and_keeps_the_former(show, desk, clock):
    page = show(ReflectPage)
    write(page.part.words, "Late on Sunday")
    clock.advance(7 * 86400)
    page.arrive()
    assert "week 11 of 2026" == page.number.text()
    assert ("Late on Sunday", "") == (week_of(desk).text, page.part.words.words)


def test_competencies_are_ticked_with_a_sentence_to_each(show, desk):
    page = show(ReflectPage)
    press(page, "Competencies touched")
    press(page, "Listens Actively")
    press(page, "Maintains Presence")
    assert (5, 6) == week_of(desk).competencies
    box = named(page, "Listens Actively", QCheckBox)
    assert box.accessibleDescription() in words_on(page)


@pytest.mark.parametrize(
    ("whom", "sets", "competencies"), [("clients", 1, True), ("self", 1, False), ("both", 2, True)]
)
def test_whoever_it_is_used_for_has_their_own_questions(show, desk, whom, sets, competencies):
    desk.change_setting("session.whom", whom)
    page = show(ReflectPage)
    assert 5 * sets == len(questions(page))
    assert competencies == page.part.competencies.isVisible()
    own = "Did I rest before I had to?"
    assert (whom != "clients") == (own in words_on(page))
    assert own == questions(page)[-1].question or whom == "clients"


def test_a_change_from_elsewhere_is_shown_and_what_is_typed_stays(show, desk):
    page, other = show(ReflectPage), show(ReflectPage)
    write(questions(page)[0].line, "half typed")
    press(questions(other)[0], "No")
    write(other.part.words, "From the other window")
    leave(other.part.words)
    assert ("no", "half typed") == (questions(page)[0].answer, questions(page)[0].line.words)
    assert "From the other window" == page.part.words.words
    questions(page)[0].store()
    assert ("no", "half typed") == (questions(other)[0].answer, questions(other)[0].line.words)


def test_other_wording_is_asked_at_once_and_the_draft_stays(show, desk, qtbot):
    page = show(ReflectPage)
    item = questions(page)[0].item_id
    write(questions(page)[0].line, "half typed")
    desk.do(checklists.edit_item, item, "Was I there?")
    assert ("Was I there?", "half typed") == (questions(page)[0].question, questions(page)[0].line.words)


def test_an_empty_list_says_where_questions_are_added(show, desk):
    for item in desk.read(checklists.items, checklists.WEEKLY_CLIENTS):
        desk.do(checklists.remove_item, item.id)
    assert "You can add your own in the settings." in words_on(show(ReflectPage))


def test_what_is_written_can_be_removed_after_asking(show, desk, shell):
    page = show(ReflectPage)
    press(questions(page)[0], "Yes")
    write(page.part.words, "All of it")
    leave(page.part.words)
    shell.answer = False
    press(page, "Remove what is written about this week")
    assert week_of(desk).is_begun
    shell.answer = True
    press(page, "Remove what is written about this week")
    assert not week_of(desk).is_begun
    assert ("", "") == (page.part.words.words, questions(page)[0].answer)
    assert not page.part.away.isVisible()
    assert ("Remove what is written about this week?", ("Monday, 2 March to Sunday, 8 March",)) == shell.asked[-1]


def test_a_text_too_long_to_keep_is_said_and_stays_in_its_field(show, desk, shell):
    page = show(ReflectPage)
    page.part.words.put("a slow week\n" * 90_000)
    page.part.store()
    assert ["a million" in said for said in shell.said] == [True]
    assert 1_079_999 == len(page.part.words.words)


def test_any_words_are_shown_and_kept_as_they_are(show, desk):
    words = "שבוע ארוך 🌿 " * 3000
    page = show(ReflectPage)
    page.part.words.put(words)
    questions(page)[0].line.put(words)
    page.part.store()
    assert (words.strip(), words.strip()) == (week_of(desk).text, week_of(desk).asked[0].text)


def test_earlier_weeks_are_listed_and_opened(show, desk):
    desk.do(reflections.write, LAST, "Slower.", zone=BERLIN)
    desk.do(reflections.touch, "2026-W07", (6,), zone=BERLIN)
    page = show(ReflectPage)
    press(page, "Earlier weeks")
    rows = page.parts["earlier"].list.rows
    assert [(LAST, "Slower."), ("2026-W07", "Listens Actively")] == [(row.id, row.detail) for row in rows]
    listed = page.parts["earlier"].list
    listed.setFocus()
    key(listed, Qt.Key.Key_Return)
    assert ("week 9 of 2026", "Slower.") == (page.number.text(), page.part.words.words)
    assert "week" == page.choice.value


def test_without_earlier_weeks_it_says_how_there_will_be_some(show, desk):
    page = show(ReflectPage, part="earlier")
    assert "Weeks you have written about are listed here." in words_on(page)
    assert not page.parts["earlier"].list.isVisible()


def test_a_week_can_be_asked_for(show, desk):
    assert "week 9 of 2026" == show(ReflectPage, week=LAST).number.text()


def test_answering_in_an_earlier_week_is_kept_there(show, desk):
    page = show(ReflectPage, week="2020-W53")
    press(questions(page)[0], "No")
    assert "no" == week_of(desk, "2020-W53").asked[0].answer
    assert not week_of(desk).is_begun


def test_the_evidence_changes_with_the_records_and_answers_nothing(show, desk, clock, ana):
    page = show(ReflectPage)
    desk.do(sessions.start, ana.id)
    clock.advance(600)
    desk.do(sessions.finish)
    assert "Focus mode was not on in this week's one session." == questions(page)[4].evidence.text()
    assert [""] * 5 == [each.answer for each in questions(page)]


def test_twenty_years_of_weeks_are_listed_lazily(show, desk, clock):
    here = clock.now().at
    with desk.store.session() as db:
        for back in range(1, 1041):
            week = reflections.weeks.of(here - timedelta(weeks=back), BERLIN)
            db.add(reflections.Reflection(week=str(week), text="x", created_at=here, updated_at=here))
        db.commit()
    page = show(ReflectPage, part="earlier")
    assert 1040 == len(page.parts["earlier"].list.rows)


def test_a_solo_practitioner_s_own_record_is_the_evidence(show, desk, clock):
    desk.change_setting("session.whom", "self")
    me = desk.do(clients.add, "Me", kind="self")
    row = desk.do(commitments.add, me.id, "Walk")
    desk.do(commitments.review, row.id, "released")
    told = [each.evidence.text() for each in questions(show(ReflectPage))]
    assert "1 promise of mine was due or looked at: 1 let go." == told[0]
    assert "1 thing was let go this week." == told[1]


def test_tab_goes_down_the_page_as_it_is_read(show, desk):
    page = show(ReflectPage)
    page.part.fold.handle.setChecked(True)
    named(questions(page)[0], "Yes").setFocus()
    wanted = [questions(page)[0].line, *(each.line for each in questions(page)[1:]), page.part.fold.handle]
    wanted += [*page.part.touched.boxes.values(), page.part.words]
    come_to = []
    while QApplication.focusWidget() is not page.part.words and len(come_to) < 40:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        come_to.append(QApplication.focusWidget())
    assert wanted == [each for each in come_to if each in wanted]
