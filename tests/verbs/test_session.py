"""Sessions asked for by name: planned, held without a window, looked back on."""

import pytest

from coachdesk.clock import Still
from coachdesk.desk import Desk
from coachdesk.practice import sessions
from coachdesk.sitting import Sitting
from tests.verbs.conftest import Ask

START = "2026-03-02T15:00"
"""Local time in Berlin: two hours after noon UTC."""


class Berlin:
    """A machine as far as a sitting needs one."""

    def time_zone(self) -> str:
        """Berlin."""
        return "Europe/Berlin"


def test_a_planned_session_has_the_agreed_length_else_the_usual_one(ask: Ask, ada: str) -> None:
    planned = ask("session.plan", client="Ada", start=START)
    assert ("2026-03-02T14:00:00+00:00", 50) == (planned["planned_start"], planned["planned_minutes"])
    ask("agreement.set", client="Ada", session_minutes=75)
    assert 75 == ask("session.plan", client="Ada", start=START)["planned_minutes"]
    assert 30 == ask("session.plan", client="Ada", start=START, minutes=30)["planned_minutes"]
    assert ("Ada", "Europe/Berlin") == (planned["client"], planned["time_zone"])


def test_moving_keeps_the_old_time_in_the_history(ask: Ask, ada: str) -> None:
    old = ask("session.plan", client=ada, start=START, minutes=40)
    new = ask("session.move", session=old["id"], start="2026-03-03T15:00")
    assert 40 == new["planned_minutes"]
    assert {old["id"]: "moved", new["id"]: "planned"} == {s["id"]: s["state"] for s in ask("session.list")}


@pytest.mark.parametrize(("verb", "state"), [("cancel", "cancelled"), ("missed", "missed")])
def test_a_planned_session_is_called_off_or_missed_once(
    ask: Ask, refused: Ask, ada: str, verb: str, state: str
) -> None:
    planned = ask("session.plan", client=ada, start=START)
    assert state == ask(f"session.{verb}", session=planned["id"])["state"]
    assert f"it is {state}" in refused(f"session.{verb}", session=planned["id"])
    assert "This record is no longer there." == refused(f"session.{verb}", session="nothing")


def test_a_session_held_by_verbs_alone_keeps_its_time(ask: Ask, ada: str, clock: Still) -> None:
    begun = ask("session.start", client="Ada", minutes=60)
    assert (False, 0, 3600) == (begun["attended"], begun["elapsed_seconds"], begun["remaining_seconds"])
    clock.advance(600)
    assert "paused" == ask("session.pause")["state"]
    clock.advance(300)
    status = ask("session.status")
    assert ("paused", 600, 2700) == (status["state"], status["elapsed_seconds"], status["remaining_seconds"])
    ask("session.resume")
    clock.advance(60)
    assert 3600 - 960 + 600 == ask("session.extend", minutes=10)["remaining_seconds"]
    mark, note = ask("session.mark", kind="insight"), ask("session.note", text="🌱 a line")
    assert ("insight", 960, "🌱 a line") == (mark["kind"], mark["at_seconds"], note["body"])
    ended = ask("session.finish", focus_line="Courage")
    assert ("finished", 660, "Courage", None) == (
        ended["state"], ended["elapsed_seconds"], ended["focus_line"], ended["closed_at"],
    )  # fmt: skip


def test_saying_what_mattered_closes_the_session(ask: Ask, ada: str, desk: Desk) -> None:
    ask("session.start", client=ada)
    assert ask("session.finish", what_mattered="Being trusted")["closed_at"]
    assert [] == desk.read(sessions.to_close)


def test_status_without_a_session_names_every_field_and_none_has_a_value(ask: Ask, ada: str) -> None:
    none = ask("session.status")
    assert {None} == set(none.values())
    ask("session.start", client=ada)
    assert none.keys() == ask("session.status").keys()


