"""Asking the desk by name, as the command line and the running window do."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from coachdesk.desk import Desk
from coachdesk.verbs import carry_out

Ask = Callable[..., Any]


@pytest.fixture
def answer(desk: Desk) -> Ask:
    """The whole answer to a verb, after its way through JSON."""

    def answer(verb: str, **arguments: Any) -> dict[str, Any]:
        request = json.loads(json.dumps({"verb": verb, "arguments": arguments}))
        return json.loads(json.dumps(carry_out(desk, request)))

    return answer


@pytest.fixture
def ask(answer: Ask) -> Ask:
    """The value of a verb that must be carried out."""

    def ask(verb: str, **arguments: Any) -> Any:
        told = answer(verb, **arguments)
        assert ["ok"] == list(told), told
        return told["ok"]

    return ask


@pytest.fixture
def refused(answer: Ask) -> Ask:
    """The sentence of a verb that must be refused."""

    def refused(verb: str, **arguments: Any) -> str:
        told = answer(verb, **arguments)
        assert ["refused"] == list(told), told
        return told["refused"]

    return refused


@pytest.fixture
def ada(ask: Ask) -> str:
    """The id of a client called Ada."""
    return ask("client.add", name="Ada")["id"]
