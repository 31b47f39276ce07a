"""The weekly reflection on the command line: words for people, one document for programs."""

from coachdesk.paths import Home
from tests.cli.conftest import Run

WEEK = "2026-W10"


def test_a_week_is_answered_and_shown(run: Run, records: Home) -> None:
    run("reflect", "answer", "1", "yes", "--text", "Twice\nI waited 🌿", "--week", WEEK, "--json").json()
    run("reflect", "answer", "5", "partly", "--week", WEEK)
    shown = run("reflect", "show", "--week", WEEK)
    assert (0, "") == (shown.exit, shown.err)
    assert [
        "2026-W10", "", "1  Did I listen more than I spoke?", "   Yes", "   Twice / I waited 🌿", "",
    ] == shown.out.splitlines()[:6]  # fmt: skip
    assert "5  Did I give my undivided attention?\n   No session was held this week.\n   Partly" in shown.out


def test_a_week_in_which_all_is_answered_is_written(run: Run, records: Home) -> None:
    for number in "12345":
        run("reflect", "answer", number, "skipped", "--week", WEEK)
    assert "2026-W10: this week is written." == run("reflect", "show", "--week", WEEK).out.splitlines()[0]
    assert run("reflect", "show", "--week", WEEK, "--json").json()["written"]


def test_without_a_week_it_is_this_one(run: Run, records: Home) -> None:
    week = run("reflect", "show", "--json").json()
    assert week["week"] == run("reflect", "answer", "2", "no", "--json").json()["week"]


def test_a_refusal_is_one_sentence(run: Run, records: Home) -> None:
    for words in (("show", "--week", "9999-W01"), ("answer", "1", "maybe"), ("answer", "9", "yes")):
        result = run("reflect", *words)
        assert (1, "", 1) == (result.exit, result.out, len(result.err.splitlines()))
