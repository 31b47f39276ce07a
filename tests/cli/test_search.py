"""Searching from the command line."""

from coachdesk.desk import Desk
from coachdesk.practice import canvas, clients, commitments
from tests.cli.conftest import Run


def test_words_are_found_for_everybody_or_one_client_and_private_ones_only_when_asked_for(
    run: Run, running: Desk
) -> None:
    mira, paul = running.do(clients.add, "Mira"), running.do(clients.add, "Paul")
    running.do(commitments.add, mira.id, "Call her mother")
    running.do(commitments.add, paul.id, "Write to my mother")
    running.do(canvas.add, paul.id, "His mother frightens me", private=True)

    everybody = run("search", "moth", "--json").json()
    assert ["Write to my mother", "Call her mother"] == [one["snippet"] for one in everybody]
    assert [["Paul"], 2] == [
        sorted({one["name"] for one in run("search", "mother", "--client", "paul", "--private", "--json").json()}),
        len(run("search", "mother", "--client", "paul", "--private", "--json").json()),
    ]
    said = run("search", "her", "mother").out
    assert [True] * 3 == [words in said for words in ("promise", "Call her mother", "Mira")]


def test_nothing_found_is_said_whatever_was_asked(run: Run, running: Desk) -> None:
    assert "Nothing was found." in run("search", 'NEAR("', "*").out
    assert [] == run("search", "👍", "--json").json()
