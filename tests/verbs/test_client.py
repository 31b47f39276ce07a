"""Clients asked for by name."""

import pytest

from tests.verbs.conftest import Ask

LONG = "Zoë 🌱 שלום\n\ttwo lines " + "x" * 100_000


def test_adding_answers_with_the_whole_record(ask: Ask) -> None:
    made = ask("client.add", name="Team", kind="group", group_size=6, started_on="2026-01-07", email="t@example.org")
    wanted = {"name": "Team", "kind": "group", "group_size": 6, "started_on": "2026-01-07", "email": "t@example.org"}
    assert wanted == {name: made[name] for name in wanted}
    assert "2026-03-02T12:00:00+00:00" == made["created_at"]
    assert made == ask("client.show", client=made["id"])


def test_texts_are_kept_as_they_are_but_for_the_space_around(ask: Ask) -> None:
    made = ask("client.add", name=f"  {LONG}\n", needs_pace="‮right to left‬")
    assert LONG == made["name"]
    assert "‮right to left‬" == made["needs_pace"]


def test_a_client_is_found_by_name_short_name_or_id_whatever_the_case(ask: Ask) -> None:
    made = ask("client.add", name="Änne Groß", short_name="Ä")
    for called in ("Änne Groß", "änne gross", " ä ", made["id"]):
        assert made["id"] == ask("client.show", client=called)["id"]


def test_an_unknown_client_is_refused_in_words(ask: Ask, refused: Ask) -> None:
    ask("client.add", name="Ada")
    for called in ("Ad", "", "%", "00000000-0000-0000-0000-000000000000"):
        assert f"No client is called “{called}”." == refused("client.show", client=called)


def test_a_name_that_two_have_is_refused_in_words(ask: Ask, refused: Ask) -> None:
    ask("client.add", name="Ada")
    ask("client.add", name="Ada L.", short_name="ada")
    assert "2 clients are called “ADA”; use the id." == refused("client.show", client="ADA")


def test_archived_clients_are_listed_only_when_asked_for_and_come_back(ask: Ask) -> None:
    ask("client.add", name="Ada")
    ask("client.add", name="Bea")
    ask("client.archive", client="Ada")
    assert ["Bea"] == [client["name"] for client in ask("client.list")]
    assert ["Bea", "Ada"] == [client["name"] for client in ask("client.list", archived=True)]
    ask("client.bring-back", client="Ada")
    assert ["Ada", "Bea"] == [client["name"] for client in ask("client.list")]


def test_editing_changes_only_what_is_named(ask: Ask, ada: str) -> None:
    edited = ask("client.edit", client=ada, name="Ada L.", ended_on="2026-04-01")
    assert ("Ada L.", "2026-04-01", "individual") == (edited["name"], edited["ended_on"], edited["kind"])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "The name is still empty."),
        ({"name": "A", "kind": "pair"}, "The kind cannot be “pair”; it is one of: individual, group, self."),
        ({"name": "A", "started_on": "soon"}, "“soon” is not a date CoachDesk can read; write it like 2026-03-02."),
        ({"name": "A", "group_size": 0}, "The size of the group must be between 1 and 1000."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(ask: Ask, refused: Ask, fields: dict, sentence: str) -> None:
    assert sentence == refused("client.add", **fields)
    assert [] == ask("client.list")


def test_the_window_answers_at_once_and_goes_on_by_itself(ask: Ask, ada: str) -> None:
    assert "under a random number" in ask("client.preview", client="Ada")["staying"][0]
    done = ask("client.forget", client="Ada", keep_hours=True)
    assert {"id": ada, "rewritten": [], "left": [], "finished": False} == done
    assert [] == ask("client.list", archived=True)


def test_a_client_whose_session_runs_is_not_forgotten(ask: Ask, refused: Ask, ada: str) -> None:
    ask("session.start", client="Ada")
    assert "end it first" in refused("client.forget", client="Ada")
