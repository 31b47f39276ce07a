"""What a notification says: how many things and which, never whose."""

from datetime import UTC, datetime, timedelta

import pytest

from coachdesk.reminders.duties import KINDS, Duty
from coachdesk.ui.due_words import notice

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def duty(kind: str, occasion: str = "2026-03-02") -> Duty:
    return Duty(kind, "id", occasion, NOW, client_id="Ana")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "session_soon"])
@pytest.mark.parametrize("count", [1, 3])
def test_every_kind_has_its_sentence(kind, count):
    _title, body = notice([duty(kind)] * count, NOW)
    assert body.endswith(".")
    assert "{" not in body
    assert "Ana" not in body


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(9.5, "begins in 10 minutes"), (1, "begins in 1 minute."), (0, "was planned for 13:00"), (-20, "was planned for")],
)
def test_a_session_is_told_by_its_minutes(minutes, words):
    start = NOW + timedelta(minutes=minutes)
    assert words in notice([duty("session_soon", start.isoformat())], NOW)[1]


def test_one_thing_needs_no_number():
    assert "CoachDesk" == notice([duty("backup")], NOW)[0]


def test_a_list_to_look_through_is_one_thing():
    due = [duty("without_next")] * 5 + [duty("retention")] * 4 + [duty("my_promise")] * 2
    title, body = notice(due, NOW)
    assert "4 things for today" == title
    assert "5 clients have no next date yet.\n" in body
