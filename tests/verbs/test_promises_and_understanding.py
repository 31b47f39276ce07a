"""Commitments, canvas, agreement, checklist, brief and hours asked for by name."""

import pytest

from coachdesk.clock import Still
from tests.verbs.conftest import Ask


def test_a_promise_made_in_a_running_session_with_this_client_belongs_to_it(ask: Ask, ada: str) -> None:
    ask("client.add", name="Bea")
    session = ask("session.start", client=ada)
    mine = ask("commitment.add", client="Ada", text="Send the article", owner="coach", due_on="2026-03-09")
    other = ask("commitment.add", client="Bea", text="Call", owner="both")
    assert (session["id"], "2026-03-09", "Ada") == (mine["session_id"], mine["due_on"], mine["client"])
    assert (None, None, "Bea") == (other["session_id"], other["due_on"], other["client"])


def test_promises_are_listed_for_all_for_one_client_and_only_open_ones(ask: Ask, ada: str) -> None:
    ask("client.add", name="Bea")
    kept = ask("commitment.add", client="Ada", text="a", owner="coach")
    ask("commitment.add", client="Ada", text="b", owner="client")
    ask("commitment.add", client="Bea", text="c", owner="client")
    ask("commitment.review", commitment=kept["id"], outcome="kept")
    assert {"a", "b", "c"} == texts(ask("commitment.list"))
    assert {"a", "b"} == texts(ask("commitment.list", client="Ada"))
    assert {"b", "c"} == texts(ask("commitment.list", only_open=True))
    assert {"b"} == texts(ask("commitment.list", client="Ada", only_open=True))


def texts(rows: list[dict]) -> set[str]:
    """What the rows say."""
    return {row["text"] for row in rows}


def test_carrying_on_answers_with_the_review_and_the_successor(ask: Ask, refused: Ask, ada: str) -> None:
    made = ask("commitment.add", client=ada, text="Write", owner="client", due_on="2026-03-09")
    told = ask("commitment.review", commitment=made["id"], outcome="carried", note="ill", due_on="2026-03-16")
    assert ("carried", "carried", "ill") == (told["state"], told["review"]["state"], told["review"]["note"])
    assert (made["id"], "2026-03-16", "open") == (
        told["successor"]["carried_from_id"], told["successor"]["due_on"], told["successor"]["state"],
    )  # fmt: skip
    assert "closed already" in refused("commitment.review", commitment=made["id"], outcome="kept")


def test_a_review_in_a_session_says_in_which(ask: Ask, ada: str) -> None:
    made = ask("commitment.add", client=ada, text="Write", owner="client")
    session = ask("session.start", client=ada)
    told = ask("commitment.review", commitment=made["id"], outcome="kept")
    assert (session["id"], None) == (told["review"]["session_id"], told["successor"])


def test_a_promise_is_edited_and_removed(ask: Ask, refused: Ask, ada: str) -> None:
    made = ask("commitment.add", client=ada, text="Write", owner="client")
    edited = ask("commitment.edit", commitment=made["id"], text="Write again", cue="When I sit down", confidence=7)
    assert ("Write again", "When I sit down", 7) == (edited["text"], edited["cue"], edited["confidence"])
    assert "Write again" == ask("commitment.remove", commitment=made["id"])["text"]
    assert "This record is no longer there." == refused("commitment.remove", commitment=made["id"])
    assert [] == ask("commitment.list")


@pytest.mark.parametrize(
    "fields",
    [{"text": " "}, {"owner": "team"}, {"confidence": 11}, {"due_on": "31.1."}, {"state": "kept"}],
)
def test_a_promise_that_cannot_be_is_refused(ask: Ask, refused: Ask, ada: str, fields: dict) -> None:
    assert refused("commitment.add", **{"client": ada, "text": "x", "owner": "coach", **fields})
    assert [] == ask("commitment.list")


def test_private_lines_of_the_canvas_stand_apart(ask: Ask, refused: Ask, ada: str) -> None:
    session = ask("session.start", client=ada)
    line = ask("canvas.add", client="Ada", text="Climbs", kind="strength")
    ask("canvas.add", client="Ada", text="I am in awe", private=True)
    assert session["id"] == line["session_id"]
    assert ["Climbs"] == [each["text"] for each in ask("canvas.list", client="Ada")]
    assert ["I am in awe"] == [each["text"] for each in ask("canvas.list", client="Ada", private=True)]
    assert "one of: context, words" in refused("canvas.add", client="Ada", text="x", kind="mood")


