"""The main path through verbs alone: prepare, hold, close, and the next session begins with what was promised."""

import pytest

from coachdesk.desk import Desk
from coachdesk.paths import Home
from coachdesk.practice.clients import Client
from tests.cli.conftest import PASSPHRASE, Run


def test_a_coach_works_with_verbs_alone(run: Run, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHDESK_PASSPHRASE", PASSPHRASE)
    made = run("init", "--coach", "Ada Coach", "--json").json()
    assert ["passphrase", "recovery"] == made["ways"]
    hold_a_session(run)


def test_the_same_with_a_coachdesk_running_that_hears_of_each_change(run: Run, running: Desk) -> None:
    heard: list[frozenset[type]] = []
    running.listeners.append(heard.append)
    hold_a_session(run)
    assert frozenset({Client}) == heard[0]
    assert {"Session", "Commitment", "Review"} <= {table.__name__ for tables in heard for table in tables}


def hold_a_session(run: Run) -> None:
    """Everything from the client to the second session."""
    client = run("client", "add", "Mara Süß 🌱", "--email", "m@example.org", "--json").json()
    run("agreement", "set", client["id"], "--minutes", "45", "--json").json()
    run("checklist", "tick", "mara süss 🌱", "1", "--json").json()
    assert 45 == run("session", "plan", client["id"], "--start", "2031-03-02T15:00", "--json").json()["planned_minutes"]
    begun = run("--json", "session", "start", "Mara Süß 🌱").json()
    assert ("running", client["id"]) == (begun["state"], begun["client_id"])
    assert begun["id"] == run("session", "status", "--json").json()["id"]
    assert "paused" == run("session", "pause", "--json").json()["state"]
    assert "running" == run("session", "resume", "--json").json()["state"]
    run("session", "mark", "insight", "--json").json()
    run("session", "note", "She laughed", "--json").json()
    promise = run(
        "commitment", "add", client["id"], "Send the article", "--owner", "coach", "--due", "2031-03-09", "--json"
    ).json()
    assert (begun["id"], "2031-03-09") == (promise["session_id"], promise["due_on"])
    run("canvas", "add", client["id"], "Climbs", "--kind", "strength", "--json").json()
    ended = run("session", "finish", "--what-mattered", "Being trusted", "--json").json()
    assert ("finished", "Being trusted") == (ended["state"], ended["what_mattered"])
    brief = run("brief", client["id"], "--json").json()
    assert (2, ["Send the article"]) == (brief["session_number"], [each["text"] for each in brief["promises"]])
    run("session", "start", client["id"], "--json").json()
    assert "kept" == run("commitment", "review", promise["id"], "kept", "--json").json()["review"]["state"]
    assert [] == run("commitment", "list", "--open", "--json").json()
    run("session", "finish", "--json").json()
    assert 2 == [each["state"] for each in run("session", "list", "--json").json()].count("finished")
    assert 60 > run("hours", "--json").json()["total"]["paid_seconds"]  # they lasted a moment


def test_in_words_the_same_verbs_print_plain_lines(run: Run, records: Home) -> None:
    made = run("client", "add", "Mara\nSüß")
    assert made.out.strip() == run("client", "show", made.out.strip(), "--json").json()["id"]
    client = made.out.strip()
    run("client", "edit", client, "--short-name", "Mara")
    listed = run("client", "list").out
    assert "Mara" in listed
    assert client in listed
    assert "Mara: running, 0 minutes gone, 50 minutes left" in run("session", "start", "Mara").out
    promise = run("commitment", "add", "Mara", "Send the article", "--owner", "coach").out.strip()
    assert "Send the article" in run("commitment", "list").out
    assert "Ended after" in run("session", "finish").out
    assert "Mara" in run("session", "list", "Mara").out
    brief = run("brief", "Mara").out
    assert "Mara / Süß, session 2" in brief
    assert "My promises:\n  Send the article" in brief
    assert "State: kept" in run("commitment", "review", promise, "kept").out
    assert "[x] 1" in run("checklist", "tick", "Mara", "1").out
    assert "Nothing is agreed yet." in run("agreement", "show", "Mara").out
    assert "45" in run("agreement", "set", "Mara", "--minutes", "45").out
    assert "The canvas is empty." in run("canvas", "list", "Mara").out
    assert "Total" in run("hours").out
    assert "No session is running." in run("session", "status").out
    assert "sqlcipher" in run("doctor").out
