"""Verbs are found by name, and whatever happens is an answer."""

from pathlib import Path

import pytest

from coachdesk import verbs
from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.paths import Home
from tests.verbs.conftest import Ask


def test_an_unknown_verb_is_refused_in_words(refused: Ask) -> None:
    assert "This CoachDesk does not know “client.clone”; it may be another version." == refused("client.clone")


@pytest.mark.parametrize("request_", [{}, {"verb": None}, {"verb": 7, "arguments": {}}, {"verb": ["client.list"]}])
def test_a_request_without_a_verb_is_refused(desk: Desk, request_: dict) -> None:
    assert ["refused"] == list(verbs.carry_out(desk, request_))


def test_details_a_verb_does_not_take_are_refused(refused: Ask) -> None:
    assert "other details" in refused("session.start", client="Ada", loud=True)
    assert "other details" in refused("session.start")
    assert "A client has no “id”." == refused("client.add", name="Ada", id="1")


def test_locked_records_are_refused_in_words(clock: Still, home: Home) -> None:
    told = verbs.carry_out(Desk(clock, home), {"verb": "client.list"})
    assert {"refused": "The records are locked; unlock them first."} == told


def test_a_bug_is_answered_by_its_kind_and_a_report_without_a_word_of_a_client(desk: Desk, home: Home) -> None:
    def broken(desk: Desk, *, text: str) -> None:
        raise KeyError(text)

    request = {"verb": "session.note", "arguments": {"text": "her brother"}}
    told = verbs.carry_out(desk, request, {"session.note": broken})
    report = Path(told["report"])
    assert "KeyError" == told["fault"]
    assert home.logs == report.parent
    assert "brother" not in report.read_text()
    assert "KeyError" in report.read_text()
    assert 0o600 == report.stat().st_mode & 0o777


def test_every_verb_has_a_noun_and_says_what_it_does() -> None:
    table = verbs.table()
    assert 35 <= len(table)
    assert [] == [name for name, verb in table.items() if not verb.__doc__]