def test_status_says_the_phase_of_the_structure(ask: Ask, ada: str, desk: Desk, clock: Still) -> None:
    desk.change_setting("session.template", "grow")
    assert ask("session.start", client=ada)["phase"]
    first = ask("session.status")["phase"]
    clock.advance(2400)
    assert first != ask("session.status")["phase"]


def test_each_look_at_an_unattended_session_refreshes_it(ask: Ask, ada: str, desk: Desk, clock: Still) -> None:
    ask("session.start", client=ada)
    clock.advance(3600)
    ask("session.status")
    clock.advance(3 * 3600)
    assert Sitting(desk, Berlin()).unfinished() is None  # taken up without a question
    assert ask("session.status")["attended"]


def test_a_look_at_a_session_whose_window_was_killed_leaves_the_gap_to_the_next_window(
    ask: Ask, ada: str, desk: Desk, clock: Still
) -> None:
    desk.do(sessions.start, ada, attended=True)
    clock.advance(1200)
    ask("session.status")
    unfinished = Sitting(desk, Berlin()).unfinished()
    assert unfinished is not None
    assert clock.now().at > unfinished.last_seen_at


def test_where_a_window_listens_the_session_is_attended_and_the_sitting_shows_it_at_once(
    ask: Ask, ada: str, desk: Desk, clock: Still
) -> None:
    sitting = Sitting(desk, Berlin())
    assert sitting.moment() is None
    assert ask("session.start", client=ada)["attended"]
    assert "running" == sitting.moment().state
    ask("session.pause")
    assert "paused" == sitting.moment().state
    ask("session.finish")
    assert sitting.moment() is None


def test_a_sleep_between_two_sessions_begun_by_verbs_is_no_sleep_in_the_second(
    ask: Ask, ada: str, desk: Desk, clock: Still
) -> None:
    sitting = Sitting(desk, Berlin())
    ask("session.start", client=ada)
    sitting.tick()
    ask("session.finish")
    sitting.moment()
    clock.sleep(7200)
    ask("session.start", client=ada)
    sitting.tick()
    assert sitting.moment().notice is None


@pytest.mark.parametrize("verb", ["pause", "resume", "finish", "mark"])
def test_without_a_session_its_verbs_are_refused(refused: Ask, verb: str) -> None:
    assert "No session is running." == refused(f"session.{verb}")


def test_two_sessions_at_once_are_refused(ask: Ask, refused: Ask, ada: str) -> None:
    ask("session.start", client=ada)
    assert "A session is running; end it before beginning another." == refused("session.start", client=ada)


def test_a_past_session_is_logged_and_a_future_one_refused(ask: Ask, refused: Ask, ada: str) -> None:
    logged = ask("session.log", client="Ada", start="2026-03-01T10:00", minutes=90, paid="pro_bono")
    assert ("finished", 5400, "pro_bono") == (logged["state"], logged["elapsed_seconds"], logged["paid"])
    assert "it is over" in refused("session.log", client="Ada", start=START, minutes=60)
    assert "is not a time" in refused("session.log", client="Ada", start="yesterday", minutes=60)


def test_sessions_are_listed_for_all_or_for_one_client(ask: Ask, refused: Ask, ada: str) -> None:
    ask("client.add", name="Bea Long", short_name="Bea")
    ask("session.plan", client="Bea", start=START)
    ask("session.start", client=ada)
    assert {"Ada", "Bea"} == {session["client"] for session in ask("session.list")}
    assert ["Bea"] == [session["client"] for session in ask("session.list", client="Bea")]
    assert "No client is called “Cy”." == refused("session.list", client="Cy")


def test_what_is_planned_more_than_a_day_back_belongs_in_the_log(ask: Ask, refused: Ask, ada: str) -> None:
    assert "coachdesk session log" in refused("session.plan", client=ada, start="2026-02-27T10:00")
    planned = ask("session.plan", client=ada, start="2026-03-02T09:00")
    assert "coachdesk session log" in refused("session.move", session=planned["id"], start="2025-03-02T09:00")
