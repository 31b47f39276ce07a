"""The weekly reflection asked for by name."""

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from tests.verbs.conftest import Ask


def test_this_week_is_shown_with_what_the_records_tell(ask: Ask, ada: str, clock: Still) -> None:
    ask("commitment.add", client="Ada", text="Send it", due_on="2026-03-04")
    week = ask("reflect.show")
    assert ("2026-W10", False, [], "") == (week["week"], week["written"], week["competencies"], week["text"])
    assert [1, 2, 3, 4, 5] == [item["position"] for item in week["items"]]
    assert "1 promise of mine was due or looked at: 1 still open." == week["items"][1]["evidence"]
    assert ["", "No session was held this week."] == [week["items"][at]["evidence"] for at in (0, 4)]


def test_a_question_is_answered_by_its_number_in_this_week_or_another(ask: Ask) -> None:
    ask("reflect.answer", item="1", word="partly", text="Nearly.")
    earlier = ask("reflect.answer", item="undivided", word="no", week="2026-w9")
    assert ("2026-W09", "no") == (earlier["week"], earlier["items"][4]["answer"])
    first = ask("reflect.answer", item="1", word="yes")["items"][0]
    assert ("yes", "Nearly.") == (first["answer"], first["text"])


def test_a_week_is_written_when_each_question_has_an_answer(ask: Ask) -> None:
    told = [ask("reflect.answer", item=str(number), word="skipped")["written"] for number in range(1, 6)]
    assert [False, False, False, False, True] == told


@pytest.mark.parametrize(("whom", "count"), [("clients", 5), ("self", 5), ("both", 10)])
def test_the_questions_fit_whom_coachdesk_is_used_for(ask: Ask, desk: Desk, whom: str, count: int) -> None:
    desk.change_setting("session.whom", whom)
    assert list(range(1, count + 1)) == [item["position"] for item in ask("reflect.show")["items"]]


def test_what_cannot_be_is_refused_in_words(refused: Ask) -> None:
    assert "has not begun yet" in refused("reflect.show", week="2026-W11")
    assert "has not begun yet" in refused("reflect.answer", item="1", word="yes", week="2027-W01")
    assert "is no week" in refused("reflect.show", week="2025-W53")
    assert "no item “6”; it has 5" in refused("reflect.answer", item="6", word="yes")
    assert "yes, partly, no, skipped" in refused("reflect.answer", item="1", word="perhaps")


def test_a_question_that_is_no_longer_asked_is_still_shown_where_it_was_answered(ask: Ask, desk: Desk) -> None:
    ask("reflect.answer", item="1", word="yes")
    desk.change_setting("session.whom", "self")
    last = ask("reflect.show")["items"][-1]
    assert (0, "yes", "") == (last["position"], last["answer"], last["evidence"])
