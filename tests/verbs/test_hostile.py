"""Whatever JSON asks of a verb, it is done or refused in a sentence; it never finds a bug."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk import verbs
from coachdesk.desk import Desk

VALUES = st.sampled_from([
    None, True, -1, 0, 7, 10**30, 0.5, "", "\0", "\ud800", "Ada", "2026-03-02", "2026-03-02T10:00", "x" * 300, [], {},
])  # fmt: skip
NAMES = (
    "client", "commitment", "session", "path", "name", "text", "planned_sessions", "minutes", "start", "private",
    "kind", "words", "limit", "item", "week", "due_on", "since", "outcome", "dates", "session_minutes", "confidence",
)  # fmt: skip
TOUCHED = ("backup.restore", "focus.on", "focus.state")
"""They close the records or hold the computer; their own tests ask them."""


@pytest.mark.parametrize("verb", sorted(set(verbs.table()) - set(TOUCHED)))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_json_finds_a_bug(desk: Desk, tmp_path: Any, verb: str, data: st.DataObject) -> None:
    import inspect

    taken = [each for each in inspect.signature(verbs.table()[verb]).parameters if each not in ("desk", "fields")]
    more = NAMES if "fields" in inspect.signature(verbs.table()[verb]).parameters else ()
    arguments = {name: data.draw(VALUES, name) for name in taken}
    arguments |= data.draw(st.dictionaries(st.sampled_from(more), VALUES, max_size=2)) if more else {}
    if isinstance(arguments.get("path"), str):
        arguments["path"] = f"{tmp_path}/{arguments['path']}"
    told = verbs.carry_out(desk, json.loads(json.dumps({"verb": verb, "arguments": arguments})))
    assert "fault" not in told, (told, arguments)
    json.dumps(told, ensure_ascii=False).encode() if "refused" in told else None


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("client.show", {"client": True}),
        ("commitment.edit", {"commitment": []}),
        ("icf_log.export", {"path": None}),
        ("client.add", {"name": "Ada", "planned_sessions": ""}),
        ("search", {"words": "Ada", "private": -1}),
        ("search", {"words": "Ada", "limit": "1; DROP"}),
        ("calendar.import", {"path": "\0"}),
        ("calendar.import", {"path": "/" + "x" * 300}),
        ("calendar.export", {"path": "/tmp/" + "x" * 300}),
        ("icf_log.export", {"path": "/tmp/" + "x" * 300 + ".csv"}),
        ("backup.verify", {"path": "/tmp/" + "x" * 300}),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, verb: str, arguments: dict[str, Any]) -> None:
    assert ["refused"] == list(verbs.carry_out(desk, {"verb": verb, "arguments": arguments}))


@pytest.mark.parametrize("request_", [None, [], ["client.add"], "client.add", 7])
def test_what_is_no_request_is_refused(desk: Desk, request_: Any) -> None:
    assert ["refused"] == list(verbs.carry_out(desk, request_))


def test_a_sentence_can_be_written_whatever_it_repeats(desk: Desk) -> None:
    told = verbs.carry_out(desk, {"verb": "session.log", "arguments": {"client": "\ud800", "start": "", "minutes": 5}})
    assert told["refused"].encode()