def test_an_agreement_keeps_what_is_not_named(ask: Ask, refused: Ask, ada: str) -> None:
    assert ask("agreement.show", client="Ada") is None
    ask("agreement.set", client="Ada", session_minutes=45, rescheduling="A day before")
    ask("agreement.set", client="Ada", feedback="Straight", review_on="2026-09-01")
    shown = ask("agreement.show", client="Ada")
    assert (45, "A day before", "Straight") == (shown["session_minutes"], shown["rescheduling"], shown["feedback"])
    assert ("2026-03-02", "2026-09-01") == (shown["agreed_on"], shown["review_on"])
    assert "An agreement has no “fee”." == refused("agreement.set", client="Ada", fee="1")


def test_an_agreement_late_in_the_evening_is_of_the_local_day(ask: Ask, ada: str, clock: Still) -> None:
    clock.advance(11.5 * 3600)  # 23:30 UTC, half past midnight in Berlin
    assert "2026-03-03" == ask("agreement.set", client=ada, session_minutes=45)["agreed_on"]


def test_an_item_of_the_checklist_is_ticked_by_its_number_and_the_tick_taken_away(
    ask: Ask, refused: Ask, ada: str
) -> None:
    ask("checklist.tick", client="Ada", item="2")
    assert [2] == [line["position"] for line in ask("checklist.show", client="Ada") if line["ticked_at"]]
    ask("checklist.tick", client="Ada", item=ask("checklist.show", client="Ada")[1]["item_id"], done=False)
    assert [] == [line for line in ask("checklist.show", client="Ada") if line["ticked_at"]]
    assert "no item “9”" in refused("checklist.tick", client="Ada", item="9")


def test_the_brief_begins_with_what_was_promised(ask: Ask, ada: str, clock: Still) -> None:
    ask("session.start", client=ada)
    ask("session.mark", kind="strain")
    ask("commitment.add", client=ada, text="Send the article", owner="coach")
    ask("commitment.add", client=ada, text="Write", owner="client")
    ask("canvas.add", client=ada, text="Back to the garden", kind="thread")
    ask("canvas.add", client=ada, text="For me", private=True)
    clock.advance(3000)
    ask("session.finish")
    told = ask("brief", client="Ada")
    assert ["Send the article"] == [each["text"] for each in told["promises"]]
    assert ["Write"] == [each["text"] for each in told["steps"]]
    assert ["Back to the garden"] == [each["text"] for each in told["threads"]]
    assert (2, "Ada", ["strain"]) == (
        told["session_number"], told["client"]["name"], [mark["kind"] for mark in told["strains"]],
    )  # fmt: skip
    assert "For me" not in str(told)


def test_hours_are_told_per_client_and_in_total_since_a_local_day(ask: Ask, refused: Ask, ada: str) -> None:
    ask("client.add", name="Bea")
    ask("session.log", client="Ada", start="2026-02-01T00:30", minutes=60)
    ask("session.log", client="Ada", start="2026-01-31T23:30", minutes=30)
    ask("session.log", client="Bea", start="2026-02-02T10:00", minutes=45, paid="pro_bono")
    assert {"clients": 2, "sessions": 3, "paid_seconds": 5400, "pro_bono_seconds": 2700} == ask("hours")["total"]
    since = ask("hours", since="2026-02-01")
    assert [("Ada", 3600, 0), ("Bea", 0, 2700)] == [
        (row["name"], row["paid_seconds"], row["pro_bono_seconds"]) for row in since["clients"]
    ]
    assert "is not a date" in refused("hours", since="February")


def test_hours_of_an_empty_practice_are_nothing(ask: Ask) -> None:
    assert {"clients": 0, "sessions": 0, "paid_seconds": 0, "pro_bono_seconds": 0} == ask("hours")["total"]


def test_a_review_is_taken_back_and_the_rest_of_something_partly_done_carried_on(
    ask: Ask, refused: Ask, ada: str
) -> None:
    made = ask("commitment.add", client=ada, text="Write", owner="client")
    ask("commitment.review", commitment=made["id"], outcome="partly")
    rest = ask("commitment.carry", commitment=made["id"], text="Write the end", due_on="2026-03-16")
    assert (made["id"], "Write the end", "2026-03-16") == (rest["carried_from_id"], rest["text"], rest["due_on"])
    assert "open" == ask("commitment.withdraw", commitment=made["id"])["state"]
    assert "There is nothing to take back." == refused("commitment.withdraw", commitment=made["id"])
    ask("commitment.review", commitment=made["id"], outcome="partly")
    assert "Write" == ask("commitment.carry", commitment=made["id"])["text"]


def test_an_agreement_in_which_nothing_is_said_is_refused(ask: Ask, refused: Ask, ada: str) -> None:
    assert refused("agreement.set", client=ada).startswith("Say what is agreed")
    assert ask("agreement.show", client=ada) is None
