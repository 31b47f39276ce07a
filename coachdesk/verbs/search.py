"""Finding records by their words."""

from typing import TYPE_CHECKING

from coachdesk.practice import clients, search

if TYPE_CHECKING:
    from coachdesk.desk import Desk

MOST = 20
"""Hits of one kind on the command line."""


def found(
    desk: "Desk", *, words: str, client: str | None = None, private: bool = False, limit: int = MOST
) -> list[search.Found]:
    """Records that hold all these words; with ``private`` also what is for me alone."""
    client_id = desk.read(clients.find, client).id if client is not None else None
    return desk.read(search.find, words, private=private, limit=limit, client_id=client_id)


VERBS = {"search": found}
