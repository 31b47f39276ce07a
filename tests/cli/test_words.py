"""What the verbs say to people, asked of a running CoachDesk whose clock stands at noon UTC."""

import pytest

from coachdesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def say(run: Run, running: Desk) -> Run:
    """Run a verb that must be carried out; the answer is what it printed."""

    def say(*words: str) -> str:
        result = run(*words)
        assert (0, "") == (result.exit, result.err)
        return result.out.rstrip("\n")

    say("client", "add", "Ada")
    return say


def test_a_client_is_described_by_what_is_known(say: Run) -> None:
    words = ["--kind", "group", "--group-size", "6", "--started", "2026-01-07", "--needs-pace", "slow", "--name", "A B"]
    assert "Name: A B\nKind: group\nIn the group: 6\nSince: 2026-01-07\nNeeds, pace: slow\nId: " in say(
        "client", "edit", "Ada", *words
    )
    assert "Archived: 2026-03-02 13:00" in say("client", "archive", "A B")
    assert "No clients yet." == say("client", "list")
    assert "A B" in say("client", "list", "--archived")
    assert "Archived" not in say("client", "bring-back", "A B")
    assert "A B" in say("client", "show", "a b")


def test_planned_sessions_are_told_in_local_time(say: Run) -> None:
    assert "No sessions yet." == say("session", "list")
    first = say("session", "plan", "Ada", "--start", "2026-03-04T09:30", "--minutes", "40")
    second = say("session", "move", first, "--start", "2026-03-05T09:30")
    assert "Ada, 2026-03-05 09:30: cancelled" == say("session", "cancel", second)
    third = say("session", "plan", "Ada", "--start", "2026-03-06T08:00Z")
    assert "Ada, 2026-03-06 09:00: missed" == say("session", "missed", third)
    listed = say("session", "list", "Ada")
    assert [True] * 3 == [each in listed for each in ("40 min  moved", "40 min  cancelled", "50 min  missed")]


@pytest.mark.parametrize(("flags", "paid", "free"), [(["--paid"], "1.50", "0.00"), (["--pro-bono"], "0.00", "1.50")])
def test_a_logged_session_counts_its_hours(say: Run, flags: list[str], paid: str, free: str) -> None:
    say("session", "log", "Ada", "--start", "2026-03-01T10:00", "--minutes", "90", *flags)
    assert ["1", paid, free, "Ada"] == say("hours").splitlines()[1].split()
    assert ["0", "0.00", "0.00", "Total"] == say("hours", "--since", "2026-03-02").splitlines()[-1].split()


def test_the_running_session_is_told_in_one_line(say: Run) -> None:
    assert "No session is running." == say("session", "status")
    begun = "Ada: running, 0 minutes gone, 1 minute left"
    assert say("session", "start", "Ada", "--minutes", "30").startswith("Ada: running, 0 minutes gone, 30 minutes left")
    assert "agreed end 13:40" in say("session", "extend", "10")
    assert say("session", "pause").startswith("Ada: paused")
    assert say("session", "resume").startswith(begun[:12])
    assert len(say("session", "mark")) == len(say("session", "note", "a line")) == 36
    assert "Ended after 0 min. It can be closed later." == say("session", "finish", "--focus-line", "Trust")
    say("session", "start", "Ada")
    assert "Ended after 0 min." == say("session", "finish", "--what-mattered", "Trust")


def test_a_phase_is_told_where_there_are_phases(say: Run, running: Desk) -> None:
    running.change_setting("session.template", "sixty")
    assert say("session", "start", "Ada").count(",") == 4


def test_promises_are_told_with_whose_and_by_when(say: Run) -> None:
    assert "Nothing is promised." == say("commitment", "list")
    made = say(
        "commitment", "add", "Ada", "Write", "--owner", "client", "--due", "2026-03-09", "--cue", "When I sit down"
    )
    assert "next step: Write\nState: open\nBy: 2026-03-09\nWhen: When I sit down" in say(
        "commitment", "edit", made, "--confidence", "7"
    )
    carried = say("commitment", "review", made, "carried", "--due", "2026-03-16", "--note", "ill")
    assert "State: carried on" in carried
    successor = carried.rpartition("Carried on as: ")[2]
    assert "promise of both: Draw" in say("commitment", "edit", successor, "--text", "Draw", "--owner", "both")
    assert "Removed: Draw" == say("commitment", "remove", successor)
    assert "let go  2026-03-09  Ada     next step  Write" in say("commitment", "list", "--client", "Ada")


def test_the_canvas_and_the_agreement_are_told(say: Run) -> None:
    say("canvas", "add", "Ada", "Climbs\nrocks", "--kind", "strength")
    say("canvas", "add", "Ada", "In awe", "--private")
    assert "2026-03-02  strength  Climbs / rocks" in say("canvas", "list", "Ada")
    assert "In awe" in say("canvas", "list", "Ada", "--private")
    said = say("agreement", "set", "Ada", "--minutes", "45", "--exceptions", "Danger", "--review-on", "2026-09-01")
    assert (
        "Agreed on: 2026-03-02\nMinutes of a session: 45\nIts exceptions: Danger\nTo be looked at again on: 2026-09-01"
        == said
    )
    assert said == say("agreement", "show", "Ada")


def test_the_brief_is_told_in_the_order_in_which_it_matters(say: Run) -> None:
    say("client", "edit", "Ada", "--needs-feedback", "straight")
    say("agreement", "set", "Ada", "--minutes", "45")
    for item in "1234":
        say("checklist", "tick", "Ada", item)
    say("checklist", "tick", "Ada", "4", "--undo")
    say("session", "start", "Ada")
    say("session", "mark", "strain")
    say("commitment", "add", "Ada", "Send it", "--owner", "coach", "--due", "2026-03-09")
    say("commitment", "add", "Ada", "Write", "--owner", "client")
    say("canvas", "add", "Ada", "The garden", "--kind", "thread")
    say("canvas", "add", "Ada", "Climbs", "--kind", "strength")
    say("session", "finish")
    say("session", "plan", "Ada", "--start", "2026-03-09T13:00")
    said = say("brief", "Ada").splitlines()
    assert [
        "Ada, session 2", "Planned: 2026-03-09 13:00", "Left from last time:", "  strain", "Needs to feel safe:",
        "  straight", "My promises:", "  Send it (by 2026-03-09)", "Next steps:", "  Write", "Threads:", "  The garden",
        "Canvas:", "  Climbs", "Agreement:", "  45 min", "First session, still open:",
    ] == said[:-1]  # fmt: skip


def test_the_doctor_speaks_without_a_key(run: Run, home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("doctor", "--json").json()
    assert ("nothing", "locked, not checked") == (told["records"]["found"], told["records"]["integrity"])
    assert "screen: " in run("doctor").out


def test_the_doctor_checks_records_it_can_open_and_says_why_not(
    run: Run, records: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ok" == run("doctor", "--json").json()["records"]["integrity"]
    monkeypatch.setenv("COACHDESK_PASSPHRASE", "a wrong one for sure")
    told = run("doctor", "--json").json()["records"]
    assert ("locked, not checked", ["passphrase", "recovery"]) == (told["integrity"], told["ways"])
    assert "not the passphrase" in told["problem"]


def test_the_doctor_asks_a_running_coachdesk(say: Run) -> None:
    assert "integrity: ok" in say("doctor")


def test_a_rehearsal_without_a_window_prints_its_timeline(run: Run) -> None:
    assert "   0′  Begin: 5 minutes are agreed" in run("rehearse", "--no-window", "--minutes", "5").out
    told = run("rehearse", "--no-window", "--minutes", "5", "--json").json()
    assert [] == told["missing"]
    assert {"minute", "name", "what"} == told["timeline"][0].keys()
